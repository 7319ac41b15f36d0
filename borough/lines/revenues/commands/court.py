"""What the court decided, case by case or for a whole list; and withdrawing before it decides."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.holds import queries as asking
from borough.lines.revenues import (
    capabilities,
    costs,
    hearing_days,
    models,
    overdue,
    recovering,
    recovery,
    steps,
)
from borough.lines.revenues.queries import court
from borough.rules import years

Kind = models.Step.Kind


class NotBeforeTheCourt(commanding.Refusal):
    """No summons is open on the account for that year."""


class NotADay(commanding.Refusal):
    """The hearing has not been yet, or the new day is too soon."""


class NothingToOrder(commanding.Refusal):
    """No case of the list is left to be decided."""


@commanding.command(capabilities.RECORD_COURT)
def record_orders(
    *, hearing: date, by: commanding.Actor, on: date
) -> dict[str, tuple[asking.Reason, ...]]:
    """Record that the court made an order in every case of a hearing that is still open.

    What is paid is left for withdrawal. Each debt is asked about on the day it is recorded; those
    that something stands against are returned with the reasons, by account: the court's order is
    not used against them until that has been looked at.

    Raises:
        NotADay: the hearing is yet to come.
        NothingToOrder: no open case is left.
    """
    if hearing > on:
        raise NotADay("The hearing has not been yet. Record what was decided afterwards.")
    cases = [one for one in _held(hearing, on) if one.is_open and one.tax_pence > 0]
    if not cases:
        raise NothingToOrder("No case of this hearing is left to be decided.")
    stood: dict[str, tuple[asking.Reason, ...]] = {}
    for year in sorted({one.year for one in cases}):
        mine = [one for one in cases if one.year == year]
        extra = recovery.figures(on)["liability_order_costs"]
        taken = _take(Kind.LIABILITY_ORDER, mine, year, extra, by=by, on=on, hearing=hearing)
        names = {one.account_id: one.reference for one in mine}
        stood |= {names[account]: reasons for account, reasons in taken.stood.items()}
    return stood


@commanding.command(capabilities.RECORD_COURT)
def adjourn(
    *, account: models.Account, year: years.Year, to: date, by: commanding.Actor, on: date
) -> None:
    """Record that the hearing of a case was put off to another day.

    Raises:
        NotBeforeTheCourt: no summons is open.
        NotADay: the new day is not after today, the same again, or one on which no court sits.
    """
    case = _case(account, year, on)
    if to <= on:
        raise NotADay("Enter a day after today.")
    if to == _newest_hearing(account, year):
        raise NotADay("The case is called to that day already. Enter the day it was put off to.")
    if no := hearing_days.why_not(to, on):
        raise NotADay(no)
    _take(Kind.ADJOURNED, [case], year, 0, by=by, on=on, hearing=to)


@commanding.command(capabilities.RECORD_COURT)
def record_refusal(
    *, account: models.Account, year: years.Year, by: commanding.Actor, on: date
) -> None:
    """Record that the court refused an order; the costs of the summons are taken back.

    What was paid of them goes to the tax of the year.

    Raises:
        NotBeforeTheCourt: no summons is open.
        NotADay: its hearing has not been yet.
    """
    case = _case(account, year, on)
    hearing = _newest_hearing(account, year)
    if hearing is not None and hearing > on:
        raise NotADay("The hearing has not been yet. Record what was decided afterwards.")
    taken = _take(Kind.REFUSED, [case], year, -case.added_pence, by=by, on=on, hearing=None)
    _give_back(case, taken, by=by, on=on)


@commanding.command(capabilities.RECORD_COURT)
def withdraw(
    *,
    account: models.Account,
    year: years.Year,
    take_costs_back: bool,
    by: commanding.Actor,
    on: date,
) -> None:
    """Withdraw a summons; the officer chooses whether its costs are taken back.

    What was paid of costs that are taken back goes to the tax of the year.

    Raises:
        NotBeforeTheCourt: no summons is open.
    """
    case = _case(account, year, on)
    back = -case.added_pence if take_costs_back else 0
    taken = _take(Kind.WITHDRAWN, [case], year, back, by=by, on=on, hearing=None)
    _give_back(case, taken, by=by, on=on)


@commanding.command(capabilities.RECORD_COURT)
def withdraw_paid(*, hearing: date, by: commanding.Actor, on: date) -> int:
    """Withdraw every case of a hearing in which tax and costs are paid; return how many.

    Raises:
        NothingToOrder: nobody has paid in full.
    """
    cases = [one for one in _held(hearing, on) if one.is_open and one.is_paid]
    if not cases:
        raise NothingToOrder("Nobody on this list has paid the tax and the costs.")
    for year in sorted({one.year for one in cases}):
        mine = [one for one in cases if one.year == year]
        _take(Kind.WITHDRAWN, mine, year, 0, by=by, on=on, hearing=None)
    return len(cases)


HAPPENED = {
    Kind.LIABILITY_ORDER: "revenues.order_made",
    Kind.ADJOURNED: "revenues.hearing_adjourned",
    Kind.REFUSED: "revenues.order_refused",
    Kind.WITHDRAWN: "revenues.summons_withdrawn",
}
NARRATIVE = {
    Kind.LIABILITY_ORDER: "Costs of the liability order for Council Tax {}",
    Kind.REFUSED: "Costs of the summons taken back: the court refused the order for {}",
    Kind.WITHDRAWN: "Costs of the summons taken back: it was withdrawn for {}",
}


def _take(
    kind: Kind,
    cases: Sequence[court.Case],
    year: years.Year,
    costs_pence: int,
    *,
    by: commanding.Actor,
    on: date,
    hearing: date | None,
) -> steps.Taken:
    standing = overdue.standing(year, on, account_ids=[one.account_id for one in cases])
    place = {account: row for row, account in enumerate(standing.account.tolist())}
    wanted = []
    for one in cases:
        row = place[one.account_id]
        wanted.append(
            steps.Wanted(
                account_id=one.account_id,
                reference=one.reference,
                act_pence=one.tax_pence,
                balance_pence=max(int(standing.balance_pence[row]), 0),
                level_pence=int(standing.charged_pence[row]),
                bill_version=int(standing.version[row]),
                costs_pence=costs_pence,
                hearing=hearing,
            )
        )
    taken = steps.take(kind, wanted, year, on=on)
    costs.post(
        taken.steps,
        year,
        numbers=taken.numbers,
        people=taken.people,
        on=on,
        narrative=NARRATIVE.get(kind, "").format(year),
        by=by,
    )
    recovering.record(HAPPENED[kind], taken, year, by=by, on=on)
    return taken


def _give_back(case: court.Case, taken: steps.Taken, *, by: commanding.Actor, on: date) -> None:
    """Set what was paid of costs that are owed no more against the tax of the year."""
    number = taken.numbers[case.account_id]
    pence = costs.give_back(case.reference, case.year, number=number, by=by, on=on)
    if pence:
        facts.record(
            "revenues.costs_given_back",
            about=taken.people.get(case.account_id, ()),
            thing=f"revenues.account/{case.reference}",
            by=by,
            on=on,
            year=case.year.name,
            pence=pence,
        )


def _held(hearing: date, on: date) -> list[court.Case]:
    """Return the cases of a hearing as they are once nobody else decides about any of them."""
    called = models.Step.objects.filter(hearing=hearing).values("account")
    list(models.Account.objects.select_for_update(no_key=True).filter(pk__in=called).order_by("pk"))
    return court.cases(hearing, on=on)


def _case(account: models.Account, year: years.Year, on: date) -> court.Case:
    """Return the open case of an account, or refuse.

    Raises:
        NotBeforeTheCourt: there is none.
    """
    models.Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    newest = _newest_hearing(account, year)
    cases = court.cases(newest, on=on) if newest else []
    mine = (one for one in cases if one.account_id == account.pk and one.year == year)
    case = next((one for one in mine if one.is_open), None)
    if case is None:
        raise NotBeforeTheCourt(
            f"No summons for {year.name} is open on account {account.reference}."
        )
    return case


def _newest_hearing(account: models.Account, year: years.Year) -> date | None:
    """Return the day to which a case was called last, or put off."""
    called = models.Step.objects.filter(account=account, year=year.first, hearing__isnull=False)
    newest: date | None = called.order_by("-number").values_list("hearing", flat=True).first()
    return newest
