"""What the pages of looking open, and for which purpose."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from borough.kernel import records, visits
from borough.kernel.officers.models import SamePerson
from borough.kernel.people.models import Person
from borough.kernel.people.purposes import QUALITY
from borough.resident.looking import queries
from borough.resident.looking.models import Opening

LARGEST_ID = 2**63 - 1


def found_look(number: int) -> queries.Look:
    """Return a look that waits, or answer that there is no such page."""
    found = next((one for one in queries.waiting() if one.id == number), None)
    if found is None:
        raise Http404
    return found


def of_look(look: int) -> visits.Subject:
    """Return whose records were looked at."""
    found = found_look(look)
    return visits.Subject(found.people, f"resident.look/{found.id}", f"a look at {found.subject}")


def said(number: int) -> SamePerson:
    """Return what was said of an officer and waits to be agreed to."""
    rows = SamePerson.objects.select_related("officer", "person").filter(agreed_on=None)
    found = rows.filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


def of_said(number: int) -> visits.Subject:
    """Return the resident whom an officer is said to be."""
    found = said(number)
    people = (found.person_id,) if found.person_id else ()
    return visits.Subject(people, f"kernel.same_person/{found.pk}", f"who {found.officer} is")


def of_person(number: int) -> visits.Subject:
    """Return whose record is to be opened."""
    if number > LARGEST_ID:
        raise Http404
    found = get_object_or_404(Person, pk=number)
    return visits.Subject((found.pk,), f"{records.PERSON}/{found.pk}", f"resident {found.pk}")


def opening(number: int) -> Opening:
    """Return what was opened in an emergency and was not looked at again."""
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(Opening, pk=number, review=None)


def of_opening(number: int) -> visits.Subject:
    """Return whose record was opened."""
    found = opening(number)
    return visits.Subject((found.person_id,), found.thing, f"an emergency, {found.pk}")


def refuse(visit: visits.Visit) -> HttpResponse | None:
    """Send whoever came for another purpose to choose that of checking our own work."""
    purpose = visits.chosen(visit)
    if purpose and purpose.slug == QUALITY.slug:
        return None
    return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")
