"""Codes that are sent by letter: how they are made, kept and recognised."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from borough.kernel.people.models import Person
from borough.resident.own import models

# Nothing that is read for something else when it is typed from paper.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
GROUPS, EACH = 3, 4
GOOD_FOR = timedelta(days=28)
MOST_WRONG = 5


def make(person: Person, *, now: datetime) -> tuple[str, models.Code]:
    """Return a new code in words, which are kept nowhere here, and its row."""
    drawn = ["".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS)]
    words = " ".join(drawn)
    row = models.Code.objects.create(
        person=person, digest=_digest(words), sent_at=now, expires_at=now + GOOD_FOR
    )
    return words, row


def recognise(words: str, born: date | None, *, now: datetime) -> models.Code | None:
    """Return the code that still works, if the day of birth is the person's.

    A letter can be opened by somebody else in the house: who holds it must know the day too. Five
    wrong days, and the code works no more. Where no day of birth is recorded, none is asked for.

    Args:
        words: as typed.
        born: the day of birth that was given.
        now: this moment.
    """
    with transaction.atomic():
        found = models.Code.objects.select_for_update().filter(digest=_digest(words)).first()
        if found is None or not _works(found, now):
            return None
        known = Person.objects.values_list("date_of_birth", flat=True).get(pk=found.person_id)
        if known is not None and known != born:
            found.wrong += 1
            found.save(update_fields=["wrong"])
            return None
        return found


def _works(code: models.Code, now: datetime) -> bool:
    newer = models.Code.objects.filter(person=code.person_id, pk__gt=code.pk).exists()
    return (
        code.used_at is None
        and code.wrong < MOST_WRONG
        and code.sent_at <= now < code.expires_at
        and not newer
    )


def _digest(words: str) -> str:
    plain = "".join(each for each in words.upper() if each.isalnum())
    return salted_hmac("borough.resident.own.code", plain, algorithm="sha256").hexdigest()
