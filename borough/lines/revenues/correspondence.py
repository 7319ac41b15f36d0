"""The letters of the day: every row that has a letter and none yet gets it, exactly once.

A step, an agreement, a warning, a notice, a collection that came back: each is a row that its own
subject wrote, and the letter is made from the row afterwards. Parts are one transaction each, and
the database keeps a second letter of a row away; a run killed anywhere is taken up again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db import transaction

from borough.kernel.commanding import Actor
from borough.kernel.documents import commands as documents
from borough.kernel.documents import printing
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues.letters import waiting as queries
from borough.lines.revenues.letters.made_from import all_sorts, sorts

PART = 500
Progress = Callable[[int], None]
Left = list[list[int | str]]
"""Rows that got no letter, each with its reason."""


def _silent(_: int) -> None:
    pass


def divide(*, size: int = PART) -> list[list[str | int]]:
    """Return the parts of a run over all that waits, as [sort, first row's id, last id]."""
    parts: list[list[str | int]] = []
    for sort in all_sorts.ALL:
        ids = queries.waiting(sort)
        parts += [
            [sort.slug, ids[at], ids[min(at + size, len(ids)) - 1]]
            for at in range(0, len(ids), size)
        ]
    return parts


def carry_out(
    run: Run,
    *,
    by: Actor,
    processes: int | None = None,
    issued: Progress = _silent,
    printed: Progress = _silent,
) -> None:
    """Issue and print the letters that wait; started again, it goes on where it stopped.

    Args:
        run: asked for by `commands.correspondence.ask_letters`.
        by: who issues them.
        processes: how many print at once; by default one for each core.
        issued: told the rows of each part as it is done.
        printed: told how many this call has printed, after each batch.

    Raises:
        runs.AlreadyRunning: another process issues the letters now.
    """
    issue(run, by=by, issued=issued)
    printing.print_these(_documents(run), processes=processes, report=printed)
    finish(run, by=by)


def issue(run: Run, *, by: Actor, issued: Progress = _silent) -> None:
    """Issue the letters that wait, and print none: a PDF is made when it is first wanted."""
    runs.carry_out(run, lambda number: _issue(run, number, by), progress=issued)


def finish(run: Run, *, by: Actor) -> None:
    """Record what the run came to and end it, once: the fact and the ending together."""
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():
            _finish(run, by=by)


def write(sort: sorts.Sort, rows: Sequence[int], *, by: Actor, on: date) -> tuple[list[int], Left]:
    """Issue the letters of some rows of a sort; return the documents, and what was left out.

    What presses somebody is left out while something stands against it: it may have come after the
    row. Inside a transaction, so that no hold comes between the question and the letter.
    """
    filled = sort.fill(rows, on)
    ready = {row: one for row, one in filled.items() if isinstance(one, sorts.Ready)}
    left: Left = [[row, str(one)] for row, one in filled.items() if isinstance(one, Exception)]
    made: list[int] = []
    for kind, template in sorted(
        {(one.letter.slug, one.letter.TEMPLATE) for one in ready.values()}
    ):
        some = {row: one for row, one in ready.items() if one.letter.slug == kind}
        letters = [_letter(sort, row, one) for row, one in some.items()]
        held = documents.held_back(kind, letters, on)
        left += [
            [row, f"{held[place][0].words}. It was not written"]
            for place, row in enumerate(some)
            if place in held
        ]
        free = [one for place, one in enumerate(letters) if place not in held]
        made += documents.issue_many(kind, free, template=template, by=by, on=on)
    return made, left


def _issue(run: Run, number: int, by: Actor) -> runs.Result:
    slug, first, last = run.asked["parts"][number]
    sort = all_sorts.BY_SLUG[slug]
    rows = queries.waiting(sort, first, last)
    made, left = write(sort, rows, by=by, on=run.on)
    return len(rows), {"sort": slug, "documents": made, "left_out": left}


def _letter(sort: sorts.Sort, row: int, ready: sorts.Ready) -> documents.Letter:
    letter = ready.letter
    thing = f"revenues.account/{letter.head.account}"
    return documents.Letter(letter.as_json(), thing, ready.people, sort.name(row), ready.part)


def _documents(run: Run) -> Iterator[int]:
    for result in run.parts.order_by("number").values_list("result", flat=True).iterator():
        yield from result["documents"]


def _finish(run: Run, *, by: Actor) -> None:
    counts = queries.counts(run)
    facts.record(
        "revenues.letters_written",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        rows=counts.rows,
        letters=counts.issued,
        left_out=counts.left_out,
        printed=counts.printed,
    )
    runs.end(run)
