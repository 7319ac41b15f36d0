"""From an account and a year to everything that its bill says.

The lines are those of the same run that the ledger was charged by. A bill that would not say what
the ledger holds is refused: the account has to be billed again first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from django.conf import settings

from borough.kernel import commanding, dated
from borough.kernel.people.models import CorrespondenceAddress, Need
from borough.lines.revenues import laws, models, working
from borough.lines.revenues.letters import bill
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import money, years
from borough.rules.council_tax import bands
from borough.rules.council_tax import bill as arithmetic

LETTERHEAD = Path(__file__).parent / "letterhead.yaml"


class NothingToBill(commanding.Refusal):
    """The account has no bill for that year."""


class NotAsBilled(commanding.Refusal):
    """Something has changed since the year was billed."""


@dataclass(frozen=True, slots=True)
class Step:
    """A result of the charge that is a line of the bill, and how the bill words it."""

    column: str
    kind: bill.Kind
    words: str
    sign: int = -1


STEPS = (
    Step("resident_discount", "discount", "Discount of {resident_discount_percent} per cent"),
    Step("empty_discount", "discount", "Discount of {empty_discount_percent} per cent, empty home"),
    Step("long_term_premium", "premium", "Premium of {long_term_premium_percent} per cent", 1),
    Step("second_home_premium", "premium", "Premium of {furnished_premium_percent} per cent", 1),
    Step("annexe_reduction", "discount", "Family annexe"),
    Step("reduction", "reduction", "Council Tax Reduction"),
    Step("relief", "relief", "Discretionary relief"),
)
BECAUSE = {
    "resident_discount": "Adults counted here: {counted_adults}",
    "empty_discount": "Nobody lives here",
    "long_term_premium": "Empty and unfurnished since {empty_since}",
    "second_home_premium": "Furnished, and nobody’s main home",
}


def of_account(account: models.Account, year: years.Year, *, on: date) -> bill.BillData:
    """Return what the newest bill of a year says on a day, payments so far taken off.

    Raises:
        NothingToBill: the year has not been billed, or nobody is liable in it.
        NotAsBilled: the ledger holds another charge than the circumstances come to.
        laws.LawNotKnown: that year's figures are not loaded.
    """
    notices = list(models.Bill.objects.filter(account=account, year=year.first).order_by("version"))
    worked = working.work_out([account.pk], year)
    if not notices or not len(worked.starts):
        raise NothingToBill(f"Account {account.reference} has no bill for {year.name}.")
    card = accounts.card(account, on=on)
    owed = {one.year: one for one in card.years}
    mine = owed[year]
    if mine.charged_pence != int(worked.due_pence[0]):
        raise NotAsBilled(
            f"Something has changed since {year.name} was billed. Work the account out again first."
        )
    starts, ends = worked.starts[0].item(), worked.ends[-1].item()
    people = [one for one in card.liable if one.ends is None or one.ends > starts]
    people = [one for one in people if one.starts < ends]
    ids = [one.person_id for one in people]
    return bill.BillData(
        council=council(),
        year=f"{year.first} to {year.first + 1}",
        account=account.reference,
        issued_on=on,
        addressees=tuple(dict.fromkeys(one.name for one in people)),
        address=_write_to(ids, on) or card.address,
        property_address=card.address,
        band=str(worked.columns["band"][-1]),
        starts=starts,
        ends=ends,
        bodies=_bodies(worked),
        lines=tuple(_lines(worked)),
        instalments=_instalments(account, mine, notices[-1]),
        paid_pence=mine.received_pence,
        earlier=tuple(
            bill.Earlier(year=f"{one.first} to {one.first + 1}", pence=held.balance_pence)
            for one, held in sorted(owed.items())
            if one < year and held.balance_pence
        ),
        direct_debit=account.plans.filter(
            dated.holds_on(on), method=models.Plan.Method.DIRECT_DEBIT
        ).exists(),
        replaces=notices[-2].issued if len(notices) > 1 else None,
        large_print=Need.objects.filter(
            dated.holds_on(on), person__in=ids, kind=Need.Kind.LARGE_PRINT
        ).exists(),
        invented=settings.TOWN_IS_INVENTED,
    )


@cache
def council() -> bill.Council:
    """Return the sender, as the letterhead has it; its name is the installation's."""
    given: dict[str, Any] = yaml.safe_load(LETTERHEAD.read_text(encoding="utf-8"))
    return bill.Council(
        **given
        | {
            "name": settings.COUNCIL_NAME,
            "address": tuple(given["address"]),
            "ways_to_pay": tuple(bill.Way(**one) for one in given["ways_to_pay"]),
            "advice": tuple(bill.Advice(**one) for one in given["advice"]),
        }
    )


def _lines(worked: arithmetic.Bill) -> Iterator[bill.Line]:
    """Yield the lines of each period: its full charge, then what makes it less or more."""
    for row in range(len(worked.starts)):
        said = {name: column[row].item() for name, column in worked.columns.items()}
        period = {"starts": said["starts"], "ends": said["ends"]}
        full = _full_pence(worked, row)
        yield bill.Line(
            kind="charge", words=f"Council Tax for band {said['band']}", pence=full, **period
        )
        if said["exempt"]:
            words = f"Exempt, class {said['exempt_class']}"
            yield bill.Line(kind="exemption", words=words, pence=-full, **period)
        elif said["gross"] != full:
            words = f"Disabled band reduction, charged as band {said['charged_band']}"
            yield bill.Line(kind="disabled", words=words, pence=said["gross"] - full, **period)
        for step in STEPS:
            if said[step.column]:
                yield bill.Line(
                    kind=step.kind,
                    words=step.words.format(**said),
                    because=_because(step, said),
                    pence=step.sign * said[step.column],
                    **period,
                )


def _because(step: Step, said: dict[str, Any]) -> str:
    since = said["empty_since"]
    words = said | {"empty_since": f"{since.day} {since:%B %Y}" if since else ""}
    return BECAUSE.get(step.column, "").format(**words)


def _full_pence(worked: arithmetic.Bill, row: int) -> int:
    """Return the period's charge for the band in the list, before anything makes it less."""
    columns = worked.columns
    set_pence = worked.law.amounts.set_pence[
        columns["parish"][row], bands.BANDS.index(str(columns["band"][row]))
    ]
    return int(money.pence(set_pence * columns["days"][row], worked.law.year.days))


def _bodies(worked: arithmetic.Bill) -> tuple[bill.Body, ...]:
    """Return each body's part of the band's amount, and its change from the year before."""
    year, band = worked.law.year, str(worked.columns["band"][-1])
    parish = worked.law.amounts.parishes[worked.columns["parish"][-1]]
    now = _parts(worked.law.amounts, parish, band)
    try:
        before = _parts(laws.of(year.preceding).amounts, parish, band)
    except (laws.LawNotKnown, bands.AmountNotKnown):
        before = {}
    return tuple(
        bill.Body(
            name=name,
            year_pence=pence,
            change_tenths=bill.change_tenths(pence, before.get(name, 0)),
        )
        for name, pence in now.items()
    )


def _parts(amounts: bands.Amounts, parish: str, band: str) -> dict[str, int]:
    """Return what each body, and the parish where there is one, asks of a band, pence a year."""
    column = bands.BANDS.index(band)
    parts = {
        amounts.titles[slug]: int(amounts.parts[row, column])
        for row, slug in enumerate(amounts.bodies)
    }
    if parish != bands.UNPARISHED:
        [row] = amounts.rows_of(np.array([parish]))
        parts[amounts.titles[f"parish:{parish}"]] = int(amounts.parish_parts[row, column])
    return parts


def _instalments(
    account: models.Account, mine: accounts.YearOwed, notice: models.Bill
) -> tuple[bill.Instalment, ...]:
    """Return what is left of each instalment; what earlier bills asked for was due before."""
    rows = instalments.of(
        account.pk,
        mine.year,
        charged_pence=mine.charged_pence,
        received_pence=mine.received_pence,
    )
    left: dict[date, int] = {}
    for one in rows:
        day = one.due_on or notice.issued
        left[day] = left.get(day, 0) + one.left_pence
    return tuple(
        bill.Instalment(due_on=day, pence=pence) for day, pence in sorted(left.items()) if pence
    )


def _write_to(people: list[int], on: date) -> tuple[str, ...]:
    """Return where the letter goes when one of those liable asked for another address."""
    found = CorrespondenceAddress.objects.filter(dated.holds_on(on), person__in=people).first()
    lines = [*found.lines.splitlines(), found.postcode] if found else []
    return tuple(line for line in lines if line)
