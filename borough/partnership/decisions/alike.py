"""How often both decided alike when neither could read the other: cases, windows, statistics.

No target belongs on it and no pay, and no person is in it: it is of the two partners alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from borough.partnership.decisions import comparing, models, queries
from borough.partnership.decisions.positions import Position
from borough.partnership.seats.models import Party
from borough.rules import statistics
from borough.rules.partnership import agreement

WINDOW = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A case as both first judged it, on the first information on which both were opened."""

    case: models.Case
    first: dict[str, Position]

    @property
    def verdict(self) -> comparing.Verdict:
        """Where both agree or differ."""
        return comparing.verdict(self.first)

    @property
    def is_alike(self) -> bool:
        """Both took the same option, for whatever reasons."""
        return self.verdict is not comparing.Verdict.DIFFER


def judged() -> list[Judged]:
    """Return every case that was opened, the first to be opened first."""
    found: dict[int, Judged] = {}
    for one in queries.opened(models.Case.objects.all()):
        found.setdefault(one.pack.case_id, Judged(one.pack.case, one.positions))
    return list(found.values())


def share(cases: Sequence[Judged]) -> statistics.Share:
    """Return how many of these cases were decided alike, with Wilson's interval."""
    return statistics.share(sum(one.is_alike for one in cases), len(cases))


def windows(cases: Sequence[Judged]) -> list[statistics.Share]:
    """Return the share of each twelve cases that followed one another; none of fewer than twelve.

    One case alone, or one quarter, says nothing: that is why they come in twelves.
    """
    ends = range(WINDOW, len(cases) + 1)
    return [share(cases[end - WINDOW : end]) for end in ends]


def beyond_chance(cases: Sequence[Judged]) -> float | None:
    """Return Gwet's AC1 of these cases; None of no case.

    Options are counted by their place in the list of their case: first to do nothing, then the
    others as they were listed. Options that were offered and that nobody took count, too.
    """
    if not cases:
        return None
    size = max(len(one.case.options) for one in cases)
    return agreement.measure(_table(cases, size), ordinal=False).gwet_ac1


@dataclass(frozen=True, slots=True)
class Weighted:
    """The linear-weighted kappa of the cases whose options stand in an order, or why there is none.

    Attributes:
        options: how many options these cases have; those with another number are left out.
        of: how many cases.
    """

    options: int
    of: int
    kappa: float | None
    why_not: agreement.Unweighted | None


def weighted(cases: Sequence[Judged]) -> Weighted:
    """Return the weighted kappa of the ordered cases with the number of options most have."""
    ordered = [one for one in cases if one.case.ordered]
    sizes = Counter(len(one.case.options) for one in ordered)
    if not sizes:
        return Weighted(0, 0, None, agreement.Unweighted.NO_ORDER)
    [(size, of)] = sizes.most_common(1)
    table = _table([one for one in ordered if len(one.case.options) == size], size)
    if why_not := agreement.why_unweighted(table, ordinal=True):
        return Weighted(size, of, None, why_not)
    return Weighted(size, of, agreement.measure(table, ordinal=True).kappa_linear, None)


def _table(cases: Sequence[Judged], size: int) -> list[list[int]]:
    """Return how often each option was taken by the council (rows) and the partner (columns)."""
    table = [[0] * size for _ in range(size)]
    for one in cases:
        council, partner = (one.first[party.value].option for party in Party)
        table[council][partner] += 1
    return table


def equally_informed(cases: Sequence[Judged]) -> statistics.Share:
    """Return in how many of these cases neither partner held more than it could share."""
    told = models.Acknowledgement.objects.filter(
        pack__case__in=[one.case.pk for one in cases], holds_more=True
    )
    unequal = set(told.values_list("pack__case", flat=True))
    return statistics.share(sum(one.case.pk not in unequal for one in cases), len(cases))
