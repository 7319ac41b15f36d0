"""Recording people: once, under the name that they give."""

from datetime import date

from borough.kernel import commanding, finding
from borough.kernel.facts import commands as facts
from borough.kernel.people import capabilities, models


class NotAName(commanding.Refusal):
    """Nobody can be recorded under that name."""


class NotABirthday(commanding.Refusal):
    """The day of birth is yet to come."""


@commanding.command(capabilities.RECORD_PERSON)
def record_person(
    *,
    family_name: str,
    given_names: str = "",
    title: str = "",
    date_of_birth: date | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Person:
    """Record a human being, so that they can be found by how their name sounds.

    Raises:
        NotAName: no family name is given.
        NotABirthday: the day of birth lies after ``on``.
    """
    family, given = " ".join(family_name.split()), " ".join(given_names.split())
    if not family:
        raise NotAName("Enter a family name. Somebody with one name alone has it as family name.")
    if date_of_birth is not None and date_of_birth > on:
        raise NotABirthday("The day of birth must be today or earlier.")
    person = models.Person.objects.create(
        title=" ".join(title.split()),
        given_names=given,
        family_name=family,
        date_of_birth=date_of_birth,
        sounds=finding.sounds(f"{given} {family}"),
    )
    facts.record(
        "kernel.person_recorded",
        about=[person.pk],
        thing=f"kernel.person/{person.pk}",
        by=by,
        on=on,
    )
    return person
