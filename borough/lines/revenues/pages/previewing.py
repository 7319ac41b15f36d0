"""What a change would do, found out by doing it and taking it back.

The command itself is run in a transaction that is rolled back, so a preview cannot disagree with
the change: it refuses what the command refuses, and counts what the command would post.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would change in the charges, and whatever else was looked at meanwhile."""

    changes: Sequence[YearChange]
    seen: Any


def look(
    references: Sequence[str],
    act: Callable[[], object],
    see: Callable[[Any], object] = lambda _: None,
) -> Preview:
    """Do an act, look at what came of it, and take it all back.

    Args:
        references: the accounts whose charges it may change; those it opens need not be named.
        act: the command, ready to run.
        see: called with what the command returned, while it is done.

    Raises:
        commanding.Refusal: whatever the act refuses.
    """
    with transaction.atomic():
        before = _charged(references)
        result = act()
        after = _charged([*references, *(one for one in _named(result) if one not in references)])
        seen = see(result)
        transaction.set_rollback(True)
    changes = [
        YearChange(reference, year, before.get((reference, year), 0), pence)
        for (reference, year), pence in sorted(after.items())
        if before.get((reference, year), 0) != pence
    ]
    return Preview(changes, seen)


def preview(references: Sequence[str], act: Callable[[], object]) -> Sequence[YearChange]:
    """Return what an act would change in the charges of these accounts; nothing is kept."""
    return look(references, act).changes


def _named(result: object) -> list[str]:
    """Return the accounts that a command returned, by their numbers."""
    if isinstance(result, models.Account):
        return [result.reference]
    return [one.reference for one in getattr(result, "accounts", ())]


def _charged(references: Sequence[str]) -> dict[tuple[str, str], int]:
    return {
        (reference, one.year.name): one.charged_pence
        for reference in references
        for one in accounts.owed_by_year(reference)
    }
