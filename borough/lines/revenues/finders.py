"""What Revenues answers to the one search box: accounts by their number, homes by address."""

import re

from django.db.models import Q
from django.urls import reverse

from borough.kernel import joining
from borough.kernel.places import finders as places
from borough.lines.revenues import models
from borough.lines.revenues.queries import accounts

_NUMBER = re.compile(r"\d{5,12}")
MOST_ACCOUNTS = 20


def find(words: str) -> list[joining.Found]:
    """Return the accounts and homes that the words may mean."""
    number = words.replace(" ", "")
    by_number = _by_number(number) if _NUMBER.fullmatch(number) else []
    return [*by_number, *_homes(words)]


def _by_number(number: str) -> list[joining.Found]:
    found = models.Account.objects.filter(
        Q(reference=number) | Q(dwelling__uprn=int(number))
    ).order_by("-starts")[:MOST_ACCOUNTS]
    return [
        joining.Found(
            kind="Council Tax account",
            title=account.reference,
            text=accounts.address_line(account.dwelling_id),
            url=reverse("revenues:account", args=[account.reference]),
        )
        for account in found
    ]


def _homes(words: str) -> list[joining.Found]:
    return [
        joining.Found(
            kind="Home",
            title=home.address,
            text=f"UPRN {home.uprn}",
            url=reverse("revenues:dwelling", args=[home.uprn]),
            likeness=home.likeness,
        )
        for home in places.dwellings_like(words)
    ]
