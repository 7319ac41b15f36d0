"""The arrangement of an account: how it goes, and the few things that can be done about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.pages import accounts as pages
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import accounts, worries
from borough.lines.revenues.queries import arrangements as queries
from borough.rules.arrangements import State

SHOWN_AHEAD = 12
WORDS = {
    State.PAID: cells.Tag("Paid off", "green"),
    State.KEPT: cells.Tag("Kept", "green"),
    State.LATE: cells.Tag("Late", "yellow"),
    State.WARNED: cells.Tag("Letter sent", "orange"),
    State.BROKEN: cells.Tag("Not kept", "red"),
}
PAYMENTS = (
    tables.text("due_on", "Due by"),
    tables.money("pence", "Agreed"),
    tables.money("paid", "Paid"),
    tables.text("state", "State"),
)
WORRIES = (
    tables.text("account", "Account", link="href"),
    tables.day("late_since", "Late since"),
    tables.money("short", "Missing"),
    tables.text("called_on", "Last asked"),
    tables.text("next", "Next"),
)
GROWN = (
    tables.text("account", "Account", link="href"),
    tables.money("grown", "Larger by"),
    tables.day("last_due", "Last payment agreed"),
)
ENDED = [
    (value, title)
    for value, title in models.Arrangement.Ended.choices
    if value in {"asked", "not_kept", "mistake"}
]


class Contact(forms.Form):
    reached = fields.YesNoField(
        what="yes if you spoke with them",
        label="Did you speak with them?",
        help_text="Ask how things are, and what would make it easier. Less each time, another day "
        "or a pause is better than a letter.",
    )


class Ending(forms.Form):
    why = fields.ChoiceField(what="why it ends", label="Why does it end?", choices=ENDED)


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def arrangement(visit: Visit, reference: str) -> HttpResponse:
    """Show how the arrangement of an account goes, or that there is none."""
    account = subjects.account(reference)
    card = accounts.card(account, on=visit.today)
    context = pages.frame(visit, card, "arrangement")
    found = queries.newest(account)
    if found is not None:
        context |= _shown(found, visit)
    may = capabilities.AGREE_ARRANGEMENT.slug in visit.actor.capabilities
    is_open = found is not None and found.ends is None and not context.get("is_paid")
    context |= {
        "may_offer": may and not is_open and bool(queries.debts(account)),
        "links": _links(found, visit, context) if found is not None and is_open else [],
    }
    return render(visit, "revenues/arrangement.html", context)


@page(capabilities.AGREE_ARRANGEMENT)
def arrangements(visit: Visit) -> HttpResponse:
    """List the arrangements that run late, so that somebody rings before anything else."""
    late = worries.worries(visit.today)
    rows = [
        {
            "account": one.account,
            "href": reverse("revenues:arrangement", args=[one.account]),
            "late_since": one.late_since,
            "short": one.short_pence,
            "called_on": wording.short_day(one.called_on) if one.called_on else "Not yet",
            "next": one.next_step,
        }
        for one in late
    ]
    table = tables.Table(
        "Arrangements that run late", WORRIES, rows, empty="Every arrangement is kept today."
    )
    context = {
        "table": table,
        "grown": _grown(visit),
        "late": len(late),
        "agreed": queries.open_on(visit.today).count(),
        "figures": queries.figures(visit.today),
    }
    return render(visit, "revenues/arrangements.html", context)


def _grown(visit: Visit) -> tables.Table:
    rows = [
        {
            "account": one.account,
            "href": reverse("revenues:arrangement", args=[one.account]),
            "grown": one.grown_pence,
            "last_due": one.last_due,
        }
        for one in worries.grown(visit.today)
    ]
    caption = "Debts that a new bill made larger than was agreed"
    return tables.Table(caption, GROWN, rows, empty="Every debt is as it was agreed, or smaller.")


def of_arrangement(number: int, **_: object) -> Subject:
    """Return the persons liable on the account of an arrangement."""
    return subjects.of_account(get(number).account.reference)


def get(number: int) -> models.Arrangement:
    """Return an arrangement that has not ended, or say that there is none."""
    rows = models.Arrangement.objects.select_related("account")
    return get_object_or_404(rows, pk=number, ends=None)


def page_of(account: models.Account) -> str:
    """Return the address of an account's arrangement."""
    return reverse("revenues:arrangement", args=[account.reference])


@personal(capabilities.AGREE_ARRANGEMENT, subject=of_arrangement)
def contact(visit: Visit, number: int) -> HttpResponse:
    """Record that somebody was asked how it goes."""
    found = get(number)
    deed = doing.Deed(
        title="Record a call about the arrangement",
        says="An instalment may be late for a hundred reasons. Nothing is sent and nothing is "
        "added because of this.",
        act=lambda reached: commands.record_contact(
            arrangement=found, reached=reached, by=visit.actor, on=visit.today
        ),
        done="Call recorded",
        back=page_of(found.account),
    )
    return doing.answer(visit, Contact(doing.asked(visit)), deed)


@personal(capabilities.WARN_ARRANGEMENT, subject=of_arrangement)
def warning(visit: Visit, number: int) -> HttpResponse:
    """Write that the arrangement is not being kept, with days to put it right."""
    found = get(number)
    standing = queries.standing_of(found, visit.today).standing
    days = queries.figures(visit.today).days_to_put_right
    deed = doing.Deed(
        title="Write about the arrangement",
        says=f"The letter says that {wording.money(int(standing.short_pence[0]))} is missing and "
        f"gives {days} days to pay it or to agree something else. Only after that does the "
        "arrangement hold nothing back any more.",
        act=lambda: commands.warn(arrangement=found, by=visit.actor, on=visit.today),
        done="Letter about the arrangement made",
        back=page_of(found.account),
        button="Make the letter",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.AGREE_ARRANGEMENT, subject=of_arrangement)
def ending(visit: Visit, number: int) -> HttpResponse:
    """End an arrangement."""
    found = get(number)
    deed = doing.Deed(
        title="End the arrangement",
        says="What is owed stays owed, and goes on from where it stood when it was agreed. If it "
        "only asks too much, change it instead.",
        act=lambda why: commands.end(arrangement=found, why=why, by=visit.actor, on=visit.today),
        done="Arrangement ended",
        back=page_of(found.account),
        button="End it",
    )
    return doing.answer(visit, Ending(doing.asked(visit)), deed)


def _shown(found: models.Arrangement, visit: Visit) -> dict[str, Any]:
    """Return what the page says of an arrangement, as things are today."""
    stands = queries.standing_of(found, visit.today)
    state = State(int(stands.standing.state[0]))
    payments = queries.schedule(stands)
    coming = next((one for one in payments if one.left_pence > 0), None)
    grown = int(stands.grown_pence[0])
    return {
        "arrangement": found,
        "summary": _summary(found, stands, state),
        "payments": _payments(payments, visit),
        "next": coming if found.ends is None else None,
        "short_pence": int(stands.standing.short_pence[0]) if found.ends is None else 0,
        "grown_pence": grown if found.ends is None and state != State.PAID else 0,
        "is_paid": state == State.PAID,
        "is_late": found.ends is None and state >= State.LATE,
        "state": state.name.lower(),
    }


def _summary(
    found: models.Arrangement, stands: queries.Standings, state: State
) -> list[components.Row]:
    ended = f"{found.get_why_ended_display()}, {wording.day(found.ends)}" if found.ends else None
    return [
        components.Row("State", cells.Tag(ended, "grey") if ended else WORDS[state]),
        components.Row("Covers", ", ".join(found.parts)),
        components.Row("Agreed on", wording.day(found.starts)),
        components.Row("Agreed", _agreed(found)),
        components.Row("Owed when agreed", cells.Pence(found.debt_pence)),
        components.Row("Received since", cells.Pence(int(stands.received_pence[0]))),
        components.Row("Owed now", cells.Pence(int(stands.owed_pence[0]))),
        *_talked(found),
        components.Row("Last payment", wording.day(stands.terms.last_due[0].item())),
    ]


def _talked(found: models.Arrangement) -> list[components.Row]:
    """Return the newest call and the newest letter about what was late, if there were any."""
    rows = []
    if call := found.contacts.order_by("on", "pk").last():
        answer = "spoke with them" if call.reached else "nobody answered"
        rows.append(components.Row("Last asked", f"{wording.day(call.on)}: {answer}"))
    if letter := found.warnings.order_by("issued").last():
        words = f"{wording.day(letter.issued)}: {wording.money(letter.short_pence)} by "
        rows.append(components.Row("Letter about it", words + wording.day(letter.put_right_by)))
    return rows


def _agreed(found: models.Arrangement) -> str:
    each, often = wording.money(found.other_pence), found.get_every_display().lower()
    if found.number == 1:
        return f"{wording.money(found.first_pence)} once, by {wording.day(found.first_due)}"
    odd = f", the first {wording.money(found.first_pence)}"
    first = odd if found.first_pence != found.other_pence else ""
    return f"{each} {often} from {wording.day(found.first_due)}{first}: {found.number} payments"


def _payments(payments: list[Any], visit: Visit) -> tables.Table:
    """Return what has fallen due and the next dozen; a long arrangement is not listed whole."""
    fallen = [one for one in payments if one.due_on <= visit.today]
    ahead = payments[len(fallen) :]
    rows = [
        {
            "due_on": wording.short_day(one.due_on),
            "pence": one.pence,
            "paid": one.paid_pence,
            "state": cells.Tag(
                one.state(visit.today), pages.STATES.get(one.state(visit.today), "")
            ),
        }
        for one in [*fallen, *ahead[:SHOWN_AHEAD]]
    ]
    more = len(ahead) - SHOWN_AHEAD
    caption = f"Payments, without {more} later ones" if more > 0 else "Payments"
    return tables.Table(caption, PAYMENTS, rows)


def _links(found: models.Arrangement, visit: Visit, context: dict[str, Any]) -> list[cells.Link]:
    """Return the ways on, the kindest first."""
    agree, warn = capabilities.AGREE_ARRANGEMENT, capabilities.WARN_ARRANGEMENT
    ways = []
    if context["is_late"]:
        ways.append(("Record a call about it", "arrangement_contact", agree))
    ways.append(("Change the arrangement", "arrangement_change", agree))
    if context["state"] == "late":
        ways.append(("Write about it", "arrangement_warning", warn))
    ways.append(("End the arrangement", "arrangement_end", agree))
    return [
        cells.Link(title, reverse(f"revenues:{name}", args=[found.pk]))
        for title, name, capability in ways
        if capability.slug in visit.actor.capabilities
    ]
