"""Making the owner of a home liable by its class, whoever lives there; and ending that."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities as people_capabilities
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models, settling
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import owners as commands
from borough.lines.revenues.pages import changing, choosing, households, subjects
from borough.rules.council_tax import owners

LAW = (
    "Local Government Finance Act 1992, section 8; Council Tax (Liability for Owners) "
    "Regulations 1992, SI 1992/551"
)


class OwnerClass(changing.ChangeForm):
    people = fields.ChoicesField(what="who owns the home", label="Who owns the home?", choices=())
    letter = fields.ChoiceField(
        what="the class of the home",
        label="Which class is the home of?",
        choices=[(letter, f"{letter}: {one.title}") for letter, one in owners.CLASSES.items()],
        hints={letter: one.ground for letter, one in owners.CLASSES.items()},
    )
    starts = fields.DayField(
        what="the day from which it is of that class",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )

    def __init__(self, *args: Any, chosen: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["people"]
        people.choices = list(chosen.items())
        if not chosen:
            people.error_messages["required"] = "Find or record the owner first"


@personal(capabilities.CHANGE_LIABILITY, subject=subjects.of_dwelling)
def owner_class(visit: Visit, uprn: int) -> HttpResponse:
    """Make the owner of a home liable, whoever lives there."""
    commanding.allow(visit.actor, people_capabilities.FIND_PEOPLE)
    home = subjects.dwelling(uprn)
    step = visit.POST.get(changing.STEP, "")
    new, also = choosing.record(visit) if step == choosing.RECORD else (None, "")
    chosen = choosing.chosen(visit, also=also)
    settled = step in (changing.CHECK, changing.CONFIRM, changing.AGAIN)
    blank = OwnerClass(today=visit.today, chosen=chosen)
    form = OwnerClass(
        visit.POST if settled else None,
        today=visit.today,
        chosen=chosen,
        initial=choosing.answered(visit, blank) | {"people": list(chosen)},
    )

    def show() -> HttpResponse:
        return _show(visit, uprn, form, new)

    return changing.make(visit, form, _change(visit, home), ask=show) if settled else show()


def _change(visit: Visit, home: Dwelling) -> changing.Change:
    return changing.Change(
        title="Make the owner liable by the class of the home",
        says="",
        act=lambda people, letter, starts: commands.record_owner_class(
            dwelling=home,
            letter=letter,
            people=[Person.objects.get(pk=one) for one in dict.fromkeys(people)],
            starts=starts,
            by=visit.actor,
            on=visit.today,
        ),
        done="The owner is liable",
        back=reverse("revenues:dwelling", args=[home.uprn]),
        accounts=_references(home),
        places={
            commands.NoSuchClass: "letter",
            commands.AlreadyOfAClass: "starts",
            settling.LaterAccount: "starts",
            settling.NotInTheList: "starts",
        },
        law=LAW,
    )


def _show(
    visit: Visit, uprn: int, form: OwnerClass, new: choosing.NewPerson | None
) -> HttpResponse:
    chosen = forms.offered(form, "people")
    return render(
        visit,
        "revenues/owner_class.html",
        {
            "form": form,
            "chosen": chosen,
            "law": LAW,
            "cancel": reverse("revenues:dwelling", args=[uprn]),
            **choosing.offered(visit, without=chosen, new=new),
        },
    )


def _of_class(number: int) -> Subject:
    return subjects.of_dwelling(_row(number).dwelling.uprn)


@personal(capabilities.CHANGE_LIABILITY, subject=_of_class)
def owner_class_end(visit: Visit, number: int) -> HttpResponse:
    """Let whoever lives there be liable again."""
    row = _row(number)
    change = changing.Change(
        title=f"End the owner’s liability by class {row.letter}",
        says="From that day whoever lives there is liable, as far as we know them by name; the "
        "owner while nobody does.",
        act=lambda ends: commands.end_owner_class(
            row=row, ends=ends, by=visit.actor, on=visit.today
        ),
        done="The owner is no longer liable by the class of the home",
        back=reverse("revenues:dwelling", args=[row.dwelling.uprn]),
        accounts=_references(row.dwelling),
        places={
            refusals.NotADay: "ends",
            commands.AlreadyOver: "ends",
            settling.LaterAccount: "ends",
        },
        law=LAW,
    )
    return changing.make(visit, households.Ends(changing.asked(visit), today=visit.today), change)


def _references(home: Dwelling) -> list[str]:
    rows = models.Account.objects.filter(dwelling=home).order_by("starts")
    return list(rows.values_list("reference", flat=True))


def _row(number: int) -> models.OwnerLiable:
    return get_object_or_404(models.OwnerLiable.objects.select_related("dwelling"), pk=number)
