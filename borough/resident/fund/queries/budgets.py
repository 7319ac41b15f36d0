"""What each strand may spend in a year, what it has given, and what is left."""

from dataclasses import dataclass
from datetime import date

from borough.kernel.ledger import queries as ledger
from borough.resident.fund import accounts, figures, models
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Spending:
    """A strand in a financial year; ``budget`` None where the council loaded none.

    Resilience Services and Community Coordination are spent outside, on services: what they came
    to is not known here.
    """

    strand: models.Strand
    year: str
    budget: models.Budget | None
    given_pence: int

    @property
    def left_pence(self) -> int | None:
        """What may still be given; None where no budget was loaded."""
        return None if self.budget is None else self.budget.pence - self.given_pence


def part(strand: str, on: date) -> str:
    """Return the part of sub-accounts whose sum is a strand's year: ``2026-27 crisis``."""
    return f"{years.Year.holding(on).name} {strand}"


def of_strand(strand: models.Strand, on: date) -> Spending:
    """Return how a strand stands in the financial year that holds a day."""
    year = years.Year.holding(on).name
    newest = models.Budget.objects.filter(year=year, strand=strand, on__lte=on).order_by("-pk")
    given = ledger.all_balances(accounts.AWARDS.slug, part(strand, on))
    return Spending(strand, year, newest.first(), int(given.pence.sum()))


def of_year(on: date) -> list[Spending]:
    """Return how every strand of the scheme in force stands."""
    return [of_strand(strand, on) for strand in figures.strands(on)]
