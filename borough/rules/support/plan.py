"""One monthly payment shared among many debts, exact to the penny.

First the floors: what each month keeps the worst away from a debt (an order suspended, agents
called off), the gravest tier first. Then all that is left, in proportion to what is owed. Shares
are exact fractions until the end; each is cut to whole pence, and the pennies missing go to the
largest fractions, ties by the debt's id in Unicode code point order. So the order in which debts
are written down never matters.

The tiers, by what may happen to the resident, are the council's choice::

    1  the home may be lost, or agents are about to act       3  benefit overpaid, a parking warrant
    2  other Council Tax                                      4  everything else
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from borough.rules import money

LAW = "The council's policy for several debts; no enactment orders one debt before another"
FLOOR = "is the least that keeps the worst away"
HELD = "it is on hold"
FIGURES = frozenset({"plan_adviser_months", "plan_write_off_months"})


class Outcome(StrEnum):
    """What a plan comes to."""

    NOTHING_PAYABLE = "nothing_payable"
    NO_PLAN = "no_plan"
    PLAN = "plan"
    ADVISER_REVIEW = "adviser_review"
    PARTIAL_WRITE_OFF = "partial_write_off_proposal"


class BadPlan(ValueError):
    """No plan can be made of what was given; the sentence says what to put right."""


@dataclass(frozen=True)
class Debt:
    """One debt as it stands.

    Attributes:
        id: its name; decides ties.
        tier: 1 for the gravest consequence, upward.
        balance_pence: what is owed now, 0 or more.
        floor_pence: the least each month that keeps the worst away, 0 for none.
        held: nothing may be asked for (breathing space, a dispute, a hold).
        floor_because: what the floor does, to be read after its amount.
        held_because: why nothing is asked for.
    """

    id: str
    tier: int
    balance_pence: int
    floor_pence: int = 0
    held: bool = False
    floor_because: str = FLOOR
    held_because: str = HELD


@dataclass(frozen=True)
class Share:
    """What one debt is given each month.

    Attributes:
        floor_pence: what it is given first, to keep the worst away.
        rest_pence: what it is given after that, in proportion to what is owed.
        says: why, as the resident reads it.
    """

    debt: Debt
    floor_pence: int
    rest_pence: int
    says: str

    @property
    def pence(self) -> int:
        """All that it is given."""
        return self.floor_pence + self.rest_pence


@dataclass(frozen=True)
class Plan:
    """A month's payment, shared.

    Attributes:
        payable_pence: all that is owed and not held.
        months_to_clear: payments until nothing is owed; None where nothing is paid.
        shares: one for each debt, in the order of their ids.
    """

    outcome: Outcome
    payable_pence: int
    months_to_clear: int | None
    shares: tuple[Share, ...]

    @property
    def allocation(self) -> dict[str, int]:
        """Pence by debt, in the order of the ids."""
        return {share.debt.id: share.pence for share in self.shares}


@dataclass(frozen=True)
class Limits:
    """How many months a plan may take before somebody must look at it."""

    adviser_review_after: int
    write_off_after: int

    @classmethod
    def of(cls, figures: Mapping[str, int]) -> "Limits":
        """Return the limits in force."""
        return cls(figures["plan_adviser_months"], figures["plan_write_off_months"])


@dataclass(frozen=True)
class Month:
    """One payment of a plan carried through.

    Attributes:
        number: 1 for the first.
        paid: pence by debt.
        left: pence owed by debt after the payment, held debts too.
        shared_anew: the money was shared anew, for a debt was nearly cleared.
    """

    number: int
    paid: Mapping[str, int]
    left: Mapping[str, int]
    shared_anew: bool


def make(surplus_pence: int, debts: Sequence[Debt], limits: Limits) -> Plan:
    """Return how a month's surplus is shared among the debts.

    Args:
        surplus_pence: what is left of a month's money; nought or less makes no plan.
        debts: every debt, held ones too, in any order.
        limits: the months after which the outcome changes.

    Raises:
        BadPlan: when an amount is no whole number of pence or negative, or an id comes twice.
    """
    _check(surplus_pence, debts)
    debts = sorted(debts, key=lambda debt: debt.id)
    open_debts = [debt for debt in debts if not debt.held]
    payable = sum(debt.balance_pence for debt in open_debts)
    months: int | None = None
    floors: dict[str, int] = {}
    rests: dict[str, int] = {}
    if payable == 0:
        outcome = Outcome.NOTHING_PAYABLE
    elif surplus_pence <= 0:
        outcome = Outcome.NO_PLAN
    else:
        months = -(-payable // surplus_pence)
        outcome = _outcome(months, limits)
        floors = _floors(surplus_pence, open_debts)
        rests = _rests(surplus_pence - sum(floors.values()), open_debts, floors)
    shares = tuple(
        _told(outcome, debt, floors.get(debt.id, 0), rests.get(debt.id, 0)) for debt in debts
    )
    return Plan(outcome, payable, months, shares)


def agreed_or_anew(
    agreed: Mapping[str, int], surplus_pence: int, debts: Sequence[Debt], limits: Limits
) -> tuple[Mapping[str, int], bool]:
    """Return this month's pence by debt, and whether they were shared anew.

    Agreed amounts stay as they are, for people pay by standing order, until a debt owes less
    than its amount or may not be asked for: then the same surplus is shared among what is owed.
    """
    owed = {debt.id: 0 if debt.held else debt.balance_pence for debt in debts}
    if all(owed.get(debt, 0) >= amount for debt, amount in agreed.items()):
        return agreed, False
    return make(surplus_pence, debts, limits).allocation, True


def months(surplus_pence: int, debts: Sequence[Debt], limits: Limits) -> Iterator[Month]:
    """Give month after month until nothing is owed but what is held; nothing if nothing is paid.

    A plan may take very long: take as many months as are to be shown (`itertools.islice`).

    Raises:
        BadPlan: as :func:`make`.
    """
    debts = sorted(debts, key=lambda debt: debt.id)
    agreed: Mapping[str, int] = make(surplus_pence, debts, limits).allocation
    number, anew = 0, False
    while any(agreed.values()):
        number += 1
        debts = [
            replace(debt, balance_pence=debt.balance_pence - agreed.get(debt.id, 0))
            for debt in debts
        ]
        yield Month(number, agreed, {debt.id: debt.balance_pence for debt in debts}, anew)
        agreed, anew = agreed_or_anew(agreed, surplus_pence, debts, limits)


def fill(total: int, items: Sequence[tuple[str, int, int]]) -> dict[str, int]:
    """Return how a total is shared by weight, nobody getting more than a cap, in whole units.

    Args:
        total: what there is, 0 or more.
        items: id, weight and cap of each, whole numbers, 0 or more.
    """
    shares = {name: 0 for name, _, _ in items}
    active = [item for item in items if item[1] > 0 and item[2] > 0]
    left = total
    while active and left:
        # All are judged with the same total and the same weights; `left` stays whole, for caps are.
        weights = sum(weight for _, weight, _ in active)
        capped = [item for item in active if left * item[1] >= item[2] * weights]
        if not capped:
            return shares | _in_proportion(left, active, weights)
        shares |= {name: cap for name, _, cap in capped}
        left -= sum(cap for _, _, cap in capped)
        active = [item for item in active if item not in capped]
    return shares


def _in_proportion(
    total: int, items: Sequence[tuple[str, int, int]], weights: int
) -> dict[str, int]:
    """Return whole shares that sum to the total: cut, then a penny each by largest fraction."""
    cut = {name: divmod(total * weight, weights) for name, weight, _ in items}
    shares = {name: whole for name, (whole, _) in cut.items()}
    by_fraction = sorted(cut, key=lambda name: (-cut[name][1], name))
    for name in by_fraction[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def _floors(surplus_pence: int, debts: Sequence[Debt]) -> dict[str, int]:
    """Return what keeps the worst away, tier by tier while there is money."""
    floors: dict[str, int] = {}
    left = surplus_pence
    for tier in sorted({debt.tier for debt in debts}):
        least = [(d.id, min(d.floor_pence, d.balance_pence)) for d in debts if d.tier == tier]
        floors |= fill(left, [(name, floor, floor) for name, floor in least])
        left = surplus_pence - sum(floors.values())
    return floors


def _rests(left: int, debts: Sequence[Debt], floors: Mapping[str, int]) -> dict[str, int]:
    """Return the rest in proportion to what was owed before the floors were taken."""
    return fill(left, [(d.id, d.balance_pence, d.balance_pence - floors[d.id]) for d in debts])


def _outcome(months_to_clear: int, limits: Limits) -> Outcome:
    if months_to_clear <= limits.adviser_review_after:
        return Outcome.PLAN
    if months_to_clear <= limits.write_off_after:
        return Outcome.ADVISER_REVIEW
    return Outcome.PARTIAL_WRITE_OFF


def _told(outcome: Outcome, debt: Debt, floor: int, rest: int) -> Share:
    """Return the share with the sentence that says why it is what it is."""
    parts = []
    if floor:
        parts.append(f"{money.pounds(floor)} {_floor_words(debt, floor)}")
    if rest:
        parts.append(f"{money.pounds(rest)} in proportion to what is owed")
    says = ", then ".join(parts) or _nothing(outcome, debt)
    if parts and floor + rest == debt.balance_pence:
        says += ", which clears it"
    return Share(debt, floor, rest, says)


def _floor_words(debt: Debt, floor: int) -> str:
    least = min(debt.floor_pence, debt.balance_pence)
    if floor == least:
        return debt.floor_because
    return f"of the {money.pounds(least)} that {debt.floor_because}: there is no more"


def _nothing(outcome: Outcome, debt: Debt) -> str:
    if debt.held:
        return f"Nothing: {debt.held_because}"
    if debt.balance_pence == 0:
        return "Nothing: nothing is owed"
    if outcome is Outcome.NO_PLAN:
        return "Nothing: no money is left after what the household needs"
    return "Nothing yet: there is too little to go round this month"


def _check(surplus_pence: int, debts: Sequence[Debt]) -> None:
    """Refuse what is no plan's business, with the debt's name and what to do."""
    if not _whole(surplus_pence):
        raise BadPlan("The surplus must be a whole number of pence.")
    seen: set[str] = set()
    for debt in debts:
        _check_debt(debt)
        if debt.id in seen:
            raise BadPlan(f"The debt “{debt.id}” comes twice. Give each debt once.")
        seen.add(debt.id)


def _check_debt(debt: Debt) -> None:
    if not isinstance(debt.id, str) or not debt.id:
        raise BadPlan("Every debt needs an id, a text that no other debt has.")
    if not _whole(debt.tier) or debt.tier < 1:
        raise BadPlan(f"The debt “{debt.id}” needs a tier, a whole number from 1.")
    for words, amount in (("balance", debt.balance_pence), ("floor", debt.floor_pence)):
        if not _whole(amount) or amount < 0:
            raise BadPlan(f"The {words} of “{debt.id}” must be a whole number of pence, 0 or more.")
    if not isinstance(debt.held, bool):
        raise BadPlan(f"Say of “{debt.id}” whether it is held: true or false.")


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
