"""The print files of a batch: letters of a class one after another, behind a sheet that counts.

Made from the rows of the batch and the archive alone, so that a batch that was killed, or whose
folder was lost, comes out the same again. The manifest comes last: a folder without it is not done.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.db import connection

import borough
from borough.kernel.documents import archive, typesetting
from borough.kernel.outgoing import classes, models

ROOT = Path(borough.__file__).parent
COVER = "/kernel/outgoing/cover.typ"
MANIFEST = "manifest.csv"
COLUMNS = ("position", "document", "file", "first_page", "pages", "sheets", "sha256")
IN_A_FILE = 500

_LETTERS = """
select x.position, x.document_id, x.pages, p.pdf_sha256
from outgoing_dispatch x join documents_print p on p.document_id = x.document_id
where x.batch_id = %s and x.means = 'post' order by x.position
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a batch, in its place, as it lies in the archive."""

    position: int
    document: int
    pages: int
    sha256: str

    @property
    def sides(self) -> int:
        """Its pages with the blank side of its last sheet."""
        return classes.sheets(self.pages) * classes.SIDES


@dataclass(frozen=True, slots=True)
class File:
    """A print file: its name, its class, and its letters in order."""

    name: str
    kind: classes.Class
    letters: tuple[Letter, ...]


def folder_of(batch: models.Batch) -> Path:
    """Return the folder of a batch's files."""
    return Path(settings.POST) / str(batch.pk)


def files_of(batch: models.Batch) -> list[File]:
    """Return the print files that a batch has, made or not."""
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS, [batch.pk])
        letters = [Letter(*row) for row in cursor.fetchall()]
    return list(_divide(letters))


def write(batch: models.Batch, *, report: Callable[[int], None] = lambda made: None) -> None:
    """Write the files of a batch that are not there yet, and the manifest when all are.

    Raises:
        archive.Missing, archive.Spoiled: a letter is not what was archived.
    """
    folder = folder_of(batch)
    rows: list[tuple[Any, ...]] = []
    for file in files_of(batch):
        path = folder / file.name
        if not path.exists():
            archive.write(path, _merge(batch, file))
        rows += _entries(file)
        report(len(file.letters))
    archive.write(folder / MANIFEST, _as_csv(rows))


def is_written(batch: models.Batch) -> bool:
    """Tell whether all files of a batch are there."""
    return (folder_of(batch) / MANIFEST).exists()


def _divide(letters: Sequence[Letter]) -> Iterator[File]:
    for place, some in groupby(letters, key=lambda one: classes.of(one.pages)):
        kind, of_class = classes.ALL[place], list(some)
        for number, at in enumerate(range(0, len(of_class), IN_A_FILE), start=1):
            name = f"{kind.slug}-{number:03}.pdf"
            yield File(name, kind, tuple(of_class[at : at + IN_A_FILE]))


def _merge(batch: models.Batch, file: File) -> bytes:
    merged = pikepdf.Pdf.new()
    cover = _cover(batch, file)
    for pdf, sides in ((cover, classes.SIDES), *_opened(file)):
        with pikepdf.open(io.BytesIO(pdf)) as one:
            merged.pages.extend(one.pages)
            for _ in range(sides - len(one.pages)):
                merged.add_blank_page(page_size=(595, 842))
    into = io.BytesIO()
    merged.save(into, deterministic_id=True)
    return into.getvalue()


def _opened(file: File) -> Iterator[tuple[bytes, int]]:
    for letter in file.letters:
        yield archive.read(Path(settings.DOCUMENTS), letter.sha256), letter.sides


def _cover(batch: models.Batch, file: File) -> bytes:
    sides = sum(one.sides for one in file.letters)
    said = {
        "title": f"Post of {_day(batch.on)}: {file.name}",
        "council": {"name": settings.COUNCIL_NAME, "colour": "#000000"},
        "on": batch.on.isoformat(),
        "batch": batch.pk,
        "class": file.kind.title,
        "letters": len(file.letters),
        "first": file.letters[0].position,
        "last": file.letters[-1].position,
        "sides": sides,
        "sheets": sides // classes.SIDES,
    }
    return typesetting.typeset(typesetting.Order(0, ROOT, COVER, said, batch.on))


def _entries(file: File) -> Iterator[tuple[Any, ...]]:
    page = 1 + classes.SIDES
    for one in file.letters:
        sheets = classes.sheets(one.pages)
        yield one.position, one.document, file.name, page, one.pages, sheets, one.sha256
        page += one.sides


def _as_csv(rows: Sequence[tuple[Any, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue().encode()


def fingerprint(path: Path) -> str:
    """Return the sha256 of a file, by which the printer knows that all of it arrived."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
