"""Agreeing what somebody can keep, changing it, asking how it goes, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from borough.kernel import commanding, dated
from borough.kernel.holds import acts, kinds
from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.kernel.ledger.models import SubAccount
from borough.kernel.ledger.queries import balances
from borough.lines.revenues import capabilities, models, steps
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import arrangements as queries
from borough.rules import arrangements as rules
from borough.rules import money, years

MOST_INSTALMENTS = 520  # ten years of weeks: beyond that no agreement helps anybody


class NothingToAgree(commanding.Refusal):
    """Nothing is owed of what was chosen."""


class AlreadyAgreed(commanding.Refusal):
    """The account has an arrangement."""


class TooLong(commanding.Refusal):
    """It would take more payments than an arrangement can have."""


class EarningsAttached(commanding.Refusal):
    """An employer deducts for one of these years already."""


class NotADay(commanding.Refusal):
    """The first payment lies where it cannot."""


class AlreadyEnded(commanding.Refusal):
    """The arrangement has ended."""


class NothingLate(commanding.Refusal):
    """Nothing is missing, so there is nothing to write about."""


class AskFirst(commanding.Refusal):
    """Nobody has been rung since it ran late; a letter comes after that."""


class LeftAlone(commanding.Refusal):
    """Something stands against asking about it."""


class AlreadyWarned(commanding.Refusal):
    """A letter about what is late went out before."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody says they can pay: each time, how often, from which day.

    ``left_a_month_pence`` is what they said is left of a month's income; None when they did not
    say, and nobody needs to.
    """

    other_pence: int
    every: str
    first_due: date
    left_a_month_pence: int | None = None


@commanding.command(capabilities.AGREE_ARRANGEMENT)
def agree(
    *,
    account: models.Account,
    parts: Sequence[str],
    offer: Offer,
    by: commanding.Actor,
    on: date,
) -> models.Arrangement:
    """Agree to take what is owed of these parts of the account by instalments.

    Args:
        account: whose debts.
        parts: of the ledger, e.g. ``2024-25`` and ``2024-25 costs``.
        offer: what is paid, how often, from when. No least amount is asked for.
        by: who agrees.
        on: the day of agreement.

    Raises:
        NothingToAgree: nothing is owed of these parts.
        EarningsAttached: an employer deducts for one of these years.
        AlreadyAgreed: there is an arrangement that is neither paid off nor ended.
        TooLong: it would take more than ``MOST_INSTALMENTS`` payments.
        NotADay: the first payment would be in the past, or a year away.
    """
    holds.standing_in_the_way()
    _lock(account)
    _close_what_is_paid(account, on)
    if models.Arrangement.objects.filter(dated.holds_on(on), account=account).exists():
        raise AlreadyAgreed(
            f"Account {account.reference} has an arrangement. Change that one instead."
        )
    arrangement = _create(account, parts, offer, on)
    _record("revenues.arrangement_agreed", arrangement, by=by, on=on)
    return arrangement


@commanding.command(capabilities.AGREE_ARRANGEMENT)
def change(
    *,
    arrangement: models.Arrangement,
    parts: Sequence[str],
    offer: Offer,
    by: commanding.Actor,
    on: date,
) -> models.Arrangement:
    """Replace an arrangement by another over what is owed now; return the new one.

    Raises:
        AlreadyEnded: it has ended.
        NothingToAgree, TooLong, NotADay: as for agreeing.
    """
    account = arrangement.account
    _lock(account)
    _end(arrangement, models.Arrangement.Ended.CHANGED, on)
    changed = _create(account, parts, offer, on)
    _record("revenues.arrangement_changed", changed, by=by, on=on)
    return changed


@commanding.command(capabilities.AGREE_ARRANGEMENT)
def record_contact(
    *, arrangement: models.Arrangement, reached: bool, by: commanding.Actor, on: date
) -> models.ArrangementContact:
    """Record that somebody was rung or visited about what is late: a question, never a threat."""
    _lock(arrangement.account)
    _refuse_ended(arrangement, on)
    contact = models.ArrangementContact.objects.create(
        arrangement=arrangement, on=on, reached=reached
    )
    outcome = "spoke with them" if reached else "nobody answered"
    changing.record(
        "revenues.arrangement_contacted",
        arrangement.account,
        on=on,
        by=by,
        arrangement=arrangement.pk,
        outcome=outcome,
    )
    return contact


@commanding.command(capabilities.WARN_ARRANGEMENT)
def warn(
    *, arrangement: models.Arrangement, by: commanding.Actor, on: date
) -> models.ArrangementWarning:
    """Write about what is late, and give days to put it right; the letter is made from the row.

    Raises:
        AlreadyEnded: it has ended.
        NothingLate: nothing is late.
        AskFirst: nobody was rung since it ran late.
        AlreadyWarned: a letter about it went out before.
        LeftAlone: a hold or a death stands against it.
    """
    _refuse_held(arrangement, on)
    _lock(arrangement.account)
    _refuse_ended(arrangement, on)
    standing = queries.standing_of(arrangement, on).standing
    state = int(standing.state[0])
    if state in {rules.State.WARNED, rules.State.BROKEN}:
        raise AlreadyWarned("A letter about it went out before. Wait until its days are over.")
    if state != rules.State.LATE:
        raise NothingLate("Nothing is late by the council’s rule, so there is nothing to write.")
    late_since = standing.late_since[0].item()
    if not arrangement.contacts.filter(on__gte=late_since).exists():
        raise AskFirst("Ring or visit first and record it: a letter comes after a question.")
    short = int(standing.short_pence[0])
    put_right_by = on + timedelta(queries.figures(on).days_to_put_right)
    warning = models.ArrangementWarning.objects.create(
        arrangement=arrangement, issued=on, short_pence=short, put_right_by=put_right_by
    )
    changing.record(
        "revenues.arrangement_warned",
        arrangement.account,
        on=on,
        by=by,
        arrangement=arrangement.pk,
        short_pence=short,
        put_right_by=put_right_by,
    )
    return warning


@commanding.command(capabilities.AGREE_ARRANGEMENT)
def end(
    *, arrangement: models.Arrangement, why: str, by: commanding.Actor, on: date
) -> models.Arrangement:
    """End an arrangement; recovery goes on where it stood, neither from the start nor further.

    Raises:
        AlreadyEnded: it has ended.
    """
    _lock(arrangement.account)
    _end(arrangement, models.Arrangement.Ended(why), on)
    changing.record(
        "revenues.arrangement_ended",
        arrangement.account,
        on=on,
        by=by,
        arrangement=arrangement.pk,
        why=arrangement.get_why_ended_display().lower(),
    )
    return arrangement


def _create(
    account: models.Account, parts: Sequence[str], offer: Offer, on: date
) -> models.Arrangement:
    _refuse_attached(account, parts)
    debt, received = _owed(account, parts)
    _refuse_day(offer.first_due, on)
    number, first = rules.spread(np.array([debt]), np.array([offer.other_pence]))
    if number[0] > MOST_INSTALMENTS:
        raise TooLong(
            f"{money.pounds(offer.other_pence)} at a time would take {number[0]:,} payments. "
            "Agree on more each time, or look at help with the debt itself first."
        )
    return models.Arrangement.objects.create(
        account=account,
        parts=sorted(set(parts)),
        debt_pence=debt,
        received_before_pence=received,
        every=offer.every,
        number=int(number[0]),
        first_pence=int(first[0]),
        other_pence=offer.other_pence,
        first_due=offer.first_due,
        payment_day=offer.first_due.day,
        left_a_month_pence=offer.left_a_month_pence,
        starts=on,
    )


def _refuse_attached(account: models.Account, parts: Sequence[str]) -> None:
    named = {part.removesuffix(models.arrangements.COSTS) for part in parts}
    running = models.Remedy.objects.filter(
        account=account, ends=None, kind=models.Remedy.Kind.ATTACHMENT
    )
    for first in running.values_list("year", flat=True):
        if years.Year(first).name in named:
            raise EarningsAttached(
                f"Earnings are attached for {years.Year(first).name}, so both would be paid. "
                "End the attachment first, or leave that year out."
            )


def _owed(account: models.Account, parts: Sequence[str]) -> tuple[int, int]:
    """Return what is owed of these parts, and what has been received for them so far, in pence."""
    subs = SubAccount.objects.filter(
        kind__in=queries.KINDS, reference=account.reference, part__in=parts
    ).values_list("pk", flat=True)
    debt = sum(balances(subs).values())
    if debt <= 0:
        raise NothingToAgree("Nothing is owed of what you chose, so there is nothing to agree.")
    return debt, queries.received(list(subs))


def _refuse_day(first_due: date, on: date) -> None:
    latest = on + timedelta(366)
    if not on <= first_due <= latest:
        raise NotADay("The first payment must be today or later, and within a year.")


def _lock(account: models.Account) -> None:
    """Follow whoever else agrees something about the account at this moment."""
    models.Account.objects.select_for_update().get(pk=account.pk)


def _close_what_is_paid(account: models.Account, on: date) -> None:
    """End an arrangement that was paid off, so that a new debt can have its own."""
    for one in models.Arrangement.objects.filter(dated.holds_on(on), account=account):
        if queries.standing_of(one, on).standing.state[0] == rules.State.PAID:
            _end(one, models.Arrangement.Ended.PAID, on)


def _end(arrangement: models.Arrangement, why: models.Arrangement.Ended, on: date) -> None:
    _refuse_ended(arrangement, on)
    arrangement.ends, arrangement.why_ended = on, why
    arrangement.save(update_fields=["ends", "why_ended"])


def _refuse_held(arrangement: models.Arrangement, on: date) -> None:
    """Refuse where something stands against writing about it; a need is met by the call before."""
    holds.asking()  # first, as whoever stands in the way takes it before the account
    account = arrangement.account
    debts = [
        asking.Debt(account.thing, steps.liable([account.pk], year).get(account.pk, ()), year.name)
        for year in arrangement.covered_years
    ]
    for reasons in asking.may_we_act(debts, acts.CHASE, on):
        for reason in reasons:
            if reason.kind not in kinds.needs_first():
                raise LeftAlone(f"{reason.words}.")


def _refuse_ended(arrangement: models.Arrangement, on: date) -> None:
    arrangement.refresh_from_db()
    if arrangement.ends is not None:
        raise AlreadyEnded("That arrangement has ended. Open the account to see what holds now.")


def _record(what: str, arrangement: models.Arrangement, *, by: commanding.Actor, on: date) -> None:
    changing.record(
        what,
        arrangement.account,
        on=on,
        by=by,
        arrangement=arrangement.pk,
        debt_pence=arrangement.debt_pence,
        number=arrangement.number,
        first_due=arrangement.first_due,
    )
