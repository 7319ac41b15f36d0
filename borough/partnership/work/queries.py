"""How much work there was, by kind; each figure a count of records."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from borough.partnership.work import models
from borough.rules import years


def items(kind: models.Kind, year: years.Year, on: date) -> QuerySet[models.Item]:
    """Return the work of a kind in a year up to a day."""
    within = {"on__gte": year.starts, "on__lt": year.ends, "on__lte": on}
    return models.Item.objects.filter(kind=kind, **within)


def count(kind: models.Kind, year: years.Year, on: date) -> int | None:
    """Return how much work of a kind there was in a year up to a day; None where none was told."""
    return items(kind, year, on).count() or None


def first_day() -> date | None:
    """Return the day of the first work that was told of; None where none was."""
    rows = models.Item.objects.order_by("on").values_list("on", flat=True)
    days = [rows.filter(kind=kind).first() for kind in models.Kind.values]  # each by its index
    return min((day for day in days if day is not None), default=None)


def by_month(kind: models.Kind, year: years.Year, on: date) -> Mapping[date, int]:
    """Return how much work of a kind there was, by the first day of each month that had some."""
    months = items(kind, year, on).annotate(month=TruncMonth("on")).values_list("month")
    return dict(months.annotate(n=Count("pk")).order_by("month"))
