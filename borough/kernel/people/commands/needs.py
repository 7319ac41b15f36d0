"""What we must do differently for somebody."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.people import capabilities, models
from borough.kernel.people.commands import recording


@commanding.command(capabilities.RECORD_PERSON)
def record_need(
    *,
    person: models.Person,
    kind: str,
    review_by: date | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Need:
    """Record what we must do differently for somebody, from ``on``.

    Args:
        person: who needs it.
        kind: one of ``models.Need.Kind``; never a diagnosis.
        review_by: the day by which we ask whether it is still so.
        by: who records it.
        on: the day from which it holds.

    Raises:
        AlreadyRecorded: the same need holds.
        NotADay: ``review_by`` is over.
    """
    title = models.Need.Kind(kind).label
    recording.held(person)
    if person.needs.filter(dated.touches(on, None), kind=kind).exists():
        raise recording.AlreadyRecorded(f"{title}: that is recorded already.")
    if review_by is not None and review_by <= on:
        raise recording.NotADay("The day of the review must be after today.")
    need = models.Need.objects.create(person=person, kind=kind, review_by=review_by, starts=on)
    recording.tell("kernel.need_recorded", person.pk, by=by, on=on, need=kind, title=title)
    return need


@commanding.command(capabilities.RECORD_PERSON)
def end_need(*, need: models.Need, by: commanding.Actor, on: date) -> None:
    """Record that somebody needs it no more, from ``on``.

    Raises:
        AlreadyOver: it has ended.
    """
    recording.close(need, ends=on, on=on)
    title = need.get_kind_display()
    recording.tell("kernel.need_ended", need.person_id, by=by, on=on, need=need.kind, title=title)
