"""The page of one Council Tax account: who, what is owed, how it came about, what can be done."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.facts import queries as facts
from borough.kernel.ledger import queries as ledger
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, tables, wording
from borough.kernel.post import capabilities as post_capabilities
from borough.kernel.post import queries as post
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, laws, models
from borough.lines.revenues.pages import doings, holdings, subjects
from borough.lines.revenues.queries import accounts, arrangements, due, explanations, instalments
from borough.rules import years

LOOKED = "kernel.looked"
SEVERAL = 30
MOST_OTHERS = 3

OWED = (
    tables.text("year", "Year", link="href"),
    tables.money("charged", "Charged"),
    tables.money("received", "Received"),
    tables.text("balance", "Balance"),
)
ASKED = (
    tables.text("due_on", "Due by"),
    tables.money("asked", "Asked for"),
    tables.money("paid", "Paid"),
    tables.text("state", "State"),
)
ENTRIES = (
    tables.day("on", "Day"),
    tables.text("narrative", "What"),
    tables.money("charged", "Charged"),
    tables.money("credited", "Paid or taken off"),
    tables.text("balance", "Balance"),
)
LIABLE = (
    tables.text("name", "Who", link="href"),
    tables.text("basis", "Why"),
    tables.text("period", "When"),
)
STATES = {
    "Paid": "green",
    "Due": "blue",
    "Part paid": "blue",
    "Overdue": "red",
    "Part paid, overdue": "red",
}


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def account(visit: Visit, reference: str) -> HttpResponse:
    """Show the account at a glance, and one year of it in full."""
    found = subjects.account(reference)
    card = accounts.card(found, on=visit.today)
    year = _chosen(card, visit)
    context = frame(visit, card, "account") | {
        "owed": _owed(card),
        "liable": _liable(card),
        "holdings": holdings.of(found, visit),
        "actions": doings.of_account(found, visit),
        "year": year,
    }
    arranged = _arranged(found, year, visit) if year else {}
    if year and accounts.is_billed(found, year.year):
        asked = instalments.of(
            found.pk,
            year.year,
            charged_pence=year.charged_pence,
            received_pence=year.received_pence,
        )
        context |= _to_pay(found, year, asked, visit) | {"working": _working(found.pk, year)}
        if arranged:
            context["asked"] = _as_billed(asked, year, "the arrangement holds instead")
    return render(visit, "revenues/account.html", context | arranged)


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def statement(visit: Visit, reference: str) -> HttpResponse:
    """Show every posting of the account, year by year, with the balance after it."""
    card = accounts.card(subjects.account(reference), on=visit.today)
    shown = [
        *(_statement(f"Council Tax {year.year}", year) for year in card.years),
        *(
            _statement(f"Costs of the court for {year.year}", year)
            for year in accounts.costs_by_year(card.reference)
        ),
    ]
    return render(
        visit, "revenues/statement.html", frame(visit, card, "statement") | {"tables": shown}
    )


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def timeline(visit: Visit, reference: str) -> HttpResponse:
    """Show what happened to the account, newest first."""
    card = accounts.card(subjects.account(reference), on=visit.today)
    before = visit.GET.get("before", "")
    entries = facts.timeline_of_thing(
        card.thing,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        limit=SEVERAL,
        without=[LOOKED, *visit.purpose.hides()],
    )
    context = frame(visit, card, "timeline") | {
        "events": _events(entries),
        "older": entries[-1].id if len(entries) == SEVERAL else None,
    }
    return render(visit, "revenues/timeline.html", context)


def frame(visit: Visit, card: accounts.Card, current: str) -> dict[str, object]:
    """Return what every page of an account begins with."""
    return {
        "card": card,
        "identity": _identity(card, visit),
        "sections": [
            components.Section(
                title, reverse(f"revenues:{name}", args=[card.reference]), current=name == current
            )
            for name, title in (
                ("account", "Overview"),
                ("statement", "Statement"),
                ("arrangement", "Arrangement"),
                ("timeline", "Timeline"),
                ("direct_debit", "Direct Debit"),
                ("account_recovery", "Recovery"),
                ("letters", "Letters"),
                ("account_changes", "Changes"),
            )
        ],
    }


def _identity(card: accounts.Card, visit: Visit) -> components.Identity:
    liable = [one for one in card.liable if one.ends is None or one.ends > visit.today]
    people = tuple(
        cells.Link(one.name, reverse("resident", args=[one.person_id])) for one in liable
    )
    home = cells.Link(", ".join(card.address), reverse("revenues:dwelling", args=[card.uprn]))
    rows = [
        components.Row("Home", home),
        components.Row("Band", card.band),
        components.Row("Liable", cells.Lines(people) if people else "Nobody now"),
        components.Row("Balance of all years", wording.balance(card.balance_pence)),
        *_with_costs(card),
    ]
    if others := _others(card, visit.today):
        rows.append(components.Row("Their other accounts", others))
    if post := _post(card, visit):
        rows.append(components.Row("Post that waits", post))
    flags = [cells.Tag(f"Closed {wording.short_day(card.ends)}", "grey")] if card.ends else []
    if card.ends == card.starts:
        flags = [cells.Tag("Opened by mistake: holds on no day", "grey")]
    return components.Identity(f"Council Tax account {card.reference}", rows, flags)


def _others(card: accounts.Card, on: date) -> cells.Lines | None:
    """Return the other accounts of those liable, the newest first: where they moved from or to."""
    found, count = accounts.others_of(card, most=MOST_OTHERS, on=on)
    links = [
        cells.Link(f"{reference}, {line}", reverse("revenues:account", args=[reference]))
        for reference, line in found
    ]
    more = count - len(links)
    lines = (*links, f"and {wording.number(more)} more") if more else tuple(links)
    return cells.Lines(lines) if lines else None


def _post(card: accounts.Card, visit: Visit) -> cells.Lines | None:
    """Return what came about the account and waits, for whoever deals with the post."""
    if post_capabilities.HANDLE_POST.slug not in visit.actor.capabilities:
        return None
    links = tuple(
        cells.Link(
            f"{one.get_about_display()}, {wording.short_day(one.received_on)}",
            reverse("post-item", args=[one.pk]),
        )
        for one in post.waiting_under(card.thing)
    )
    return cells.Lines(links) if links else None


def _with_costs(card: accounts.Card) -> list[components.Row]:
    """Return the costs of the court and the sum of both, where any are owed."""
    if not card.costs_pence:
        return []
    return [
        components.Row("Costs of the court", wording.balance(card.costs_pence)),
        components.Row(
            "Tax and costs together", wording.balance(card.balance_pence + card.costs_pence)
        ),
    ]


def _chosen(card: accounts.Card, visit: Visit) -> accounts.YearOwed | None:
    """Return the year that the address asks for, else this year's, else the newest, if any."""
    by_name = {one.year.name: one for one in card.years}
    newest = card.years[0].year.name if card.years else ""
    wanted = (visit.GET.get("year", ""), years.Year.holding(visit.today).name, newest)
    return next((by_name[name] for name in wanted if name in by_name), None)


def _owed(card: accounts.Card) -> tables.Table:
    rows = [
        {
            "year": one.year.name,
            "href": f"?year={one.year.name}#year",
            "charged": one.charged_pence,
            "received": one.received_pence,
            "balance": wording.balance(one.balance_pence),
        }
        for one in card.years
    ]
    total = {
        "year": "All years",
        "charged": sum(one.charged_pence for one in card.years),
        "received": sum(one.received_pence for one in card.years),
        "balance": wording.balance(card.balance_pence),
    }
    return tables.Table(
        "What is owed, by year",
        OWED,
        rows,
        total=total if len(rows) > 1 else None,
        empty="This account has not been billed yet.",
    )


def _to_pay(
    account: models.Account,
    year: accounts.YearOwed,
    asked: Sequence[instalments.Instalment],
    visit: Visit,
) -> dict[str, object]:
    """Return what is to be paid of a year and by when: its instalments, or all where lost."""
    coming = instalments.next_due(asked, visit.today)
    owing = due.of_account(account.pk, year.year, visit.today) if coming else None
    if owing is None or not owing.is_all:
        return {
            "asked": _asked(asked, year, visit),
            "next": coming,
            "overdue_pence": instalments.overdue_pence(asked, visit.today),
        }
    return {
        "asked": _as_billed(asked, year, "all that is left is due now"),
        "overdue_pence": owing.pence,
        "lost": f"{owing.stage}, {wording.day(owing.stage_on)}",
        "recovery": reverse("revenues:account_recovery", args=[account.reference]),
    }


def _asked(
    rows: Sequence[instalments.Instalment], year: accounts.YearOwed, visit: Visit
) -> tables.Table:
    return tables.Table(
        f"Instalments of {year.year.name}",
        ASKED,
        [
            {
                "due_on": _due(one),
                "asked": one.pence,
                "paid": one.paid_pence,
                "state": cells.Tag(one.state(visit.today), STATES.get(one.state(visit.today), "")),
            }
            for one in rows
        ],
        empty="No instalments: there is nothing to pay for this year.",
    )


def _as_billed(
    rows: Sequence[instalments.Instalment], year: accounts.YearOwed, instead: str
) -> tables.Table:
    """Return what the bill asked for, without saying that any of it is late, and what is now."""
    table = [{"due_on": _due(one), "asked": one.pence, "paid": one.paid_pence} for one in rows]
    caption = f"What the bill of {year.year.name} asked for; {instead}"
    return tables.Table(caption, ASKED[:3], table)


def _due(one: instalments.Instalment) -> str:
    return wording.short_day(one.due_on) if one.due_on else "By earlier bills"


def _arranged(account: models.Account, year: accounts.YearOwed, visit: Visit) -> dict[str, object]:
    """Return what an arrangement asks for in place of the bill; nothing where none holds."""
    found = arrangements.newest(account)
    if found is None or found.ends is not None or year.year.name not in found.parts:
        return {}
    stands = arrangements.standing_of(found, visit.today)
    if not stands.is_kept[0]:
        return {}
    return {
        "arranged": reverse("revenues:arrangement", args=[account.reference]),
        "next": instalments.next_due(arrangements.schedule(stands), visit.today),
        "late_pence": int(stands.standing.short_pence[0]),
        "overdue_pence": 0,
    }


def _working(account_id: int, year: accounts.YearOwed) -> components.Working | str:
    """Return how the year's charge is worked out, or the sentence that says why it cannot be."""
    try:
        worked = explanations.explain(account_id, year.year)
    except laws.LawNotKnown as refusal:
        return str(refusal)
    return worked if worked.lines else "Nobody is liable here on any day of this year."


def _liable(card: accounts.Card) -> tables.Table:
    rows = [
        {
            "name": one.name,
            "href": reverse("resident", args=[one.person_id]),
            "basis": one.basis,
            "period": wording.period(one.starts, one.ends),
        }
        for one in card.liable
    ]
    return tables.Table("Who is liable", LIABLE, rows, caption_hidden=True)


def _statement(title: str, year: accounts.YearOwed | accounts.CostsOwed) -> tables.Table:
    rows = [
        {
            "on": one.on,
            "narrative": one.narrative,
            **({"charged": one.pence} if one.pence > 0 else {"credited": -one.pence}),
            "balance": wording.balance(one.balance_pence),
        }
        for one in ledger.statement(year.sub_account_id)
    ]
    total = {
        "narrative": "Now",
        "balance": wording.balance(year.balance_pence),
    }
    return tables.Table(title, ENTRIES, rows, total=total)


def _events(entries: Sequence[facts.Entry]) -> list[components.Event]:
    names = officers.names({entry.by for entry in entries})
    return [
        components.Event(entry.sentence, entry.on, by=names.get(entry.by, entry.by))
        for entry in entries
    ]
