"""What is written of the story, as it is read from its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from borough.partnership.work.models import Kind
from borough.rules import years
from borough.town import figures


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: how much there was in each year, and what each cost in the base year."""

    kind: Kind
    prefix: str
    base: int
    unit_pence: int
    permille: Sequence[int]

    def count(self, year: years.Year) -> int:
        """Return how much of it is drawn for a year."""
        return self.base * self.permille[year.first - base_year().first] // 1000


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something done better, and by year what the partner credits of its invoices for it."""

    title: str
    budget: str
    line: str
    share_bp: Mapping[int, int]


@cache
def story() -> Mapping[str, Any]:
    """Return what is written."""
    found: Mapping[str, Any] = figures.read("story")
    return found


@cache
def base_year() -> years.Year:
    """Return the year whose work the baseline holds."""
    return years.Year(story()["base_year"])


def contract_years() -> list[years.Year]:
    """Return the years of the contract."""
    return [years.Year(one) for one in range(story()["first_year"], story()["last_year"] + 1)]


@cache
def works() -> Sequence[Work]:
    """Return the kinds of work that the contract pays for."""
    return [Work(kind=Kind(kind), **said) for kind, said in story()["work"].items()]


def improvements(year: years.Year) -> list[Improvement]:
    """Return what was done better in a year."""
    found = [Improvement(**one) for one in story()["improvements"]]
    return [one for one in found if year.first in one.share_bp]
