"""How often two parties who decided apart decided alike, and what that says.

The table holds cases: row, what the council chose; column, what the partner chose; one row and
column for each option that was offered, also those that nobody chose. Where a statistic cannot be
computed it is None, never 0 or 1: everybody choosing the same option is no proof of anything.

Kappa alone misleads: where one option is nearly always right, chance explains nearly all agreement
and kappa falls below nought though the parties agreed nine times in ten. So the share as seen
stands first with its interval, and AC1 beside it. No target belongs on any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from borough.rules import statistics

Table = Sequence[Sequence[int]]
LEAST_WEIGHTED = 20
"""Of fewer cases the weighted kappa is not shown."""


class BadTable(ValueError):
    """The table is no table of choices; the sentence says what to put right."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a table of choices says.

    Attributes:
        seen: cases decided alike of all cases, with Wilson's interval.
        cohen_kappa: agreement beyond what the parties' own habits would give by chance.
        gwet_ac1: the same beyond a chance that does not grow when one option prevails.
        krippendorff_alpha: one less disagreement over what chance would give (nominal).
        kappa_linear: kappa with near misses counted in part; only for ordered options.
    """

    seen: statistics.Share
    cohen_kappa: float | None
    gwet_ac1: float | None
    krippendorff_alpha: float | None
    kappa_linear: float | None


def measure(table: Table, *, ordinal: bool) -> Agreement:
    """Return what the table says.

    Sources: Cohen 1960; Gwet 2008 (AC1); Krippendorff 2011 (alpha, two raters, no gaps).

    Args:
        table: k rows of k whole numbers, k two or more.
        ordinal: the options have an order, so that some disagreements are nearer than others.

    Raises:
        BadTable: when it is not square, smaller than two by two, or holds no whole numbers.
    """
    _check(table)
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    cases = sum(rows)
    alike = sum(table[option][option] for option in range(len(table)))
    return Agreement(
        seen=statistics.share(alike, cases),
        cohen_kappa=_kappa(cases, alike, rows, columns),
        gwet_ac1=_ac1(cases, alike, rows, columns),
        krippendorff_alpha=_alpha(cases, alike, rows, columns),
        kappa_linear=_kappa_linear(table, cases, rows, columns) if ordinal else None,
    )


class Unweighted(Enum):
    """Why the weighted kappa of a table is not shown, as a sentence ends."""

    NO_ORDER = "the options stand in no order"
    FEW = f"fewer than {LEAST_WEIGHTED} cases"
    ONE_END = "nobody ever chose one end of the options"


def why_unweighted(table: Table, *, ordinal: bool) -> Unweighted | None:
    """Return why the linear-weighted kappa of a table should not be shown; None where it may be.

    It says how near a miss was: that needs options in an order, cases enough, and both ends of the
    options used by somebody; else two who only ever waver between neighbours look far apart.

    Raises:
        BadTable: as for ``measure``.
    """
    _check(table)
    pairs = zip(table, zip(*table, strict=True), strict=True)
    used = [sum(row) + sum(column) for row, column in pairs]
    if not ordinal:
        return Unweighted.NO_ORDER
    if sum(used) < 2 * LEAST_WEIGHTED:
        return Unweighted.FEW
    return None if used[0] and used[-1] else Unweighted.ONE_END


def overlap(one: frozenset[str], other: frozenset[str]) -> float | None:
    """Return how far two sets of reasons are the same, 0 to 1 (Jaccard); None when both are empty.

    >>> overlap(frozenset({"cost", "staff"}), frozenset({"cost"}))
    0.5
    """
    either = one | other
    return len(one & other) / len(either) if either else None


def _kappa(cases: int, alike: int, rows: list[int], columns: list[int]) -> float | None:
    by_chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    # Judged on whole numbers: a float would make a kappa of what is none.
    if by_chance == cases * cases:
        return None
    return (cases * alike - by_chance) / (cases * cases - by_chance)


def _ac1(cases: int, alike: int, rows: list[int], columns: list[int]) -> float | None:
    if cases == 0:
        return None
    used = [(row + column) / (2 * cases) for row, column in zip(rows, columns, strict=True)]
    by_chance = sum(share * (1 - share) for share in used) / (len(used) - 1)
    return (alike / cases - by_chance) / (1 - by_chance)


def _alpha(cases: int, alike: int, rows: list[int], columns: list[int]) -> float | None:
    choices = 2 * cases
    used = sum((row + column) ** 2 for row, column in zip(rows, columns, strict=True))
    if used == choices * choices:
        return None
    return 1 - (choices - 1) * 2 * (cases - alike) / (choices * choices - used)


def _kappa_linear(table: Table, cases: int, rows: list[int], columns: list[int]) -> float | None:
    options = range(len(table))
    seen = sum(abs(i - j) * table[i][j] for i in options for j in options)
    by_chance = sum(abs(i - j) * rows[i] * columns[j] for i in options for j in options)
    return 1 - cases * seen / by_chance if by_chance else None


def _check(table: Table) -> None:
    if len(table) < 2 or any(len(row) != len(table) for row in table):
        raise BadTable(
            "The table needs a row and a column for each option that was offered, two or more."
        )
    for row in table:
        if any(isinstance(cell, bool) or not isinstance(cell, int) or cell < 0 for cell in row):
            raise BadTable("Each cell of the table counts cases: a whole number, 0 or more.")
