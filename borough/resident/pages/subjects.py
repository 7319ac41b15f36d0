"""Whose record a page opens, and which of their rows."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from borough.kernel import dated, records, visits
from borough.kernel.people.models import Person

LARGEST_ID = 2**63 - 1

Row = TypeVar("Row", bound=Model)


def person(number: int) -> Person:
    """Return the person of a number, or answer that there is no such page."""
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(Person, pk=number)


def subject(number: int, **_: object) -> visits.Subject:
    """Return whose record a page opens."""
    found = person(number)
    return visits.Subject((found.pk,), f"{records.PERSON}/{found.pk}", f"resident {found.pk}")


def still_so(rows: QuerySet[Row], number: int, on: date) -> Row | None:
    """Return a dated row that has not ended by ``on``; None sends the officer back."""
    return rows.filter(dated.touches(on, None), pk=number).first() if number <= LARGEST_ID else None
