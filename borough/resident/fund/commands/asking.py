"""Taking an application down, testing need and urgency, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from borough.kernel import commanding
from borough.kernel.people.models import Person
from borough.resident.fund import capabilities, models, taking, telling
from borough.resident.fund.queries import applications


class NoReason(commanding.Refusal):
    """Each answer of the test has a reason."""


class NotWaiting(commanding.Refusal):
    """It has been decided on, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Test:
    """What an officer finds.

    Attributes:
        in_need: goes, or is about to go, without what they need.
        is_urgent: cannot wait for the ordinary course.
        has_rent_help: gets Housing Benefit, or Universal Credit with help for the rent; None where
            housing is not asked about.
    """

    in_need: bool
    need_because: str
    is_urgent: bool
    urgent_because: str
    has_rent_help: bool | None = None


@commanding.command(capabilities.TAKE_APPLICATION)
def take_application(
    *, person: Person, asked: taking.Asked, at: datetime, by: commanding.Actor, on: date
) -> models.Application:
    """Take down what somebody asks of the fund.

    Args:
        person: who is to be helped.
        asked: what for.
        at: this moment, from which its hours count.
        by: who takes it down.
        on: today.

    Raises:
        taking.NotOpen, taking.NobodyToHelp, taking.NoConsent, taking.AlreadyAsked,
        taking.NotTheirLandlord: with what to do.
    """
    return taking.record(person=person, asked=asked, at=at, by=by, on=on)


@commanding.command(capabilities.TAKE_APPLICATION)
def record_test(
    *, application: models.Application, test: Test, by: commanding.Actor, on: date
) -> models.Finding:
    """Record what was found of need and urgency, and why; what was found before stays.

    Raises:
        NotWaiting: nothing is awaited.
        NoReason: an answer has none.
    """
    awaited(application)
    if not test.need_because.strip() or not test.urgent_because.strip():
        raise NoReason("Write why, for the need and for the urgency.")
    found = models.Finding.objects.create(
        application=application,
        in_need=test.in_need,
        need_because=test.need_because.strip(),
        is_urgent=test.is_urgent,
        urgent_because=test.urgent_because.strip(),
        has_rent_help=test.has_rent_help,
        by=by.reference,
        on=on,
    )
    telling.tell("resident.fund_tested", application, by=by, on=on)
    return found


@commanding.command(capabilities.TAKE_APPLICATION)
def withdraw(
    *, application: models.Application, because: str = "", by: commanding.Actor, on: date
) -> None:
    """Record that whoever asked does so no more.

    Raises:
        NotWaiting: it has been decided on, or was withdrawn before.
    """
    now = awaited(application)
    if now.decisions:
        raise NotWaiting("It was decided on before. What is looked at again is decided, too.")
    models.Withdrawal.objects.create(
        application=application, because=because, by=by.reference, on=on
    )
    telling.tell("resident.fund_withdrawn", application, by=by, on=on)


def awaited(application: models.Application) -> applications.Standing:
    """Return how an application stands that awaits a decision; whoever else decides waits.

    Raises:
        NotWaiting: it awaits none.
    """
    Person.objects.select_for_update().get(pk=application.person_id)
    now = applications.of_application(application.pk)
    if now is None or not now.is_open:
        raise NotWaiting("It has been decided on or withdrawn meanwhile. Look at it again.")
    return now
