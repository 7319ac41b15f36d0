"""The letter of a decision on the fund: how much or why not, and how it is looked at again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from borough.kernel import dated
from borough.kernel.people.models import Need
from borough.resident.fund import fact_kinds, figures, models
from borough.resident.plans.letters import letter as plans

KIND = fact_kinds.DECIDED_LETTER
TEMPLATE = "resident/fund/letters/decision.typ"


def said(made: models.Decision, masked: Sequence[str], *, on: date) -> dict[str, Any] | None:
    """Return all that the letter says, as JSON; None where no address is known.

    It goes to whoever is to be helped, also where somebody else asked for them.

    Args:
        made: the decision.
        masked: the bank account paid to, by its last figures; none where nothing is paid.
        on: the day of the letter.
    """
    application = made.application
    person = application.person
    address = plans.address_of(person, on)
    if not address:
        return None
    days = figures.in_force(on)["fund_review_days"]
    return {
        "title": "Your application for help: what we decided",
        "council": {**plans.letterhead(), "name": settings.COUNCIL_NAME},
        "invented": settings.TOWN_IS_INVENTED,
        "issued_on": on.isoformat(),
        "addressees": [person.name],
        "address": list(address),
        "large_print": Need.objects.filter(
            dated.holds_on(on), person=person, kind=Need.Kind.LARGE_PRINT
        ).exists(),
        "reference": application.reference,
        "scheme": figures.scheme(on),
        "strand": application.get_strand_display(),
        "is_for": application.get_is_for_display(),
        "asked_on": application.on.isoformat(),
        "again": made.after_id is not None,
        "pence": made.pence,
        "because": made.because,
        "to": "" if application.payee_id == person.pk else application.payee.name,
        "bank_account": list(masked),
        "until": (on + timedelta(days)).isoformat(),
    }
