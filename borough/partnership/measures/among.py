"""Where a measure stands among other councils: every loaded set of them, never one alone."""

from dataclasses import dataclass

from borough.kernel import joining
from borough.kernel.pages import cells, tables
from borough.kernel.pages import wording as words
from borough.partnership.measures import queries, wording
from borough.partnership.peers import queries as peers
from borough.rules import money
from borough.rules.partnership import quartiles

SETS = (
    tables.text("count", "Councils"),
    tables.text("set", "Set"),
    tables.text("points", "Quarters begin at"),
    tables.text("inclusive", "Ours, by the inclusive method"),
    tables.text("exclusive", "Ours, by the exclusive method"),
)
QUARTERS = ("the best quarter", "the second quarter", "the third quarter", "the last quarter")


@dataclass(frozen=True, slots=True)
class Among:
    """What is said of a measure among other councils, and the sets behind it."""

    says: str
    table: tables.Table | None


def among(measure: joining.Measure) -> Among:
    """Return where a measure stood in the newest year of which other councils' figures are loaded.

    "The best quarter" is only ever said with the set, its number, the year and the method.
    """
    loaded = peers.years_of(measure.slug)
    if not loaded or measure.better == "neither":
        return Among("No comparable: no other council's figures of this measure are loaded.", None)
    own = {year: queries.at_the_end(measure, year) for year in loaded}
    year = next((one for one in loaded if own[one] is not None), loaded[0])
    found = peers.standings(
        measure.slug, year, own[year], higher_is_better=measure.better == "higher"
    )
    table = tables.Table(
        f"Among other councils, {year}", SETS, [_row(measure, one) for one in found]
    )
    return Among(_says(measure, year, own[year], found), table)


def _says(measure: joining.Measure, year: str, own: int | None, found: list[peers.Standing]) -> str:
    if own is None:
        return (
            f"Ours of the whole of {year} was not counted, so it stands nowhere yet: a year that "
            "is not over cannot be compared with one that is."
        )
    judged = [one for one in found if one.count >= quartiles.LEAST_PEERS]
    top = [one for one in judged if one.is_top]
    shown = wording.value(measure, own)
    if not judged:
        return (
            f"Ours came to {shown} in {year}. No quarter is given: each set has fewer than "
            f"{quartiles.LEAST_PEERS} councils."
        )
    ours = f"Ours came to {shown} in {year}: "
    if not top:
        return f"{ours}in the best quarter of none of {len(judged)} sets of councils."
    names = ", ".join(f"{one.title} ({one.count} councils)" for one in top)
    return (
        f"{ours}in the best quarter of {len(top)} of {len(judged)} sets of councils, by both "
        f"methods: {names}."
    )


def _row(measure: joining.Measure, one: peers.Standing) -> dict[str, object]:
    ties = f"{one.ties} with the same figure as ours" if one.ties else ""
    drawn = [
        f"{method.capitalize()}: {_points(measure, points)}"
        for method, points in one.points.items()
        if points is not None
    ]
    return {
        "set": cells.Lines((one.title, f"{one.source}; of {one.year}")),
        "count": cells.Lines((words.number(one.count), ties)) if ties else one.count,
        "points": cells.Lines(tuple(drawn)) if drawn else "Too few councils",
        **{method: _quarter(one, method) for method in peers.METHODS},
    }


def _points(measure: joining.Measure, points: quartiles.Quartiles) -> str:
    three = (points.lower, points.median, points.upper)
    return ", ".join(wording.value(measure, money.nearest(one)) for one in three)


def _quarter(one: peers.Standing, method: str) -> str:
    quarter = one.quarter[method]
    if one.count < quartiles.LEAST_PEERS:
        return f"Not given: fewer than {quartiles.LEAST_PEERS}"
    return "Ours is not known" if quarter is None else QUARTERS[quarter - 1].capitalize()
