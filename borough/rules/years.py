"""The financial year: 1 April to 31 March (Local Government Finance Act 1992 s.69(1))."""

import datetime
import re
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Year:
    """The financial year that begins on 1 April of the calendar year `first`."""

    first: int

    @classmethod
    def holding(cls, day: datetime.date) -> "Year":
        """Return the financial year in which `day` falls."""
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @classmethod
    def named(cls, name: str) -> "Year":
        """Return the year called "2025-26" or "2025/26".

        Raises:
            ValueError: when the name is not of that form or its halves do not follow each other.
        """
        found = re.fullmatch(r"(\d{4})[-/](\d{2})", name.strip())
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"“{name}” is not a financial year. Write it like 2025-26.")
        return cls(int(found[1]))

    @property
    def starts(self) -> datetime.date:
        """1 April, the first day of the year."""
        return datetime.date(self.first, 4, 1)

    @property
    def ends(self) -> datetime.date:
        """1 April of the next year: the first day that is no longer in this one."""
        return datetime.date(self.first + 1, 4, 1)

    @property
    def days(self) -> int:
        """365, or 366 when 29 February falls in the year (2027-28 does)."""
        return (self.ends - self.starts).days

    @property
    def name(self) -> str:
        """The year as the office writes it: "2025-26"."""
        return f"{self.first}-{(self.first + 1) % 100:02}"

    @property
    def following(self) -> "Year":
        """The next financial year."""
        return Year(self.first + 1)

    @property
    def preceding(self) -> "Year":
        """The financial year before this one."""
        return Year(self.first - 1)

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts <= day < self.ends

    def __str__(self) -> str:
        return self.name
