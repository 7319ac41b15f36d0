"""What the card of change declares as measures, counted from its rows."""

from datetime import date, timedelta

from borough.lines.change import models
from borough.lines.change.queries import ideas, initiatives
from borough.rules import years

LONGEST = timedelta(days=366 + 60)
"""A limit is at most 260 working days: no idea from earlier is due in the year."""


def ideas_answered(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return ideas answered in time, of those whose last day in time lies in the year, by a day."""
    lately = models.Idea.objects.filter(on__gte=year.starts - LONGEST, on__lte=on)
    due = [one for one in ideas.cards(lately) if one.answer_by in year and one.answer_by <= on]
    in_time = [one for one in due if one.first_answered and one.first_answered <= one.answer_by]
    return (len(in_time), len(due)) if due else None


def milestones_met(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return milestones met by the day first set, of those first due in the year, by a day.

    Those of an initiative that was stopped before that day are left out.
    """
    stopped = dict(
        models.Move.objects.filter(stage=models.Stage.STOPPED).values_list("initiative_id", "on")
    )
    due = [
        one
        for one in initiatives.milestones()
        if one.first_due in year
        and one.first_due <= on
        and stopped.get(one.milestone.initiative_id, date.max) > one.first_due
    ]
    in_time = [one for one in due if one.met and one.met.met_on <= one.first_due]
    return (len(in_time), len(due)) if due else None


def ideas_received(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return how many ideas came in during the year, up to a day."""
    return models.Idea.objects.filter(on__gte=year.starts, on__lt=year.ends, on__lte=on).count(), 1
