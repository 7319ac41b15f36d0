"""Taking in work that was done in another system."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from django.db import connection

from borough.kernel import commanding, copying, feeds
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.work import capabilities, models

WORK = "work.items"
LAYOUTS = feeds.layouts(Path(__file__).parent / "layouts")
_FIRST_DAY = date(2000, 1, 1)
_REFERENCE = re.compile(r"(?=.*[0-9])[A-Za-z0-9/-]{1,40}")  # so that no name stands in it


@commanding.command(capabilities.LOAD_WORK)
def load_work(*, content: bytes, title: str, source: str, by: commanding.Actor, on: date) -> File:
    """Take in work from another system: CSV of Kind, Reference, Day.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        seen = _known(rows)
        for row in rows:
            kind, reference = row.values["kind"], row.values["reference"]
            fault = _fault(row, on)
            yield fault or ("This was taken before" if (kind, reference) in seen else "")
            if not fault:
                seen.add((kind, reference))

    sort = taking.Sort(WORK, LAYOUTS["work"], check, _keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


def _known(rows: Sequence[feeds.Row]) -> set[tuple[str, str]]:
    """Return the kind and reference of those that are here already."""
    named = [[row.values[name] for row in rows] for name in ("kind", "reference")]
    with connection.cursor() as cursor:  # arrays: a statement takes fewer parameters than rows
        cursor.execute(
            "select kind, reference from work_item"
            " join unnest(%s::text[], %s::text[]) as told (kind, reference)"
            " using (kind, reference)",
            named,
        )
        return set(cursor.fetchall())


def _fault(row: feeds.Row, on: date) -> str:
    values = row.values
    if values["kind"] not in models.Kind.values:
        return f"Kind must be one of {', '.join(models.Kind.values)}"
    if not _REFERENCE.fullmatch(values["reference"]):
        return "Reference must be letters, figures, hyphens and slashes, 40 at most, one a figure"
    if not _FIRST_DAY <= values["on"] <= on:
        return "Day must be today or before, and not before 2000"
    return ""


def _keep(file: File, rows: Sequence[feeds.Row]) -> None:
    columns = {name: [row.values[name] for row in rows] for name in ("kind", "reference", "on")}
    copying.copy("work_item", pa.table({**columns, "file_id": [file.pk] * len(rows)}))
