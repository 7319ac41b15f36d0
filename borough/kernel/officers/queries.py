"""Who may do what, on a day."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import dated, joining
from borough.kernel.officers import models


@dataclass(frozen=True, slots=True)
class OfficerAtWork:
    """An officer as an actor, with what their roles allow on one day."""

    reference: str
    name: str
    capabilities: frozenset[str]
    roles: tuple[str, ...] = ()


def at_work(officer: models.Officer, *, on: date) -> OfficerAtWork:
    """Return the officer with the capabilities that their open roles grant on the day."""
    held = models.Appointment.objects.filter(dated.holds_on(on), officer=officer)
    grants = models.Grant.objects.filter(
        dated.holds_on(on), role__in=held.values("role_id")
    ).values_list("capability", flat=True)
    return OfficerAtWork(
        reference=officer.reference,
        name=officer.name,
        capabilities=frozenset(grants),
        roles=tuple(held.order_by("role__title").values_list("role__title", flat=True)),
    )


def who_may(capability: joining.Capability, *, on: date) -> list[models.Officer]:
    """Return the officers whose roles grant a capability on a day, by name."""
    grants = models.Grant.objects.filter(dated.holds_on(on), capability=capability.slug)
    held = models.Appointment.objects.filter(dated.holds_on(on), role__in=grants.values("role_id"))
    found = models.Officer.objects.filter(is_active=True, pk__in=held.values("officer_id"))
    return list(found.order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class Held:
    """That an officer holds a role on ``[starts, ends)``."""

    id: int
    role: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """An officer: the roles that they hold now or will, and those before, newest first."""

    id: int
    reference: str
    name: str
    email: str
    is_active: bool
    has_password: bool
    held: tuple[Held, ...]
    before: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role, what it may do on a day (slugs of capabilities), and who holds it then."""

    title: str
    may: frozenset[str]
    holders: tuple[str, ...]


def all_officers(*, on: date) -> list[Card]:
    """Return every officer by name, with roles as they are on a day."""
    rows = models.Officer.objects.order_by("name", "pk").prefetch_related("appointments__role")
    return [card(one, on=on) for one in rows]


def card(officer: models.Officer, *, on: date) -> Card:
    """Return one officer with roles as they are on a day."""
    held = [
        Held(one.pk, one.role.title, one.starts, one.ends) for one in officer.appointments.all()
    ]
    held.sort(key=lambda one: (one.starts, one.id), reverse=True)
    over = [one for one in held if one.ends is not None and one.ends <= on]
    return Card(
        id=officer.pk,
        reference=officer.reference,
        name=officer.name,
        email=officer.email,
        is_active=officer.is_active,
        has_password=officer.has_usable_password(),
        held=tuple(one for one in held if one not in over),
        before=tuple(over),
    )


def roles(*, on: date) -> list[RoleCard]:
    """Return every role by title, as it is on a day."""
    may: dict[int, set[str]] = {}
    for role, capability in models.Grant.objects.filter(dated.holds_on(on)).values_list(
        "role_id", "capability"
    ):
        may.setdefault(role, set()).add(capability)
    holders: dict[int, list[str]] = {}
    held = models.Appointment.objects.filter(dated.holds_on(on)).order_by("officer__name")
    for role, name in held.values_list("role_id", "officer__name"):
        holders.setdefault(role, []).append(name)
    return [
        RoleCard(one.title, frozenset(may.get(one.pk, ())), tuple(holders.get(one.pk, ())))
        for one in models.Role.objects.order_by("title")
    ]


def names(references: set[str]) -> dict[str, str]:
    """Return ``officer/12`` -> name, and a readable name for everything that is no officer."""
    numbers = {int(r.split("/")[1]) for r in references if r.startswith("officer/")}
    known = dict(models.Officer.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return {r: _name(r, known) for r in references}


def _name(reference: str, known: dict[int, str]) -> str:
    kind, _, rest = reference.partition("/")
    if kind == "officer" and rest.isdigit():
        return known.get(int(rest), "an officer")
    whose, _, who = rest.rpartition("/")
    if not who:
        return reference
    return f"{who.replace('-', ' ').capitalize()} ({whose.replace('-', ' ') or 'by itself'})"


def person_of(reference: str) -> int | None:
    """Return the resident that an actor is known to be; None for none, and for who is no officer.

    Args:
        reference: of the actor, e.g. ``officer/12``.
    """
    kind, _, number = reference.partition("/")
    if kind != "officer":
        return None
    agreed = models.SamePerson.objects.filter(officer=int(number), agreed_on__isnull=False)
    return agreed.order_by("-pk").values_list("person_id", flat=True).first()
