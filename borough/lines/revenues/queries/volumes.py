"""How much work there was: to be read beside what it came to."""

from datetime import date, timedelta

from borough.kernel import dated
from borough.kernel.facts.models import Fact
from borough.lines.revenues import models
from borough.rules import years

CHANGES = (
    "revenues.account_closed",
    "revenues.account_opened",
    "revenues.band_changed",
    "revenues.death_settled",
    "revenues.discount_applied",
    "revenues.discount_ended",
    "revenues.disregard_applied",
    "revenues.disregard_ended",
    "revenues.exception_applied",
    "revenues.exception_ended",
    "revenues.exemption_applied",
    "revenues.exemption_ended",
    "revenues.household_declared",
    "revenues.moved",
    "revenues.occupation_recorded",
    "revenues.reduction_applied",
    "revenues.reduction_ended",
    "revenues.relief_ended",
    "revenues.relief_granted",
)
"""Each is one change of circumstances that an officer worked on."""


def changes(year: years.Year, on: date) -> tuple[int, int]:
    """Return (changes of circumstances recorded in a year up to a day, 1)."""
    rows = Fact.objects.filter(what__in=CHANGES, on__gte=year.starts, on__lt=year.ends)
    return rows.filter(on__lte=on).count(), 1


def accounts(year: years.Year, on: date) -> tuple[int, int]:
    """Return (accounts open on a day, or on the last day of a year that is over by then, 1)."""
    last = min(on, year.ends - timedelta(days=1))
    return models.Account.objects.filter(dated.HAS_DAYS & dated.holds_on(last)).count(), 1
