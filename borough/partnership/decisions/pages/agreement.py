"""How often both decide alike, each on its own: shown, never aimed at."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import charts, components, tables
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import alike, capabilities
from borough.rules import statistics

CASES = (
    tables.text("case", "Case", link="href"),
    tables.text("verdict", "When both were opened"),
)


@page(capabilities.SEE_DECISIONS)
def agreement(visit: Visit) -> HttpResponse:
    """Show how often both decided alike, over all cases and in twelves."""
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
            "Neither held more than it could share", _said(alike.equally_informed(cases))
        ),
    ]


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
