"""The queue of a day: who of everybody is looked at, when not all can be."""

from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from borough.kernel import copying
from borough.resident.signals import models, noticing, scoring
from borough.rules.support import queueing, signals


def lay(on: date) -> models.Queue:
    """Lay the queue of a day anew, from what is known now; the newest of a day counts.

    Whoever has a case, or had one and is left in peace still, takes no place.
    """
    everybody, found = noticing.everybody(), scoring.sightings(on)
    whole = scoring.scored(everybody, on, found=found)
    free = everybody[~np.isin(everybody, _with_a_case(on))]
    several = scoring.scored(free, on, found=found)
    made = queueing.queue(several, capacity=places(on), seed=on.toordinal())
    queue = models.Queue.objects.create(
        on=on,
        places=places(on),
        in_band=int((whole.band == "queue").sum()),
        for_message=int((whole.band == "message").sum()),
        others=int((whole.band == "none").sum()),
        waiting=made.waiting,
        drawn_from=made.drawn_from,
    )
    _keep(queue, made, several)
    return queue


def places(on: date) -> int:
    """Return how many the team can look at on a day; 0 until somebody has said."""
    newest = models.Capacity.objects.filter(starts__lte=on).order_by("-starts", "-pk").first()
    return newest.places if newest else 0


def _with_a_case(on: date) -> NDArray[np.int64]:
    open_ones = models.SupportCase.objects.filter(closed_on=None)
    resting = models.SupportCase.objects.filter(rests_until__gt=on)
    return np.array((open_ones | resting).values_list("person_id", flat=True), np.int64)


def _keep(queue: models.Queue, made: queueing.Queue, several: signals.Scored) -> None:
    count = len(made.people)
    if not count:
        return
    order = np.argsort(several.people, kind="stable")
    row = order[np.searchsorted(several.people, made.people, sorter=order)]
    rows = {
        "queue_id": pa.repeat(queue.pk, count),
        "number": np.arange(1, count + 1),
        "person_id": made.people,
        "points": several.points[row],
        "by_lot": made.by_lot,
    }
    copying.copy(models.Place._meta.db_table, pa.table(rows))
