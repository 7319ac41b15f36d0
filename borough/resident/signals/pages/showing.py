"""Worries as a page shows them: each point with its reason and the day on which it ends."""

from collections.abc import Iterable

from borough.kernel.pages import cells, tables, wording
from borough.resident.signals import queries
from borough.rules.support import signals

REASONS = (
    tables.text("title", "Worry"),
    tables.text("says", "Why"),
    tables.number("points", "Points"),
    tables.day("observed", "Last seen"),
    tables.day("expires", "Counts until"),
    tables.text("reads", "What was looked at"),
)
PROTOCOL = "Follow what the debt solution or the adviser asks for first."
PROPOSED = (
    "Every weight is a proposal that no outcome has confirmed yet. Points lead to an offer of help "
    "and to nothing else."
)


def reasons(worries: queries.Worries) -> tables.Table:
    """Return every worry that counts, with its reason."""
    return tables.Table(
        "Early worries",
        REASONS,
        [_reason(one) for one in worries.reasons],
        empty="No worry is known. It does not mean that there is none.",
    )


def in_short(several: Iterable[signals.Reason]) -> cells.Lines | None:
    """Return why somebody has points, a line each; None where there is nothing."""
    lines = tuple(f"{_points(one.points)}{one.says}." for one in several)
    return cells.Lines(lines) if lines else None


def count(points: int) -> str:
    """Return points in words."""
    return "1 point" if points == 1 else f"{wording.number(points)} points"


def _points(points: int) -> str:
    return f"{points}: " if points else ""


def _reason(one: signals.Reason) -> dict[str, object]:
    follows = {"protocol": PROTOCOL, "hold": "All debts are left alone while somebody looks."}
    said = follows.get(one.then, "")
    return {
        "title": one.title,
        "says": cells.Lines((one.says, said)) if said else one.says,
        "points": one.points,
        "observed": one.observed,
        "expires": one.expires,
        "reads": ", ".join(name.replace("_", " ") for name in one.inputs),
    }
