"""The Council Tax bill: what a demand notice says, as plain data that adds up.

The contents are those of the Council Tax (Demand Notices) (England) Regulations 2011
(SI 2011/3038), Schedule 1. For years from 2025 a council with social care duties is one line with
one percentage (Council Tax (Demand Notices and Prescribed Classes of Dwellings) (England)
(Amendment) Regulations 2025); for 2016 to 2024 give two bodies, each with its own percentage.

A bill that does not add up cannot be made, so that none is printed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from borough.lines.revenues.letters import frame
from borough.rules import years

KIND = "revenues.bill"
TEMPLATE = "lines/revenues/letters/bill.typ"

Kind = Literal[
    "charge", "disabled", "exemption", "discount", "premium", "reduction", "relief", "penalty"
]

# What lowers the bill, and so carries the duty to tell us when it should not (SI 1992/613 reg 16
# for discounts; the reduction scheme for reductions).
LOWERS = frozenset({"disabled", "exemption", "discount", "reduction", "relief"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A council, police, fire, mayor or parish, and its part of the band's amount for the year.

    Attributes:
        year_pence: the whole year's amount for the band of the dwelling.
        change_tenths: change from last year in tenths of a percentage point (49 is 4.9%); None
            when there is nothing to compare with.
    """

    name: str
    year_pence: int
    change_tenths: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the sum: an amount for some days, and why.

    Attributes:
        kind: decides which duty is printed.
        words: what it is ("Single person discount, 25 per cent").
        because: the reason in a sentence ("We were told that one adult lives here.").
        pence: negative when it lowers the bill.
        starts, ends: the days it is for, half open.
    """

    kind: Kind
    words: str
    pence: int
    starts: date
    ends: date
    because: str = ""

    @property
    def days(self) -> int:
        """Return how many days the line is for."""
        return (self.ends - self.starts).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is still owed (positive) or owed back (negative) for an earlier year."""

    year: str
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillData:
    """Everything that one bill says.

    Attributes:
        year: as a person says it, ``"2026 to 2027"``.
        account: the account number, e.g. ``"100001"``.
        addressees: the names of those liable who are billed together, one a line.
        address: where the letter goes, without the names; ``property_address`` is what is taxed.
        band: the band in the valuation list.
        starts, ends: the period that the notice is for, half open.
        bodies: whole-year amounts for ``band``; their sum is the band's amount.
        lines: the sum, from the charge down; adds up to the Council Tax of this notice.
        paid_pence: what has been paid or credited for this year before the notice.
        earlier: years before, shown apart: they are not part of the instalments.
        tell_within_days, penalty_pence: of the duty to report; None where no second source has
            been found, and then the notice names no figure.
        version: the number of the notice among those of the year, from 1: no notice is sent twice.
        replaces, why_replaced: the day of the bill that this one replaces, and the reason.
        before_pence: the Council Tax of the bill that this one replaces.
        changed_from: the first day on which it is worked out in another way; None when not known.
        large_print: for those who asked for it; the letter is then longer than two pages.
    """

    council: frame.Council
    year: str
    account: str
    issued_on: date
    addressees: tuple[str, ...]
    address: tuple[str, ...]
    property_address: tuple[str, ...]
    band: str
    starts: date
    ends: date
    bodies: tuple[Body, ...]
    lines: tuple[Line, ...]
    instalments: tuple[frame.Payment, ...]
    paid_pence: int = 0
    earlier: tuple[Earlier, ...] = ()
    direct_debit: bool = False
    tell_within_days: int = 21
    penalty_pence: int | None = None
    version: int = 1
    replaces: date | None = None
    why_replaced: str = ""
    before_pence: int | None = None
    changed_from: date | None = None
    large_print: bool = False
    invented: bool = False

    def __post_init__(self) -> None:
        """Refuse a bill that contradicts itself.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if not self.addressees or not self.bodies or not self.lines:
            raise frame.DoesNotAddUp(
                "A bill names who pays, the bodies it pays for and how it is made."
            )
        if not self.starts < self.ends:
            raise frame.DoesNotAddUp("The period of the bill must end after it starts.")
        if any(one.starts < self.starts or one.ends > self.ends for one in self.lines):
            raise frame.DoesNotAddUp(
                "A line of the sum is for days outside the period of the bill."
            )
        asked = sum(one.pence for one in self.instalments)
        if asked != max(self.due_pence, 0):
            raise frame.DoesNotAddUp(
                f"The instalments come to {frame.pounds(asked)}, "
                f"but {frame.pounds(self.due_pence)} is due."
            )
        if self.before_pence is not None and self.replaces is None:
            raise frame.DoesNotAddUp("Only a bill that replaces another has something before it.")
        days = [one.due_on for one in self.instalments]
        if days != sorted(set(days)):
            raise frame.DoesNotAddUp("The instalments must be in order of their days.")

    @property
    def charge_pence(self) -> int:
        """Return the Council Tax of this notice, before payments."""
        return sum(line.pence for line in self.lines)

    @property
    def due_pence(self) -> int:
        """Return what is still to pay under this notice; negative when we owe it back."""
        return self.charge_pence - self.paid_pence

    @property
    def change_pence(self) -> int | None:
        """Return by how much it differs from the bill that it replaces; None for a first bill."""
        return None if self.before_pence is None else self.charge_pence - self.before_pence

    @property
    def title(self) -> str:
        """Return the title of the letter."""
        return f"{'New ' if self.replaces else ''}Council Tax bill {self.year}"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON: given and derived figures, days as ISO dates."""
        said: dict[str, Any] = frame.plain(self)
        said.update(
            title=self.title,
            last_day=_last(self.ends),
            charge_pence=self.charge_pence,
            due_pence=self.due_pence,
            change_pence=self.change_pence,
            year_pence=sum(body.year_pence for body in self.bodies),
            plan=frame.plan(self.instalments),
            must_tell=any(line.kind in LOWERS for line in self.lines),
            tell_until=_last(years.Year.holding(self.starts).following.ends),
            has_premium=any(line.kind == "premium" for line in self.lines),
        )
        told: set[tuple[str, str]] = set()
        for shown, line in zip(said["lines"], self.lines, strict=True):
            shown.update(days=line.days, last_day=_last(line.ends))
            if (line.words, line.because) in told:
                shown["because"] = ""  # a reason is told once; the days are told each time
            told.add((line.words, line.because))
        for shown, body in zip(said["bodies"], self.bodies, strict=True):
            shown["change"] = _percent(body.change_tenths)
        return said


def change_tenths(now_pence: int, before_pence: int) -> int | None:
    """Return the change from last year in tenths of a percentage point, half away from zero.

    None when there was nothing last year. The Regulations of 2011 ask for one decimal place.
    """
    if before_pence <= 0:
        return None
    thousandths = abs(now_pence - before_pence) * 1000
    tenths = (2 * thousandths + before_pence) // (2 * before_pence)
    return tenths if now_pence >= before_pence else -tenths


def _percent(tenths: int | None) -> str:
    if tenths is None:
        return "no comparison"
    sign = "+" if tenths > 0 else "\N{MINUS SIGN}" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def _last(ends: date) -> str:
    """Return the last day of a half-open period, which is what a person is told."""
    return (ends - timedelta(days=1)).isoformat()
