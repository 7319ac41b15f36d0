"""From accounts and a year to everything that their bills say: one and all are the same call.

The lines are those of the same run that the ledger was charged by. A bill that would not say what
the ledger holds is refused: the account has to be billed again first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.lines.revenues import laws, models, working
from borough.lines.revenues.letters import bill, changes, frame, letterhead, reading
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import money, years
from borough.rules.council_tax import bands
from borough.rules.council_tax import bill as arithmetic


class NothingToBill(commanding.Refusal):
    """The account has no bill for that year."""


class NotAsBilled(commanding.Refusal):
    """Something has changed since the year was billed."""


CannotBeFilled = (commanding.Refusal, frame.DoesNotAddUp)


@dataclass(frozen=True, slots=True)
class Ready:
    """A bill that can be issued: what it says, and the ids of those to whom it is addressed.

    ``by_hand`` when one of them is to be contacted only in the way agreed: not by a mass posting.
    """

    said: bill.BillData
    people: tuple[int, ...]
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """The bills of some accounts, by id, and why others have none."""

    ready: dict[int, Ready]
    refused: dict[int, Exception]


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
COUNTED = {0: "No adult who lives here is counted", 1: "One adult who lives here is counted"}
# SI 2011/3038 Schedule 1 paragraphs 19 and 20: on what basis each is taken off or added.
BECAUSE = {
    "resident_discount": "{counted}",
    "empty_discount": "Nobody lives here",
    "long_term_premium": "Empty and unfurnished since {empty_since}",
    "second_home_premium": "Furnished, and nobody’s main home",
    "annexe_reduction": "A relative lives in it, or it is used with the main home",
    "reduction": "Awarded under our scheme for people with a low income",
    "relief": "Granted under section 13A(1)(c) of the 1992 Act",
}
DISABLED = "The home meets the needs of a disabled person who lives in it"


def of_account(account: models.Account, year: years.Year, *, on: date) -> bill.BillData:
    """Return what the newest bill of a year says on a day, payments so far taken off.

    Raises:
        NothingToBill: the year has not been billed, or nobody is liable in it.
        NotAsBilled: the ledger holds another charge than the circumstances come to.
        addressing.NowhereToSend: no address is on record.
        laws.LawNotKnown: that year's figures are not loaded.
    """
    return ready(account, year, on=on).said


def ready(account: models.Account, year: years.Year, *, only: int | None = None, on: date) -> Ready:
    """Return the newest bill of a year as it can be issued on a day; raises as `of_account`.

    Args:
        account: whose bill it is.
        year: of the bill.
        only: the one of those liable to whom alone it is addressed; None: all of them together.
        on: the day.
    """
    filled = of_accounts([account.pk], year, only=only, on=on)
    for refusal in filled.refused.values():
        raise refusal
    return filled.ready[account.pk]


def of_accounts(
    account_ids: Sequence[int], year: years.Year, *, only: int | None = None, on: date
) -> Filled:
    """Return what the newest bills of a year say on a day, payments so far taken off.

    One query a kind of row and one run of the rules, for any number of accounts.

    Raises:
        laws.LawNotKnown: that year's figures are not loaded.
    """
    ids, worked, refused = _worked(account_ids, year)
    if worked is None:
        return Filled({}, refused)
    known = reading.of(ids, year, on=on)
    sums = _Sums.of(worked)
    bodies = cache(partial(_bodies, worked.law))
    reasons = changes.of(known, year)
    filled: dict[int, Ready] = {}
    for row, number in enumerate(ids):
        try:
            mine = known[number] if only is None else known[number].alone(only)
            made = _ready(mine, sums, row, bodies, on)
            filled[number] = _told(made, reasons[number]) if number in reasons else made
        except CannotBeFilled as refusal:
            refused[number] = refusal
    return Filled(filled, refused)


def _worked(
    account_ids: Sequence[int], year: years.Year
) -> tuple[Sequence[int], arithmetic.Bill | None, dict[int, Exception]]:
    """Work the charges out again; accounts that cannot be are set aside with the reason."""
    try:
        return account_ids, working.work_out(account_ids, year), {}
    except working.CannotWorkOut:
        good, bad = working.sound(account_ids, year)
        refused: dict[int, Exception] = {
            number: working.CannotWorkOut(reason) for number, reason in bad
        }
        return good, working.work_out(good, year) if good else None, refused


@dataclass(frozen=True)
class _Sums:
    """The periods of a run of the rules as plain rows, and where each account's begin and end."""

    law: arithmetic.Law
    rows: list[dict[str, Any]]
    edges: list[int]
    due_pence: list[int]

    @classmethod
    def of(cls, worked: arithmetic.Bill) -> "_Sums":
        columns = {name: column.tolist() for name, column in worked.columns.items()}
        columns["full_pence"] = _full_pence(worked).tolist()
        rows = [
            dict(zip(columns, values, strict=True))
            for values in zip(*columns.values(), strict=True)
        ]
        count = len(worked.due_pence)
        edges = np.searchsorted(worked.owner, np.arange(count + 1)).tolist()
        return cls(worked.law, rows, edges, worked.due_pence.tolist())

    def periods(self, account: int) -> list[dict[str, Any]]:
        return self.rows[self.edges[account] : self.edges[account + 1]]


def _ready(known: reading.Known, sums: _Sums, row: int, bodies: Any, on: date) -> Ready:
    """Return one account's bill."""
    year, periods = sums.law.year, sums.periods(row)
    if not known.issued or not periods:
        raise NothingToBill(f"Account {known.home.reference} has no bill for {year.name}.")
    mine = known.owed[year]
    if mine.charged_pence != sums.due_pence[row]:
        raise NotAsBilled(
            f"Something has changed since {year.name} was billed. Work the account out again first."
        )
    starts, ends = periods[0]["starts"], periods[-1]["ends"]
    people = [
        one for one in known.liable if one.starts < ends and (one.ends is None or one.ends > starts)
    ]
    ids = tuple(dict.fromkeys(one.person for one in people))
    known.directory.refuse_together(known.home.reference, ids)
    last = periods[-1]
    said = bill.BillData(
        council=letterhead.council(),
        year=said_of(year),
        account=known.home.reference,
        issued_on=on,
        addressees=tuple(dict.fromkeys(known.directory.names[one] for one in ids)),
        address=known.directory.address(known.home, people, on=on),
        property_address=known.home.address or (accounts.NO_ADDRESS,),
        band=last["band"],
        starts=starts,
        ends=ends,
        bodies=bodies(last["parish"], last["band"]),
        lines=tuple(_lines(periods)),
        instalments=_instalments(known, mine),
        paid_pence=mine.received_pence,
        earlier=tuple(
            bill.Earlier(year=said_of(one), pence=held.balance_pence)
            for one, held in sorted(known.owed.items())
            if one < year and held.balance_pence
        ),
        direct_debit=known.direct_debit,
        version=len(known.issued),
        replaces=known.issued[-2] if len(known.issued) > 1 else None,
        large_print=not known.directory.large_print.isdisjoint(ids),
        invented=settings.TOWN_IS_INVENTED,
    )
    return Ready(said, ids, by_hand=not known.directory.by_hand.isdisjoint(ids))


def _told(made: Ready, changed: changes.Changed) -> Ready:
    """Return a new bill that says what it differs in from the one before."""
    now = changes.marks(made.said.lines)
    said = replace(
        made.said,
        why_replaced=changes.sentence(changed),
        before_pence=changed.before_pence,
        changed_from=changes.first_day(changed.said, now) if changed.said else None,
    )
    return replace(made, said=said)


def said_of(year: years.Year) -> str:
    """Return a year as a person says it: "2025 to 2026"."""
    return f"{year.first} to {year.first + 1}"


def _lines(periods: list[dict[str, Any]]) -> Iterator[bill.Line]:
    """Yield the lines of each period: its full charge, then what makes it less or more."""
    for said in periods:
        line = partial(bill.Line, starts=said["starts"], ends=said["ends"])
        full = said["full_pence"]
        yield line(kind="charge", words=f"Council Tax for band {said['band']}", pence=full)
        if said["exempt"]:
            # The class alone: its reason may be an illness or a prison, and the law asks for none.
            yield line(kind="exemption", words=f"Exempt, class {said['exempt_class']}", pence=-full)
        elif said["gross"] != full:
            words = f"Disabled band reduction, charged as band {said['charged_band']}"
            yield line(kind="disabled", words=words, because=DISABLED, pence=said["gross"] - full)
        for step in STEPS:
            if said[step.column]:
                yield line(
                    kind=step.kind,
                    words=step.words.format(**said),
                    because=_because(step, said),
                    pence=step.sign * said[step.column],
                )


def _because(step: Step, said: dict[str, Any]) -> str:
    since = said["empty_since"]
    words = said | {
        "empty_since": f"{since.day} {since:%B %Y}" if since else "",
        "counted": COUNTED.get(said["counted_adults"], ""),
    }
    return BECAUSE.get(step.column, "").format(**words)


def _full_pence(worked: arithmetic.Bill) -> NDArray[np.int64]:
    """Return each period's charge for the band in the list, before anything makes it less."""
    columns = worked.columns
    letters = [bands.BANDS.index(band) for band in columns["band"].tolist()]
    set_pence = worked.law.amounts.set_pence[columns["parish"], np.array(letters, np.intp)]
    return money.pence(set_pence * columns["days"], worked.law.year.days)


def _bodies(law: arithmetic.Law, row: int, band: str) -> tuple[bill.Body, ...]:
    """Return each body's part of the band's amount, and its change from the year before."""
    parish = law.amounts.parishes[row]
    now = _parts(law.amounts, parish, band)
    try:
        before = _parts(laws.of(law.year.preceding).amounts, parish, band)
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


def _instalments(known: reading.Known, mine: accounts.YearOwed) -> tuple[frame.Payment, ...]:
    """Return what is left of each instalment; what earlier bills asked for was due before."""
    rows = instalments.paid(
        known.asked, charged_pence=mine.charged_pence, received_pence=mine.received_pence
    )
    left: dict[date, int] = {}
    for one in rows:
        day = one.due_on or known.issued[-1]
        left[day] = left.get(day, 0) + one.left_pence
    return tuple(
        frame.Payment(due_on=day, pence=pence) for day, pence in sorted(left.items()) if pence
    )
