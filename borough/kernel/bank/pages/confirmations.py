"""Bank details that wait for a second officer, the oldest first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.bank import capabilities, queries
from borough.kernel.officers import queries as officers
from borough.kernel.pages import tables
from borough.kernel.visits import Visit, page

WAITING = (
    tables.text("account", "Bank account", link="href"),
    tables.day("on", "Keyed on"),
    tables.text("by", "By"),
)


@page(capabilities.CONFIRM_BANK_DETAILS)
def confirmations(visit: Visit) -> HttpResponse:
    """List what colleagues keyed and this officer may confirm, by the last figures, nameless."""
    waiting = list(queries.to_confirm(visit.actor))
    names = officers.names({one.keyed_by for one in waiting})
    rows = [
        {
            "account": one.masked[:1].upper() + one.masked[1:],
            "href": reverse("resident-bank-details-confirm", args=[one.person_id, one.pk]),
            "on": one.keyed_on,
            "by": names[one.keyed_by],
        }
        for one in waiting
    ]
    caption = "Waiting for a second officer"
    table = tables.Table(caption, WAITING, rows, empty="Nothing waits for you.")
    return render(visit, "bank/confirmations.html", {"table": table})
