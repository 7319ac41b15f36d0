"""What follows from a death for the home and its account, and the grant of probate."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from borough.kernel.pages import fields
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import deaths
from borough.lines.revenues.pages import changing, subjects


class Death(changing.ChangeForm):
    person = fields.ChoiceField(what="who died", label="Who died?", choices=())
    estate = fields.YesNoField(
        what="yes if the estate owns the home",
        label="Does the estate own the home, or does a tenancy of theirs go on?",
        help_text="If nobody lives there now, the estate is then liable, and exempt (class F).",
    )
    letters_to = fields.LongTextField(
        what="the address of the executors",
        label="Where do letters to the executors go?",
        help_text="A line each, without the postcode. Leave it empty for the home itself.",
        rows=3,
        required=False,
    )
    postcode = fields.TextField(
        what="the postcode", label="Postcode of that address", max_length=12, required=False
    )

    def __init__(self, *args: Any, dead: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, dead)


class Grant(changing.ChangeForm):
    person = fields.ChoiceField(what="whose estate it is", label="Whose estate is it?", choices=())
    granted_on = fields.DayField(
        what="the day of the grant",
        label="When was probate granted?",
        help_text="Or letters of administration. Class F ends six months after this day.",
    )

    def __init__(self, *args: Any, dead: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, dead)


def offer(form: changing.ChangeForm, dead: list[Person]) -> None:
    """Let one of those who died be chosen; one alone is chosen already."""
    asked: Any = form.fields["person"]
    asked.choices = [(str(one.pk), one.name) for one in dead]
    if len(dead) == 1:
        asked.initial = str(dead[0].pk)


@personal(capabilities.SETTLE_DEATH, subject=subjects.of_account)
def death(visit: Visit, reference: str) -> HttpResponse:
    """Settle what follows from a death."""
    account = subjects.account(reference)
    dead = dead_of(account)
    change = changing.Change(
        title="Settle what follows from a death",
        says="Nobody is billed after their death. Whoever else lives there is liable from that "
        "day. A home in which nobody lives any more is exempt while there is no grant of probate, "
        "and for six months after it.",
        act=lambda person, **answers: deaths.settle_death(
            account=account,
            person=Person.objects.get(pk=person),
            by=visit.actor,
            on=visit.today,
            **answers,
        ),
        done="What follows from the death is settled",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={deaths.NotDead: "person"},
        law="Local Government Finance Act 1992, section 6; SI 1992/558, article 3, class F",
    )
    form = Death(changing.asked(visit), today=visit.today, dead=dead)
    return changing.make(visit, form, change)


@personal(capabilities.SETTLE_DEATH, subject=subjects.of_account)
def grant(visit: Visit, reference: str) -> HttpResponse:
    """Record the grant of probate."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Record the grant of probate",
        says="Class F exemption ends six months after the grant, and what is due then is charged.",
        act=lambda person, granted_on: deaths.record_grant(
            person=Person.objects.get(pk=person),
            granted_on=granted_on,
            by=visit.actor,
            on=visit.today,
        ),
        done="Grant of probate recorded",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={deaths.NoEstate: "person", refusals.NotADay: "granted_on"},
        law="SI 1992/558, article 3, class F",
    )
    form = Grant(changing.asked(visit), today=visit.today, dead=dead_of(account))
    return changing.make(visit, form, change)


def dead_of(account: models.Account) -> list[Person]:
    """Return the persons liable on an account who have died; without any there is no page."""
    liable = account.liabilities.values("person_id")
    dead = list(Person.objects.filter(pk__in=liable).exclude(date_of_death=None).order_by("pk"))
    if not dead:
        raise Http404
    return dead
