"""Ways to reach somebody, and the one that they prefer."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from borough.kernel import commanding, dated
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import recording

LEAST_DIGITS, MOST_DIGITS = 7, 15  # ITU-T E.164 allows fifteen with the country's code
_NUMBER = re.compile(r"\+?[0-9 ()./-]+")


class NotAWayToReach(commanding.Refusal):
    """Nobody can be reached by what was given."""


@commanding.command(capabilities.RECORD_PERSON)
def record_contact_point(
    *,
    person: models.Person,
    kind: str,
    value: str = "",
    preferred: bool = False,
    by: commanding.Actor,
    on: date,
) -> models.ContactPoint:
    """Record a way to reach somebody from ``on``; if preferred, none other is.

    Args:
        person: who is reached by it.
        kind: one of ``models.ContactPoint.Kind``.
        value: the address or number; empty for letters, which follow addresses of their own.
        preferred: whether they would rather be reached this way than any other.
        by: who records it.
        on: the day from which it holds.

    Raises:
        NotAWayToReach: the value is none of that kind.
        AlreadyRecorded: it is recorded.
    """
    given = _way(kind, value)
    recording.held(person)
    open_now = person.contact_points.filter(dated.touches(on, None), kind=kind)
    if any(_key(kind, one.value) == _key(kind, given) for one in open_now):
        raise recording.AlreadyRecorded(
            "That is recorded already. To make it the preferred way, go back."
        )
    if preferred:
        _prefer_none(person)
    point = models.ContactPoint.objects.create(
        person=person, kind=kind, value=given, preferred=preferred, starts=on
    )
    _tell_of(point, "kernel.contact_recorded", by=by, on=on)
    if preferred:
        _tell_of(point, "kernel.contact_preferred", by=by, on=on)
    return point


@commanding.command(capabilities.RECORD_PERSON)
def prefer_contact_point(
    *, contact_point: models.ContactPoint, by: commanding.Actor, on: date
) -> models.ContactPoint:
    """Make it the way in which somebody would rather be reached; none other is then.

    Raises:
        AlreadyOver: it has ended.
        AlreadyRecorded: it is the preferred way.
    """
    point = recording.still_open(contact_point, on)
    if point.preferred:
        raise recording.AlreadyRecorded("That is the preferred way already.")
    _prefer_none(point.person)
    point.preferred = True
    point.save(update_fields=["preferred"])
    _tell_of(point, "kernel.contact_preferred", by=by, on=on)
    return point


@commanding.command(capabilities.RECORD_PERSON)
def end_contact_point(
    *, contact_point: models.ContactPoint, by: commanding.Actor, on: date
) -> None:
    """Record that somebody cannot be reached by it any more, from ``on``.

    Raises:
        AlreadyOver: it has ended.
    """
    recording.close(contact_point, ends=on, on=on)
    _tell_of(contact_point, "kernel.contact_ended", by=by, on=on)


def _prefer_none(person: models.Person) -> None:
    person.contact_points.filter(preferred=True).update(preferred=False)


def _way(kind: str, value: str) -> str:
    """Return an address or number as it is kept."""
    kinds, given = models.ContactPoint.Kind, recording.one_line(value)
    if kinds(kind) == kinds.LETTER:
        if given:
            raise NotAWayToReach("Leave this empty for letters, and record where they go instead.")
        return ""
    if kinds(kind) == kinds.EMAIL:
        try:
            validate_email(given)
        except ValidationError:
            raise NotAWayToReach("Enter an email address, like name@example.com.") from None
        return given
    digits = sum(one.isdigit() for one in given)
    if not _NUMBER.fullmatch(given) or not LEAST_DIGITS <= digits <= MOST_DIGITS:
        raise NotAWayToReach("Enter a telephone number, like 01704 000000 or +44 808 157 0192.")
    return given


def _key(kind: str, value: str) -> str:
    """Return what two ways have in common when they are the same one, written differently."""
    return value.lower() if kind == "email" else re.sub(r"\D", "", value)


def _tell_of(point: models.ContactPoint, what: str, *, by: commanding.Actor, on: date) -> None:
    title = point.get_kind_display()
    recording.tell(what, point.person_id, by=by, on=on, kind=point.kind, title=title)
