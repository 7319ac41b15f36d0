"""Transfers of staff and what is due before each."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.promises import capabilities, checklist, models
from borough.partnership.promises.commands import transfers as commands

TRANSFERS = (
    tables.day("day", "On"),
    tables.text("title", "Transfer", link="href"),
    tables.number("listed", "On the list of staff"),
    tables.text("steps", "Steps"),
)
STEPS = (
    tables.day("by", "Last day"),
    tables.text("title", "Step"),
    tables.text("state", "Stands"),
    tables.text("law", "Where it is laid down"),
    tables.text("can", "What you can do"),
)
COLOURS = {"Done": "green", "Done late": "orange", "Late": "red", "To be done": "blue"}


class NewTransfer(forms.Form):
    """Who transfers to whom, and when."""

    title = fields.TextField(
        what="who transfers to whom", label="Who transfers to whom?", max_length=120
    )
    day = fields.DayField(what="the day of the transfer", label="On which day?")


class Tick(forms.Form):
    """When it was done."""

    done_on = fields.DayField(what="the day", label="On which day was it done?")


@page(capabilities.SEE_PROMISES)
def transfers(visit: Visit) -> HttpResponse:
    """Show every transfer."""
    rows = [
        {
            "title": one.title,
            "href": reverse("partnership:transfer", args=[one.pk]),
            "day": one.day,
            "listed": models.Member.objects.filter(transferred_on=one.day).count(),
            "steps": cells.Lines(tuple(_counts(one, visit.today))),
        }
        for one in models.Transfer.objects.order_by("-day", "-pk")
    ]
    table = tables.Table("Transfers", TRANSFERS, rows, empty="No transfer is recorded.")
    return render(
        visit, "promises/transfers.html", {"transfers": table, "may": visit.actor.capabilities}
    )


@page(capabilities.SEE_PROMISES)
def transfer(visit: Visit, number: int) -> HttpResponse:
    """Show what is due before a transfer, and what was done."""
    found = get_object_or_404(models.Transfer, pk=number)
    may = capabilities.RECORD_STAFF.slug in visit.actor.capabilities
    rows = [_step(found, one, visit.today, may=may) for one in checklist.of(found)]
    listed = models.Member.objects.filter(transferred_on=found.day).count()
    context = {
        "transfer": found,
        "steps": tables.Table("Before the transfer", STEPS, rows),
        "listed": listed,
        "back": reverse("partnership:transfers"),
    }
    return render(visit, "promises/transfer.html", context)


@page(capabilities.RECORD_STAFF)
def new(visit: Visit) -> HttpResponse:
    """Record a transfer."""
    deed = doing.Deed(
        title="Record a transfer of staff",
        says="What is due before it gets its days from the law of that day.",
        act=lambda title, day: commands.record_transfer(
            title=title, day=day, by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=reverse("partnership:transfers"),
        places={commands.NotADay: "day"},
    )
    return doing.answer(visit, NewTransfer(doing.asked(visit)), deed)


@page(capabilities.RECORD_STAFF)
def tick(visit: Visit, number: int, step: str) -> HttpResponse:
    """Say on which day a step was done."""
    found = get_object_or_404(models.Transfer, pk=number)
    known = checklist.STEPS.get(step)

    def act(done_on: date) -> None:
        commands.tick(transfer=found, step=step, done_on=done_on, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="A step was done",
        says=f"{known.title if known else 'No such step'}: before {found.title}, "
        f"{words.day(found.day)}.",
        act=act,
        done="Recorded",
        back=reverse("partnership:transfer", args=[found.pk]),
        places={commands.NotADay: "done_on"},
        over="Somebody said before that this step was done."
        if found.done.filter(step=step).exists()
        else "",
    )
    return doing.answer(visit, Tick(doing.asked(visit)), deed)


def _counts(found: models.Transfer, on: date) -> list[str]:
    states = [one.state(on) for one in checklist.of(found)]
    return [f"{states.count(state)} {state.lower()}" for state in COLOURS if state in states]


def _step(found: models.Transfer, one: checklist.Due, on: date, *, may: bool) -> dict[str, object]:
    state = one.state(on)
    tag = cells.Tag(state, COLOURS[state])
    done = f"on {words.day(one.done_on)}" if one.done_on else ""
    law = (one.step.law,) if one.step.is_verified else (one.step.law, "Unverified: check it")
    address = reverse("partnership:transfer_step", args=[found.pk, one.slug])
    return {
        "title": one.step.title,
        "by": one.by,
        "state": cells.Lines((tag, done)) if done else tag,
        "law": cells.Lines(law),
        "can": cells.Link("It was done", address, one.step.title)
        if may and one.done_on is None
        else "",
    }
