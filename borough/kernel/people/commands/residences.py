"""Which dwelling is somebody's sole or main residence, from which day to which."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import recording
from borough.kernel.places.models import Dwelling


@commanding.command(capabilities.RECORD_PERSON)
def leave_residence(
    *, person: models.Person, dwelling: Dwelling, ends: date, by: commanding.Actor, on: date
) -> None:
    """Record that a dwelling is no longer somebody's home from ``ends``, where it was known to be.

    Raises:
        NotADay: they came to live there on that day or later.
    """
    recording.held(person)
    rows = person.residences.filter(dated.touches(ends, None), dwelling=dwelling)
    late = rows.filter(starts__gte=ends).first()
    if late is not None:
        raise recording.NotADay(
            f"{person.name} lives there from {wording.day(late.starts)}. Enter a later day."
        )
    if rows.update(ends=ends):
        recording.tell("kernel.residence_left", person.pk, by=by, on=on, ends=ends)


@commanding.command(capabilities.RECORD_PERSON)
def take_residence(
    *, person: models.Person, dwelling: Dwelling, starts: date, by: commanding.Actor, on: date
) -> models.Residence:
    """Record that a dwelling is somebody's sole or main residence from ``starts``.

    It ends any other from that day: one has one main residence at a time.

    Raises:
        AlreadyRecorded: they live there on that day already.
        NotADay: they came to live elsewhere on that day or later.
    """
    recording.held(person)
    rows = person.residences.filter(dated.touches(starts, None))
    if rows.filter(dwelling=dwelling).exists():
        raise recording.AlreadyRecorded(f"{person.name} is recorded as living there already.")
    late = rows.filter(starts__gte=starts).first()
    if late is not None:
        raise recording.NotADay(
            f"{person.name} lives elsewhere from {wording.day(late.starts)}. Enter a later day."
        )
    rows.update(ends=starts)
    taken = models.Residence.objects.create(person=person, dwelling=dwelling, starts=starts)
    recording.tell("kernel.residence_taken", person.pk, by=by, on=on, starts=starts)
    return taken
