"""With which councils this one is compared: every loaded set, and loading another."""

from typing import BinaryIO

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.files import showing
from borough.partnership.peers import capabilities, commands

LIST = "members"
SAYS = (
    "A CSV file. Figures: ons_code, council, year and rate_pct, a row for each council and year. "
    "A list of councils: gss_code and name. Other columns are not read. A newer file of the same "
    "name takes the place of the one before."
)


class Load(showing.Load):
    """A file, and what its figures are of."""

    measure = fields.ChoiceField(what="what is in it", label="What is in it?", choices=())


@page(capabilities.LOAD_PEERS)
def peers(visit: Visit) -> HttpResponse:
    """Show every file of figures and every list of councils."""
    table = showing.table(
        "Files",
        (commands.FIGURES, commands.MEMBERS),
        empty="No set of councils is loaded, so nothing is said of quarters.",
    )
    return render(visit, "peers/peers.html", {"files": table})


@page(capabilities.LOAD_PEERS)
def load(visit: Visit) -> HttpResponse:
    """Load figures or a list."""

    def act(file: BinaryIO, title: str, source: str, measure: str) -> None:
        commands.load(
            content=file.read(),
            measure=None if measure == LIST else measure,
            title=title,
            source=source,
            by=visit.actor,
            on=visit.today,
        )

    form = Load(doing.asked(visit), visit.FILES or None)
    measures = [(one.slug, one.title) for card in joining.cards() for one in card.measures]
    forms.offer(
        form,
        "measure",
        [
            (LIST, "A list of councils to be compared with"),
            *((slug, f"Published figures: {title}") for slug, title in measures),
        ],
    )
    deed = doing.Deed(
        title="Load a set of councils",
        says=SAYS,
        act=act,
        done="Loaded. Rows that could not be taken are listed with their reasons",
        back=reverse("partnership:peers"),
        button="Load it",
    )
    return doing.answer(visit, form, deed)
