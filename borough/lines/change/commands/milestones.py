"""Setting milestones, moving them, and saying by what it can be seen that one was met."""

from datetime import date
from typing import Any

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, locking, models, owners
from borough.lines.change.queries import initiatives as queries


class Over(commanding.Refusal):
    """The initiative is done or stopped."""


class PastDay(commanding.Refusal):
    """The day is over."""


class NotYet(commanding.Refusal):
    """The day is still to come, or lies before the initiative."""


class AlreadyMet(commanding.Refusal):
    """The milestone was met."""


class SameDay(commanding.Refusal):
    """It is due on that day already."""


@commanding.command(capabilities.OWN_INITIATIVE)
def set_milestone(
    *, initiative: models.Initiative, title: str, due: date, by: commanding.Actor, on: date
) -> models.Milestone:
    """Say what is to be reached by when.

    Raises:
        owners.NotAnOwner: the officer is none of its two owners.
        Over: the initiative is done or stopped.
        PastDay: the day is over.
    """
    locking.one_at_a_time()
    owners.refuse_others(initiative, by, on)
    _refuse_over(initiative)
    if due < on:
        raise PastDay("The day by which it is to be met must be today or later.")
    made = initiative.milestones.create(title=title, by=by.reference, on=on)
    made.dues.create(due=due, by=by.reference, on=on)
    _tell("change.milestone_set", made, by=by, on=on, due=due)
    return made


@commanding.command(capabilities.OWN_INITIATIVE)
def put_off(
    *, milestone: models.Milestone, due: date, because: str, by: commanding.Actor, on: date
) -> models.Due:
    """Work to another day from now on. Whether it was met in time goes by the first day.

    Raises:
        owners.NotAnOwner: the officer is none of its two owners.
        AlreadyMet: it was met.
        PastDay: the day is over.
        SameDay: it is due on that day already.
    """
    locking.one_at_a_time()
    owners.refuse_others(milestone.initiative, by, on)
    _refuse_over(milestone.initiative)
    _refuse_met(milestone)
    if due < on:
        raise PastDay("The day by which it is to be met must be today or later.")
    if milestone.dues.order_by("-pk")[0].due == due:
        raise SameDay("It is due on that day already.")
    made = milestone.dues.create(due=due, because=because, by=by.reference, on=on)
    _tell("change.milestone_put_off", milestone, by=by, on=on, due=due)
    return made


@commanding.command(capabilities.OWN_INITIATIVE)
def meet(
    *, milestone: models.Milestone, met_on: date, evidence: str, by: commanding.Actor, on: date
) -> models.Met:
    """Say on which day a milestone was met, and by what that can be seen.

    Raises:
        owners.NotAnOwner: the officer is none of its two owners.
        AlreadyMet: it was met.
        NotYet: the day is to come, or lies before the initiative began.
    """
    locking.one_at_a_time()
    owners.refuse_others(milestone.initiative, by, on)
    _refuse_met(milestone)
    if met_on > on or met_on < milestone.initiative.on:
        raise NotYet("The day must be over or today, and not before the initiative began.")
    made = models.Met.objects.create(
        milestone=milestone, met_on=met_on, evidence=evidence, by=by.reference, on=on
    )
    _tell("change.milestone_met", milestone, by=by, on=on, met_on=met_on)
    return made


def _refuse_over(initiative: models.Initiative) -> None:
    if queries.is_over(initiative):
        raise Over("This initiative is done or stopped: nothing more is planned for it.")


def _refuse_met(milestone: models.Milestone) -> None:
    if models.Met.objects.filter(milestone=milestone).exists():
        raise AlreadyMet("This milestone was met already.")


def _tell(
    what: str, milestone: models.Milestone, *, by: commanding.Actor, on: date, **detail: Any
) -> None:
    facts.record(
        what,
        thing=milestone.initiative.thing,
        by=by,
        on=on,
        milestone=milestone.pk,
        initiative=milestone.initiative_id,
        **detail,
    )
