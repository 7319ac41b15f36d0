"""Whose records a page of the support team opens."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from borough.kernel import records, visits
from borough.kernel.people.models import Person
from borough.resident.signals import models, queries, scoring

LARGEST_ID = 2**63 - 1
FIRST_DAY = date(1993, 4, 1)
ON_A_PAGE = 25
MOST_PAGES = 100_000


def day_of(text: str) -> date:
    """Return the day of an address, or answer that there is no such page."""
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if on < FIRST_DAY:  # worries reach back for months: before the calendar there is no day
        raise Http404
    return on


def first_of(page: int) -> int:
    """Return how many come before a page, counted from 1."""
    if not 1 <= page <= MOST_PAGES:
        raise Http404
    return (page - 1) * ON_A_PAGE


def queue(day: str) -> models.Queue:
    """Return the queue of a day, or answer that there is no such page."""
    found = queries.queue_of(day_of(day))
    if found is None:
        raise Http404
    return found


def found_case(number: int) -> models.SupportCase:
    """Return a case, or answer that there is no such page."""
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(models.SupportCase.objects.select_related("person"), pk=number)


def person(number: int) -> Person:
    """Return a person, or answer that there is no such page."""
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(Person, pk=number)


def of_queue(day: str, page: int) -> visits.Subject:
    rows = queries.in_places(queue(day), first_of(page), ON_A_PAGE)
    people = tuple(rows.values_list("person_id", flat=True))
    return visits.Subject(people, "", f"the support queue of {day}")


def of_messages(day: str, page: int) -> visits.Subject:
    first = first_of(page)
    people = scoring.band_of_message(day_of(day))[first : first + ON_A_PAGE]
    return visits.Subject(tuple(people.tolist()), "", f"who may be sent a message on {day}")


def of_cases(page: int) -> visits.Subject:
    first = first_of(page)
    rows = queries.open_cases()[first : first + ON_A_PAGE]
    return visits.Subject(tuple(row.person_id for row in rows), "", "the open support cases")


def of_case(case: int) -> visits.Subject:
    found = found_case(case)
    return visits.Subject((found.person_id,), found.thing, f"support case {found.pk}")


def of_person(number: int) -> visits.Subject:
    found = person(number)
    return visits.Subject((found.pk,), f"{records.PERSON}/{found.pk}", f"resident {found.pk}")
