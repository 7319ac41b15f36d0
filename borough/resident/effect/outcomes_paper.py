"""What help comes to, as a paper: each number with its n, and what it cannot see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from borough.kernel.pages import cells, charts, tables, wording
from borough.resident.effect import claim_paper, cohort, figures, measuring, outcomes, papers
from borough.rules import statistics

TITLE = "What help comes to"
Row = Mapping[str, Any]


def _share(row: Row) -> str:
    share = statistics.share(row["part"], row["of"])
    return f"{wording.number(share.hits)} ({figures.percent(share.permille)})"


def _between(row: Row) -> str:
    return figures.between(statistics.share(row["part"], row["of"]))


def _pence(row: Row) -> str:
    return wording.money(row["pence"])


def _pence_between(row: Row) -> str:
    return f"{wording.money(row['low_pence'])} and {wording.money(row['high_pence'])}"


def _against_waiting(row: Row) -> str:
    return f"{wording.number(row['part'])} helped, {wording.number(row['waiting'])} waiting"


def _days(row: Row) -> str:
    return f"{row['days']} days in the middle"


def _nothing(_: Row) -> str:
    return "No interval"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an outcome is written.

    Attributes:
        of: what ``of`` counts.
        blind: what the number cannot see.
    """

    title: str
    of: str
    value: Callable[[Row], str]
    between: Callable[[Row], str]
    blind: str


_PAIRS = "helped people beside one who waited"
SHOWN = {
    "income": Shown(
        "Bills that fell after a case was opened, in the bills of their year",
        "cases",
        _pence,
        _nothing,
        "What was claimed elsewhere and is in no bill of ours. A bill falls by what is left of its "
        "year: it is not made up to twelve months. It may have fallen without our help.",
    ),
    "before_summons": Shown(
        "Behind with two services or more, found before anybody was summoned in a year",
        "cases found by points",
        _share,
        _between,
        "Those whom no record shows, and debts of services that tell us nothing.",
    ),
    "plans_6": Shown(
        "Plans for all debts alive or paid six months on",
        "plans agreed long enough ago",
        _share,
        _between,
        "What households went without to keep them.",
    ),
    "plans_12": Shown(
        "Plans for all debts alive or paid twelve months on",
        "plans agreed long enough ago",
        _share,
        _between,
        "What households went without to keep them.",
    ),
    "costs": Shown(
        "Costs not added in half a year, per helped household",
        _PAIRS,
        _pence,
        _pence_between,
        "Costs that enforcement agents add.",
    ),
    "agents": Shown(
        "Went to an enforcement agent within half a year",
        _PAIRS,
        _against_waiting,
        _nothing,
        "Whether those who waited were otherwise alike: only points and arrears are.",
    ),
    "crisis": Shown(
        "Asked for help in a crisis again within six months",
        "people helped in a crisis",
        _share,
        _between,
        "Those who ask nobody a second time.",
    ),
    "days": Shown(
        "From the first worry to the first contact that helped",
        "cases helped",
        _days,
        _nothing,
        "Those whom nobody has helped yet.",
    ),
    "arrears": Shown(
        "Arrears of a helped household against one that waited: change in half a year",
        _PAIRS,
        _pence,
        _pence_between,
        "Debts that nobody tells us of. Below nought: they fell by more, or rose by less.",
    ),
}
COLUMNS = (
    tables.text("what", "What"),
    tables.text("value", "How much"),
    tables.text("of", "Of how many"),
    tables.text("between", "Between"),
    tables.text("rows", "Rows"),
)
PRINTED = COLUMNS[:-1]
BLIND = (tables.text("what", "What"), tables.text("blind", "What it cannot see"))


def paper(kept: measuring.Kept) -> papers.Paper:
    """Return what help came to in the year up to the count's day."""
    found = kept.found
    starts = date.fromisoformat(found["starts"])
    said = [one for one in found["outcomes"] if one["of"]]
    return papers.Paper(
        title=TITLE,
        lead=(
            (
                f"From {wording.period(starts, kept.on + timedelta(1))}: "
                f"{_cases(found['cases'])} opened. {len(said)} of {len(found['outcomes'])} "
                "outcomes "
                "have data; the others say so, and are not nought."
            ),
        ),
        parts=(
            papers.Part("Outcomes", sheets=(_outcomes(kept),)),
            *_charts(found["outcomes"]),
            _beside(found),
            papers.Part("What these cannot see", sheets=(_blind(),)),
        ),
        on=kept.on,
        foot=claim_paper.foot(kept),
    )


def _cases(count: int) -> str:
    least = statistics.LEAST_SHOWN
    if count < least:
        return f"fewer than {least} support cases were"
    return f"{wording.number(count)} support cases were"


def _outcomes(kept: measuring.Kept) -> tables.Table:
    rows = [_row(kept.run, one) for one in kept.found["outcomes"]]
    return tables.Table("Each outcome with how many it is of", COLUMNS, rows)


def _row(run: int, one: Row) -> dict[str, Any]:
    shown = SHOWN[one["slug"]]
    if not has_data(one):
        nothing = dict.fromkeys(("value", "between"), figures.NO_DATA)
        return {"what": shown.title, **nothing, "of": f"no {shown.of}", "rows": ""}
    few = f". {figures.FEW}" if one["of"] < statistics.FEW else ""
    address = reverse("effect-rows", args=[run, one["slug"], 1])
    link = cells.Link("Open", address, f"the cases: {shown.title}")
    return {
        "what": shown.title,
        "value": shown.value(one),
        "of": f"{wording.number(one['of'])} {shown.of}{few}",
        "between": shown.between(one),
        "rows": link if one["cases"] else "None",
    }


def has_data(one: Row) -> bool:
    """Tell whether an outcome is of anybody at all, and known."""
    return bool(one["of"]) and one.get("pence", 0) is not None


def _charts(found: list[Row]) -> tuple[papers.Part, ...]:
    """Draw the outcomes that are shares, those without data as not known."""
    shares = [
        (SHOWN[one["slug"]].title, statistics.share(one["part"], one["of"]) if one["of"] else None)
        for one in found
        if SHOWN[one["slug"]].value is _share
    ]
    if not any(share for _, share in shares):
        return ()
    seen = sum(share is not None for _, share in shares)
    finding = f"{seen} of {len(shares)} shares have data."
    chart: charts.Chart = figures.bars("Outcomes that are shares", finding, shares, of="Outcome")
    return (papers.Part("Shares", chart=chart),)


def _beside(found: Row) -> papers.Part:
    return papers.Part(
        "Beside whom helped households are put",
        says=(
            (
                f"Somebody who was in the queue by as many points in the {cohort.QUEUED_DAYS} days "
                f"before, had no case in the {cohort.FOLLOWED_DAYS} days after, and whose "
                "arrears were "
                f"nearest, at most {wording.money(cohort.MOST_APART_PENCE)} apart. Each is taken "
                "once. "
                "More are worried about than can be looked at: that some wait is why there is "
                "anybody "
                "to compare with, and it chooses nobody by chance."
            ),
            (
                "Helped long enough ago and without such a match: "
                f"{_at_least(found['unmatched'])}. "
                f"The interval of a mean is by bootstrap: {statistics.DRAWS:,} draws, seed "
                f"{outcomes.SEED}."
            ),
        ),
    )


def _at_least(count: int) -> str:
    least = statistics.LEAST_SHOWN
    return wording.number(count) if count >= least else f"fewer than {least}"


def _blind() -> tables.Table:
    rows = [{"what": one.title, "blind": one.blind} for one in SHOWN.values()]
    return tables.Table("What each outcome cannot see", BLIND, rows)
