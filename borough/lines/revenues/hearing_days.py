"""On which days a court can hear a case: a working day, and no year mistyped."""

from datetime import date

from borough.kernel.bank import working_days
from borough.kernel.pages import wording

_WEEKEND = (5, 6)
MOST_DAYS_AHEAD = 366  # no rule of law: a hearing named further ahead has a mistyped year


def why_not(day: date, on: date) -> str:
    """Return in a sentence why no court sits for a case on a day, "" where it may.

    Args:
        day: of the hearing, after ``on``.
        on: today.
    """
    if (day - on).days > MOST_DAYS_AHEAD:
        return f"{wording.day(day)} is more than a year away. Look at the year again."
    if not working_days.is_working_day(day):
        what = f"a {day:%A}" if day.weekday() in _WEEKEND else "a bank holiday"
        return f"{wording.day(day)} is {what}, and no court sits then."
    return ""
