"""Whose record a page of Revenues opens. The guard asks before anything is shown."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from borough.kernel import visits
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models


def account(reference: str) -> models.Account:
    """Return an account by its number, or say that there is none."""
    if not reference.isdecimal():  # the database takes no NUL, not even to compare
        raise Http404
    return get_object_or_404(models.Account.objects.select_related("dwelling"), reference=reference)


def dwelling(uprn: int) -> Dwelling:
    """Return a dwelling by its UPRN, or say that there is none."""
    if uprn >= 10**12:
        raise Http404
    return get_object_or_404(Dwelling, uprn=uprn)


def of_account(reference: str, **_: object) -> visits.Subject:
    """Return the persons liable on an account."""
    one = account(reference)
    people = models.Liability.objects.filter(account=one).values_list("person_id", flat=True)
    return visits.Subject(tuple(dict.fromkeys(people)), one.thing, f"account {one.reference}")


def of_dwelling(uprn: int, **_: object) -> visits.Subject:
    """Return everybody who is or was liable for a home."""
    one = dwelling(uprn)
    people = models.Liability.objects.filter(account__dwelling=one).values_list(
        "person_id", flat=True
    )
    return visits.Subject(
        tuple(dict.fromkeys(people)), f"revenues.dwelling/{uprn}", f"the home with UPRN {uprn}"
    )
