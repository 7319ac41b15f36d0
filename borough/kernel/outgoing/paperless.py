"""Who has letters by email: who asked and confirmed, until they end it or an email comes back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from borough.kernel import arrays, commanding
from borough.kernel.outgoing import models

# What somebody confirmed who has died since is over; their executors may ask for their own.
_IN_FORCE = """
select distinct on (p.person_id) p.person_id, p.id, p.address, p.attach
from outgoing_paperless p
join outgoing_paperlessconfirmed c on c.paperless_id = p.id and c."on" <= %(on)s
join people_person who on who.id = p.person_id
where p.person_id = any(%(people)s::bigint[])
  and (who.date_of_death is null or who.date_of_death < c."on")
  and not exists (select 1 from outgoing_paperlessended e where e.paperless_id = p.id)
order by p.person_id, p.id desc
"""
_ADDRESSED = """
select document_id, person_id from documents_addressee where document_id = any(%s::bigint[])
"""
_FAILED = """
select document_id, count(*) from outgoing_emailing
where not was_sent and document_id = any(%s::bigint[]) group by 1
"""


class NotYours(commanding.Refusal):
    """The link is not one that was sent, or works no more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody has letters by email, and whether the letter itself may be attached."""

    person: int
    paperless: int
    address: str
    attach: bool


def of(people: Iterable[int], *, on: date) -> dict[int, Wish]:
    """Return the wishes in force on a day, by person."""
    asked = {"people": arrays.of_ids(people), "on": on}
    return {row[0]: Wish(*row) for row in _rows(_IN_FORCE, asked)}


def addressees(documents: Iterable[int]) -> dict[int, list[int]]:
    """Return to whom each letter is addressed."""
    found: dict[int, list[int]] = {}
    for document, person in _rows(_ADDRESSED, [arrays.of_ids(documents)]):
        found.setdefault(document, []).append(person)
    return found


def failures(documents: Iterable[int]) -> dict[int, int]:
    """Return how often an email about each letter could not be handed over; others are left out."""
    return dict(_rows(_FAILED, [arrays.of_ids(documents)]))


def newest_of(person: int) -> models.Paperless | None:
    """Return what a person asked for last, confirmed or not, ended or not."""
    rows = models.Paperless.objects.filter(person_id=person).order_by("-pk")
    return rows.select_related("confirmed", "ended").first()


def find(secret: str, *, on: date) -> models.Paperless:
    """Return what a link is for.

    Raises:
        NotYours: no such link was sent, it is too old, was ended, or was used.
    """
    found = models.Paperless.objects.filter(
        token_hash=hashed(secret), expires_on__gt=on, confirmed=None, ended=None
    ).first()
    if found is None:
        raise NotYours(
            "This link does not work, or works no more. Ask us for a new one if you want letters "
            "by email."
        )
    return found


def hashed(secret: str) -> str:
    """Return what is kept of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _rows(query: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
