"""The letter of a plan that was agreed: how much, from when, which debt gets what, and why."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from borough.kernel import dated
from borough.kernel.people.models import CorrespondenceAddress, Need, Person, Residence
from borough.kernel.places.models import Address
from borough.resident.plans import fact_kinds, models
from borough.resident.plans.queries import plans

KIND = fact_kinds.PLAN_LETTER
TEMPLATE = "resident/plans/letters/plan.typ"
LETTERHEAD = Path(__file__).parent / "letterhead.yaml"


def said(plan: models.Plan, shares: Sequence[models.Share], *, on: date) -> dict[str, Any] | None:
    """Return all that the letter says, as JSON; None where no address is known.

    It goes to the person who agreed, and names nobody else.
    """
    person = plan.person
    address = address_of(person, on)
    if not address:
        return None
    return {
        "title": "Your plan for all your debts",
        "council": {**letterhead(), "name": settings.COUNCIL_NAME},
        "invented": settings.TOWN_IS_INVENTED,
        "issued_on": on.isoformat(),
        "addressees": [person.name],
        "address": list(address),
        "large_print": Need.objects.filter(
            dated.holds_on(on), person=person, kind=Need.Kind.LARGE_PRINT
        ).exists(),
        "reference": f"plan {plan.pk}",
        "monthly_pence": plan.monthly_pence,
        "months": plan.months,
        "first_due": plan.first_due.isoformat(),
        "owed_pence": sum(one.owed_pence for one in shares),
        "not_bound": plans.not_bound(one.debt for one in shares),
        "shares": [
            {
                "title": one.title,
                "owed_pence": one.owed_pence,
                "monthly_pence": one.monthly_pence,
                "says": one.says,
            }
            for one in sorted(shares, key=lambda one: (one.tier, one.debt))
        ],
    }


def address_of(person: Person, on: date) -> tuple[str, ...]:
    """Return where they asked for their letters, else where they live; nothing if neither."""
    asked = CorrespondenceAddress.objects.filter(dated.holds_on(on), person=person).first()
    if asked is not None:
        return tuple(line for line in (*asked.lines.splitlines(), asked.postcode) if line)
    home = Residence.objects.filter(dated.holds_on(on), person=person).order_by("starts").last()
    if home is None:
        return ()
    known = Address.objects.filter(dwelling=home.dwelling_id).order_by("starts").last()
    if known is None:
        return ()
    return tuple(line for line in (known.line, known.town, known.postcode) if line)


@cache
def letterhead() -> dict[str, Any]:
    """Return the sender, as the letterhead has it."""
    given: dict[str, Any] = yaml.safe_load(LETTERHEAD.read_text(encoding="utf-8"))
    return given
