"""Joining a record to a person and parting them again: reversible, dated, and remembered."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.identity import capabilities, models
from borough.resident.sources import known
from borough.resident.sources.models import Record

LINKING = "resident.linking"


class AlreadyJoined(commanding.Refusal):
    """The record is somebody's already."""


class NotJoined(commanding.Refusal):
    """The record is not this person's."""


@commanding.command(capabilities.REVIEW_LINKS)
def join(
    *,
    record: Record,
    person: Person,
    reasons: Sequence[Sequence[object]] = (),
    by: commanding.Actor,
    on: date,
) -> models.Link:
    """Say that a record is this person's, from today.

    Raises:
        AlreadyJoined: it is theirs or another's; part them first.
    """
    held = _held(record, on)
    if held is not None:
        whose = "this person" if held.person_id == person.pk else "somebody else"
        raise AlreadyJoined(f"This record is joined to {whose} already.")
    _end(models.Apart.objects.filter(record=record, person=person), on)
    link = _link(record, person, reasons, by=by, on=on)
    _answer(record, person, models.Verdict.Answer.SAME, by=by, on=on)
    models.Proposal.objects.filter(record=record).delete()
    _record_fact("resident.joined", record, person, by=by, on=on)
    return link


@commanding.command(capabilities.REVIEW_LINKS)
def confirm(*, record: Record, person: Person, by: commanding.Actor, on: date) -> None:
    """Say of a pair of the sample that it was joined rightly.

    Raises:
        NotJoined: it is not joined any more.
    """
    held = _held(record, on)
    if held is None or held.person_id != person.pk:
        raise NotJoined("This record is not joined to this person any more.")
    _answer(record, person, models.Verdict.Answer.SAME, by=by, on=on)
    models.Proposal.objects.filter(record=record, person=person).delete()
    _record_fact("resident.joined", record, person, by=by, on=on)


@commanding.command(capabilities.REVIEW_LINKS)
def split(*, record: Record, person: Person, by: commanding.Actor, on: date) -> models.Apart:
    """Say that a record is not this person's: a link ends, and they are not proposed again.

    Raises:
        NotJoined: that was said before.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two follow one another
    apart = models.Apart.objects.filter(dated.holds_on(on), record=record, person=person)
    if apart.exists():
        raise NotJoined("That they are different people was said before.")
    _end(models.Link.objects.filter(record=record, person=person), on)
    _answer(record, person, models.Verdict.Answer.DIFFERENT, by=by, on=on)
    models.Proposal.objects.filter(record=record, person=person).delete()
    _record_fact("resident.split", record, person, by=by, on=on)
    return models.Apart.objects.create(
        record=record, person=person, starts=on, decided_by=by.reference
    )


@commanding.command(capabilities.REVIEW_LINKS)
def leave_undecided(
    *, proposal: models.Proposal, by: commanding.Actor, on: date
) -> models.Proposal:
    """Say that one cannot tell: others are asked first, and somebody else may look again."""
    record, person = proposal.record, proposal.person
    _answer(record, person, models.Verdict.Answer.UNKNOWN, by=by, on=on)
    proposal.put_off += 1
    proposal.save(update_fields=["put_off"])
    _record_fact("resident.left_undecided", record, person, by=by, on=on)
    return proposal


@commanding.command(capabilities.RUN_LINKING)
def ask_linking(*, by: commanding.Actor, on: date) -> Run:
    """Ask for all records to be compared; return the run that does it.

    Raises:
        runs.AlreadyAsked: one is asked for and not done yet.
    """
    done = Run.objects.filter(kind=LINKING, endings__outcome__in=("done", "refused")).distinct()
    run = runs.ask(LINKING, f"{LINKING}/{done.count() + 1}", asked={}, parts=1, by=by, on=on)
    facts.record("resident.linking_asked", thing=f"{LINKING}/{run.pk}", by=by, on=on)
    return run


def _held(record: Record, on: date) -> models.Link | None:
    return models.Link.objects.filter(dated.holds_on(on), record=record).first()


def _link(
    record: Record,
    person: Person,
    reasons: Sequence[Sequence[object]],
    *,
    by: commanding.Actor,
    on: date,
) -> models.Link:
    try:
        with transaction.atomic():
            return models.Link.objects.create(
                record=record,
                person=person,
                starts=on,
                method=models.Link.Method.DECIDED,
                reasons=list(reasons),
                decided_by=by.reference,
            )
    except IntegrityError as error:  # two officers at the same moment
        raise AlreadyJoined("This record was joined to somebody a moment ago.") from error


def _end(rows: QuerySet[models.Link] | QuerySet[models.Apart], on: date) -> None:
    """End rows today; what began today never held on any day, and goes."""
    rows.filter(ends=None, starts__gte=on).delete()
    rows.filter(ends=None).update(ends=on)


def _answer(record: Record, person: Person, answer: str, *, by: commanding.Actor, on: date) -> None:
    check = models.Proposal.objects.filter(record=record, person=person, is_check=True).exists()
    models.Verdict.objects.create(
        record=record, person=person, answer=answer, is_check=check, by=by.reference, on=on
    )


def _record_fact(
    what: str, record: Record, person: Person, *, by: commanding.Actor, on: date
) -> None:
    found = known.sources().get(record.source)
    facts.record(
        what,
        about=[person.pk],
        thing=f"resident.record/{record.pk}",
        by=by,
        on=on,
        source=found.title if found else record.source,
    )
