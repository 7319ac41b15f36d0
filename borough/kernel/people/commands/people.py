"""Who somebody is: their name, the names before it, and whether they live."""

from datetime import date

from borough.kernel import commanding, finding
from borough.kernel.pages import wording
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import recording


class NotAName(commanding.Refusal):
    """Nobody can be recorded under that name."""


class NotABirthday(commanding.Refusal):
    """The day of birth is yet to come."""


class NotAHuman(commanding.Refusal):
    """Organisations have neither given names nor a day of death."""


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
    family, given = recording.one_line(family_name), recording.one_line(given_names)
    _refuse_nameless(family)
    if date_of_birth is not None and date_of_birth > on:
        raise NotABirthday("The day of birth must be today or earlier.")
    person = models.Person.objects.create(
        title=recording.one_line(title),
        given_names=given,
        family_name=family,
        date_of_birth=date_of_birth,
        sounds=finding.sounds(f"{given} {family}"),
    )
    recording.tell("kernel.person_recorded", person.pk, by=by, on=on)
    return person


@commanding.command(capabilities.RECORD_PERSON)
def correct_name(
    *,
    person: models.Person,
    family_name: str,
    given_names: str = "",
    title: str = "",
    since: date,
    by: commanding.Actor,
    on: date,
) -> models.Person:
    """Give somebody the name that they have since a day; the one before becomes a former name.

    Raises:
        NotAName: no family name is given.
        NotAHuman: an organisation is given more than its one name.
        AlreadyRecorded: it is their name already.
        NotADay: ``since`` lies after ``on``, or before the name that they have now.
    """
    now = recording.held(person)
    family, given, called = (
        recording.one_line(family_name),
        recording.one_line(given_names),
        recording.one_line(title),
    )
    _refuse_nameless(family)
    if now.kind == now.Kind.ORGANISATION and (given or called):
        raise NotAHuman("An organisation has one name. Leave title and given names empty.")
    if (called, given, family) == (now.title, now.given_names, now.family_name):
        raise recording.AlreadyRecorded("That is the name recorded now. Change it, or go back.")
    if since > on:
        raise recording.NotADay("The day of the new name must be today or earlier.")
    before = now.former_names.order_by("-ends").first()
    if before is not None and since < before.ends:
        raise recording.NotADay(
            f"They have the name they have now since {wording.day(before.ends)}."
        )
    models.FormerName.objects.create(person=now, name=now.name, ends=since)
    now.title, now.given_names, now.family_name = called, given, family
    now.sounds = finding.sounds(f"{given} {family}")
    now.save(update_fields=["title", "given_names", "family_name", "sounds"])
    recording.tell("kernel.name_corrected", now.pk, by=by, on=on, since=since)
    return now


@commanding.command(capabilities.RECORD_PERSON)
def record_death(
    *, person: models.Person, died_on: date, by: commanding.Actor, on: date
) -> models.Person:
    """Record the day on which somebody died, or put a day that was wrong right.

    Raises:
        NotAHuman: it is an organisation.
        NotADay: the day is yet to come, or lies before their birth.
        AlreadyRecorded: that day is recorded.
    """
    now = recording.held(person)
    if now.kind == now.Kind.ORGANISATION:
        raise NotAHuman("An organisation does not die. Close its accounts instead.")
    if died_on > on:
        raise recording.NotADay("The day of death must be today or earlier.")
    if now.date_of_birth is not None and died_on < now.date_of_birth:
        raise recording.NotADay(
            f"They were born on {wording.day(now.date_of_birth)}. Enter a later day."
        )
    if died_on == now.date_of_death:
        raise recording.AlreadyRecorded("That day is recorded already.")
    return _set_death(now, died_on, "kernel.death_recorded", by=by, on=on)


@commanding.command(capabilities.RECORD_PERSON)
def take_back_death(*, person: models.Person, by: commanding.Actor, on: date) -> models.Person:
    """Say that somebody whose death was recorded by mistake is alive.

    Raises:
        AlreadyOver: no death is recorded.
    """
    now = recording.held(person)
    if now.date_of_death is None:
        raise recording.AlreadyOver("No death is recorded, so there is nothing to take back.")
    return _set_death(now, None, "kernel.death_taken_back", by=by, on=on)


def _set_death(
    person: models.Person, died_on: date | None, what: str, *, by: commanding.Actor, on: date
) -> models.Person:
    person.date_of_death = died_on
    person.save(update_fields=["date_of_death"])
    recording.tell(what, person.pk, by=by, on=on)
    return person


def _refuse_nameless(family: str) -> None:
    if not family:
        raise NotAName("Enter a family name. Somebody with one name alone has it as family name.")
