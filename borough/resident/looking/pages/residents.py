"""Which officers are residents, too: said by one, agreed to by another."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers import capabilities, models
from borough.kernel.officers import residents as commands
from borough.kernel.pages import cells, fields, forms, tables, wording
from borough.kernel.people.models import Person
from borough.kernel.places.models import Address
from borough.kernel.visits import Visit, page, personal
from borough.resident.looking.pages import subjects

COLUMNS = (
    tables.text("name", "Officer"),
    tables.text("is", "Resident"),
    tables.text("todo", "What you can do"),
)


class Said(forms.Form):
    person = fields.WholeNumberField(
        what="the number of the resident",
        label="Which resident are they?",
        help_text="The number in the address of the resident’s page. Empty: none of our residents.",
        min_value=1,
        max_value=subjects.LARGEST_ID,
        required=False,
    )

    def clean_person(self) -> int | None:
        """Return the id of somebody who is there."""
        number: int | None = self.cleaned_data["person"]
        human = Person.objects.filter(kind=Person.Kind.PERSON)
        if number is not None and not human.filter(pk=number).exists():
            raise ValidationError("There is no resident of that number. Check it.")
        return number


class Decided(forms.Form):
    agreed = fields.YesNoField(what="whether it is so", label="Is it so?")


@page(capabilities.RECOGNISE_OFFICERS)
def officers(visit: Visit) -> HttpResponse:
    """List the officers, and which of them are residents by their numbers."""
    said: dict[int, models.SamePerson] = {}
    agreed: dict[int, models.SamePerson] = {}
    for one in models.SamePerson.objects.order_by("pk"):
        (agreed if one.agreed_on else said)[one.officer_id] = one
    everybody = models.Officer.objects.order_by("name", "pk")
    rows = [_row(one, said.get(one.pk), agreed.get(one.pk), visit) for one in everybody]
    table = tables.Table("Officers", COLUMNS, rows, caption_hidden=True)
    return render(visit, "looking/officers.html", {"table": table})


@page(capabilities.RECOGNISE_OFFICERS)
def say(visit: Visit, number: int) -> HttpResponse:
    """Say which resident an officer is."""
    officer = get_object_or_404(models.Officer, pk=min(number, subjects.LARGEST_ID))
    deed = doing.Deed(
        title=f"Which resident is {officer.name}?",
        says="Nobody opens their own record as an officer, and looks at their home or at "
        "colleagues are looked at again. It counts once another officer has agreed.",
        act=lambda person: commands.say(
            officer=officer, person_id=person, by=visit.actor, on=visit.today
        ),
        done="Said: another officer has to agree",
        back=reverse("officer-residents"),
        places={commands.KnownAlready: "person"},
    )
    return doing.answer(visit, Said(doing.asked(visit)), deed)


@personal(capabilities.RECOGNISE_OFFICERS, subject=subjects.of_said)
def agree(visit: Visit, number: int) -> HttpResponse:
    """Agree to what another officer said of an officer, or not."""
    said = subjects.said(number)

    def act(agreed: bool) -> None:  # noqa: FBT001  the answer of a form
        decide = commands.agree if agreed else commands.decline
        decide(said=said, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title=f"Is it so of {said.officer.name}?",
        says=_words(said),
        act=act,
        done="Recorded",
        back=reverse("officer-residents"),
        places={commands.SecondOfficerNeeded: "agreed"},
    )
    return doing.answer(visit, Decided(doing.asked(visit)), deed)


def _row(
    officer: models.Officer,
    said: models.SamePerson | None,
    agreed: models.SamePerson | None,
    visit: Visit,
) -> dict[str, object]:
    known = f"Resident {agreed.person_id}" if agreed and agreed.person_id else "None known"
    todo: object = ""
    if officer.reference == visit.actor.reference:
        todo = "Other officers say it of you"
        known = ""
    elif said:
        todo = cells.Link(
            "Agree or not", reverse("officer-resident-agree", args=[said.pk]), f"of {officer.name}"
        )
    else:
        todo = cells.Link(
            "Say which", reverse("officer-resident", args=[officer.pk]), f"of {officer.name}"
        )
    waits = (cells.Tag("Waits for another officer", "yellow"),) if said and known else ()
    return {"name": officer.name, "is": cells.Lines((known, *waits)), "todo": todo}


def _words(said: models.SamePerson) -> str:
    if said.person is None:
        return f"It was said that {said.officer.name} is none of our residents, or no more."
    home = said.person.residences.order_by("-starts").values_list("dwelling_id", flat=True)[:1]
    where: Iterable[Address] = Address.objects.filter(dwelling__in=home).order_by("-starts")[:1]
    lives = "".join(f", of {one}" for one in where)
    born = said.person.date_of_birth
    born_on = f", born on {wording.day(born)}" if born else ""
    return (
        f"It was said that {said.officer.name} is resident {said.person_id}: "
        f"{said.person.name}{born_on}{lives}. Ask the officer; it is about them."
    )
