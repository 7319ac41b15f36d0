"""Agreeing one plan for all debts, and ending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from borough.kernel import commanding, dated, joining
from borough.kernel.documents import commands as documents
from borough.kernel.facts import commands as facts
from borough.kernel.holds import commands as holds
from borough.kernel.people.models import Person
from borough.resident.plans import capabilities, models
from borough.resident.plans.letters import letter
from borough.resident.plans.queries import debts, keeping, proposals
from borough.rules import arrangements
from borough.rules.support import deciding
from borough.rules.support import plan as rules


class StatementFirst(commanding.Refusal):
    """Nobody knows what the household can spare, or it was asked too long ago."""


class TooMuch(commanding.Refusal):
    """It is more than what is left in a month."""


class NothingToAgree(commanding.Refusal):
    """Nothing is owed that may be asked for, or nothing can be paid."""


class AlreadyAgreed(commanding.Refusal):
    """There is a plan."""


class ChangedMeanwhile(commanding.Refusal):
    """What is owed is not what the officer looked at."""


class NotADay(commanding.Refusal):
    """The first payment lies where it cannot."""


class NotLate(commanding.Refusal):
    """The plan is kept, so it cannot be ended for not being kept."""


class StillOwed(commanding.Refusal):
    """Something of the plan is not paid, so it cannot be ended as paid off."""


class AlreadyEnded(commanding.Refusal):
    """The plan has ended."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody says they can pay in a month, and from which day.

    Attributes:
        monthly_pence: each month; no more than their statement leaves.
        first_due: the day of the first payment; the others follow on that day of each month.
        floors: by the debt's id, the least that keeps the worst away.
        seen: by sub-account, the shares that they were shown; None where nobody looked.
    """

    monthly_pence: int
    first_due: date
    floors: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[int, int] | None = None


@commanding.command(capabilities.AGREE_PLAN)
def agree_plan(
    *,
    person: Person,
    offer: Offer,
    purpose: joining.Purpose,
    by: commanding.Actor,
    on: date,
) -> models.Plan:
    """Agree one plan; tell each service its own share; write to the resident where we can.

    Args:
        person: who pays.
        offer: how much, from when.
        purpose: for which their debts are shown: helping alone.
        by: who agrees.
        on: the day of agreement.

    Raises:
        StatementFirst, TooMuch, NothingToAgree: by the statement, or by what is owed.
        AlreadyAgreed: there is a plan; change that one.
        ChangedMeanwhile: a debt has changed since it was looked at.
        NotADay: the first payment would be in the past, or later than in two months.
        commanding.NotAllowed: it takes longer than the council's months, and others decide that.
    """
    _begin(person)
    if models.Plan.objects.filter(dated.holds_on(on), person=person).exists():
        raise AlreadyAgreed("There is a plan for all debts. Change that one instead.")
    return _agree(person, offer, purpose, follows=None, by=by, on=on)


@commanding.command(capabilities.AGREE_PLAN)
def change_plan(
    *,
    plan: models.Plan,
    offer: Offer,
    purpose: joining.Purpose,
    by: commanding.Actor,
    on: date,
) -> models.Plan:
    """Replace a plan by another over what is owed now; return the new one.

    Raises:
        AlreadyEnded: it has ended.
        StatementFirst, TooMuch, NothingToAgree, ChangedMeanwhile, NotADay: as for agreeing.
    """
    _begin(plan.person)
    _end(plan, models.Plan.Ended.CHANGED, on)
    return _agree(plan.person, offer, purpose, follows=plan, by=by, on=on)


@commanding.command(capabilities.AGREE_PLAN)
def end_plan(*, plan: models.Plan, why: str, by: commanding.Actor, on: date) -> models.Plan:
    """End a plan; what is owed stays owed, and each service goes on from where it stood.

    Raises:
        AlreadyEnded: it has ended.
        NotLate: it is to end for not being kept, and nothing is late by the council's rule.
        StillOwed: it is to end as paid off, and something of it is owed.
    """
    _begin(plan.person)
    plan.refresh_from_db()
    if plan.ends is None and why in (models.Plan.Ended.NOT_KEPT, models.Plan.Ended.PAID):
        state = keeping.of_plan(plan, on).state
        if why == models.Plan.Ended.NOT_KEPT and state is not arrangements.State.LATE:
            raise NotLate("Nothing is late by the council’s rule, so the plan is kept.")
        if why == models.Plan.Ended.PAID and state is not arrangements.State.PAID:
            raise StillOwed("Something of this plan is still owed, so it is not paid off.")
    _finish(plan, models.Plan.Ended(why), by=by, on=on)
    return plan


@commanding.command(capabilities.AGREE_PLAN)
def share_anew(
    *, plan: models.Plan, purpose: joining.Purpose, by: commanding.Actor, on: date
) -> models.Plan | None:
    """Share the same money anew where a debt is nearly paid or may not be asked for; None if not.

    A plan of which nothing is left to pay ends as paid. What is on hold stays in it, and gets its
    share again when the hold is over. Nobody is asked for more than before.
    """
    _begin(plan.person)
    plan.refresh_from_db()
    if plan.ends is not None:
        return None
    how = keeping.of_plan(plan, on)
    if how.state is arrangements.State.PAID:
        _finish(plan, models.Plan.Ended.PAID, by=by, on=on)
        return None
    made = _anew(plan, how, purpose, on)
    if made is None or made.months_to_clear is None:
        return None
    _end(plan, models.Plan.Ended.CHANGED, on)
    following = models.Plan.objects.create(
        person=plan.person,
        statement=plan.statement,
        follows=plan,
        monthly_pence=sum(made.allocation.values()),
        months=made.months_to_clear,
        first_due=how.next_due,
        payment_day=plan.payment_day,
        by=by.reference,
        starts=on,
    )
    shares = _shares_of(following, how, made)
    _tell(following, shares, by=by, on=on)
    _write(following, shares, by=by, on=on)
    return following


def _anew(
    plan: models.Plan, how: keeping.Keeping, purpose: joining.Purpose, on: date
) -> rules.Plan | None:
    """Return the plan over what is left now; None where what was agreed can stay as it is."""
    held = {
        one.sub_account_id: one.held_because
        for one in debts.of_person(plan.person_id, purpose=purpose, on=on)
    }
    left = [
        rules.Debt(
            id=one.share.debt,
            tier=one.share.tier,
            balance_pence=one.owed_pence,
            floor_pence=one.share.floor_pence,
            held=bool(held.get(one.share.sub_account_id)),
            held_because=held.get(one.share.sub_account_id) or rules.HELD,
        )
        for one in how.paid
    ]
    agreed = {one.share.debt: one.share.monthly_pence for one in how.paid}
    limits = proposals.limits(deciding.figures(on))
    _, is_anew = rules.agreed_or_anew(agreed, plan.monthly_pence, left, limits)
    made = rules.make(plan.monthly_pence, left, limits)
    is_back = any(pence and not agreed[name] for name, pence in made.allocation.items())
    return made if is_anew or is_back else None


def _shares_of(plan: models.Plan, how: keeping.Keeping, made: rules.Plan) -> Sequence[models.Share]:
    """Give each debt that is not paid its share of the plan that follows."""
    before = keeping.received(one.share.sub_account_id for one in how.paid)
    given = {one.debt.id: one for one in made.shares}
    return models.Share.objects.bulk_create(
        models.Share(
            plan=plan,
            sub_account_id=one.share.sub_account_id,
            debt=one.share.debt,
            title=one.share.title,
            thing=one.share.thing,
            part=one.share.part,
            is_ours=one.share.is_ours,
            tier=one.share.tier,
            owed_pence=one.owed_pence,
            floor_pence=one.share.floor_pence,
            monthly_pence=given[one.share.debt].pence,
            received_before_pence=before[one.share.sub_account_id],
            says=given[one.share.debt].says,
        )
        for one in how.paid
        if one.owed_pence
    )


def _finish(plan: models.Plan, why: models.Plan.Ended, *, by: commanding.Actor, on: date) -> None:
    _end(plan, why, on)
    facts.record(
        "resident.plan_ended",
        about=[plan.person_id],
        thing=plan.thing,
        by=by,
        on=on,
        why=plan.get_why_ended_display().lower(),
    )


def _begin(person: Person) -> None:
    """Wait for acts that are being taken, and for whoever else agrees something with them."""
    holds.standing_in_the_way()
    Person.objects.select_for_update().get(pk=person.pk)


def _agree(
    person: Person,
    offer: Offer,
    purpose: joining.Purpose,
    *,
    follows: models.Plan | None,
    by: commanding.Actor,
    on: date,
) -> models.Plan:
    found = proposals.propose(
        person.pk,
        purpose=purpose,
        on=on,
        monthly_pence=offer.monthly_pence,
        floors=offer.floors,
    )
    statement = _refuse_beyond_means(found, offer)
    made, months = _refuse_no_plan(found, offer, by)
    _refuse_day(offer.first_due, on)
    plan = models.Plan.objects.create(
        person=person,
        statement=statement,
        follows=follows,
        monthly_pence=sum(made.allocation.values()),
        months=months,
        first_due=offer.first_due,
        payment_day=offer.first_due.day,
        by=by.reference,
        starts=on,
    )
    before = keeping.received(one.sub_account_id for one in found.debts.values())
    shares = models.Share.objects.bulk_create(
        _share(plan, one, found.debts[one.debt.id], before)
        for one in made.shares
        if not one.debt.held
    )
    _tell(plan, shares, by=by, on=on)
    _write(plan, shares, by=by, on=on)
    return plan


def _refuse_beyond_means(found: proposals.Proposal, offer: Offer) -> models.Statement:
    budget = found.budget
    if budget is None or budget.surplus_pence is None:
        raise StatementFirst("Nobody knows what is left in a month. Ask for a statement first.")
    if budget.is_old:
        raise StatementFirst(
            f"A figure of the statement is more than {budget.lasts_days} days old. Ask anew first."
        )
    if offer.monthly_pence > budget.surplus_pence:
        raise TooMuch(
            "This is more than is left in a month. A plan that cannot be kept helps nobody: "
            "agree on less."
        )
    return budget.statement


def _refuse_no_plan(
    found: proposals.Proposal, offer: Offer, by: commanding.Actor
) -> tuple[rules.Plan, int]:
    made = found.plan
    if made is None or made.months_to_clear is None:
        raise NothingToAgree("Nothing is owed that may be asked for, or nothing can be paid.")
    if made.outcome is not rules.Outcome.PLAN:
        commanding.allow(by, capabilities.REVIEW_PLAN)
    if offer.seen is not None:
        shares = {found.debts[name].sub_account_id: one for name, one in made.allocation.items()}
        if {sub: one for sub, one in shares.items() if one} != {
            sub: one for sub, one in offer.seen.items() if one
        }:
            raise ChangedMeanwhile("What is owed has changed meanwhile. Look at the shares again.")
    return made, made.months_to_clear


def _refuse_day(first_due: date, on: date) -> None:
    if not on <= first_due <= on + timedelta(62):
        raise NotADay("The first payment must be today or later, and within two months.")


def _share(
    plan: models.Plan, one: rules.Share, owing: debts.Owing, before: Mapping[int, int]
) -> models.Share:
    return models.Share(
        plan=plan,
        sub_account_id=owing.sub_account_id,
        debt=owing.id,
        title=owing.title,
        thing=owing.thing,
        part=owing.part,
        is_ours=owing.right is None,
        tier=owing.tier,
        owed_pence=owing.pence,
        floor_pence=one.debt.floor_pence,
        monthly_pence=one.pence,
        received_before_pence=before[owing.sub_account_id],
        says=one.says,
    )


def _tell(
    plan: models.Plan, shares: Sequence[models.Share], *, by: commanding.Actor, on: date
) -> None:
    """Record the plan, and for each debt its own share alone: nobody hears of another's."""
    about = (plan.person_id,)
    facts.record(
        "resident.plan_agreed",
        about=about,
        thing=plan.thing,
        by=by,
        on=on,
        monthly_pence=plan.monthly_pence,
        debts=len(shares),
    )
    for ours, what in ((True, "resident.share_agreed"), (False, "resident.share_of_others_agreed")):
        told = [
            facts.Happening(
                about,
                one.thing,
                {
                    "plan": plan.pk,
                    "part": one.part,
                    "owed_pence": one.owed_pence,
                    "monthly_pence": one.monthly_pence,
                    "first_due": plan.first_due,
                },
            )
            for one in shares
            if one.is_ours is ours and one.monthly_pence
        ]
        if told:
            facts.record_many(what, told, by=by, on=on)


def _write(
    plan: models.Plan, shares: Sequence[models.Share], *, by: commanding.Actor, on: date
) -> None:
    """Write to the resident; where no address is known the page says so, and the plan holds."""
    said = letter.said(plan, shares, on=on)
    if said is not None:
        documents.issue(
            letter.KIND,
            template=letter.TEMPLATE,
            data=said,
            thing=plan.thing,
            about=[plan.person_id],
            by=by,
            on=on,
        )


def _end(plan: models.Plan, why: models.Plan.Ended, on: date) -> None:
    plan.refresh_from_db()
    if plan.ends is not None:
        raise AlreadyEnded("That plan has ended. Look at what holds now.")
    plan.ends, plan.why_ended = on, why
    plan.save(update_fields=["ends", "why_ended"])
