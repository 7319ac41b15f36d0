"""Opening an account: who is liable (found, or recorded here), why, and from which day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import fields, one_use
from borough.kernel.people import capabilities as people_capabilities
from borough.kernel.people import commands as people
from borough.kernel.people import finders
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import accounts
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.pages import changing, households, subjects

FIND, RECORD = "find", "record"
MOST_FOUND = 10
MOST_DIGITS = 18  # of an id, in the database
OLDEST_EVER = 122  # years; the oldest age of which there is proof. A greater one is a slip
REASONS = [
    (basis.value, basis.label[:1].upper() + basis.label[1:])
    for basis in models.Liability.Basis
    if basis is not models.Liability.Basis.PARTNER
]


class OpenAccount(changing.ChangeForm):
    people = fields.ChoicesField(
        what="who is liable",
        label="Who is liable?",
        help_text="Several share the account: each of them owes all of it. Untick whoever is not.",
        choices=(),
    )
    basis = fields.ChoiceField(
        what="why they are liable",
        label="Why are they liable?",
        help_text="The first of these that is true of anybody decides (section 6 of the Act).",
        choices=REASONS,
    )
    starts = fields.DayField(
        what="the day from which they are liable",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )
    adults = fields.WholeNumberField(
        what="the number of adults who live there",
        label="How many adults live there?",
        help_text="Leave it empty while it is not known: then no discount is given.",
        min_value=0,
        max_value=99,
        required=False,
    )

    def __init__(self, *args: Any, chosen: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["people"]
        people.choices = list(chosen.items())
        if not chosen:
            people.error_messages["required"] = "Find or record who is liable first"


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


@personal(capabilities.OPEN_ACCOUNT, subject=subjects.of_dwelling)
def open_account(visit: Visit, uprn: int) -> HttpResponse:
    """Make people liable for a home; it takes leave to search for people, too."""
    commanding.allow(visit.actor, people_capabilities.FIND_PEOPLE)
    found = subjects.dwelling(uprn)
    step = visit.POST.get(changing.STEP, "")
    if step == RECORD:
        return _record(visit, uprn)
    chosen = _chosen(visit, also=visit.POST.get("add", ""))
    settled = step in (changing.CHECK, changing.CONFIRM)
    form = OpenAccount(
        visit.POST if settled or step == changing.AGAIN else None,
        today=visit.today,
        chosen=chosen,
        initial=_initial(visit, chosen),
    )
    if not settled or not chosen:
        return _show(visit, uprn, form)
    change = changing.Change(
        title="Open an account",
        says="",
        act=lambda people, basis, starts, adults: accounts.open_account(
            dwelling=found,
            people=[Person.objects.get(pk=number) for number in dict.fromkeys(people)],
            basis=basis,
            starts=starts,
            adults=adults,
            by=visit.actor,
            on=visit.today,
        ),
        done="Account opened",
        back=reverse("revenues:dwelling", args=[uprn]),
        places={
            accounts.AlreadyLiable: "starts",
            accounts.NotInTheList: "starts",
            refusals.NotAnAdult: "starts",
        },
    )
    return changing.make(visit, form, change, ask=lambda: _show(visit, uprn, form))


def _show(visit: Visit, uprn: int, form: OpenAccount, new: NewPerson | None = None) -> HttpResponse:
    words = " ".join(visit.POST.get("words", "").split())[:120]
    asked = visit.POST.get(changing.STEP) == FIND
    matches = finders.people_like(words)[:MOST_FOUND] if asked and words else []
    chosen = dict(form.fields["people"].choices)  # type: ignore[attr-defined]
    return render(
        visit,
        "revenues/open_account.html",
        {
            "form": form,
            "new": new or NewPerson(today=visit.today),
            "chosen": list(chosen),
            "words": words,
            "asked": asked,
            "matches": [one for one in matches if str(one.id) not in chosen],
            "cancel": reverse("revenues:dwelling", args=[uprn]),
        },
    )


def _record(visit: Visit, uprn: int) -> HttpResponse:
    """Record a person who is nowhere to be found, and choose them."""
    new = NewPerson(visit.POST, today=visit.today)
    also = ""
    if new.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                person = people.record_person(by=visit.actor, on=visit.today, **new.cleaned_data)
            also, new = str(person.pk), NewPerson(today=visit.today)
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.AlreadySent, one_use.NotOurs) as refusal:
            new.add_error(None, str(refusal))
    chosen = _chosen(visit, also=also)
    form = OpenAccount(today=visit.today, chosen=chosen, initial=_initial(visit, chosen))
    return _show(visit, uprn, form, new)


def _chosen(visit: Visit, *, also: str) -> dict[str, str]:
    """Return who has been chosen so far, by id, in the order in which they were chosen."""
    asked = [
        one
        for one in [*visit.POST.getlist("people"), also]
        if one.isdecimal() and len(one) <= MOST_DIGITS
    ]
    names = {str(one.pk): one.name for one in Person.objects.filter(pk__in=asked[:20])}
    return {one: names[one] for one in asked if one in names}


def _initial(visit: Visit, chosen: dict[str, str]) -> dict[str, Any]:
    """Return what was answered before somebody was searched for, so that nothing is asked twice."""
    day = OpenAccount.base_fields["starts"].widget
    return {
        "people": list(chosen),
        "basis": visit.POST.get("basis", ""),
        "adults": visit.POST.get("adults", ""),
        "starts": day.value_from_datadict(visit.POST, {}, "starts"),
    }
