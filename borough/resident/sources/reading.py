"""Reading a file: its rows in our fields, its total reconciled, what is good staged by COPY."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from borough.kernel import commanding, copying, feeds
from borough.kernel.pages import wording
from borough.resident.sources import becoming, known, models, standard

DAYS = (
    *("date_of_birth", "consent_from", "consent_until", "oldest_due", "notice_served"),
    *("awarded_from", "awarded_until", "notice_from", "notice_until", "contact_on"),
)
NUMBERS = (
    *("line", "uprn", "pence", "costs_pence", "regular_pence"),
    *("weekly_pence", "deductions_pence", "allowance_pence"),
)
TEXTS = (
    *("key", "title", "given_names", "family_name", "nino", "address", "postcode"),
    *("debt_reference", "debt_kind", "stage", "regular_every"),
    *("award_reference", "award_kind", "notice_reference", "notice_kind"),
    *("contact_reference", "contact_code", "helper", "helper_contact"),
)
MOST_REASON = 200


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
    found = feeds.columns(content, source.layout)
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


def stage(feed: models.Feed, rows: pa.Table) -> None:
    """Write down the good rows of a feed until it is taken in or discarded."""
    count = rows.num_rows
    if not count:
        return
    given = set(rows.column_names)
    kinds = {
        **dict.fromkeys(TEXTS, pa.string()),
        **dict.fromkeys(NUMBERS, pa.int64()),
        **dict.fromkeys(DAYS, pa.date32()),
        "landlord_paid": pa.bool_(),
    }
    columns: dict[str, Any] = {
        name: rows.column(name) if name in given else pa.nulls(count, kind)
        for name, kind in kinds.items()
    }
    columns |= {name: columns[name].fill_null("") for name in TEXTS}
    copying.copy(becoming.STAGED, pa.table({"feed_id": pa.repeat(feed.pk, count), **columns}))


def set_aside(feed: models.Feed, bad: Sequence[feeds.Bad]) -> None:
    """Keep the rows of a feed that could not be taken, with their lines and reasons."""
    if not bad:
        return
    columns = {
        "feed_id": pa.repeat(feed.pk, len(bad)),
        "line": [one.line for one in bad],
        "reason": [one.reason[:MOST_REASON] for one in bad],
        "row": [json.dumps(one.cells) for one in bad],
    }
    copying.copy(models.SetAside._meta.db_table, pa.table(columns))


def _without_control(
    found: feeds.Columns, control: known.Control
) -> tuple[dict[str, str], feeds.Columns]:
    """Return the cells of the control line, and the file without it."""
    is_control = np.zeros(len(found), np.bool_)
    if control.heading in found.cells.column_names:
        is_control = pc.equal(found.cells.column(control.heading), control.word).to_numpy()
    lines = found.only(is_control).cells.to_pylist()
    if len(lines) != 1:
        raise Truncated(
            f"The file should end with one line that says “{control.word}” under "
            f"{control.heading}, and has {len(lines)}. Ask the holder for the whole file."
        )
    return lines[0], found.only(~is_control)


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
