"""Notices that came by a feed: whom does each concern? A person decides, the same day.

Nobody is left alone, or pressed, on a likeness: what is offered here are people to look at.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import components, fields, forms, one_use, tables, wording
from borough.kernel.people.models import Person
from borough.kernel.visits import Subject, Visit, page, personal
from borough.resident.moratoria import capabilities, commands, queries
from borough.resident.sources import models as sources

WAITING = (
    tables.text("reference", "Notice", link="href"),
    tables.text("kind", "What it is"),
    tables.day("starts", "Starts"),
    tables.day("received", "Came on"),
)
MOST = 20
OUTCOME = sources.NoticeDecision.Outcome
ASIDE = {one.value: one.label for one in (OUTCOME.NOBODY, OUTCOME.SAID_BEFORE)}
ELSE = "else"


class Whom(forms.Form):
    whom = fields.ChoiceField(what="whom it concerns", label="Whom does it concern?", choices=())
    number = fields.WholeNumberField(
        what="the number of the resident",
        label="Number of the resident, if they are not in the list",
        help_text="It is in the address of their page.",
        required=False,
    )

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        forms.offer(
            self,
            "whom",
            [
                *((str(one.pk), _named(one)) for one in people),
                (ELSE, "Somebody else, whose number follows"),
                *ASIDE.items(),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the number of somebody who is not in the list."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("whom") == ELSE:
            number = given.get("number")
            if not number or not Person.objects.filter(pk=number).exists():
                self.add_error("number", "Enter the number of a resident who is recorded here")
        return given


def of_notice(number: int, **_: object) -> Subject:
    """Return nobody yet: whom it concerns is the question."""
    found = get_object_or_404(sources.Notice, pk=number)
    return Subject((), f"resident.record/{found.record_id}", f"notice {found.pk} of a feed")


@page(capabilities.RECORD_MORATORIUM)
def waiting(visit: Visit) -> HttpResponse:
    """List the notices that wait, the oldest first."""
    rows = [
        {
            "reference": one.reference,
            "href": reverse("moratorium-notice", args=[one.pk]),
            "kind": one.get_kind_display(),
            "starts": one.notice_from,
            "received": one.received_on,
        }
        for one in queries.by_feed()
    ]
    table = tables.Table("Notices that wait", WAITING, rows, empty="No notice waits.")
    return render(visit, "moratoria/notices.html", {"table": table})


@personal(capabilities.RECORD_MORATORIUM, subject=of_notice)
def notice(visit: Visit, number: int) -> HttpResponse:
    """Ask whom a notice concerns; then it is recorded for them, or set aside."""
    found = get_object_or_404(sources.Notice.objects.select_related("record"), pk=number)
    state = found.record.states.order_by("-starts").first()
    form = Whom(doing.asked(visit), people=_alike(state))
    if form.is_valid():
        whom = form.cleaned_data["whom"]
        if whom not in ASIDE:
            person = form.cleaned_data["number"] if whom == ELSE else int(whom)
            return redirect("resident-moratorium-by-feed", person, number)
        try:
            one_use.spend(visit)
            commands.set_notice_aside(by_feed=found, outcome=whom, by=visit.actor, on=visit.today)
        except one_use.AlreadySent:
            return redirect("moratorium-notices")
        except (commands.AlreadyDone, one_use.NotOurs) as refusal:
            form.add_error("whom", str(refusal))
        else:
            return redirect("moratorium-notices")
    context = {"form": form, "told": _told(found, state), "back": reverse("moratorium-notices")}
    return render(visit, "moratoria/notice.html", context)


def initial(found: sources.Notice) -> dict[str, Any]:
    """Return the answers that a notice of a feed gives to the questions of the record."""
    before = found.notice_from.fromordinal(found.notice_from.toordinal() - 1)
    return {
        "kind": queries.kind_of(found),
        "reference": found.reference,
        "registered_on": before,
    }


def _alike(state: sources.RecordState | None) -> list[Person]:
    """Return people to look at: the same family name, and the day of birth or the first name."""
    if state is None:
        return []
    rows = Person.objects.filter(
        kind=Person.Kind.PERSON, family_name__iexact=state.family_name, date_of_death=None
    )
    first = state.given_names.partition(" ")[0]
    same = rows.filter(given_names__istartswith=first) if first else rows.none()
    if state.date_of_birth:
        same |= rows.filter(date_of_birth=state.date_of_birth)
    return list(same.order_by("given_names", "pk")[:MOST])


def _named(person: Person) -> str:
    born = f", born {wording.day(person.date_of_birth)}" if person.date_of_birth else ""
    return f"{person.name}{born}, resident {person.pk}"


def _told(found: sources.Notice, state: sources.RecordState | None) -> list[components.Row]:
    rows = [
        components.Row("What it is", found.get_kind_display()),
        components.Row("Reference", found.reference),
        components.Row("Starts", wording.day(found.notice_from)),
    ]
    if state is None:
        return rows
    return [
        components.Row("Name", f"{state.given_names} {state.family_name}".strip()),
        components.Row("Born", state.date_of_birth),
        components.Row("Address", ", ".join([*state.address.splitlines(), state.postcode])),
        *rows,
    ]
