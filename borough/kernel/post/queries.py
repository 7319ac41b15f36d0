"""What waits in the post, and what an item is about."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import joining, records
from borough.kernel.ledger.models import Holding, SubAccount
from borough.kernel.people import finders
from borough.kernel.post import models

MOST_PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Belongs:
    """What a number that somebody quotes belongs to, and who is named on it."""

    thing: str
    title: str
    people: tuple[int, ...]


def waiting(about: str = "") -> list[models.Item]:
    """Return the items that nobody has dealt with, the oldest first."""
    items = models.Item.objects.filter(done=None).order_by("received_on", "id")
    return list(items.filter(about=about) if about else items)


def waiting_under(thing: str) -> list[models.Item]:
    """Return what was filed under a thing and nobody has dealt with, the oldest first."""
    items = models.Item.objects.filter(done=None, filings__thing=thing).distinct()
    return [one for one in items.order_by("received_on", "id") if filed(one) == thing]


def belonging(words: str) -> list[tuple[str, Belongs]]:
    """Return the accounts of people whose name is like the words, each with that name."""
    names = {one.id: one.name for one in finders.people_like(words)[:MOST_PEOPLE]}
    kinds = joining.account_kinds()
    rows = Holding.objects.filter(person_id__in=names, sub_account__kind__in=kinds)
    known = rows.values_list("person_id", "sub_account__reference").distinct()
    held = sorted(known, key=lambda one: (list(names).index(one[0]), one[1]))
    return [
        (names[person], found)
        for person, reference in held
        if (found := belongs(reference)) is not None
    ]


def filed(item: models.Item) -> str:
    """Return the thing that an item was last filed under; "" while it is not."""
    newest = item.filings.order_by("-id").values_list("thing", flat=True).first()
    return newest or ""


def belongs(number: str) -> Belongs | None:
    """Return the account of any service that has this number, or None.

    What was joined from other organisations is no account of ours: its number says nothing here.
    """
    kinds, joined = joining.account_kinds(), joining.joins()
    ours = [kind for kind in kinds if kind.partition(".")[0] not in joined]
    subs = SubAccount.objects.filter(reference=number, kind__in=ours)
    kind = subs.order_by("kind").values_list("kind", flat=True).first()
    if kind is None:
        return None
    people = Holding.objects.filter(sub_account__in=subs.filter(kind=kind))
    return Belongs(
        f"{kind.partition('.')[0]}.account/{number}",
        f"{joining.account_kinds()[kind].title} {number}",
        tuple(sorted(set(people.values_list("person_id", flat=True)))),
    )


def people_of(thing: str) -> tuple[int, ...]:
    """Return the person, or those named on the account, that an item is filed under."""
    kind, _, reference = thing.partition("/")
    if kind == records.PERSON:
        return (int(reference),)
    found = belongs(reference)
    return found.people if found else ()


def age_days(item: models.Item, on: date) -> int:
    """Return for how many days an item has waited."""
    return (on - item.received_on).days
