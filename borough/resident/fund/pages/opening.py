"""Which application a page opens, and whose record that is."""

from django.http import Http404

from borough.kernel import visits
from borough.resident.fund.queries import applications
from borough.resident.plans.pages import opening


def of_application(number: int, **_: object) -> visits.Subject:
    """Return whose record the page of an application opens."""
    return opening.subject(get(number).application.person_id)


def get(number: int) -> applications.Standing:
    """Return an application as it stands, or answer that there is no such page."""
    found = applications.of_application(min(number, opening.LARGEST_ID))
    if found is None:
        raise Http404
    return found
