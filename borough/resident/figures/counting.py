"""How many residents, by stage, need, band and outcome. The counts never leave this room.

Each table counts other people than the rest do (open cases, needs, worries, closed cases), so that
the total of one says nothing about the rows of another.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from borough.kernel import dated
from borough.kernel.people.models import Need
from borough.resident.signals import scoring
from borough.resident.signals.models import CaseContact, SupportCase

Counts = dict[str, int]
YEAR = timedelta(days=365)
BANDS = {
    "queue": "7 points or more: for the support team",
    "message": "4 to 6 points: a supportive message",
    "none": "1 to 3 points: nothing follows",
}
STAGES = {
    "begun": "Something that helps was begun",
    "reached": "Reached, nothing begun yet",
    "not_reached": "Tried, and not reached",
    "new": "Nobody was in touch yet",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures.

    Attributes:
        title: what is counted.
        of: what the rows are, to head their column.
        rows: every row there can be, in words.
        count: day -> people by row, as at the end of that day.
        adds_up: whether a person is in one row alone, so that a total makes sense.
    """

    title: str
    of: str
    rows: Mapping[str, str]
    count: Callable[[date], Counts]
    adds_up: bool = True


def by_stage(as_at: date) -> Counts:
    """Count the open cases by how far the team has come with each."""
    opened = SupportCase.objects.filter(opened_on__lte=as_at)
    cases = opened.exclude(closed_on__lte=as_at).values_list("pk", flat=True)
    contacts = CaseContact.objects.filter(case__in=cases, on__lte=as_at)
    outcomes: dict[int, set[str]] = {case: set() for case in cases}
    for case, outcome in contacts.values_list("case_id", "outcome"):
        outcomes[case].add(outcome)
    return Counter(_stage(one) for one in outcomes.values())


def by_need(as_at: date) -> Counts:
    """Count the people of whom a support need is recorded, by need; somebody may have several."""
    rows = Need.objects.filter(dated.holds_on(as_at)).values_list("kind", "person")
    return Counter(kind for kind, _ in rows.distinct())


def by_band(as_at: date) -> Counts:
    """Count the people with any early worry, by the band of their points."""
    found = scoring.sightings(as_at)
    several = scoring.scored(np.unique(found.person), as_at, found=found)
    return Counter(str(band) for band in several.band[several.points > 0])


def by_outcome(as_at: date) -> Counts:
    """Count the cases that were closed in the year up to a day, by outcome."""
    closed = SupportCase.objects.filter(closed_on__gt=as_at - YEAR, closed_on__lte=as_at)
    return Counter(closed.values_list("outcome", flat=True))


def _stage(outcomes: set[str]) -> str:
    if CaseContact.Outcome.HELPED in outcomes:
        return "begun"
    if CaseContact.Outcome.REACHED in outcomes:
        return "reached"
    return "not_reached" if outcomes else "new"


TABLES = {
    "stage": Table("Open support cases", "How far", STAGES, by_stage),
    "band": Table("Residents with early worries", "Points", BANDS, by_band),
    "outcome": Table(
        "Support cases closed in a year", "Outcome", dict(SupportCase.Outcome.choices), by_outcome
    ),
    "need": Table(
        "Residents with a support need", "Need", dict(Need.Kind.choices), by_need, adds_up=False
    ),
}
