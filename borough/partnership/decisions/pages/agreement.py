"""How often both decide alike, each on its own, and what came of it: shown, never aimed at."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import charts, components, tables
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import alike, capabilities, figures
from borough.partnership.decisions.pages import showing
from borough.rules import statistics
from borough.rules.partnership import deciding

CASES = (
    tables.text("case", "Case", link="href"),
    tables.text("verdict", "When both were opened"),
)
SCORES = (
    tables.text("measure", "Measure"),
    tables.number("of", "Forecasts by both"),
    tables.text("council", "The council missed by"),
    tables.text("partner", "The partner missed by"),
    tables.text("both", "The average of both missed by"),
)


@page(capabilities.SEE_DECISIONS)
def agreement(visit: Visit) -> HttpResponse:
    """Show how often both decided alike, over all cases and in twelves, and what came of it."""
    cases = alike.judged()
    rows = [
        {
            "case": one.case.title,
            "href": reverse("partnership:comparison", args=[one.case.pk]),
            "verdict": one.verdict.value,
        }
        for one in reversed(cases[-alike.WINDOW :])
    ]
    windows = alike.windows(cases)
    return render(
        visit,
        "decisions/agreement.html",
        {
            "figures": _figures(cases),
            "chart": _chart(windows) if len(windows) > 1 else None,
            "few": 0 < len(cases) < alike.WINDOW,
            "cases": tables.Table(
                "The newest twelve", CASES, rows, empty="No case has been opened yet."
            ),
            "learned": _learned(cases),
            "expected": list(_expected(cases)),
            "scores": _scores(cases),
            "back": reverse("partnership:decisions"),
        },
    )


def _figures(cases: Sequence[alike.Judged]) -> list[components.Row]:
    beyond = alike.beyond_chance(cases)
    newest = cases[-alike.WINDOW :]
    return [
        components.Row("The newest twelve cases", _said(alike.share(newest))),
        components.Row("All cases", _said(alike.share(cases))),
        components.Row(
            "Beyond chance (Gwet’s AC1, all cases)",
            "Not computable" if beyond is None else f"{beyond:.2f}",
        ),
        components.Row(
            "How near, where options stand in an order (weighted kappa)",
            _weighted(alike.weighted(cases)),
        ),
        components.Row(
            "Neither held more than it could share", _said(alike.equally_informed(cases))
        ),
    ]


def _weighted(told: alike.Weighted) -> str:
    if told.kappa is None:
        why = told.why_not.value if told.why_not and told.of else "no case has options in an order"
        return f"Not shown: {why}"
    return f"{told.kappa:.2f}, of {told.of} cases of {told.options} options each"


def _learned(cases: Sequence[alike.Judged]) -> list[components.Row]:
    learning = figures.learning(cases)
    return [
        components.Row("The council came to another option", _said(learning.council)),
        components.Row("The partner came to another option", _said(learning.partner)),
        components.Row("Both came to an option that neither took first", _said(learning.neither)),
        components.Row("Time to decide", _days(figures.days_to_decide())),
    ]


def _days(spread: deciding.Spread | None) -> str:
    if spread is None:
        return "No case is decided yet"
    return (
        f"{_counted(spread.middle, 'day')} in the middle of {_counted(spread.of, 'case')}; "
        f"{spread.least} at the least, {spread.most} at the most"
    )


def _expected(cases: Sequence[alike.Judged]) -> Iterator[components.Row]:
    gap = figures.gap(cases)
    yield components.Row(
        "How far apart both expect it",
        "No forecast by both yet"
        if gap is None
        else f"{gap.middle}% of the width of their bounds, in the middle of "
        f"{_counted(gap.of, 'forecast')} by both; {gap.least}% at the least, {gap.most}% at the "
        "most",
    )
    names = {
        "council": "Yes or no, the council (Brier score)",
        "partner": "Yes or no, the partner (Brier score)",
        "both": "Yes or no, the average of both (Brier score)",
    }
    for who, told in figures.brier(cases).items():
        score = "Not counted yet"
        if told.mean is not None:
            score = f"{showing.brier(told.mean)}, of {_counted(told.of, 'forecast')}"
        yield components.Row(names[who], score)


def _scores(cases: Sequence[alike.Judged]) -> tables.Table:
    rows = [
        {
            "measure": showing.title(one.measure),
            "of": one.of,
            "council": showing.value(one.measure, one.council),
            "partner": showing.value(one.measure, one.partner),
            "both": showing.value(one.measure, one.both),
        }
        for one in figures.interval_scores(cases)
    ]
    empty = "No measure that both forecast for the same day has been counted since."
    return tables.Table("How far forecasts missed, on the mean", SCORES, rows, empty=empty)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _said(share: statistics.Share) -> str:
    if share.interval_permille is None:
        return "No case yet"
    low, high = share.interval_permille
    return f"{share.hits} of {share.of} (likely between {low / 10:.0f}% and {high / 10:.0f}%)"


def _chart(windows: Sequence[statistics.Share]) -> charts.Chart:
    last = windows[-1]
    return charts.lines(
        "Decided alike, in every twelve cases",
        f"Of the newest twelve cases {last.hits} were decided alike; the true share likely lies "
        f"between {100 * last.low:.0f}% and {100 * last.high:.0f}%.",
        [f"Up to case {place}" for place in range(alike.WINDOW, alike.WINDOW + len(windows))],
        {
            "Decided alike": [round(100 * one.hits / one.of) for one in windows],
            "Likely at least": [round(100 * one.low) for one in windows],
            "Likely at most": [round(100 * one.high) for one in windows],
        },
        of="Twelve cases",
        shows=lambda percent: f"{percent}%",
    )
