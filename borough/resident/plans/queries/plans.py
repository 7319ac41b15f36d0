"""The plan that somebody has, and those that they had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from borough.kernel import dated, joining
from borough.kernel.documents import queries as documents
from borough.resident.plans import models
from borough.resident.plans.queries import opening
from borough.resident.sources import known


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan with its shares, the gravest first, and its letter (None where none was made)."""

    plan: models.Plan
    shares: tuple[models.Share, ...]
    letter: documents.Entry | None


def of_person(person_id: int, *, purpose: joining.Purpose, on: date) -> list[Agreed]:
    """Return the plans of somebody, the newest first.

    Raises:
        opening.OpensForHelpAlone: the purpose does not open it.
    """
    opening.for_help(purpose)
    rows = models.Plan.objects.filter(person=person_id, starts__lte=on)
    return [
        Agreed(one, _shares(one), next(iter(documents.documents_of(one.thing)), None))
        for one in rows.prefetch_related("shares").order_by("-starts", "-pk")
    ]


def running(person_id: int, on: date) -> models.Plan | None:
    """Return the plan that somebody has on a day."""
    return models.Plan.objects.filter(dated.holds_on(on), person=person_id).first()


def not_bound(debts: Iterable[str]) -> list[str]:
    """Return the organisations beside the council that these debts are owed to, by their ids.

    They get their share, but what the council agrees does not bind them.
    """
    found = known.sources()
    holders = {found[slug].holder for one in debts if (slug := one.partition("/")[0]) in found}
    return sorted(holders - {known.COUNCIL})


def _shares(plan: models.Plan) -> tuple[models.Share, ...]:
    return tuple(sorted(plan.shares.all(), key=lambda one: (one.tier, -one.owed_pence, one.debt)))
