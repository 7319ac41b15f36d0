"""The table of what is so, each row with the way to end it, for officers who may."""

from collections.abc import Sequence

from django.urls import reverse

from borough.kernel.joining import Capability
from borough.kernel.pages import cells, tables, wording
from borough.kernel.visits import Visit
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.queries import holdings

COLUMNS = (
    tables.text("period", "When"),
    tables.text("words", "What"),
    tables.text("end", "Change"),
)

# Which page ends which kind of row, and what an officer must be allowed for it. An end that is
# known ahead may come sooner, or later: the same page changes it.
ENDING: dict[str, tuple[str, Capability]] = {
    "disregard": ("revenues:disregard_end", capabilities.CHANGE_HOUSEHOLD),
    "disabled": ("revenues:disabled_reduction_end", capabilities.CHANGE_REDUCTION),
    "exemption": ("revenues:exemption_end", capabilities.CHANGE_EXEMPTION),
    "reduction": ("revenues:award_end", capabilities.CHANGE_REDUCTION),
    "relief": ("revenues:relief_end", capabilities.GRANT_RELIEF),
    "owner_liable": ("revenues:owner_class_end", capabilities.CHANGE_LIABILITY),
    "exception": ("revenues:exception_end", capabilities.CHANGE_PREMIUM),
}


def of(account: models.Account, visit: Visit) -> tables.Table:
    """Return what is so of the account and of its home while the account holds."""
    rows = holdings.of_account(account)
    home = [
        one
        for one in holdings.of_dwelling(account.dwelling_id)
        if (account.ends is None or one.starts < account.ends)
        and (one.ends is None or one.ends > account.starts)
    ]
    return table("Circumstances", [*rows, *home], visit)


def table(caption: str, rows: Sequence[holdings.Holding], visit: Visit) -> tables.Table:
    """Draw rows of what is so; those that can be ended and may be carry the link to do it."""
    columns = COLUMNS if any(_end(one, visit) for one in rows) else COLUMNS[:2]
    return tables.Table(
        caption,
        columns,
        [
            {"words": one.words, "period": wording.period(one.starts, one.ends)}
            | ({"end": end} if (end := _end(one, visit)) else {})
            for one in rows
        ],
        empty="Nothing is recorded.",
        caption_hidden=True,
    )


def _end(one: holdings.Holding, visit: Visit) -> cells.Link | None:
    name, capability = ENDING.get(one.kind, ("", None))
    if capability is None or capability.slug not in visit.actor.capabilities:
        return None
    if one.ends and one.kind == "owner_liable":  # who is liable since then was settled with it
        return None
    return cells.Link(
        "Change the end" if one.ends else "End", reverse(name, args=[one.id]), hidden=one.words
    )
