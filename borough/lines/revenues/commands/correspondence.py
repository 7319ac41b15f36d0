"""Asking for the letters that wait."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, correspondence
from borough.lines.revenues.letters import waiting as queries


class NothingToWrite(commanding.Refusal):
    """No row waits for its letter."""


class StillWriting(commanding.Refusal):
    """The letters that were asked for before are not finished."""


@commanding.command(capabilities.SEND_LETTERS)
def ask_letters(*, by: commanding.Actor, on: date) -> Run:
    """Ask for the letters of all rows that wait for one, dated ``on``.

    Raises:
        NothingToWrite: none waits.
        StillWriting: an earlier run is not finished.
        runs.AlreadyAsked: two asked at the same moment; there is one run.
    """
    before = Run.objects.filter(kind=queries.LETTERS)
    last = queries.newest()
    if last is not None and not last.endings.filter(outcome="done").exists():
        raise StillWriting("The letters asked for before are still being made. Watch them here.")
    parts = correspondence.divide()
    if not parts:
        raise NothingToWrite("No letter waits to be written.")
    return runs.ask(
        queries.LETTERS,
        f"{queries.LETTERS}/{before.count() + 1}",
        asked={"parts": parts},
        parts=len(parts),
        by=by,
        on=on,
    )
