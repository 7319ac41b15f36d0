"""How debts stand, in the words of the line that keeps each: asked of the cards, for many at once.

The whole person is shown from the kernel alone. What a balance cannot say (since when it is late,
what was added to it, what comes next) the card of its line does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from borough.kernel import joining

if TYPE_CHECKING:
    from borough.kernel.ledger import queries as ledger


@dataclass(frozen=True, slots=True)
class Payment:
    """What is asked for next in the ordinary course, and how often."""

    on: date
    pence: int
    every: str = ""


@dataclass(frozen=True, slots=True)
class Threat:
    """What comes next that would harm: the day, and the words after it ("the court hears it").

    ``stage`` says how far it has gone where that makes a debt graver: ``court`` or ``agent``.
    """

    on: date
    words: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one part of a debt stands.

    Attributes:
        stage: in words, for an officer.
        overdue_pence: what has fallen due and is not paid.
        oldest_due: by which day the oldest of it was to be paid; None where nothing is overdue.
        costs_pence: how much of it we added ourselves.
        next_payment: what is asked for next; None where nothing is to come.
        threat: what comes next that would harm; None where nothing does.
        taken: by what it is already taken from what they have, in words; empty for by nothing.
    """

    stage: str
    overdue_pence: int = 0
    oldest_due: date | None = None
    costs_pence: int = 0
    next_payment: Payment | None = None
    threat: Threat | None = None
    taken: str = ""


def standings(owed: "Sequence[ledger.Owed]", on: date) -> dict[int, Standing]:
    """Return how each sub-account stands on a day, by its id; one that no card knows is left out.

    Args:
        owed: sub-accounts with their balances; each card answers for the kinds that it declares.
        on: the day.
    """
    found: dict[int, Standing] = {}
    for card in joining.cards():
        own = {kind.slug for kind in card.account_kinds}
        if card.stands and (mine := [one for one in owed if one.kind in own]):
            found |= import_string(card.stands)(mine, on)
    return found
