"""What a change would do, found out by doing it and taking it back.

The command itself is run in a transaction that is rolled back, so a preview cannot disagree with
the change: it refuses what the command refuses, and counts what the command would post.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from borough.lines.revenues import models
from borough.lines.revenues.queries import accounts


@dataclass(frozen=True, slots=True)
class YearChange:
    """The charge of one account's year before and after a change, in pence."""

    reference: str
    year: str
    before_pence: int
    after_pence: int

    @property
    def change_pence(self) -> int:
        """What would be posted."""
        return self.after_pence - self.before_pence


def preview(references: Sequence[str], act: Callable[[], object]) -> list[YearChange]:
    """Return what an act would change in the charges of these accounts; nothing is kept.

    Raises:
        commanding.Refusal: whatever the act refuses.
    """
    with transaction.atomic():
        before = _charged(references)
        result = act()
        opened = [result.reference] if isinstance(result, models.Account) else []
        after = _charged([*references, *opened])
        transaction.set_rollback(True)
    return [
        YearChange(reference, year, before.get((reference, year), 0), pence)
        for (reference, year), pence in sorted(after.items())
        if before.get((reference, year), 0) != pence
    ]


def _charged(references: Sequence[str]) -> dict[tuple[str, str], int]:
    return {
        (reference, one.year.name): one.charged_pence
        for reference in references
        for one in accounts.owed_by_year(reference)
    }
