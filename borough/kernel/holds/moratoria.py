"""Which debts of somebody a moratorium reaches, asked of every service at once.

Each line answers for its own debts, by the pure question on its card; the notice itself is
recorded once, for all of them, by the floor of the resident.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

from borough.kernel import commanding, joining
from borough.kernel.holds import commands, queries


@dataclass(frozen=True, slots=True)
class Covered:
    """A debt of somebody with a moratorium, and whether the moratorium reaches it.

    Attributes:
        thing, part: what facts call the account, and its year; as of ``queries.Debt``.
        title: what a resident calls it.
        people: everybody who owes it, those with a joint debt included.
        pence: what was owed on the day before it began.
        is_inside: whether it is a moratorium debt.
        why: why, or why not, in a sentence with the regulation.
        holder: whose debt it is where it is not the council's own.
        remarks: what else has to be known or done, a sentence each.
    """

    thing: str
    part: str
    title: str
    people: tuple[int, ...]
    pence: int
    is_inside: bool
    why: str
    holder: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tells it from every other."""
        return f"{self.thing}/{self.part}" if self.part else self.thing

    @property
    def debt(self) -> queries.Debt:
        """The same debt, as one asks whether one may act on it."""
        return queries.Debt(self.thing, self.people, self.part)


def covered(people: Sequence[int], kind: str, starts: date, on: date) -> list[Covered]:
    """Return every debt of these people that any service knows, and whether it is inside.

    Args:
        people: ids; more than one where somebody is recorded twice.
        kind: of moratorium, one of ``kinds.MORATORIA``.
        starts: the day on which it starts.
        on: the day on which it is asked: what became known since it started counts, too.
    """
    found: list[Covered] = []
    for card in joining.cards():
        if card.moratorium:
            found += import_string(card.moratorium)(people, kind, starts, on)
    return found


def stand_still(inside: Sequence[Covered], *, by: commanding.Actor, on: date) -> None:
    """Let every service stop what runs already on these debts, in this transaction."""
    commands.standing_in_the_way()
    for card in joining.cards():
        if card.stands_still:
            import_string(card.stands_still)(inside, by=by, on=on)
