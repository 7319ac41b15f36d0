"""A page that takes a file in; the files of a kind as a table, with the rows set aside."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.http import Http404, HttpResponse

from borough.kernel import doing
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.visits import Visit
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


@dataclass(frozen=True, slots=True)
class Loading:
    """A kind of file that a page takes in: its heading, what stands in it, and the command."""

    title: str
    says: str
    command: Callable[..., models.File]


def load(visit: Visit, what: str, loads: Mapping[str, Loading], back: str) -> HttpResponse:
    """Ask for a file of a kind, and take it in.

    Raises:
        Http404: there is no such kind.
    """
    if what not in loads:
        raise Http404
    kind = loads[what]

    def act(file: BinaryIO, title: str, source: str) -> None:
        content = file.read()
        kind.command(content=content, title=title, source=source, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title=kind.title,
        says=kind.says,
        act=act,
        done="Loaded. Rows that could not be taken are listed with their reasons",
        back=back,
        button="Load it",
    )
    return doing.answer(visit, Load(doing.asked(visit), visit.FILES or None), deed)


def table(caption: str, kinds: Collection[str], *, empty: str) -> tables.Table:
    """Return the newest files of some kinds, each with the rows that were set aside."""
    found = models.File.objects.filter(kind__in=kinds)
    files = list(found.order_by("-pk")[:NEWEST])
    if len(files) == NEWEST and (count := found.count()) > NEWEST:
        caption = f"{caption}: the newest {NEWEST} of {count:,}"
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
