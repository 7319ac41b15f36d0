"""The quarterly report as a paper: each group against the others, with n and interval, or not."""

from datetime import date
from typing import Any

from borough.kernel.pages import tables, wording
from borough.resident.effect import claim_paper, figures, groups, measuring, papers
from borough.rules import statistics
from borough.rules.statistics import Share
from borough.rules.support import small_numbers

AGAINST = (
    tables.text("group", "Group"),
    tables.text("share", "Share"),
    tables.text("of", "Of how many"),
    tables.text("between", "Between"),
    tables.text("ratio", "Against all others"),
    tables.text("says", "What follows"),
)
DAYS = (
    tables.text("group", "Group"),
    tables.text("reached", "People reached"),
    tables.text("median", "Days, in the middle"),
)
DEFINITION = (
    "Everybody: living adults known to the council, and those whose birth is not known.",
    "Looked at first: had a place in the support queue by points, on any day of the quarter.",
    (
        "In need: points enough for the queue on the last day, or a place by points or a case in "
        "the "
        "quarter."
    ),
    "Helped: of those in need, a contact by which help was begun, or a plan for all debts agreed.",
    "Days to contact: from the first worry to the first contact in which they were reached.",
    "Against all others: the group’s share divided by that of everybody else in the same table.",
)
TOO_FEW = f"Fewer than {statistics.FEW}: nothing"
RUNNING = (
    "The quarter is not over, so this is not for publishing: compared with the same report of "
    "another day it could tell of single people."
)
HIDDEN = (
    "A group is not shown where fewer than 10 people would be told apart in it, or where its "
    "figures could be worked out from the others. That includes nought."
)


def paper(kept: measuring.Kept) -> papers.Paper:
    """Return the report of a quarter, to show and to print; small numbers are not in it."""
    found = kept.found
    title = f"Whom help reaches, {found['quarter']}"
    if not found["is_over"]:
        title += " so far"
    everybody = found["all"]
    selected = statistics.share(everybody["selected"], everybody["people"])
    helped = statistics.share(everybody["helped"], everybody["in_need"])
    return papers.Paper(
        title=title,
        lead=(*_lead(selected, helped, everybody), *([] if found["is_over"] else [RUNNING])),
        parts=(
            papers.Part("What is counted", points=DEFINITION, says=(HIDDEN,)),
            _missed(everybody, found["urn"]),
            *(_division(one, kept.on) for one in found["divisions"]),
            _not_held(found["deciles_loaded"]),
        ),
        on=kept.on,
        foot=claim_paper.foot(kept),
    )


def _lead(selected: Share, helped: Share, everybody: dict[str, Any]) -> tuple[str, ...]:
    if not selected.hits and not everybody["in_need"]:
        return ("No data: in this quarter nobody had a place in the support queue, or a case.",)
    shown = [
        f"{words}: {_several(share)}."
        for words, share in (("Looked at first", selected), ("Helped, of those in need", helped))
    ]
    return tuple(shown)


def _several(share: Share) -> str:
    if share.hits < statistics.LEAST_SHOWN:
        return f"fewer than {statistics.LEAST_SHOWN} of {_at_least(share.of)}"
    if share.rest < statistics.LEAST_SHOWN:
        return f"nearly all of {_at_least(share.of)}"
    return (
        f"{wording.number(share.hits)} of {wording.number(share.of)} "
        f"({figures.percent(share.permille)}; between {figures.interval(share)})"
    )


def _at_least(count: int) -> str:
    least = statistics.LEAST_SHOWN
    return wording.number(count) if count >= least else f"fewer than {least}"


def _missed(everybody: dict[str, Any], urn: int | None) -> papers.Part:
    """Say what the places drawn by lot tell of those whom the points miss."""
    heading = "Whom the points miss"
    looked = statistics.share(everybody["missed"], everybody["looked"])
    if not looked.of or urn is None:
        says = "No data: nobody who was drawn by lot in this quarter has been looked at yet."
        return papers.Part(heading, says=(says,))
    if looked.is_few:
        says = (
            f"{_at_least(looked.of)} people drawn by lot were looked at: fewer than "
            f"{statistics.FEW}, so nothing is concluded."
        )
        return papers.Part(heading, says=(says[:1].upper() + says[1:],))
    least = statistics.LEAST_SHOWN
    found = everybody["in_need"]
    if looked.hits < least:  # the interval of the true number would betray it
        most = statistics.share(least - 1, looked.of).interval_permille or (0, 1000)
        needed, low, high = f"fewer than {least}", 0, most[1]
    else:
        low, high = looked.interval_permille or (0, 1000)
        needed = f"{wording.number(looked.hits)} ({figures.percent(looked.permille)})"
    between = f"between {_of_urn(low, urn)} and {_of_urn(high, urn)}"
    says = (
        f"Of {wording.number(looked.of)} people with few points or none who were drawn by lot "
        f"and looked at, {needed} needed help. Among the {wording.number(urn)} from whom they were "
        f"drawn, that would be {between} people whom the points alone would miss."
    )
    rate = f"{_rate(low, urn, found)} and {_rate(high, urn, found)}"
    more = f"Missed, of all who need help, as far as this tells: between {rate}."
    return papers.Part(heading, says=(says, more))


def _of_urn(permille: int, urn: int) -> str:
    return wording.number(permille * urn // 1000)


def _rate(permille: int, urn: int, found: int) -> str:
    """Write the false-negative rate: those missed, of those missed and those found."""
    missed = permille * urn // 1000
    return figures.percent(
        statistics.share(missed, missed + found).permille if missed + found else None
    )


def _division(told: dict[str, Any], on: date) -> papers.Part:
    """Show a division; where nothing of it may be shown, a sentence says so and nothing else."""
    some = {one["name"]: one for one in told["groups"] if one["people"]}
    by = f"by {told['title'][:1].lower()}{told['title'][1:]}"
    selected = {
        name: statistics.share(one["selected"], one["people"]) for name, one in some.items()
    }
    helped = {name: statistics.share(one["helped"], one["in_need"]) for name, one in some.items()}
    sheets = {
        "whom is looked at first": _against(f"Looked at first, {by}", selected),
        "who is helped": _against(f"Helped, of those in need, {by}", helped),
        "days to contact": _days(f"Days to contact, {by}", some, on),
    }
    hidden = [what for what, table in sheets.items() if table is None]
    says = [f"Not shown, as the numbers are too small: {', '.join(hidden)}."] if hidden else []
    shown = statistics.publishable(selected)
    chart = figures.bars(
        f"Looked at first, {by}", _finding(shown, selected), list(shown.items()), of="Group"
    )
    return papers.Part(
        told["title"],
        says=(*([told["note"]] if told["note"] else []), *says),
        chart=chart if any(shown.values()) else None,
        sheets=tuple(table for table in sheets.values() if table is not None),
    )


def _finding(shown: dict[str, Share | None], shares: dict[str, Share]) -> str:
    named = [
        name for name, one in shown.items() if one is not None and _says(one, _others(name, shares))
        not in (TOO_FEW, SAME)
    ]  # fmt: skip
    if not named:
        return "No group differs from the others beyond what chance does."
    return f"Differs from all others beyond what chance does: {', '.join(named)}."


SAME = "No difference is seen"


def _against(caption: str, shares: dict[str, Share]) -> tables.Table | None:
    shown = statistics.publishable(shares)
    if not any(shown.values()):
        return None
    rows = []
    for name, share in shown.items():
        if share is None:
            hidden = dict.fromkeys(("share", "of", "between", "ratio"), "Not shown")
            rows.append({"group": name, **hidden, "says": figures.NOT_SHOWN})
            continue
        others = _others(name, shares)
        rows.append(
            {
                "group": name,
                "share": figures.percent(share.permille),
                "of": wording.number(share.of),
                "between": figures.between(share),
                "ratio": figures.ratio(statistics.ratio(share, others)),
                "says": _says(share, others),
            }
        )
    return tables.Table(caption, AGAINST, rows)


def _others(name: str, shares: dict[str, Share]) -> Share:
    rest = [one for other, one in shares.items() if other != name]
    return statistics.share(sum(one.hits for one in rest), sum(one.of for one in rest))


def _says(share: Share, others: Share) -> str:
    """Say what follows; of few, nothing does."""
    found = statistics.ratio(share, others)
    if share.is_few or others.is_few or found is None:
        return TOO_FEW
    if found.holds_one:
        return SAME
    return "More often than others" if found.hundredths > 100 else "Less often than others"


def _days(caption: str, some: dict[str, dict[str, Any]], on: date) -> tables.Table | None:
    counts = {name: one["reached"] for name, one in some.items()}
    shown = small_numbers.shown(counts, {}, as_at=on)
    if all(one.count is None for one in shown.values()):
        return None
    rows = [
        {
            "group": name,
            "reached": _few_or(one.count),
            "median": "Not shown"
            if one.count is None
            else _days_and_n(some[name]["median_days"], one.count),
        }
        for name, one in shown.items()
    ]
    return tables.Table(caption, DAYS, rows)


def _few_or(count: int | None) -> str:
    return figures.NOT_SHOWN if count is None else wording.number(count)


def _days_and_n(days: int, count: int) -> str:
    return f"{days}. {figures.FEW}" if count < statistics.FEW else str(days)


def _not_held(deciles_loaded: bool) -> papers.Part:  # noqa: FBT001
    deciles = (
        ()
        if deciles_loaded
        else ("Deprivation: no file of postcodes and deciles was given to this count.",)
    )
    return papers.Part("What is not held, and so not reported", points=(*groups.NOT_HELD, *deciles))
