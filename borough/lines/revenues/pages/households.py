"""Who lives there: the single person discount, the number of adults, who is not counted."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import dated
from borough.kernel.pages import fields, forms
from borough.kernel.people.models import Person, Residence
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import households
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import moves
from borough.rules.council_tax import disregards

Endable = (
    models.Disregard
    | models.DisabledReduction
    | models.Reduction
    | models.Exemption
    | models.PremiumException
)
FIRST_DAY = "The first day on which it is so, for example 27 3 2025."
CAN_STILL_COME = "Leave it empty while it is not known. Give the first day on which it is over."


class SinglePerson(changing.ChangeForm):
    starts = fields.DayField(
        what="the day from which one adult lives there",
        label="From which day does one adult live there?",
        help_text=FIRST_DAY,
    )


class SinglePersonEnds(changing.ChangeForm):
    ends = fields.DayField(
        what="the day from which more adults live there",
        label="From which day do more adults live there?",
        help_text=FIRST_DAY,
    )
    adults = fields.WholeNumberField(
        what="the number of adults who live there then",
        label="How many adults live there then?",
        min_value=2,
        max_value=99,
    )


class Household(changing.ChangeForm):
    adults = fields.WholeNumberField(
        what="the number of adults who live there",
        label="How many adults live there?",
        help_text="Everybody of 18 or over whose main home it is, also those who are not counted.",
        min_value=0,
        max_value=99,
    )
    starts = fields.DayField(
        what="the day from which that is so",
        label="From which day is that so?",
        help_text=FIRST_DAY,
    )


class Disregard(changing.ChangeForm):
    person = fields.ChoiceField(
        what="who is not to be counted", label="Who is not to be counted?", choices=()
    )
    ground = fields.SelectField(
        what="why they are not counted",
        label="Why are they not counted?",
        choices=sorted(
            ((slug, one.title) for slug, one in disregards.GROUPS.items()), key=lambda each: each[1]
        ),
    )
    starts = fields.DayField(
        what="the day from which they are not counted",
        label="From which day are they not counted?",
        help_text=FIRST_DAY,
    )
    ends = fields.DayField(
        what="the day from which they count again",
        label="From which day do they count again?",
        help_text=CAN_STILL_COME,
        required=False,
    )

    def __init__(self, *args: Any, people: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        forms.offer(self, "person", list(people.items()))


class Ends(changing.ChangeForm):
    ends = fields.DayField(
        what="the first day on which it is over",
        label="From which day is it over?",
        help_text="The first day on which it no longer holds, for example 27 3 2025.",
    )


def ending(one: Endable, visit: Visit) -> Ends:
    """Return the form that asks for the end of a row, with the end that it has."""
    return Ends(changing.asked(visit), today=visit.today, initial={"ends": one.ends})


@personal(capabilities.CHANGE_HOUSEHOLD, subject=subjects.of_account)
def single_person(visit: Visit, reference: str) -> HttpResponse:
    """Apply a single person discount."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Apply a single person discount",
        says="The charge is a quarter less while one counted adult lives there. "
        "Every year that is touched is worked out again, and a new bill is made.",
        act=lambda starts: households.apply_single_person_discount(
            account=account, starts=starts, by=visit.actor, on=visit.today
        ),
        done="Single person discount applied",
        back=_page_of(account),
        accounts=[reference],
        places={households.AlreadyDiscounted: "starts", refusals.NotADay: "starts"},
        shows=lambda _: _two_live_there(account, visit),
    )
    form = SinglePerson(changing.asked(visit), today=visit.today)
    return changing.make(visit, form, change)


def _two_live_there(account: models.Account, visit: Visit) -> list[changing.Shown]:
    """Warn where more than one adult is recorded as living there."""
    there = [one for one in moves.living_now(account.dwelling, visit.today) if one.lives_there]
    names = [one.person.name for one in there if refusals.is_adult(one.person, visit.today)]
    if len(names) < 2:
        return []
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return [
        changing.Shown(
            warning=f"{listed} are recorded as living there or being liable. If one of them has "
            "left, record a move instead: it ends their liability, too. If one of them is not "
            "counted, record that."
        )
    ]


@personal(capabilities.CHANGE_HOUSEHOLD, subject=subjects.of_account)
def single_person_end(visit: Visit, reference: str) -> HttpResponse:
    """End a single person discount."""
    account = subjects.account(reference)
    change = changing.Change(
        title="End the single person discount",
        says="From that day the charge is without the discount, and a new bill asks for the rest.",
        act=lambda ends, adults: households.end_single_person_discount(
            account=account, ends=ends, adults=adults, by=visit.actor, on=visit.today
        ),
        done="Single person discount ended",
        back=_page_of(account),
        accounts=[reference],
        places={refusals.NotDiscounted: "ends", refusals.NotADay: "ends"},
    )
    form = SinglePersonEnds(changing.asked(visit), today=visit.today)
    return changing.make(visit, form, change)


@personal(capabilities.CHANGE_HOUSEHOLD, subject=subjects.of_account)
def household(visit: Visit, reference: str) -> HttpResponse:
    """Record how many adults live there."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Record how many adults live there",
        says="The discount follows from the number of adults, less those who are not counted.",
        act=lambda adults, starts: households.declare_household(
            account=account, adults=adults, starts=starts, by=visit.actor, on=visit.today
        ),
        done="Number of adults recorded",
        back=_page_of(account),
        accounts=[reference],
        places={refusals.NotADay: "starts"},
    )
    form = Household(changing.asked(visit), today=visit.today)
    return changing.make(visit, form, change)


@personal(capabilities.CHANGE_HOUSEHOLD, subject=subjects.of_account)
def disregard(visit: Visit, reference: str) -> HttpResponse:
    """Disregard one of the adults who live there."""
    account = subjects.account(reference)
    people = _people_of(account, visit)
    change = changing.Change(
        title="Disregard an adult",
        says="The person lives there but does not count when the discount is worked out. "
        "Only people recorded as living or liable there can be chosen.",
        act=lambda person, ground, starts, ends: households.apply_disregard(
            account=account,
            person=Person.objects.get(pk=person),
            ground=ground,
            starts=starts,
            ends=ends,
            by=visit.actor,
            on=visit.today,
        ),
        done="Disregard applied",
        back=_page_of(account),
        accounts=[reference],
        places={
            households.AlreadyDisregarded: "starts",
            households.UnknownGround: "ground",
            refusals.NotAnAdult: "starts",
            refusals.NotADay: "starts",
        },
        law="Local Government Finance Act 1992, section 11 and Schedule 1",
    )
    form = Disregard(changing.asked(visit), today=visit.today, people=people)
    return changing.make(visit, form, change)


def _of_disregard(number: int) -> Subject:
    return subjects.of_account(_disregard(number).account.reference)


@personal(capabilities.CHANGE_HOUSEHOLD, subject=_of_disregard)
def disregard_end(visit: Visit, number: int) -> HttpResponse:
    """End a disregard."""
    one = _disregard(number)
    change = changing.Change(
        title="End a disregard",
        says="From that day the person counts again when the discount is worked out.",
        act=lambda ends: households.end_disregard(
            disregard=one, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Disregard ended",
        back=_page_of(one.account),
        accounts=[one.account.reference],
        places={refusals.NotADay: "ends"},
    )
    return changing.make(visit, ending(one, visit), change)


def _disregard(number: int) -> models.Disregard:
    rows = models.Disregard.objects.select_related("account__dwelling")
    return get_object_or_404(rows, pk=number)


def _people_of(account: models.Account, visit: Visit) -> dict[str, str]:
    """Return the adults who live or are liable there, by id: those who can be disregarded."""
    living = Residence.objects.filter(
        dated.touches(account.starts, account.ends), dwelling=account.dwelling_id
    ).values("person_id")
    liable = account.liabilities.values("person_id")
    people = Person.objects.filter(kind=Person.Kind.PERSON)
    people = people.filter(pk__in=living) | people.filter(pk__in=liable)
    return {str(one.pk): one.name for one in people.order_by("family_name", "given_names", "id")}


def _page_of(account: models.Account) -> str:
    return reverse("revenues:account", args=[account.reference])
