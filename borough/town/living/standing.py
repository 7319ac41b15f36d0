"""The day on which the invented town stands: a note beside its data, which all parts follow."""

from datetime import date
from pathlib import Path

from django.conf import settings


def note() -> Path:
    """Return where the day is noted."""
    path: Path = settings.LIVED_TO
    return path


def set_day(on: date) -> None:
    """Note that the town has come to a day."""
    note().write_text(f"{on}\n")
