"""The door of every page of this room: a capability, a purpose that helps, a look recorded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404

from borough.kernel import joining, records, visits
from borough.kernel.people.models import Person
from borough.resident.plans.queries import opening

LARGEST_ID = 2**63 - 1


def person(number: int) -> Person:
    """Return the person of a number, or answer that there is no such page."""
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(Person, pk=number)


def subject(number: int, **_: object) -> visits.Subject:
    """Return whose record a page opens."""
    found = person(number)
    return visits.Subject((found.pk,), f"{records.PERSON}/{found.pk}", f"resident {found.pk}")


def helping(
    capability: joining.Capability,
    of: Callable[..., visits.Subject] = subject,
) -> Callable[[visits.View], visits.View]:
    """Open a page about a person to helping alone.

    Args:
        capability: what the officer's roles must grant.
        of: called with the view's arguments: whose record it is.
    """

    def wrap(view: visits.View) -> visits.View:
        @visits.personal(capability, subject=of)
        @wraps(view)
        def opened(visit: visits.Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
            opening.for_help(visit.purpose)
            return view(visit, *args, **kwargs)

        return opened

    return wrap
