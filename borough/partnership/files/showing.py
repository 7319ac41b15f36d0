"""The files of a kind as a table, and a file's rows that were set aside."""

from collections.abc import Collection

from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, tables
from borough.partnership.files import models

NEWEST, MOST_ASIDE = 50, 20
FILES = (
    tables.day("on", "Taken in"),
    tables.text("title", "File"),
    tables.text("source", "From"),
    tables.number("rows", "Rows"),
    tables.text("aside", "Set aside, and why"),
    tables.text("by", "By"),
)


class Load(forms.Form):
    """A file, what it is called and where it comes from."""

    file = fields.UploadField(
        what="a CSV file",
        label="Which file?",
        extensions=frozenset({"csv"}),
        most_megabytes=10,
    )
    title = fields.TextField(what="what it is called", label="What is it called?", max_length=80)
    source = fields.TextField(
        what="who made it and when",
        label="Who made or published it, and when?",
        max_length=200,
    )


def table(caption: str, kinds: Collection[str], *, empty: str) -> tables.Table:
    """Return the newest files of some kinds, each with the rows that were set aside."""
    files = list(models.File.objects.filter(kind__in=kinds).order_by("-pk")[:NEWEST])
    names = officers.names({one.by for one in files})
    rows = [
        {
            "title": one.title,
            "source": one.source,
            "on": one.on,
            "rows": one.rows,
            "aside": _asides(one),
            "by": names.get(one.by, one.by),
        }
        for one in files
    ]
    return tables.Table(caption, FILES, rows, empty=empty)


def _asides(file: models.File) -> cells.Lines | str:
    if not file.set_aside:
        return "None"
    found = file.asides.order_by("line")[:MOST_ASIDE]
    lines = [f"Line {one.line}: {one.reason}" for one in found]
    if file.set_aside > len(lines):
        lines.append(f"and {file.set_aside - len(lines):,} more")
    return cells.Lines(tuple(lines))
