"""Who may do what, on a day."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import dated
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


def names(references: set[str]) -> dict[str, str]:
    """Return ``officer/12`` -> name, and a readable name for everything that is no officer."""
    numbers = {int(r.split("/")[1]) for r in references if r.startswith("officer/")}
    known = dict(models.Officer.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return {r: _name(r, known) for r in references}


def _name(reference: str, known: dict[int, str]) -> str:
    kind, _, rest = reference.partition("/")
    if kind == "officer" and rest.isdigit():
        return known.get(int(rest), "an officer")
    return f"{rest.replace('-', ' ').capitalize()} (a system run)" if rest else reference
