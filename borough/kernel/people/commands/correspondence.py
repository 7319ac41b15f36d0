"""Where somebody's letters go when not to their home."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import recording

LONGEST_ADDRESS = 6  # lines that the window of an envelope shows


class NotAnAddress(commanding.Refusal):
    """No letter would arrive there."""


@commanding.command(capabilities.RECORD_PERSON)
def record_correspondence_address(
    *,
    person: models.Person,
    lines: str,
    postcode: str = "",
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> models.CorrespondenceAddress:
    """Record where somebody's letters go on ``[starts, ends)`` instead of to their home.

    Args:
        person: whose letters.
        lines: the address, a line each; no postcode.
        postcode: as it is written; empty abroad.
        starts: the first day.
        ends: the first day on which they go home again; None while that is not known.
        by: who records it.
        on: the day on which it is recorded.

    Raises:
        NotAnAddress: there is no line, or more than fit an envelope.
        NotADay: the last day lies before the first.
        AlreadyRecorded: letters go elsewhere on one of those days.
    """
    where = [line for given in lines.splitlines() if (line := recording.one_line(given))]
    if not where:
        raise NotAnAddress("Enter the address, a line each.")
    if len(where) > LONGEST_ADDRESS:
        raise NotAnAddress(f"Enter at most {LONGEST_ADDRESS} lines, so that an envelope shows all.")
    if ends is not None and ends <= starts:
        raise recording.NotADay(
            "The day from which letters go home again must be after the first day."
        )
    recording.held(person)
    if person.correspondence_addresses.filter(dated.touches(starts, ends)).exists():
        raise recording.AlreadyRecorded(
            "Letters go to another address on one of those days. End that first."
        )
    address = models.CorrespondenceAddress.objects.create(
        person=person,
        lines="\n".join(where),
        postcode=recording.one_line(postcode).upper(),
        starts=starts,
        ends=ends,
    )
    recording.tell("kernel.correspondence_recorded", person.pk, by=by, on=on, starts=starts)
    return address


@commanding.command(capabilities.RECORD_PERSON)
def end_correspondence_address(
    *,
    address: models.CorrespondenceAddress,
    ends: date,
    by: commanding.Actor,
    on: date,
) -> None:
    """Record that letters go home again from ``ends``; from its first day, that it never was so.

    Raises:
        AlreadyOver: it has ended by ``on``.
        NotADay: ``ends`` lies before its first day.
    """
    if ends < address.starts:
        raise recording.NotADay(
            f"Letters go there from {wording.day(address.starts)}. Enter that day or a later one."
        )
    recording.close(address, ends=ends, on=on)
    recording.tell("kernel.correspondence_ended", address.person_id, by=by, on=on, ends=ends)
