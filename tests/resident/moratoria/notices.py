"""Makers of moratoria for tests. Everybody in them is invented."""

from datetime import date, timedelta
from itertools import count

from borough.resident.moratoria import commands, models
from tests import makers

BY = makers.everything()
_numbers = count(1)


def told(starts: date, kind: str = models.Notice.Kind.STANDARD, **more: object) -> commands.Told:
    """Return what a notification says of a moratorium that starts on a day."""
    entered = starts - timedelta(1)
    crisis = kind == models.Notice.Kind.CRISIS
    given = {
        "kind": kind,
        "reference": f"BS{next(_numbers):08d}",
        "registered_on": entered,
        "adviser": "Invented Advice",
        "certified_on": entered if crisis else None,
    }
    return commands.Told(**(given | more))  # type: ignore[arg-type]


def a_notice(person, starts: date, *, on: date | None = None, **more: object) -> models.Notice:
    """Record a moratorium; by default on the day on which it starts."""
    return commands.record_notice(person=person, told=told(starts, **more), by=BY, on=on or starts)
