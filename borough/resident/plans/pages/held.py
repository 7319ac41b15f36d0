"""What is held for others, and passing it on: made ready by one officer, granted by another."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.bank.models import BankDetails
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, files, forms, tables
from borough.kernel.people.models import Person
from borough.kernel.visits import Subject, Visit, page
from borough.resident.plans import capabilities, models
from borough.resident.plans.commands import remittances as commands
from borough.resident.plans.pages import opening
from borough.resident.plans.queries import held as queries
from borough.resident.sources import known

HOLDERS = (
    tables.text("title", "For whom"),
    tables.number("debts", "Debts"),
    tables.money("pence", "Held"),
    tables.text("does", "What you can do", link="href"),
)
PASSED_ON = (
    tables.day("on", "On"),
    tables.text("title", "To whom", link="href"),
    tables.money("pence", "Amount"),
    tables.text("state", "State"),
)
LINES = (tables.text("reference", "Their reference"), tables.money("pence", "Amount"))
NEWEST = 30


class Remit(forms.Form):
    details = fields.ChoiceField(what="where it goes", label="Where does it go?", choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = BankDetails.objects.filter(
            person__kind=Person.Kind.ORGANISATION, confirmed_by__isnull=False, withdrawn_by=None
        )
        chosen: fields.ChoiceField = self.fields["details"]  # type: ignore[assignment]
        chosen.choices = [
            (str(one.pk), f"{one.person.name}: {one.name}, {one.masked}")
            for one in rows.select_related("person").order_by("person__family_name", "pk")
        ]


@page(capabilities.ASK_REMITTANCE)
def held(visit: Visit) -> HttpResponse:
    """Show what is held for each holder, and what was passed on; without names of residents."""
    found = queries.holders()
    context = {
        "holders": tables.Table("Held for others", HOLDERS, [_holder(one) for one in found]),
        "passed_on": _passed_on(),
        "pence": sum(one.pence for one in found),
    }
    return render(visit, "plans/held.html", context)


def of_remittance(number: int, **_: object) -> Subject:
    """Return what the page of a remittance opens: debts of many, of whom none is named."""
    return Subject((), f"resident.remittance/{_get(number).pk}", f"remittance {number}")


def of_source(source: str, **_: object) -> Subject:
    """Return what the page of a holder opens, or answer that there is no such page."""
    if source not in known.sources():
        raise Http404
    return Subject((), f"resident.held/{source}", f"what is held for {source}")


@opening.helping(capabilities.ASK_REMITTANCE, of=of_source)
def remit(visit: Visit, source: str) -> HttpResponse:
    """Make ready what is held for one holder."""
    holder = queries.of_source(source)
    deed = doing.Deed(
        title="Pass on what is held",
        says=f"All that is held for {holder.title}. The bank details are those of their record "
        "here, which a second officer has confirmed.",
        act=lambda details: commands.ask_remittance(
            source=source,
            details=get_object_or_404(BankDetails, pk=int(details)),
            by=visit.actor,
            on=visit.today,
        ),
        done="Made ready. A colleague grants it",
        back=reverse("plans:held"),
        places={commands.NotConfirmed: "details"},
        button="Make it ready",
    )
    return doing.answer(visit, Remit(doing.asked(visit)), deed)


@opening.helping(capabilities.ASK_REMITTANCE, of=of_remittance)
def remittance(visit: Visit, number: int) -> HttpResponse:
    """Show a remittance line by line, and the ways to decide on it."""
    one = _get(number)
    names = officers.names({one.asked_by})
    lines = [
        {"reference": line.reference, "pence": line.pence} for line in one.lines.order_by("pk")
    ]
    waits = not hasattr(one, "remitted")
    context = {
        "one": one,
        "state": _state(one),
        "rows": [
            components.Row("To", f"{one.details.name}, {one.details.masked}"),
            components.Row("Amount", cells.Pence(one.pence)),
            components.Row("Reference", one.reference),
            components.Row("Made ready by", names[one.asked_by]),
            components.Row("State", _state(one)),
        ],
        "lines": tables.Table("What it is for", LINES, lines),
        "may": waits and capabilities.GRANT_REMITTANCE.slug in visit.actor.capabilities,
    }
    return render(visit, "plans/remittance.html", context)


@opening.helping(capabilities.GRANT_REMITTANCE, of=of_remittance)
def grant(visit: Visit, number: int) -> HttpResponse:
    """Have a remittance paid."""
    one = _get(number)
    deed = doing.Deed(
        title="Pass it on",
        says="It goes with the next file of payments. Send the holder the list of what it is for.",
        act=lambda: commands.grant_remittance(remittance=one, by=visit.actor, on=visit.today),
        done="Granted. It goes with the next file of payments",
        back=reverse("plans:remittance", args=[number]),
        button="Pass it on",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@opening.helping(capabilities.GRANT_REMITTANCE, of=of_remittance)
def drop(visit: Visit, number: int) -> HttpResponse:
    """Drop a remittance that is not to be paid."""
    one = _get(number)
    deed = doing.Deed(
        title="Drop it",
        says="What is held stays held, and can be made ready anew.",
        act=lambda: commands.drop_remittance(remittance=one, by=visit.actor, on=visit.today),
        done="Dropped",
        back=reverse("plans:held"),
        button="Drop it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@opening.helping(capabilities.ASK_REMITTANCE, of=of_remittance)
def listed(visit: Visit, number: int) -> HttpResponse:
    """Give out the list that goes with a remittance: their own references and amounts."""
    del visit
    one = _get(number)
    rows = ((line.reference, cells.Pence(line.pence)) for line in one.lines.order_by("pk"))
    return files.as_csv(f"remittance-{one.pk}", ("reference", "pounds"), rows)


def _holder(one: queries.Holder) -> dict[str, Any]:
    row: dict[str, Any] = {"title": one.title, "debts": len(one.lines), "pence": one.pence}
    if one.waits is not None:
        there = reverse("plans:remittance", args=[one.waits.pk])
        return row | {"does": "Decide on what is made ready", "href": there}
    if any(line.pence > 0 for line in one.lines):
        return row | {"does": "Make it ready", "href": reverse("plans:remit", args=[one.source])}
    return row


def _passed_on() -> tables.Table:
    rows = models.Remittance.objects.select_related(
        "details", "remitted__payment__sent", "remitted__came_back"
    ).order_by("-pk")[:NEWEST]
    shown = [
        {
            "on": one.on,
            "title": queries.title_of(one.source),
            "href": reverse("plans:remittance", args=[one.pk]),
            "pence": one.pence,
            "state": _state(one),
        }
        for one in rows
    ]
    return tables.Table("Passed on", PASSED_ON, shown, empty="Nothing yet.")


def _state(one: models.Remittance) -> cells.Tag:
    if not hasattr(one, "remitted"):
        return cells.Tag("Waits for a second officer", "yellow")
    if one.remitted.payment is None:
        return cells.Tag("Dropped", "grey")
    if hasattr(one.remitted, "came_back"):
        return cells.Tag("Came back, held again", "red")
    if hasattr(one.remitted.payment, "sent"):
        return cells.Tag("Sent", "green")
    return cells.Tag("Goes with the next payments", "blue")


def _get(number: int) -> models.Remittance:
    rows = models.Remittance.objects.select_related(
        "details", "remitted__payment__sent", "remitted__came_back"
    )
    return get_object_or_404(rows, pk=min(number, opening.LARGEST_ID))
