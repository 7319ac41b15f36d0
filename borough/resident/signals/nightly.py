"""Looking for early worries in the whole borough: a part for each worry, and the queue at the end.

Each part is one transaction over everybody, so a run that was killed goes on with the next worry.
"""

from collections.abc import Callable

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs import statistics
from borough.kernel.runs.models import Run
from borough.resident.signals import laying, noticing

KIND = "resident.worries"


def carry_out(
    run: Run, *, by: commanding.Actor, progress: Callable[[int], None] | None = None
) -> None:
    """Look for each worry that the run asks for, then lay the queue of its day.

    Raises:
        runs.AlreadyRunning: another process has the run in hand.
    """
    people = noticing.everybody()

    def do(number: int) -> runs.Result:
        if number == run.parts_expected - 1:
            return 0, _lay(run, by)
        code = run.asked["codes"][number]
        kept = noticing.notice(people, codes=[code], run_id=run.pk, by=by, on=run.on)
        return kept[code], kept

    runs.carry_out(run, do, progress=progress)
    runs.end(run)
    statistics.take()


def _lay(run: Run, by: commanding.Actor) -> dict[str, int]:
    queue = laying.lay(run.on)
    facts.record(
        "resident.worries_looked_for",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        sightings=sum(part.rows for part in run.parts.all()),
        in_band=queue.in_band,
        for_message=queue.for_message,
    )
    return {"queue": queue.pk}
