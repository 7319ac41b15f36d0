"""The one place that asks the time. Pages and commands at the door call it; nothing below does."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()  # noqa: TID251  this is the door


def today() -> date:
    """Return today's date in London, or the day on which an invented town stands still."""
    standing: date | None = settings.STANDING_DATE
    return standing or timezone.localdate()  # noqa: TID251  this is the door


def moment() -> datetime:
    """Return this moment, aware, on today's date: in an invented town that stands still, too."""
    on = today()
    return timezone.localtime(now()).replace(year=on.year, month=on.month, day=on.day)
