"""How proposals, answers and forecasts read."""

from collections.abc import Sequence

from borough.kernel.pages import cells, charts, tables
from borough.kernel.pages import wording as words
from borough.partnership.measures import definitions
from borough.partnership.measures import wording as measures
from borough.partnership.next_year import answers, models, proposals

NOT_BEGUN = "Not handed over yet"
COLOURS = {
    models.Told.Stage.DONE: "green",
    models.Told.Stage.UNDER_WAY: "blue",
    models.Told.Stage.STOPPED: "red",
    models.Told.Stage.REFUSED: "red",
}
ANSWERS = (
    tables.text("did", "What we did"),
    tables.text("said", "What we said"),
    tables.text("moved", "How the measure moved"),
    tables.text("expected", "What each side expected, and whether it came"),
)
SCORED = (
    "What a measure came to is counted, never typed. A forecast is scored by itself: the width of "
    "its bounds, and ten times what lies outside; less is better."
)
HELD, MISSED, TO_COME = "Came as expected", "Came otherwise", "Not counted yet"


def side(name: str) -> str:
    """Return a side as it stands in a sentence: "the staff panel"."""
    title = proposals.SIDES[name]
    return f"{title[:1].lower()}{title[1:]}"


def sides(names: tuple[str, ...]) -> str:
    """Return sides as a list in a sentence."""
    *first, last = (side(one) for one in names)
    return f"{', '.join(first)} and {last}" if first else last


def named(names: tuple[str, ...]) -> str:
    """Return sides as a list that begins a sentence."""
    found = sides(names)
    return f"{found[:1].upper()}{found[1:]}"


def measure(slug: str) -> str:
    """Return the title of a measure; its slug where no service declares it any more."""
    found = definitions.measures().get(slug)
    return found.title if found else slug


def value(slug: str, hundredths: int | None) -> str:
    """Return what a measure came to, as it is read."""
    found = definitions.measures().get(slug)
    if found is None:
        return "No data" if hundredths is None else f"{hundredths / 100:,.2f}"
    return measures.value(found, hundredths)


def stage(told: answers.Told) -> cells.Tag:
    """Return how far an answer has come."""
    if told.stage is None:
        return cells.Tag(NOT_BEGUN, "grey")
    return cells.Tag(told.stage.label, COLOURS.get(told.stage, "yellow"))


def answered(told: list[answers.Told], year: str) -> tables.Table:
    """Return a year's answers: said, did, moved, and how the forecasts fared."""
    return tables.Table(
        f"What we said for {year}, and what came of it",
        ANSWERS,
        [_row(one) for one in told],
        empty=f"Nothing was chosen for {year}.",
    )


def fared(score: answers.Score) -> list[str]:
    """Return the two figures of a year, each as a sentence."""
    done = f"{score.done} of {score.answers} answers are done."
    if not score.came:
        return [done, "No forecast has come due and been counted: there is no data yet."]
    held = f"{score.held} of {score.came} forecasts that have come due held what came."
    return [done, f"{held} 8 in 10 should."]


def drawn(told: list[answers.Told], year: str) -> charts.Chart | None:
    """Draw whose expected range held what came; None where nobody forecast anything."""
    counts = {name: [0, 0, 0] for name in proposals.SIDES}
    for one in told:
        for each in one.forecasts:
            place = {True: 0, False: 1, None: 2}[each.held]
            counts[each.side][place] += 1
    rows = [(proposals.SIDES[name], parts) for name, parts in counts.items() if any(parts)]
    if not rows:
        return None
    score = answers.score(told)
    return charts.stacked_bars(
        f"Whose forecasts for {year} held",
        fared(score)[1],
        rows,
        series=[HELD, MISSED, TO_COME],
        of="Side",
    )


def held_of(found: Sequence[answers.Forecast]) -> str:
    """Return how many forecasts of an answer held what came."""
    came = [one.held for one in found if one.held is not None]
    if not came:
        return "No forecast has come due and been counted yet."
    return f"{came.count(True)} of {len(came)} forecasts held what came."


def expects(one: proposals.Proposal) -> str:
    """Return what a proposal expects, in a sentence's part."""
    told = one.forecast
    low, median, high = (value(told.measure, each) for each in (told.low, told.median, told.high))
    return f"{median} by {words.day(told.due)} (8 times in 10 from {low} to {high})"


def _row(told: answers.Told) -> dict[str, object]:
    return {
        "said": told.grouped.group.title,
        "did": stage(told),
        "moved": cells.Lines(each_moved(told)),
        "expected": cells.Lines(tuple(expected(one) for one in told.forecasts)),
    }


def each_moved(told: answers.Told) -> tuple[str, ...]:
    """Return what moved, each only once though several sides forecast it."""
    return tuple(dict.fromkeys(moved(one) for one in told.forecasts))


def moved(one: answers.Forecast) -> str:
    """Return what a forecast's measure came to a year before, and after."""
    before, after = one.moved()
    slug = one.outcome.forecast.measure
    name = measure(slug)
    if one.after is None:
        return f"{name}: not counted yet, due {words.day(one.outcome.forecast.due)}"
    since = f" ({words.day(one.before.as_at)})" if one.before else ""
    until = words.day(one.after.as_at)
    moved = f"{name}: {value(slug, before)}{since} to {value(slug, after)} ({until})"
    disputed = one.after.disputes.filter(ends=None).exists()
    return f"{moved}. One of the partners disputes this count" if disputed else moved


def expected(one: answers.Forecast) -> str:
    """Return what a side expected, by when and with its bounds, and whether it came."""
    told = one.outcome.forecast
    low, median, high = (value(told.measure, each) for each in (told.low, told.median, told.high))
    by = words.day(told.due)
    return f"{proposals.SIDES[one.side]}: {median} by {by} ({low} to {high}). {_held(one)}"


def _held(one: answers.Forecast) -> str:
    if one.held is None or one.outcome.score is None:
        return TO_COME
    return f"{HELD if one.held else MISSED}: score {one.outcome.score / 100:,.2f}"
