"""Making the PDFs: one when somebody opens it, or all that are waiting. Nothing is made twice."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import transaction

from borough.kernel import clock
from borough.kernel.documents import archive, commands, models, paging, templates, typesetting

BATCH = 20
log = logging.getLogger(__name__)


class NotAsIssued(Exception):
    """The letter in the database, or made from it, is not what was issued or archived."""


@dataclass(slots=True)
class Outcome:
    """How printing went: how many were made, and the ids of those that could not be set."""

    made: int = 0
    failed: list[int] = field(default_factory=list)


def pdf_of(document: models.Document) -> bytes:
    """Return the document's PDF, from the archive or made now and archived.

    Raises:
        NotAsIssued: the data has been changed, or the archived file is gone and what is made today
            differs from it.
        archive.Spoiled: the archived file has been changed.
        typesetting.CannotBeSet: the template cannot print the data.
    """
    made = models.Print.objects.filter(document=document).first()
    if made is None:
        pdf = typesetting.typeset(_order(document))
        digest = archive.keep(_folder(), pdf)
        _record([typesetting.Made(document.pk, digest, len(pdf), paging.pages_of(pdf))])
        return pdf
    try:
        return archive.read(_folder(), made.pdf_sha256)
    except archive.Missing:
        return _again(document, made)


def print_pending(
    *,
    kind: str | None = None,
    processes: int | None = None,
    report: Callable[[int], None] = lambda made: None,
) -> Outcome:
    """Make every PDF that is not made yet, in batches across processes.

    Each batch is archived first and recorded then, so that a run killed at any point is taken up
    by the next one, and nothing is doubled. A letter that cannot be set is counted and left.

    Args:
        kind: only letters of this kind.
        processes: how many at once; by default one for each core.
        report: told the number made so far, after each batch.
    """
    return _print(_batches(kind), processes, report)


def print_these(
    documents: Iterable[int],
    *,
    processes: int | None = None,
    report: Callable[[int], None] = lambda made: None,
) -> Outcome:
    """Make the PDFs of these documents that are not made yet, as `print_pending` does.

    Args:
        documents: ids, in the order in which to print.
        processes: how many at once; by default one for each core.
        report: told the number made so far, after each batch.
    """
    return _print(_batches_of(documents), processes, report)


def _print(
    batches: Iterator[list[typesetting.Order]],
    processes: int | None,
    report: Callable[[int], None],
) -> Outcome:
    outcome = Outcome()
    workers = processes or os.cpu_count() or 1
    with ProcessPoolExecutor(workers, get_context("spawn"), typesetting.begin_worker) as pool:
        going: set[Future[list[typesetting.Result]]] = set()
        while True:
            for orders in islice(batches, max(0, 2 * workers - len(going))):
                going.add(pool.submit(typesetting.typeset_into, _folder(), orders))
            if not going:
                return outcome
            done, going = wait(going, return_when=FIRST_COMPLETED)
            for future in done:
                _count(outcome, future.result())
                report(outcome.made)


def _count(outcome: Outcome, batch: list[typesetting.Result]) -> None:
    made = [one for one in batch if isinstance(one, typesetting.Made)]
    _record(made)
    outcome.made += len(made)
    for one in batch:
        if isinstance(one, typesetting.Unset):
            outcome.failed.append(one.number)
            log.error("document %s cannot be set: open it to see why", one.number)


def _batches(kind: str | None) -> Iterator[list[typesetting.Order]]:
    """Yield what waits, oldest first, by its number: no long query stays open meanwhile."""
    last = 0
    while True:
        waiting = models.Document.objects.filter(print=None, id__gt=last)
        if kind is not None:
            waiting = waiting.filter(kind=kind)
        documents = list(waiting.select_related("template").order_by("id")[:BATCH])
        if not documents:
            return
        last = documents[-1].pk
        yield [_order(document) for document in documents]


def _batches_of(documents: Iterable[int]) -> Iterator[list[typesetting.Order]]:
    """Yield what waits of these documents, in their order, in batches that are full."""
    ids = iter(documents)
    waiting: list[models.Document] = []
    while some := list(islice(ids, BATCH)):
        found = models.Document.objects.filter(print=None, id__in=some)
        waiting += found.select_related("template").order_by("id")
        while len(waiting) >= BATCH:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            yield [_order(document) for document in batch]
    if waiting:
        yield [_order(document) for document in waiting]


def _order(document: models.Document) -> typesetting.Order:
    words = commands.canonical(document.data)
    if sha256(words.encode()).hexdigest() != document.data_hash:
        raise NotAsIssued(f"The data of document {document.pk} is not what was issued.")
    return typesetting.Order(
        number=document.pk,
        root=templates.lay_out(document.template, _folder()),
        template=document.template.name,
        data=document.data,
        on=document.on,
    )


def _record(made: list[typesetting.Made]) -> None:
    now = clock.now()
    with transaction.atomic():
        # Two printers may meet at a letter: both made the same file, and one row is enough.
        models.Print.objects.bulk_create(
            [
                models.Print(
                    document_id=one.number,
                    pdf_sha256=one.pdf_sha256,
                    length_bytes=one.length_bytes,
                    pages=one.pages,
                    typst_version=typesetting.TYPST,
                    made_at=now,
                )
                for one in made
            ],
            ignore_conflicts=True,
        )


def _again(document: models.Document, made: models.Print) -> bytes:
    """Make a lost file again; it must come out as it was."""
    pdf = typesetting.typeset(_order(document))
    if sha256(pdf).hexdigest() != made.pdf_sha256:
        raise NotAsIssued(
            f"The archived file of document {document.pk} is missing and would come out "
            f"differently today (it was made with Typst {made.typst_version}). Restore the "
            "folder of documents from a backup."
        )
    archive.keep(_folder(), pdf)
    return pdf


def _folder() -> Path:
    return Path(settings.DOCUMENTS)
