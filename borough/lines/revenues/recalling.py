"""Ending a remedy, and calling a debt back from an agent: by an officer, or when news comes.

A hold, a death, a need or an arrangement that comes while an agent has the debt calls it back at
once; so does the last penny, paid to the council or no longer owed. Doing it twice does nothing.
"""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.facts.models import Concerns, Fact
from borough.lines.revenues import capabilities, models, remedying
from borough.lines.revenues.queries import remedies
from borough.rules import years

_PREFIX = "revenues.account/"
BY = commanding.system("calling-back", capabilities.CALL_BACK)
WHY = {
    "kernel.hold_placed": models.Recall.Why.HOLD,
    "kernel.death_recorded": models.Recall.Why.HOLD,
    "kernel.need_recorded": models.Recall.Why.HOLD,
    "revenues.arrangement_agreed": models.Recall.Why.ARRANGED,
    "revenues.summons_withdrawn": models.Recall.Why.OFFICER,
    "revenues.order_refused": models.Recall.Why.OFFICER,
}


def recall(
    remedy: models.Remedy, why: models.Recall.Why, *, by: commanding.Actor, on: date
) -> models.Recall | None:
    """Call a debt back; return None where no agent has it any more."""
    if remedy.kind != remedying.Kind.AGENT:
        return None
    is_paid = why == models.Recall.Why.PAID
    ended = models.Remedy.Ended.PAID if is_paid else models.Remedy.Ended.RECALLED
    if not end(remedy, ended, by=by, on=on):
        return None
    remedying.tell("revenues.debt_called_back", remedy, by=by, on=on)
    return models.Recall.objects.create(remedy=remedy, on=on, why=why)


def end(remedy: models.Remedy, why: models.Remedy.Ended, *, by: commanding.Actor, on: date) -> bool:
    """End a remedy and tell of it; return False where it had ended."""
    if not remedying.end(remedy, why, on=on):
        return False
    title, reason = remedy.get_kind_display(), why.label.lower()
    remedying.tell("revenues.remedy_ended", remedy, by=by, on=on, remedy=title, why=reason)
    return True


def hear(facts: Sequence[Fact]) -> None:
    """Call back what may not go on: news of a hold, a death, an arrangement, an order gone."""
    for remedy in _with_agents(facts):
        on = facts[-1].on
        order = remedies.order_of(remedy.account, years.Year(remedy.year), on)
        if order is None or remedying.stands(remedying.Kind.AGENT, order, on=on):
            recall(remedy, WHY[facts[-1].what], by=BY, on=on)


def hear_payment(facts: Sequence[Fact]) -> None:
    """End what has nothing left to recover: news of payments (regulation 41(1) for earnings)."""
    _end_settled(facts, models.Recall.Why.PAID, models.Remedy.Ended.PAID)


def hear_less(facts: Sequence[Fact]) -> None:
    """End what has nothing left to recover, though nobody paid: written off, billed again, moved.

    Nobody is pressed a day longer for what is no longer owed.
    """
    _end_settled(facts, models.Recall.Why.OFFICER, models.Remedy.Ended.DISCHARGED)


def _end_settled(facts: Sequence[Fact], why: models.Recall.Why, ended: models.Remedy.Ended) -> None:
    on = max(fact.on for fact in facts)
    accounts = {fact.thing.removeprefix(_PREFIX) for fact in facts}
    accounts |= {fact.detail["to"] for fact in facts if "to" in fact.detail}  # a credit came there
    running = remedying.running(on, account__reference__in=accounts)
    left = {
        (one.account_id, one.year.first): one.outstanding_pence
        for one in remedies.orders(on, [remedy.account_id for remedy in running])
    }
    for remedy in running:
        if left.get((remedy.account_id, remedy.year), 0):
            continue
        if remedy.kind == remedying.Kind.AGENT:
            recall(remedy, why, by=BY, on=on)
        else:
            end(remedy, ended, by=BY, on=on)


def _with_agents(facts: Sequence[Fact]) -> list[models.Remedy]:
    """Return the debts with agents that the news may be about: its accounts, its people."""
    references = [fact.thing.removeprefix(_PREFIX) for fact in facts]
    people = list(Concerns.objects.filter(fact__in=facts).values_list("person_id", flat=True))
    # Two look-ups by index: one question that joins both reads every account each time.
    named = models.Account.objects.filter(reference__in=references).values_list("pk", flat=True)
    theirs = models.Liability.objects.filter(person__in=people)
    accounts = {*named, *theirs.values_list("account_id", flat=True)}
    rows = models.Remedy.objects.filter(
        dated.holds_on(facts[-1].on), kind=remedying.Kind.AGENT, account__in=accounts
    )
    return list(rows.select_related("account").order_by("pk"))
