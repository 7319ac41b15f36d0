"""A day's post: printed, put in order, recorded, merged into files. Killed anywhere, it goes on.

What goes by post is recorded in one transaction together with the record of the part; the files
follow from those rows, so a batch that was stopped makes no letter twice and loses none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import transaction

from borough.kernel import copying, joining
from borough.kernel.commanding import Actor
from borough.kernel.documents import archive, paging, printing
from borough.kernel.documents.models import Print
from borough.kernel.facts import commands as facts
from borough.kernel.outgoing import (
    classes,
    emailing,
    models,
    paperless,
    print_files,
    queries,
    routing,
)
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

Progress = Callable[[int], None]


def _silent(_: int) -> None:
    pass


def carry_out(
    run: Run, *, by: Actor, processes: int | None = None, printed: Progress = _silent
) -> None:
    """Make a day's post; started again, it goes on where it stopped.

    Args:
        run: asked for by `commands.ask_post`.
        by: who makes it.
        processes: how many print at once; by default one for each core.
        printed: told how many this call has printed, after each set.

    Raises:
        runs.AlreadyRunning: another process makes it now.
    """
    if not run.parts.exists():
        wanted = routing.routes(run.asked["up_to"], on=run.on, assume_printed=True)
        ids = [one.document for one in wanted if one.way is not routing.Way.HELD]
        printing.print_these(ids, processes=processes, report=printed)
    runs.carry_out(run, lambda _: _send(run, by))
    _email(run, by)
    print_files.write(models.Batch.objects.get(pk=run.pk))
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            _finish(run, by=by)


def _email(run: Run, by: Actor) -> None:
    """Email what goes by email, and tell those who asked for it of what goes by post."""
    result = run.parts.get(number=0).result
    emailing.send_letters(result["email"], batch=run.pk, by=by, on=run.on)
    emailing.tell(result["tell"], on=run.on)


def _send(run: Run, by: Actor) -> runs.Result:
    """Record what goes by post, in its order, and what stays, with its reason."""
    found = routing.routes(run.asked["up_to"], on=run.on)
    by_post = _with_pages([one for one in found if one.way is routing.Way.POST])
    in_order = sorted(by_post, key=lambda one: (classes.of(one[1]), one[0].order, one[0].document))
    batch = models.Batch.objects.create(run=run, on=run.on)
    record(batch, [(one.document, pages) for one, pages in in_order], by=by)
    stays = [one for one in found if one.way is not routing.Way.POST]
    return len(found), {
        "posted": len(in_order),
        "pages": sum(pages for _, pages in in_order),
        "email": [one.document for one in found if one.way is routing.Way.EMAIL],
        "tell": _told(by_post, on=run.on),
        "ways": dict(Counter(one.way.value for one in found)),
        "reasons": [
            [way, reason, count]
            for (way, reason), count in sorted(
                Counter((one.way.value, one.reason) for one in stays).items()
            )
        ],
    }


def _told(by_post: Sequence[tuple[routing.Route, int]], *, on: date) -> list[int]:
    """Return the letters of which somebody asked to be told by email; never one of recovery."""
    kinds = joining.kinds_by_email()
    addressed = paperless.addressees(one.document for one, _ in by_post if one.kind in kinds)
    wishes = paperless.of({one for some in addressed.values() for one in some}, on=on)
    return [number for number, people in addressed.items() if not wishes.keys().isdisjoint(people)]


def _with_pages(found: Sequence[routing.Route]) -> list[tuple[routing.Route, int]]:
    """Return each letter with its pages; those that were never counted are counted now."""
    uncounted = [one.document for one in found if not one.pages]
    hashes = dict(
        Print.objects.filter(document__in=uncounted).values_list("document_id", "pdf_sha256")
    )
    folder = Path(settings.DOCUMENTS)
    return [
        (one, one.pages or paging.pages_of(archive.read(folder, hashes[one.document])))
        for one in found
    ]


def record(batch: models.Batch, letters: Sequence[tuple[int, int]], *, by: Actor) -> None:
    """Record that these letters left with a batch, in this order: document and pages of each."""
    count = len(letters)
    if not count:
        return
    columns = {
        "document_id": [document for document, _ in letters],
        "means": pa.repeat(models.Dispatch.Means.POST.value, count),
        "on": pa.repeat(batch.on, count),
        "batch_id": pa.repeat(batch.pk, count),
        "position": list(range(1, count + 1)),
        "pages": [pages for _, pages in letters],
        "by": pa.repeat(by.reference, count),
    }
    copying.copy("outgoing_dispatch", pa.table(columns))


def _finish(run: Run, *, by: Actor) -> None:
    counts = queries.counts(run)
    facts.record(
        "kernel.post_made",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        posted=counts.posted,
        pages=counts.pages,
        emailed=counts.emailed,
        hand=counts.hand,
        held=counts.held,
    )
    runs.end(run)
