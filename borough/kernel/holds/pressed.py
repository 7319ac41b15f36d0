"""What was ever done that presses somebody: told by each line from its rows, so that it is counted.

Whoever counts shares nothing with what acts: each line reads its own tables by SQL of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.module_loading import import_string

from borough.kernel import joining


@dataclass(frozen=True, slots=True)
class Pressed:
    """Something done about a debt.

    Attributes:
        sort: in a word: letter, step, costs, agent, attachment, collection.
        words: what it was.
        thing, part: the account and its year; no year where it is of all of it.
        on: the day; ``until``: the first day on which it is over, where it goes on for a time.
        at: the moment, where it is known.
    """

    sort: str
    words: str
    thing: str
    part: str
    on: date
    until: date | None
    at: datetime | None


def everything() -> list[Pressed]:
    """Return all that any line ever did that presses somebody."""
    return [
        Pressed(*row)
        for card in joining.cards()
        if card.pressed
        for row in import_string(card.pressed)()
    ]
