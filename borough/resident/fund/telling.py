"""What is told of an application: ids and amounts alone."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.resident.fund import models


def tell(
    what: str,
    application: models.Application,
    *,
    by: commanding.Actor,
    on: date,
    **amounts: int,
) -> None:
    """Record what happened to an application."""
    facts.record(
        what, about=[application.person_id], thing=application.thing, by=by, on=on, **amounts
    )
