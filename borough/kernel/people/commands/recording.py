"""What the commands about people share: one at a time for each person, facts of kinds alone."""

from datetime import date
from typing import Any, TypeVar

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.people import models

Dated = TypeVar("Dated", models.Need, models.ContactPoint, models.CorrespondenceAddress)


class NotADay(commanding.Refusal):
    """The day lies where it cannot, or the days make no period."""


class AlreadyRecorded(commanding.Refusal):
    """That is what is recorded already."""


class AlreadyOver(commanding.Refusal):
    """What is to be ended has ended."""


def held(person: models.Person) -> models.Person:
    """Return the person as they are recorded now; whoever else would change them waits."""
    return models.Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def still_open(row: Dated, on: date) -> Dated:
    """Return a row as it is now, if it has not ended."""
    models.Person.objects.select_for_update(no_key=True).get(pk=row.person_id)
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None or (now.ends is not None and now.ends <= on):
        raise AlreadyOver("That has ended already.")
    return now


def close(row: Dated, *, ends: date, on: date) -> None:
    """End a row. One that would then hold on no day was a mistake, and goes; facts remember it."""
    now = still_open(row, on)
    if ends <= now.starts:
        now.delete()
        return
    now.ends = ends
    now.save(update_fields=["ends"])


def tell(what: str, person_id: int, *, by: commanding.Actor, on: date, **detail: Any) -> None:
    """Record a fact about somebody; ``detail`` holds kinds and days, never what they told us."""
    facts.record(
        what, about=[person_id], thing=f"kernel.person/{person_id}", by=by, on=on, **detail
    )


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())
