"""The early worry that somebody asked for help in a crisis: read from the fund's applications."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import joining
from borough.resident.fund import models
from borough.rules.support import signals
from borough.rules.support.inputs import Input

CODE = "S6"


def asked(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who asked for a Crisis Payment, each application once; what was withdrawn is none."""
    since = on - timedelta(signals.law(on).signals[CODE].days)
    wanted = set(people.tolist())
    rows = models.Application.objects.filter(
        strand=models.Strand.CRISIS, on__gt=since, on__lte=on, withdrawal=None
    )
    return joining.Seen.of(
        (person, day, f"resident.fund/{number}")
        for number, person, day in rows.values_list("pk", "person_id", "on")
        if person in wanted
    )


ALL = (
    joining.Signal(
        "resident.asked_in_a_crisis",
        "Asked the hardship fund for help in a crisis",
        code=CODE,
        reads=Input.CRISIS_APPLICATIONS,
        look=asked,
        after=("resident.fund_asked", "resident.fund_withdrawn"),
    ),
)
