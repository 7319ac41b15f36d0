"""Recording that staff transfer from one employer to another, and the steps before it."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.promises import capabilities, checklist, locking, models


class NotNamed(commanding.Refusal):
    """Nobody said who transfers to whom."""


class NoSuchStep(commanding.Refusal):
    """It is no step of the list, or is counted and not ticked."""


class DoneAlready(commanding.Refusal):
    """The step was done before."""


class NotADay(commanding.Refusal):
    """The day is to come, or lies before the law that is counted by."""


@commanding.command(capabilities.RECORD_STAFF)
def record_transfer(*, title: str, day: date, by: commanding.Actor, on: date) -> models.Transfer:
    """Record that staff transfer on a day, so that what is due before it has its day.

    Raises:
        NotNamed: it has no title.
        NotADay: it lies before the Regulations.
    """
    if day < checklist.FIRST_DAY:
        raise NotADay("The steps are those of the Regulations that began on 6 April 2006.")
    if not title.strip():
        raise NotNamed("Say who transfers to whom, like: revenues staff to the partner.")
    made = models.Transfer.objects.create(title=title.strip(), day=day, by=by.reference, on=on)
    facts.record("partnership.transfer_recorded", thing=made.thing, by=by, on=on, day=day)
    return made


@commanding.command(capabilities.RECORD_STAFF)
def tick(
    *, transfer: models.Transfer, step: str, done_on: date, by: commanding.Actor, on: date
) -> None:
    """Say on which day a step was done.

    Raises:
        NoSuchStep, DoneAlready, NotADay: it cannot be said so.
    """
    if step not in checklist.STEPS:
        raise NoSuchStep("Choose a step of the list.")
    if done_on > on:
        raise NotADay("The day must be today or before.")
    locking.one_at_a_time()
    if transfer.done.filter(step=step).exists():
        raise DoneAlready("Somebody said before that this step was done.")
    models.Done.objects.create(
        transfer=transfer, step=step, on=done_on, by=by.reference, recorded_on=on
    )
    facts.record(
        "partnership.transfer_step_done",
        thing=transfer.thing,
        by=by,
        on=on,
        step=step,
        done=done_on,
    )
