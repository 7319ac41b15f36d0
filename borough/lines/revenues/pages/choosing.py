"""Choosing people on a page: those who are found, and those who are recorded there and then."""

from datetime import date
from typing import Any

from django.db import transaction

from borough.kernel import commanding
from borough.kernel.pages import fields, one_use
from borough.kernel.people import commands as people
from borough.kernel.people import finders
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit
from borough.lines.revenues.pages import changing

FIND, RECORD = "find", "record"
PEOPLE, ADD, WORDS = "people", "add", "words"
MOST_FOUND, MOST_CHOSEN = 10, 20
MOST_DIGITS = 18  # of an id, in the database
LONGEST_WORDS = 120
OLDEST_EVER = 122  # years; the oldest age of which there is proof. A greater one is a slip


class NewPerson(changing.ChangeForm):
    given_names = fields.TextField(
        what="the given names", label="Given names", max_length=120, required=False
    )
    family_name = fields.TextField(what="the family name", label="Family name", max_length=120)
    date_of_birth = fields.DayField(what="the day of birth", label="Day of birth", required=False)

    def __init__(self, *args: Any, today: Any, **options: Any) -> None:
        super().__init__(*args, today=today, **options)
        born: Any = self.fields["date_of_birth"]
        born.earliest, born.latest = date(today.year - OLDEST_EVER, 1, 1), today


def chosen(visit: Visit, *, also: str = "") -> dict[str, str]:
    """Return the names of those chosen so far, by id, in the order in which they were chosen."""
    asked = [
        one
        for one in [*visit.POST.getlist(PEOPLE), also or visit.POST.get(ADD, "")]
        if one.isdecimal() and len(one) <= MOST_DIGITS
    ]
    names = {str(one.pk): one.name for one in Person.objects.filter(pk__in=asked[:MOST_CHOSEN])}
    return {one: names[one] for one in asked if one in names}


def record(visit: Visit) -> tuple[NewPerson, str]:
    """Record a person who is nowhere to be found; return the form, and the id of who it was."""
    new = NewPerson(visit.POST, today=visit.today)
    if new.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                person = people.record_person(by=visit.actor, on=visit.today, **new.cleaned_data)
            return NewPerson(today=visit.today), str(person.pk)
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.AlreadySent, one_use.NotOurs) as refusal:
            new.add_error(None, str(refusal))
    return new, ""


def offered(visit: Visit, *, without: Any, new: NewPerson | None = None) -> dict[str, Any]:
    """Return what the part of the page that finds and records people is drawn from.

    Args:
        visit: what was asked.
        without: the ids of those who are chosen already.
        new: the form of a person to record, with its mistakes if any.
    """
    words = " ".join(visit.POST.get(WORDS, "").split())[:LONGEST_WORDS]
    asked = visit.POST.get(changing.STEP) == FIND
    matches = finders.people_like(words)[:MOST_FOUND] if asked and words else []
    return {
        "new": new or NewPerson(today=visit.today),
        "words": words,
        "asked": asked,
        "matches": [one for one in matches if str(one.id) not in without],
    }


def answered(visit: Visit, form: Any) -> dict[str, Any]:
    """Return what was answered before somebody was searched for: nothing is asked twice."""
    return {
        name: one.widget.value_from_datadict(visit.POST, {}, name)
        for name, one in form.fields.items()
    }
