"""That the fund can be asked: offered, while it has a budget, to who has nothing waiting there.

Nothing in our records says that somebody is in need; so it is a question to ask.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from borough.kernel.offers import Offer
from borough.kernel.people.models import Person
from borough.resident.fund import figures, models
from borough.resident.fund.queries import budgets


def offers(people: Sequence[int], on: date) -> Mapping[int, tuple[Offer, ...]]:
    """Return the fund as an offer (``ServiceLine.offers``), to those who could ask it now."""
    if not _can_give(on):
        return {}
    asked = models.Application.objects.filter(person__in=people, decisions=None, withdrawal=None)
    waits = set(asked.values_list("person_id", flat=True))
    human = Person.objects.filter(pk__in=people, kind=Person.Kind.PERSON, date_of_death=None)
    return {
        person: (_offer(person, on),)
        for person in human.values_list("pk", flat=True)
        if person not in waits
    }


def _can_give(on: date) -> bool:
    open_strands = set(figures.strands(on)) & set(models.ASKED_FOR)
    return any((budgets.of_strand(one, on).left_pence or 0) > 0 for one in open_strands)


def _offer(person: int, on: date) -> Offer:
    return Offer(
        scheme="resident.fund",
        title=figures.scheme(on),
        why="Can be asked for at any time: food, heating, rent or another need that cannot wait",
        url=reverse("fund:asking", args=[person]),
    )
