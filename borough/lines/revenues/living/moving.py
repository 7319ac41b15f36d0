"""What people tell of their moves and of deaths, as the officers record it.

Who cannot be recorded as told (a home whose household is not known by name, say) is counted, and
waits for an officer as it would at a council.
"""

from collections import Counter
from datetime import date

from django.db import transaction

from borough.kernel import commanding, living
from borough.kernel.people import commands as people
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models
from borough.lines.revenues.commands import moves
from borough.lines.revenues.living import officers

BASIS = models.Liability.Basis
OWNERS_PERCENT = 62


def record(day: living.Day) -> living.Counts:
    """Record the moves and the deaths that become known on a day."""
    counts: Counter[str] = Counter()
    for place, told in enumerate(day.moved):
        try:
            with transaction.atomic():
                moves.record_move(
                    homes=_homes(day, place, told),
                    letters=moves.Letters(*told.forwarding) if told.forwarding else None,
                    by=officers.preparer(),
                    on=day.on,
                )
            counts["moves recorded"] += 1
        except commanding.Refusal as refusal:
            counts[f"moves refused: {type(refusal).__name__}"] += 1
    for person_id, died_on in day.died:
        person = Person.objects.get(pk=person_id)
        people.record_death(person=person, died_on=died_on, by=officers.preparer(), on=day.on)
        counts["deaths recorded"] += 1
    return counts


def _homes(day: living.Day, place: int, told: living.Moved) -> list[moves.AtHome]:
    """Return a move as the form has it: the home that was left, and the one moved into."""
    who = Person.objects.in_bulk([one for one, _ in (*told.leavers, *told.comers)])
    left = [moves.Left(who[one], on) for one, on in told.leavers]
    dice = day.dice(f"revenues tenure {place}")
    basis = BASIS.FREEHOLDER if dice.integers(0, 100) < OWNERS_PERCENT else BASIS.TENANT
    homes = [
        moves.AtHome(
            Dwelling.objects.get(pk=told.dwelling_id),
            left=left,
            came=[_came(who[one], on, basis, nth) for nth, (one, on) in enumerate(told.comers)],
            furniture_went=told.cleared_on,
        )
    ]
    if told.goes_to is not None:
        came = [_came(one.person, one.day, basis, nth) for nth, one in enumerate(left)]
        homes.append(moves.AtHome(Dwelling.objects.get(pk=told.goes_to), came=came))
    return homes


def _came(person: Person, on: date, basis: str, nth: int) -> moves.Came:
    """Return who came: the first by right, the second as partner, all others as residents."""
    right = (basis, BASIS.PARTNER)[nth] if nth < 2 else BASIS.RESIDENT
    return moves.Came(person, on, right)
