"""Whose saving is it? Each entry judged once, then the guarantee first, then the shares by band.

An entry is a claim of a saving. It counts when both parties have signed it, when it is money
(not time, not cost avoided), when the budget line was really changed, and when its evidence leads
to rows of a ledger or an invoice. Nobody shares in anything while a shortfall of the guarantee
stands uncleared, and no share is ever taken of cost avoided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from borough.rules import money
from borough.rules.partnership import savings

EVIDENCE_THAT_COUNTS = 3
MOST_EVIDENCE = 5


class Class(StrEnum):
    """What sort of benefit an entry claims."""

    PRICE = "A1"
    COST_REMOVED = "A2"
    INCOME = "A3"
    INVESTMENT = "A4"
    COST_AVOIDED = "A5"
    NOT_CASH = "A6"


BESIDE = (Class.INVESTMENT, Class.COST_AVOIDED, Class.NOT_CASH)
"""Shown beside the cash, by class, and never added to it."""
NEEDS_DEADWEIGHT = (Class.INCOME, Class.NOT_CASH)
"""What would have come anyway must be said of these."""


class State(StrEnum):
    """How far a claim has come."""

    PROPOSED = "proposed"
    METHOD_AGREED = "method_agreed"
    MEASURED = "measured"
    SIGNED = "signed"
    BOOKED = "booked"
    RECONFIRMED = "reconfirmed"
    DISPUTED = "disputed"
    REVERSED = "reversed"


UNSIGNED = (State.PROPOSED, State.METHOD_AGREED, State.MEASURED)


class Recurrence(StrEnum):
    """Whether a saving comes again."""

    RECURRING = "recurring"
    ONE_OFF = "one_off"
    TIME_LIMITED = "time_limited"


class Result(StrEnum):
    """What becomes of an entry: the first that applies."""

    REVERSED = "reversed"
    DISPUTED = "disputed"
    NOT_SIGNED = "not_signed_by_both"
    NOT_CASHABLE = "not_cashable"
    BUDGET_UNCHANGED = "budget_line_unchanged"
    EVIDENCE_TOO_LOW = "evidence_below_E3"
    IN_CHARGE = "counted_in_charge"
    IN_POT = "counted_in_pot"


COUNTED = (Result.IN_CHARGE, Result.IN_POT)
WHY = {
    Result.REVERSED: "It was reversed.",
    Result.DISPUTED: "One party disputes it; it waits, and nothing else does.",
    Result.NOT_SIGNED: "Both parties have not signed it yet.",
    Result.NOT_CASHABLE: "It is no cash: it is shown beside, by class.",
    Result.BUDGET_UNCHANGED: "The budget line was not changed, so the money is still spent.",
    Result.EVIDENCE_TOO_LOW: "Its evidence does not lead to rows of a ledger or an invoice yet.",
    Result.IN_CHARGE: "It counts, and is in the charge already: it is not shared again.",
    Result.IN_POT: "It counts, and goes into the pot.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in one year.

    Attributes:
        gross_pence: the saving this year; negative for a disbenefit.
        full_year_pence: what it comes to in a full year.
        deadweight_bp: what would have come anyway, in hundredths of one per cent.
        evidence: 0 asserted, 1 method agreed, 2 measured, 3 traced to rows, 4 booked, 5 audited.
        budget_changed: the approved budget has less (or more income) in it.
        in_charge: a price cut that the charge already holds.
    """

    name: str
    kind: Class
    recurrence: Recurrence
    gross_pence: int
    full_year_pence: int
    deadweight_bp: int
    state: State
    evidence: int
    budget_changed: bool
    in_charge: bool

    @property
    def net_pence(self) -> int:
        """The saving this year, less what would have come anyway."""
        return self._less_deadweight(self.gross_pence)

    @property
    def run_rate_pence(self) -> int:
        """The same in a full year; nought for what does not come again."""
        if self.recurrence is not Recurrence.RECURRING:
            return 0
        return self._less_deadweight(self.full_year_pence)

    @property
    def result(self) -> Result:
        """What becomes of it."""
        tests = (
            (self.state is State.REVERSED, Result.REVERSED),
            (self.state is State.DISPUTED, Result.DISPUTED),
            (self.state in UNSIGNED, Result.NOT_SIGNED),
            (self.kind in BESIDE, Result.NOT_CASHABLE),
            (not self.budget_changed, Result.BUDGET_UNCHANGED),
            (self.evidence < EVIDENCE_THAT_COUNTS, Result.EVIDENCE_TOO_LOW),
            (self.in_charge, Result.IN_CHARGE),
        )
        return next((result for holds, result in tests if holds), Result.IN_POT)

    def _less_deadweight(self, pence: int) -> int:
        return money.nearest(Fraction(pence * (savings.WHOLE_BP - self.deadweight_bp), 10_000))


@dataclass(frozen=True, slots=True)
class Due:
    """A year's shortfall of the guarantee, and what the pot cleared of it, in pence."""

    year: int
    due_pence: int
    cleared_pence: int

    @property
    def uncleared_pence(self) -> int:
        """What is still due."""
        return self.due_pence - self.cleared_pence


@dataclass(frozen=True, slots=True)
class Band:
    """The partner's share of what falls up to a limit, the limit itself included; None: no end."""

    upto_pence: int | None
    partner_bp: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How a year's savings are counted and shared, in pence.

    Attributes:
        headline_pence: what counts this year.
        run_rate_pence: what it comes to in a full year, of that which comes again.
        cumulative_pence: all years so far.
        beside_pence: by class, what is shown and never added.
        beyond_unexplained_pence: of the saving beyond the guarantee, what no entry explains;
            negative when the entries claim more than the charge fell: a fault to be found.
        clearing: shortfalls, the oldest first, this year's last.
        cash_settlement_pence, carried_pence: what becomes of the shortfalls that are left.
    """

    headline_pence: int
    run_rate_pence: int
    cumulative_pence: int
    beside_pence: dict[Class, int]
    beyond_unexplained_pence: int
    pot_pence: int
    clearing: tuple[Due, ...]
    to_share_pence: int
    partner_share_pence: int
    cash_settlement_pence: int
    carried_pence: int

    @property
    def council_share_pence(self) -> int:
        """All that is shared and is not the partner's."""
        return self.to_share_pence - self.partner_share_pence


@dataclass(frozen=True, slots=True)
class Terms:
    """What both signed about sharing.

    Attributes:
        carries: uncleared shortfalls go on to the next year; if not, they are settled in cash.
        bands: the partner's share, cumulative and marginal, in rising order; none: no share.
    """

    carries: bool
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier years left.

    Attributes:
        shortfalls: pence by year.
        cumulative_pence: what counted in all earlier years.
    """

    shortfalls: tuple[tuple[int, int], ...] = ()
    cumulative_pence: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What a year's entries come to, whatever the contract cost; in pence.

    Three numbers, never one alone: this year's, a full year's, and all years' so far.
    """

    headline_pence: int
    run_rate_pence: int
    cumulative_pence: int
    beside_pence: dict[Class, int]


def totals(entries: Sequence[Entry], cumulative_before_pence: int = 0) -> Totals:
    """Return what a year's entries come to. It needs no bridge, so no year is without."""
    judged = [(entry, entry.result) for entry in entries]
    headline = sum(entry.net_pence for entry, result in judged if result in COUNTED)
    return Totals(
        headline_pence=headline,
        run_rate_pence=sum(entry.run_rate_pence for entry, result in judged if result in COUNTED),
        cumulative_pence=cumulative_before_pence + headline,
        beside_pence={kind: _beside(judged, kind) for kind in BESIDE},
    )


def run(
    year: int, bridge: savings.Bridge, entries: Sequence[Entry], terms: Terms, before: Before
) -> Waterfall:
    """Return what a year's entries come to, and whose they are."""
    judged = [(entry, entry.result) for entry in entries]
    in_pot = sum(entry.net_pence for entry, result in judged if result is Result.IN_POT)
    in_charge = sum(entry.net_pence for entry, result in judged if result is Result.IN_CHARGE)
    pot = max(0, in_pot)
    clearing = _cleared(pot, _shortfalls(year, bridge, terms, before))
    to_share = pot - sum(due.cleared_pence for due in clearing)
    uncleared = sum(due.uncleared_pence for due in clearing)
    came_to = totals(entries, before.cumulative_pence)
    return Waterfall(
        headline_pence=came_to.headline_pence,
        run_rate_pence=came_to.run_rate_pence,
        cumulative_pence=came_to.cumulative_pence,
        beside_pence=came_to.beside_pence,
        beyond_unexplained_pence=max(bridge.beyond_pence, 0) - in_charge,
        pot_pence=pot,
        clearing=clearing,
        to_share_pence=to_share,
        partner_share_pence=partner_share(to_share, terms.bands),
        cash_settlement_pence=0 if terms.carries else uncleared,
        carried_pence=uncleared if terms.carries else 0,
    )


def partner_share(to_share_pence: int, bands: Sequence[Band]) -> int:
    """Return the partner's share: each slice at its band's rate, rounded once for all of them."""
    exact, below = 0, 0
    for band in bands:
        top = to_share_pence if band.upto_pence is None else min(to_share_pence, band.upto_pence)
        exact += max(0, top - below) * band.partner_bp
        below = max(below, top)
    return money.nearest(Fraction(exact, savings.WHOLE_BP))


def _beside(judged: Sequence[tuple[Entry, Result]], kind: Class) -> int:
    return sum(
        entry.net_pence
        for entry, result in judged
        if result is Result.NOT_CASHABLE and entry.kind is kind
    )


def _shortfalls(
    year: int, bridge: savings.Bridge, terms: Terms, before: Before
) -> list[tuple[int, int]]:
    """Return the shortfalls to clear, oldest first; brought forward only where both signed so."""
    brought = sorted(before.shortfalls) if terms.carries else []
    return [*brought, (year, bridge.shortfall_pence)]


def _cleared(pot: int, shortfalls: Sequence[tuple[int, int]]) -> tuple[Due, ...]:
    clearing = []
    for year, due in shortfalls:
        cleared = min(pot, due)
        pot -= cleared
        clearing.append(Due(year, due, cleared))
    return tuple(clearing)
