"""Who the tenants of the town that is furnished here truly are: for counts to be held against."""

from borough.kernel.people.models import Person
from borough.resident.effect.claim import Planted
from borough.town import models, silos

RENTS = {"northway-rents", "marsh-lane-rents"}


def tenants() -> list[Planted]:
    """Return every tenant of both landlords as planted; none where no town is furnished.

    The n-th person of the town has the n-th number of those who are recorded here.
    """
    here = models.Town.objects.first()
    first = Person.objects.order_by("pk").values_list("pk", flat=True).first()
    if here is None or first is None:
        return []
    return [
        Planted(silo.book.source, key, first + person, owed > 0)
        for silo in silos.draw(here.dwellings, here.seed, here.on)
        if silo.book.source in RENTS
        for key, person, owed in zip(
            silo.keys, silo.book.person.tolist(), silo.owing.owed.tolist(), strict=True
        )
    ]
