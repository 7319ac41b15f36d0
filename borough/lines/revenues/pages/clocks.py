"""What is about to run out, listed before it does; and homes for which nobody is liable."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import visits
from borough.kernel.pages import cells, fields, forms, paging, tables, wording
from borough.kernel.places.models import Address, Dwelling
from borough.kernel.visits import Visit
from borough.lines.revenues import capabilities
from borough.lines.revenues.queries import clocks as queries
from borough.lines.revenues.queries import deaths, instructions

COLUMNS = (
    tables.day("on", "From", sort="on"),
    tables.text("kind", "What", sort="kind"),
    tables.text("address", "Home", sort="address", link="home"),
    tables.text("says", "What changes"),
    tables.text("account", "Account"),
)
UNCLAIMED = (
    tables.text("address", "Home", sort="address", link="href"),
    tables.day("since", "Since", sort="since"),
)
LEFT_BEHIND = (
    tables.text("account", "Account"),
    tables.text("address", "Home", sort="address"),
    tables.day("since", "Moved in on", sort="since"),
)
AFTER_A_DEATH = (
    tables.text("account", "Account"),
    tables.text("address", "Home", sort="address"),
    tables.day("since", "Died on", sort="since"),
)


class Filter(forms.FilterForm):
    kind = fields.SelectField(
        what="a kind of clock",
        label="Which clocks?",
        choices=[(one, one) for one in queries.LOOKS],
        empty="All of them",
    )


@visits.page(capabilities.SEE_CLOCKS)
def clocks(visit: Visit) -> HttpResponse:
    """Show what begins or runs out in the next sixty days."""
    chosen = Filter(visit.GET)
    kind = chosen.chosen().get("kind")
    found = [one for one in queries.striking(visit.today) if kind in (None, one.kind)]
    homes = _homes(one.dwelling_id for one in found)
    rows = [
        {
            "on": one.on,
            "kind": one.kind,
            "address": homes[one.dwelling_id][1],
            "home": reverse("revenues:dwelling", args=[homes[one.dwelling_id][0]]),
            "says": one.says,
            "account": _account(one.reference),
        }
        for one in found
    ]
    return _list(visit, rows, COLUMNS, "What is about to run out", "on", filter=chosen)


@visits.page(capabilities.SEE_CLOCKS)
def nobody_liable(visit: Visit) -> HttpResponse:
    """Show the homes in the valuation list for which nobody is liable."""
    found = queries.nobody_liable(visit.today)
    homes = _homes(home for home, _ in found)
    rows = [
        {
            "address": homes[home][1],
            "href": reverse("revenues:dwelling", args=[homes[home][0]]),
            "since": since,
        }
        for home, since in found
    ]
    return _list(visit, rows, UNCLAIMED, "Homes for which nobody is liable", "address")


@visits.page(capabilities.SETTLE_DEATH)
def after_a_death(visit: Visit) -> HttpResponse:
    """Show the accounts on which somebody is liable beyond their death."""
    rows = _after_deaths(deaths.unsettled(visit.today), "revenues:death")
    return _list(visit, rows, AFTER_A_DEATH, "Accounts to be settled after a death", "since")


@visits.page(capabilities.CHANGE_HOUSEHOLD)
def adults_after_a_death(visit: Visit) -> HttpResponse:
    """Show the accounts of homes in which an adult died who was not liable."""
    rows = _after_deaths(deaths.uncounted(visit.today), "revenues:household")
    title = "Homes in which fewer adults live since a death"
    return _list(visit, rows, AFTER_A_DEATH, title, "since", says=COUNT_AGAIN)


COUNT_AGAIN = (
    "Somebody who lived there has died, and was not liable. One adult alone pays a quarter less, "
    "and nobody has asked yet. Record how many adults have lived there since that day."
)


def _after_deaths(found: Sequence[tuple[str, int, date]], way: str) -> list[dict[str, Any]]:
    homes = _homes(home for _, home, _ in found)
    return [
        {
            "account": cells.Link(reference, reverse(way, args=[reference])),
            "address": homes[home][1],
            "since": died,
        }
        for reference, home, died in found
    ]


@visits.page(capabilities.SET_UP_DIRECT_DEBIT)
def debits_left_behind(visit: Visit) -> HttpResponse:
    """Show the accounts of payers whose Direct Debit stayed with the home that they left."""
    found = instructions.left_behind(visit.today)
    homes = _homes(home for _, home, _ in found)
    rows = [
        {
            "account": cells.Link(reference, reverse("revenues:direct_debit", args=[reference])),
            "address": homes[home][1],
            "since": since,
        }
        for reference, home, since in found
    ]
    title = "Direct Debits to ask for again"
    return _list(visit, rows, LEFT_BEHIND, title, "since", says=ASK_AGAIN)


ASK_AGAIN = (
    "They paid by Direct Debit before they moved. It does not go along: it is for the number of "
    "the account that ended. Ask each payer. Set it up with their agreement, or record on the "
    "account that they pay in another way."
)


def _list(
    visit: Visit,
    rows: list[dict[str, Any]],
    columns: tuple[tables.Column, ...],
    title: str,
    default: str,
    **context: object,
) -> HttpResponse:
    sort = tables.sort_from(visit.GET, columns, default=default)
    rows.sort(key=_by(sort.column.key), reverse=sort.descending)
    page = paging.numbered(rows, visit.GET)
    return render(
        visit,
        "revenues/clocks.html",
        {
            "heading": title,
            "table": tables.Table(
                title,
                columns,
                list(page),
                sort=sort,
                empty="Nothing is waiting here.",
                caption_hidden=True,
            ),
            "page": page,
            "count": wording.number(len(rows)),
            **context,
        },
    )


def _account(reference: str) -> cells.Link | str:
    if not reference:
        return "Nobody is liable then"
    return cells.Link(reference, reverse("revenues:account", args=[reference]))


def _by(key: str) -> Callable[[dict[str, Any]], tuple[bool, Any]]:
    """Return what rows are sorted by; those without a value come last."""
    return lambda row: (row[key] is None, row[key])


def _homes(ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return the UPRN and the address of each home."""
    wanted = list(ids)
    lines = {
        one.dwelling_id: f"{one.line}, {one.town}, {one.postcode}"
        for one in Address.objects.filter(dwelling__in=wanted).order_by("starts")
    }
    rows = Dwelling.objects.filter(pk__in=wanted).values_list("pk", "uprn")
    return {number: (uprn, lines.get(number, f"UPRN {uprn}")) for number, uprn in rows}
