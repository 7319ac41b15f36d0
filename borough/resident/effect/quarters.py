"""Quarters of the financial year, as reports name them: ``2025-26 Q1`` is April to June 2025."""

import re
from dataclasses import dataclass
from datetime import date

from borough.rules import years

MONTHS = 3


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """The ``number``-th three months of a financial year, on ``[starts, ends)``."""

    year: years.Year
    number: int

    @classmethod
    def holding(cls, day: date) -> "Quarter":
        """Return the quarter in which a day falls."""
        return cls(years.Year.holding(day), (day.month - 4) % 12 // MONTHS + 1)

    @classmethod
    def named(cls, name: str) -> "Quarter":
        """Return the quarter called "2025-26 Q1".

        Raises:
            ValueError: it is not of that form.
        """
        found = re.fullmatch(r"(\d{4}-\d{2})[ -]Q([1-4])", name.strip())
        if found is None:
            raise ValueError(f"“{name}” is not a quarter. Write it like 2025-26 Q1.")
        return cls(years.Year.named(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """The quarter as reports write it."""
        return f"{self.year.name} Q{self.number}"

    @property
    def starts(self) -> date:
        """Its first day."""
        month = 4 + MONTHS * (self.number - 1)
        return date(self.year.first + (month > 12), (month - 1) % 12 + 1, 1)

    @property
    def ends(self) -> date:
        """The first day that is no longer in it."""
        return self.following.starts

    @property
    def following(self) -> "Quarter":
        """The next quarter."""
        if self.number == 4:
            return Quarter(self.year.following, 1)
        return Quarter(self.year, self.number + 1)

    @property
    def preceding(self) -> "Quarter":
        """The quarter before."""
        if self.number == 1:
            return Quarter(self.year.preceding, 4)
        return Quarter(self.year, self.number - 1)
