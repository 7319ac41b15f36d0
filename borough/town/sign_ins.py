"""The sign-ins of the made-up town. They are made only where nobody real is recorded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth import hashers
from django.db.models import QuerySet

from borough.kernel import commanding, joining
from borough.kernel.ledger import queries as ledger
from borough.kernel.officers import capabilities, models
from borough.kernel.officers import commands as officers
from borough.kernel.people.models import Person
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from borough.resident.own import models as own
from borough.town import figures, visitors

MOST = 500


class UnknownCapability(Exception):
    """A role of the figures names a capability that no card declares."""


def create(on: date) -> None:
    """Make the roles and the officers of the town, and seat the two partners, from ``on``."""
    by = commanding.system("town", capabilities.MANAGE_ROLES, seat_capabilities.GIVE_SEATS)
    roles = {slug: _lay(slug, one, on) for slug, one in figures.read("roles")["roles"].items()}
    for one in visitors.ALL:
        officer = models.Officer.objects.create_user(one.email, visitors.PASSWORD, name=one.name)
        officers.appoint(officer=officer, role=roles[one.role], starts=on, by=by, on=on)
        if one.sits:
            party = Party(one.sits)
            seats.give_seat(officer=officer, party=party, starts=on, by=by, on=on)


def create_resident(on: date) -> None:
    """Give somebody who owes something an account of their own: a Mary, if one does."""
    people = Person.objects.filter(date_of_death=None, holdings__isnull=False).order_by("pk")
    human = people.exclude(given_names="").values_list("pk", flat=True)
    named = human.filter(given_names__startswith="Mary")
    someone = _first_who_owes(named) or _first_who_owes(human)
    if someone is not None:
        own.Account.objects.create(
            person_id=someone,
            email=visitors.RESIDENT.email,
            password=hashers.make_password(visitors.PASSWORD),
            opened_on=on,
        )


def _first_who_owes(people: QuerySet[Person, int]) -> int | None:
    """Return the first of a few hundred people whose accounts come to something owed."""
    owed: Counter[int] = Counter()
    for one in ledger.owed_by(people[:MOST]):
        owed[one.person_id] += one.pence
    return next((person for person, pence in owed.items() if pence > 0), None)


def allowed(slugs: Iterable[str], cards: Iterable[joining.ServiceLine]) -> list[joining.Capability]:
    """Return the capabilities of these names; those of lines that are left out are passed over.

    Raises:
        UnknownCapability: the line is here, but declares no such capability.
    """
    declared = {card.slug: {one.slug: one for one in card.capabilities} for card in cards}
    found = []
    for slug in slugs:
        line = slug.split(".")[0]
        if line in declared and slug not in declared[line]:
            raise UnknownCapability(f"{slug} is not on the card of {line}: mend the town's roles.")
        if line in declared:
            found.append(declared[line][slug])
    return found


def _lay(slug: str, role: Mapping[str, Any], on: date) -> models.Role:
    capabilities_of_role = allowed(role["capabilities"], joining.cards())
    return officers.lay_role(slug, role["title"], capabilities_of_role, on=on)
