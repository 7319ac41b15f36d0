"""Which application a page opens, and whose record that is."""

from dataclasses import replace

from django.http import Http404

from borough.kernel import visits
from borough.resident.fund.queries import applications
from borough.resident.plans.pages import opening


def of_application(number: int, **_: object) -> visits.Subject:
    """Return whose record the page of an application opens: whom it would pay is named there."""
    asked = get(number).application
    found = opening.subject(asked.person_id)
    return replace(found, people=tuple(dict.fromkeys((*found.people, asked.payee_id))))


def get(number: int) -> applications.Standing:
    """Return an application as it stands, or answer that there is no such page."""
    found = applications.of_application(min(number, opening.LARGEST_ID))
    if found is None:
        raise Http404
    return found
