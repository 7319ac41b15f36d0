"""Recording organisations: employers, agents, companies. They have one name."""

from datetime import date

from borough.kernel import commanding, finding
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import people, recording


@commanding.command(capabilities.RECORD_PERSON)
def record_organisation(*, name: str, by: commanding.Actor, on: date) -> models.Person:
    """Record an organisation, so that it can be found by how its name sounds.

    Raises:
        NotAName: no name is given.
    """
    words = recording.one_line(name)
    if not words:
        raise people.NotAName("Enter the name of the organisation.")
    organisation = models.Person.objects.create(
        kind=models.Person.Kind.ORGANISATION, family_name=words, sounds=finding.sounds(words)
    )
    recording.tell("kernel.person_recorded", organisation.pk, by=by, on=on)
    return organisation
