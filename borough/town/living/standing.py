"""The day on which the invented town stands: a note beside its data, read as the pages start."""

from datetime import date
from pathlib import Path

from django.conf import settings


def note() -> Path:
    """Return where the day is noted."""
    path: Path = settings.HOME / "standing-day"
    return path


def set_day(on: date) -> None:
    """Note that the town has come to a day; pages show it once they are started anew."""
    note().write_text(f"{on}\n")
