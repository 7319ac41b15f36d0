"""The postal batch: the printed letters of a run in one folder, with an index that reconciles."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from borough.kernel import commanding
from borough.kernel.documents import archive, paging
from borough.kernel.outgoing import batches
from borough.kernel.outgoing.models import Batch, Dispatch
from borough.kernel.runs.models import Run
from borough.lines.revenues.queries import mailing as queries

INDEX = "index.csv"
COLUMNS = ("document", "account", "pages", "sha256", "file")
# A folder of a hundred thousand files is slow to open anywhere.
IN_A_FOLDER = 1_000


class NotAllPrinted(commanding.Refusal):
    """The run goes on, or some of its letters are not printed."""


class HaveLeft(commanding.Refusal):
    """Letters of the run have left with the day's post."""


class FolderInUse(commanding.Refusal):
    """The folder holds other files."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: letters, their pages and their bytes."""

    letters: int
    pages: int
    length_bytes: int


def write(run: Run, folder: Path, *, by: commanding.Actor) -> Written:
    """Write the printed letters of a run and their index into a folder; the index comes last.

    Each file is read from the archive, which checks it against its hash. Written again after it
    was stopped, the folder comes out the same.

    Raises:
        NotAllPrinted: the letters are not all issued and printed.
        HaveLeft: some have left with the day's post, by email or by hand.
        FolderInUse: the folder has an index already, or files that are not a batch.
        archive.Spoiled, archive.Missing: a file is not what was archived.
    """
    counts = queries.counts(run)
    if not run.endings.filter(outcome="done").exists() or counts.unprinted:
        raise NotAllPrinted(
            f"{counts.printed:,} of {counts.issued:,} letters are printed. "
            "Finish the run, then write the batch."
        )
    _refuse_other_files(folder)
    gone = _gone(run)
    if gone:
        raise HaveLeft(
            f"{gone:,} of these letters have left with the day’s post, by email or by hand. "
            "Post the others with the day’s post."
        )
    rows = list(_copied(run, folder))
    if len(rows) != counts.issued:
        raise NotAllPrinted(f"{len(rows):,} letters were found, {counts.issued:,} were issued.")
    record_posted(run, [(row[0], row[2]) for row in rows], by=by)
    _write_index(folder, rows)
    return Written(len(rows), sum(row[2] for row in rows), counts.length_bytes)


def record_posted(run: Run, letters: list[tuple[int, int]], *, by: commanding.Actor) -> None:
    """Record that letters left in a batch of their own, in this order; once, however often asked.

    Args:
        run: whose letters.
        letters: document and pages of each.
        by: who posts them.
    """
    with transaction.atomic():
        batch, is_new = Batch.objects.get_or_create(run=run, defaults={"on": run.on})
        if is_new:
            batches.record(batch, letters, by=by)


def _gone(run: Run) -> int:
    """Return how many letters of the run have left otherwise than in its own batch."""
    issued = [
        number
        for result in run.parts.values_list("result", flat=True)
        for number in result["documents"]
    ]
    return Dispatch.objects.filter(document__in=issued).exclude(batch=run.pk).count()


Row = tuple[int, str, int, str, str]


def _copied(run: Run, folder: Path) -> Iterator[Row]:
    for place, one in enumerate(queries.printed(run)):
        name = f"{place // IN_A_FOLDER + 1:04}/{one.document}.pdf"
        pdf = archive.read(Path(settings.DOCUMENTS), one.pdf_sha256)
        archive.write(folder / name, pdf)
        yield one.document, one.thing.rpartition("/")[2], paging.pages_of(pdf), one.pdf_sha256, name


def _write_index(folder: Path, rows: list[Row]) -> None:
    unfinished = folder / f".{INDEX}"
    with unfinished.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    unfinished.replace(folder / INDEX)


def _refuse_other_files(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / INDEX).exists():
        raise FolderInUse(f"{folder} holds a batch already. Name another folder.")
    if any(not re.fullmatch(r"\d{4}|\.index\.csv", one.name) for one in folder.iterdir()):
        raise FolderInUse(f"{folder} holds other files. Name an empty folder.")
