"""Who sits at the table, for whom, and since when."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers.models import Officer
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.visits import Visit, page
from borough.partnership.seats import capabilities, commands, models, queries

SEATS = (
    tables.text("officer", "Officer"),
    tables.text("party", "Sits for the"),
    tables.day("starts", "From"),
    tables.text("until", "Until"),
    tables.text("end", "What you can do"),
)
PARTIES = [(one.value, f"The {one.label}") for one in models.Party]


class NewSeat(forms.Form):
    """Who sits for whom, and from when."""

    officer = fields.SelectField(what="an officer", label="Which officer?", choices=())
    party = fields.ChoiceField(what="a partner", label="For whom do they sit?", choices=PARTIES)
    starts = fields.DayField(
        what="the day from which they sit", label="From which day do they sit?"
    )


class Ends(forms.Form):
    """From when a seat is empty."""

    ends = fields.DayField(
        what="the first day on which they sit no more",
        label="From which day do they sit no more?",
    )


@page(capabilities.GIVE_SEATS)
def seats(visit: Visit) -> HttpResponse:
    """Show who sits, and for whom."""
    rows = [
        {
            "officer": seat.officer.name,
            "party": seat.get_party_display(),
            "starts": seat.starts,
            "until": seat.ends or "Still so",
            "end": _ending(seat),
        }
        for seat in queries.seats(visit.today)
    ]
    table = tables.Table("Seats", SEATS, rows, empty="Nobody sits at the table yet.")
    return render(visit, "seats/seats.html", {"seats": table})


@page(capabilities.GIVE_SEATS)
def give(visit: Visit) -> HttpResponse:
    """Let an officer sit for a partner."""
    officers = {str(one.pk): one for one in Officer.objects.filter(is_active=True).order_by("name")}
    form = NewSeat(doing.asked(visit), initial={"starts": visit.today})
    forms.offer(form, "officer", [(key, one.name) for key, one in officers.items()])
    deed = doing.Deed(
        title="Give a seat",
        says="They may sign for that partner from that day, if their roles let them sign. "
        "Nobody ever sits for both, and nobody seats themselves.",
        act=lambda officer, party, starts: commands.give_seat(
            officer=officers[officer],
            party=models.Party(party),
            starts=starts,
            by=visit.actor,
            on=visit.today,
        ),
        done="Seat given",
        back=reverse("partnership:seats"),
        places={commands.NotADay: "starts"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.GIVE_SEATS)
def end(visit: Visit, number: int) -> HttpResponse:
    """End a seat."""
    seat = get_object_or_404(models.Seat.objects.select_related("officer"), pk=number)
    deed = doing.Deed(
        title="End a seat",
        says=f"{seat.officer.name} signs for the {seat.get_party_display()} no more. What they "
        "signed stays signed.",
        act=lambda ends: commands.end_seat(seat=seat, ends=ends, by=visit.actor, on=visit.today),
        done="Seat ended",
        back=reverse("partnership:seats"),
        places={commands.NotADay: "ends"},
        over="This seat has been left already." if seat.ends else "",
    )
    return doing.answer(visit, Ends(doing.asked(visit), initial={"ends": visit.today}), deed)


def _ending(seat: models.Seat) -> cells.Link | str:
    if seat.ends is not None:
        return ""
    address = reverse("partnership:seat_end", args=[seat.pk])
    return cells.Link("End", address, hidden=f"the seat of {seat.officer.name}")
