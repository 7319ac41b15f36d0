"""Reading a file: its rows in our fields, its total reconciled, what is good staged by COPY."""

from datetime import date
from typing import Any

import pyarrow as pa

from borough.kernel import commanding, copying, feeds
from borough.kernel.pages import wording
from borough.resident.sources import becoming, known, models, standard

DAYS = (
    *("date_of_birth", "consent_from", "consent_until", "oldest_due", "notice_served"),
    *("awarded_from", "awarded_until", "notice_from", "notice_until"),
)
NUMBERS = ("line", "uprn", "pence", "costs_pence", "regular_pence", "weekly_pence")
TEXTS = (
    *("key", "title", "given_names", "family_name", "nino", "address", "postcode"),
    *("debt_reference", "debt_kind", "stage", "regular_every"),
    *("award_reference", "award_kind", "notice_reference", "notice_kind"),
)


class TotalsDiffer(commanding.Refusal):
    """The rows do not come to what the file, or the officer, says that they come to."""


class Truncated(commanding.Refusal):
    """The file has no control line, so its end may be missing."""


def read(
    content: bytes, source: known.Source, *, announced_pence: int | None, on: date
) -> standard.Standard:
    """Return what a file says, once it comes to its total.

    Raises:
        feeds.UnreadableFile: the file as a whole cannot be read.
        Truncated: it has no control line and should.
        TotalsDiffer: its rows come to something else.
    """
    found = feeds.read(content, source.layout)
    if source.control is None:
        told = standard.standardise(found, source, on=on)
        _refuse_difference(told, announced_pence, "you entered")
        return told
    cells, rest = _without_control(found, source.control)
    told = standard.standardise(rest, source, on=on)
    announced, rows = _announced(cells, source)
    _refuse_difference(told, announced, "its last line says")
    _refuse_difference(told, announced_pence, "you entered")
    if rows is not None and rows != told.count:
        raise TotalsDiffer(
            f"The file has {told.count:,} rows, and its last line says {rows:,}. Nothing was taken "
            "in. Ask the holder for the whole file."
        )
    return told


def stage(feed: models.Feed, rows: list[dict[str, Any]]) -> None:
    """Write down the good rows of a feed until it is taken in or discarded."""
    if not rows:
        return
    columns: dict[str, Any] = {"feed_id": pa.repeat(feed.pk, len(rows))}
    columns |= {name: pa.array([one.get(name) or "" for one in rows]) for name in TEXTS}
    columns |= {name: pa.array([one.get(name) for one in rows], pa.int64()) for name in NUMBERS}
    columns |= {name: pa.array([one.get(name) for one in rows], pa.date32()) for name in DAYS}
    paid = [one.get("landlord_paid") for one in rows]
    columns["landlord_paid"] = pa.array(paid, pa.bool_())
    copying.copy(becoming.STAGED, pa.table(columns))


def _without_control(
    found: feeds.Read, control: known.Control
) -> tuple[dict[str, str], feeds.Read]:
    """Return the cells of the control line, and the file without it."""
    every: list[feeds.Row | feeds.Bad] = [*found.rows, *found.bad]
    lines = [one for one in every if one.cells.get(control.heading) == control.word]
    if len(lines) != 1:
        raise Truncated(
            f"The file should end with one line that says “{control.word}” under "
            f"{control.heading}, and has {len(lines)}. Ask the holder for the whole file."
        )
    [line] = lines
    rows = [one for one in found.rows if one is not line]
    bad = [one for one in found.bad if one is not line]
    return line.cells, feeds.Read(found.sha256, rows, bad)


def _announced(cells: dict[str, str], source: known.Source) -> tuple[int | None, int | None]:
    """Return what the control line says: pence in all, and rows; None where it says neither."""
    control = source.control
    pence = rows = None
    if control and control.pence and source.amount:
        like = source.layout.columns[source.amount]
        column = feeds.Column(heading=control.pence, kind=like.kind, negative=True)
        pence, fault = feeds.value_of(cells.get(control.pence, ""), column)
        if fault:
            raise Truncated(f"The last line of the file says no total: {fault}.")
        pence = -pence if source.turned else pence
    if control and control.rows:
        column = feeds.Column(heading=control.rows, kind="whole")
        rows, fault = feeds.value_of(cells.get(control.rows, ""), column)
        if fault:
            raise Truncated(f"The last line of the file says no number of rows: {fault}.")
    return pence, rows


def _refuse_difference(told: standard.Standard, announced: int | None, who: str) -> None:
    if announced is not None and told.pence != announced:
        raise TotalsDiffer(
            f"The rows come to {wording.money(told.pence)}, and {who} {wording.money(announced)}: "
            f"a difference of {wording.money(told.pence - announced)}. {len(told.bad)} rows cannot "
            f"be taken; those whose amount can be read come to {wording.money(told.aside_pence)}. "
            "Nothing was taken in. Ask the holder which holds."
        )
