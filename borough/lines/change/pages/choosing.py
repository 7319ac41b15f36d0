"""Lists of officers to choose from, and the initiatives that a page is about."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel.joining import Capability
from borough.kernel.officers import queries
from borough.kernel.officers.models import Officer
from borough.kernel.pages import forms
from borough.lines.change import models


def officers(capability: Capability, on: date) -> dict[str, Officer]:
    """Return who may be chosen, by the value that the form posts."""
    return {str(one.pk): one for one in queries.who_may(capability, on=on)}


def offer(form: forms.Form, name: str, found: dict[str, Officer]) -> None:
    """Let a field of a form be answered with one of these officers."""
    choices = [("", "Select an officer"), *((key, one.name) for key, one in found.items())]
    forms.offer(form, name, choices)


def initiative(number: int) -> models.Initiative:
    """Return an initiative by its number, or say that there is none."""
    return get_object_or_404(models.Initiative, pk=number)


def address(number: int) -> str:
    """Return where the page of an initiative is."""
    return reverse("change:initiative", args=[number])
