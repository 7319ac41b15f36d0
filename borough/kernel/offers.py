"""What somebody may be entitled to and does not have: asked of the cards, for many at once.

It comes before any debt on the page of a person. A line offers what its own records show; that
nothing is offered does not mean that nothing is due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

from borough.kernel import joining


@dataclass(frozen=True, slots=True)
class Offer:
    """Help that one person may be entitled to.

    Attributes:
        scheme: slug of the discount, reduction or benefit, ``line.noun``.
        title: what it is called.
        why: a sentence: what the records show, or what to ask.
        weekly_pence: what it would come to a week; None where that is not known.
        likely: whether the records show it; otherwise it is a question to ask first.
        by_income: whether it goes by income: somebody who gets other help by income is likely to
            be entitled to it.
        url: the page on which it is given or claimed; "" where there is none.
    """

    scheme: str
    title: str
    why: str
    weekly_pence: int | None = None
    likely: bool = False
    by_income: bool = False
    url: str = ""


def offers(people: Sequence[int], on: date) -> Mapping[int, tuple[Offer, ...]]:
    """Return what the lines offer each person, the likely and the largest first.

    Args:
        people: ids; every one has an entry in the answer.
        on: the day.
    """
    found: dict[int, list[Offer]] = {person: [] for person in people}
    for card in joining.cards():
        if card.offers:
            answer: Mapping[int, Iterable[Offer]] = import_string(card.offers)(people, on)
            for person, some in answer.items():
                found[person].extend(some)
    return {
        person: tuple(sorted(some, key=lambda one: (not one.likely, -(one.weekly_pence or 0))))
        for person, some in found.items()
    }
