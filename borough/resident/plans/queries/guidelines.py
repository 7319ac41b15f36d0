"""A statement beside the council's guidelines: within or above, to be asked about, never a bar."""

from dataclasses import dataclass
from datetime import date

from borough.resident.plans import models
from borough.resident.plans.queries.statements import Budget


@dataclass(frozen=True, slots=True)
class Beside:
    """A heading, or a group of headings, of a statement beside its guideline.

    Attributes:
        pence: what the household spends on it a month; None where a figure of it is not known.
    """

    title: str
    pence: int | None
    guideline: models.Guideline

    @property
    def is_above(self) -> bool | None:
        """Whether more is spent; None where that is not known."""
        return None if self.pence is None else self.pence > self.guideline.pence


def households(on: date) -> list[str]:
    """Return the households for which guidelines hold on a day, in the words of the file."""
    rows = models.Guideline.objects.filter(starts__lte=on)
    return sorted(set(rows.values_list("household", flat=True)))


def beside(budget: Budget, household: str) -> list[Beside]:
    """Return a statement beside the guidelines that held on its day; none that nobody answered."""
    found = []
    for heading, one in _in_force(household, budget.statement.taken_on).items():
        lines = [
            line
            for line in budget.sum.lines
            if heading in (line.figure.heading, budget.headings[line.figure.heading].group)
        ]
        if lines:
            months = [line.month_pence for line in lines]
            known = [pence for pence in months if pence is not None]
            title = budget.headings[heading].title if heading in budget.headings else heading
            found.append(Beside(title, sum(known) if len(known) == len(months) else None, one))
    return found


def _in_force(household: str, on: date) -> dict[str, models.Guideline]:
    rows = models.Guideline.objects.filter(household=household, starts__lte=on)
    return {one.heading: one for one in rows.order_by("starts", "pk")}  # the newest comes last
