"""What a year of the contract should have cost, what it did cost, and why: the bridge.

Six levels, each an exact sum rounded once to whole pence; each bar is the difference of two
levels, so the bars always lead from the first level to the last, to the penny::

    base              base quantities at base prices
    volume adjusted   this year's quantities at base prices
    indexed           the same at this year's prices
    scoped            and the changes of scope that both have approved
    ceiling           less the saving that the partner guarantees from the first day
    actual            what was charged, net of credit notes

Volume is not saving: a fall in what residents ask for lowers the ceiling with the charge. What is
charged below the ceiling is the saving beyond the guarantee; above it, the shortfall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from borough.rules import money

WHOLE_BP = 10_000


class BadLine(ValueError):
    """A line of the baseline cannot be worked out; the sentence says what to put right."""


class Kind(StrEnum):
    """How a cost follows its quantity."""

    FIXED = "fixed"
    VARIABLE = "variable"
    STEPPED = "stepped"


@dataclass(frozen=True, slots=True)
class Step:
    """What a stepped line costs up to a quantity, the quantity itself included; None: any."""

    upto: int | None
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the baseline, as both parties signed it.

    Attributes:
        driver: what its quantity counts; None for a fixed line.
        amount_pence: of a fixed line, a year.
        unit_cost_pence: of a variable line, for one of its quantity.
        steps: of a stepped line, by rising quantity, the last without limit.
        index: what prices have risen by since the base year, exactly; 1 where nothing is indexed.
        in_guarantee: the guaranteed saving is taken from it.
    """

    name: str
    kind: Kind
    driver: str | None = None
    base_quantity: int = 0
    amount_pence: int = 0
    unit_cost_pence: int = 0
    steps: tuple[Step, ...] = ()
    index: Fraction = Fraction(1)
    in_guarantee: bool = True

    def cost_pence(self, quantity: int) -> int:
        """Return what this quantity costs at base prices.

        Raises:
            BadLine: when no step of a stepped line reaches so far.
        """
        if self.kind is Kind.FIXED:
            return self.amount_pence
        if self.kind is Kind.VARIABLE:
            return self.unit_cost_pence * quantity
        for step in self.steps:
            if step.upto is None or quantity <= step.upto:
                return step.amount_pence
        raise BadLine(f"No step of “{self.name}” reaches {quantity:,}. Let the last have no limit.")


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """Work added or taken away, at this year's prices. Unapproved, it counts nothing."""

    name: str
    amount_pence: int
    approved: bool
    in_guarantee: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """The six levels, in whole pence."""

    base: int
    volume_adjusted: int
    indexed: int
    scoped: int
    ceiling: int
    actual: int


@dataclass(frozen=True, slots=True)
class Bars:
    """What leads from each level to the next, in pence; they sum to ``actual - base``."""

    volume: int
    inflation: int
    scope: int
    guarantee: int
    additional: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A year's levels, and what they say.

    Attributes:
        naive_target_pence: the guarantee's share of the base, that a headline would have asked.
    """

    levels: Levels
    naive_target_pence: int

    @property
    def bars(self) -> Bars:
        """The five differences. The guarantee that is quoted is the bar, never a rounding of its
        own: the two may differ by a penny."""
        at = self.levels
        return Bars(
            volume=at.volume_adjusted - at.base,
            inflation=at.indexed - at.volume_adjusted,
            scope=at.scoped - at.indexed,
            guarantee=at.ceiling - at.scoped,
            additional=at.actual - at.ceiling,
        )

    @property
    def beyond_pence(self) -> int:
        """What was charged below the ceiling; negative where more was charged."""
        return self.levels.ceiling - self.levels.actual

    @property
    def shortfall_pence(self) -> int:
        """What was charged above the ceiling; nought where nothing was."""
        return max(0, -self.beyond_pence)

    @property
    def naive_saving_pence(self) -> int:
        """How much the charge fell from the base, as if nothing else had changed."""
        return self.levels.base - self.levels.actual


def bridge(
    lines: Sequence[Line],
    volumes: Mapping[str, int],
    changes: Sequence[ScopeChange],
    *,
    guarantee_bp: int,
    charge_pence: int,
) -> Bridge:
    """Return the bridge of a year.

    Args:
        lines: the frozen baseline.
        volumes: this year's quantity by driver; every driver of a line must be there.
        changes: all changes of scope, approved or not.
        guarantee_bp: the guaranteed saving in hundredths of one per cent.
        charge_pence: what was charged in scope, net of credit notes.

    Raises:
        BadLine: when a driver has no volume (no data is not nought), or no step reaches it.
    """
    quantities = [_quantity(line, volumes) for line in lines]
    costs = [line.cost_pence(quantity) for line, quantity in zip(lines, quantities, strict=True)]
    base = sum(line.cost_pence(line.base_quantity) for line in lines)
    priced = [cost * line.index for cost, line in zip(costs, lines, strict=True)]
    approved = [change for change in changes if change.approved]
    indexed = sum(priced, Fraction(0))
    scoped = indexed + sum(change.amount_pence for change in approved)
    guaranteed = sum(
        (amount for amount, line in zip(priced, lines, strict=True) if line.in_guarantee),
        Fraction(sum(change.amount_pence for change in approved if change.in_guarantee)),
    )
    return Bridge(
        Levels(
            base=base,
            volume_adjusted=sum(costs),
            indexed=money.nearest(indexed),
            scoped=money.nearest(scoped),
            ceiling=money.nearest(scoped - guaranteed * Fraction(guarantee_bp, WHOLE_BP)),
            actual=charge_pence,
        ),
        naive_target_pence=money.nearest(Fraction(base * guarantee_bp, WHOLE_BP)),
    )


def _quantity(line: Line, volumes: Mapping[str, int]) -> int:
    if line.driver is None:
        return line.base_quantity
    if line.driver not in volumes:
        raise BadLine(
            f"“{line.name}” follows “{line.driver}”, of which this year has no count. "
            "Count it first: no data is not nought."
        )
    return volumes[line.driver]
