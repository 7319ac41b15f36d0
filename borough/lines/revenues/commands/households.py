"""Who lives there: the number of adults, single person discounts and disregards."""

from contextlib import AbstractContextManager
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.people.models import Person, Residence
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing
from borough.rules.council_tax import disregards


class AlreadyDiscounted(commanding.Refusal):
    """The account has a single person discount on that day."""


class AlreadyDisregarded(commanding.Refusal):
    """The person is disregarded on that day already."""


class UnknownGround(commanding.Refusal):
    """No group of Schedule 1 has that name."""


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def apply_single_person_discount(
    *, account: models.Account, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record that one adult lives there from ``starts``, and bill again; return the change, pence.

    Raises:
        AlreadyDiscounted: one adult is declared for that day already.
        changing.NotADay: the account does not hold on that day.
    """
    changing.refuse_days(account, starts)
    if _adults(account, starts) == 1:
        raise AlreadyDiscounted(
            f"Account {account.reference} already has a single person discount on that day."
        )
    with _kept("revenues.discount_applied", account, by=by, on=on):
        dated.write_over(account.households.all(), starts, None, account=account, adults=1)
    change = changing.bill_again(account, on=on, by=by, because="single person discount")
    changing.record(
        "revenues.discount_applied", account, on=on, by=by, starts=starts, change_pence=change
    )
    return change


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def end_single_person_discount(
    *, account: models.Account, ends: date, adults: int, by: commanding.Actor, on: date
) -> int:
    """Record that more adults live there from ``ends``; return the change in pence.

    Raises:
        changing.NotDiscounted: no single adult is declared for that day.
    """
    changing.refuse_days(account, ends)
    changing.refuse_undiscounted(account, ends)
    with _kept("revenues.discount_ended", account, by=by, on=on):
        dated.write_over(account.households.all(), ends, None, account=account, adults=adults)
    change = changing.bill_again(account, on=on, by=by, because="single person discount ended")
    changing.record(
        "revenues.discount_ended", account, on=on, by=by, ends=ends, change_pence=change
    )
    return change


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def declare_household(
    *, account: models.Account, adults: int, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record how many adults live there from ``starts``; return the change in pence."""
    changing.refuse_days(account, starts)
    with _kept("revenues.household_declared", account, by=by, on=on):
        dated.write_over(account.households.all(), starts, None, account=account, adults=adults)
    change = changing.bill_again(account, on=on, by=by, because=f"{adults} adults")
    changing.record(
        "revenues.household_declared",
        account,
        on=on,
        by=by,
        adults=adults,
        starts=starts,
        change_pence=change,
    )
    return change


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def apply_disregard(
    *,
    account: models.Account,
    person: Person,
    ground: str,
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Disregard an adult from ``starts``; return the change in pence.

    Args:
        account: the account of the home where the person lives.
        person: who is not counted.
        ground: slug of a group of the rules' list of disregards.
        starts: the first day.
        ends: the first day on which the person counts again, where it is known.
        by: who acts.
        on: the day of the decision.

    Raises:
        UnknownGround: no such group.
        AlreadyDisregarded: the person is disregarded on one of those days.
        changing.NotAnAdult: the person is under 18 on the first day.
        changing.NotADay: the person has left by then, or before it is over.
    """
    changing.refuse_days(account, starts, ends)
    _refuse_left(account, person, starts, ends)
    changing.refuse_minor(person, starts, "A child is not counted as it is.")
    if ground not in disregards.GROUPS:
        raise UnknownGround("Choose one of the groups of people who are not counted.")
    rows = models.Disregard.objects.filter(account=account, person=person)
    if rows.filter(dated.touches(starts, ends)).exists():
        raise AlreadyDisregarded("That person is already disregarded on one of those days.")
    with _kept("revenues.disregard_applied", account, by=by, on=on):
        disregard = models.Disregard.objects.create(
            account=account, person=person, ground=ground, starts=starts, ends=ends
        )
    change = changing.bill_again(account, on=on, by=by, because="an adult is not counted")
    changing.record(
        "revenues.disregard_applied",
        account,
        on=on,
        by=by,
        also_about=(person.pk,),
        disregard=disregard.pk,  # which says why: that may be about somebody's health
        starts=starts,
        change_pence=change,
    )
    return change


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def end_disregard(
    *, disregard: models.Disregard, ends: date, by: commanding.Actor, on: date
) -> int:
    """End a disregard, or correct its end: from ``ends`` the person counts; return the change."""
    account = disregard.account
    changing.refuse_days(account, disregard.starts, ends)
    with _kept("revenues.disregard_ended", account, by=by, on=on):
        disregard.ends = ends
        disregard.save(update_fields=["ends"])
    change = changing.bill_again(account, on=on, by=by, because="an adult counts again")
    changing.record(
        "revenues.disregard_ended",
        account,
        on=on,
        by=by,
        also_about=(disregard.person_id,),
        disregard=disregard.pk,
        ends=ends,
        change_pence=change,
    )
    return change


def _refuse_left(account: models.Account, person: Person, starts: date, ends: date | None) -> None:
    """Refuse days on which somebody does not live there: others would pay for one too few."""
    lived = Residence.objects.filter(person=person, dwelling=account.dwelling)
    there = [
        *lived.values_list("ends", flat=True),
        *account.liabilities.filter(person=person).values_list("ends", flat=True),
    ]
    days = [one for one in there if one is not None]
    if not days or len(days) < len(there):  # nobody said that they left
        return
    gone = max(days)
    if starts >= gone:
        raise changing.NotADay(
            f"{person.name} left on {wording.day(gone)}, and does not count since then."
        )
    goes_on = account.ends is None or account.ends > gone
    if goes_on and (ends is None or ends > gone):
        raise changing.NotADay(
            f"{person.name} left on {wording.day(gone)}. Enter that day or an earlier one as the "
            "day from which they count again."
        )


def _kept(
    what: str, account: models.Account, *, by: commanding.Actor, on: date
) -> AbstractContextManager[None]:
    return changing.kept(what, capabilities.CHANGE_HOUSEHOLD, account, by=by, on=on)


def _adults(account: models.Account, day: date) -> int | None:
    return account.households.filter(dated.holds_on(day)).values_list("adults", flat=True).first()
