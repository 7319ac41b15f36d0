"""Whose record a page of moratoria opens."""

from django.shortcuts import get_object_or_404

from borough.kernel.people.models import Person
from borough.kernel.visits import Subject
from borough.resident.moratoria import models


def of_person(number: int, **_: object) -> Subject:
    """Return whose record it is."""
    person = get_object_or_404(Person, pk=number)
    return Subject((person.pk,), f"kernel.person/{person.pk}", f"resident {person.pk}")


def of_notice(number: int, **_: object) -> Subject:
    """Return who has the moratorium."""
    notice = get_object_or_404(models.Notice, pk=number)
    return Subject((notice.person_id,), notice.thing, f"moratorium {notice.pk}")


def of_debt(number: int, **_: object) -> Subject:
    """Return who has the moratorium that a debt is in."""
    debt = get_object_or_404(models.NoticeDebt, pk=number)
    return of_notice(debt.notice_id)
