"""Money whose owner is not known: how much waits, since when, whose it may be, and giving it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.bank import bouncing, capabilities, commands, matching, models, queries
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, charts, components, fields, forms, paging, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal

LARGEST_ID = 2**63 - 1
ROWS = (
    tables.day("on", "Received on"),
    tables.text("what", "Entry", link="href"),
    tables.number("days", "Days"),
    tables.money("pence", "Waits"),
    tables.text("reference", "Reference given"),
)
GIVEN = (
    tables.day("on", "On"),
    tables.text("reference", "To account"),
    tables.money("pence", "Amount"),
    tables.text("by", "By"),
)


MATCHED = (GIVEN[0], tables.text("reference", "What it was"), *GIVEN[2:])


class Place(forms.Form):
    """To which account, and how much of it."""

    kind = fields.ChoiceField(what="what it pays", label="What does it pay?", choices=())
    reference = fields.TextField(
        what="the number of the account",
        label="To which account?",
        help_text="Its number, or what the answer above asks for.",
        max_length=60,
    )
    pence = fields.MoneyField(
        what="how much is for this account",
        label="How much of it is for this account?",
        help_text="Less than all of it leaves the rest to be given to others.",
        least_pence=1,
    )
    year = fields.TextField(
        what="a year",
        label="Which year did the payer name?",
        help_text="For example 2025-26. Leave it empty if they named none.",
        max_length=9,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: fields.ChoiceField = self.fields["kind"]  # type: ignore[assignment]
        chosen.choices = _kinds()


class PaidOut(forms.Form):
    """What money was that left our bank account."""

    kind = fields.ChoiceField(what="what it was", label="What was it?", choices=())
    reference = fields.TextField(
        what="which one it was",
        label="Which one?",
        help_text="As its page names it.",
        max_length=60,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: fields.ChoiceField = self.fields["kind"]  # type: ignore[assignment]
        chosen.choices = [
            (commands.PAYMENTS, "Payments that we sent: the serial number of their file"),
            (bouncing.KIND, bouncing.TITLE),
            *(one for line in joining.cards() for one in line.leaves.items()),
        ]


def _of_all() -> Subject:
    return Subject((), "", "what waits in suspense, with what its payers wrote")


@personal(capabilities.PLACE_RECEIPTS, subject=_of_all)
def suspense(visit: Visit) -> HttpResponse:
    """Show what waits by age, and each entry of the ages chosen, what has waited longest first."""
    rows = queries.waiting()
    ages = queries.ages(rows, on=visit.today)
    chosen = next((age for age in ages if visit.GET.get("age") == str(age.least)), None)
    shown = (
        [row for row in rows if queries.is_aged(row, chosen.least, chosen.most, on=visit.today)]
        if chosen
        else rows
    )
    listed = paging.numbered(shown, visit.GET)
    context = {
        "pence": sum(row.pence for row in rows),
        "count": len(rows),
        "chart": _chart(ages),
        "ages": _ages(ages),
        "chosen": chosen,
        "table": tables.Table("What waits", ROWS, [_row(one, visit) for one in listed]),
        "page": listed,
        "stopped": queries.stopped_in_all().count(),
    }
    return render(visit, "bank/suspense.html", context)


def _subject(number: int, **_: object) -> Subject:
    return Subject((), f"kernel.bank_entry/{_entry(number).pk}", f"bank entry {number}")


@personal(capabilities.PLACE_RECEIPTS, subject=_subject)
def entry(visit: Visit, number: int) -> HttpResponse:
    """Show one entry: what the payer wrote, whose it may be and why, and what was given to whom."""
    found = _entry(number)
    waits = queries.waits_of(found)
    stopped = models.Stopped.objects.filter(entry=found, taken_up=None).first()
    proposals = matching.proposed([found], on=visit.today).get(0, []) if waits > 0 else []
    context = {
        "entry": found,
        "waits": waits,
        "rows": _facts(found),
        "stopped": stopped,
        "is_out": stopped is not None and stopped.why == models.Stopped.Why.OUT,
        "may_take_up": stopped is not None and stopped.why != models.Stopped.Why.OUT,
        "proposals": [_proposal(one, found) for one in proposals] if proposals else None,
        "bounced": [_bounced(one, found) for one in queries.may_have_bounced(found)]
        if stopped is not None and stopped.why == models.Stopped.Why.OUT
        else [],
        "taken_back": [_to_entry(one) for one in queries.took_back(found)],
        "given": _given(found),
        "sent": [
            cells.Link(
                f"Payment {one.pk} to account {one.reference}, sent by file {one.sent.file.serial}",
                reverse("bank:came_back", args=[found.pk, one.pk]),
            )
            for one in (queries.may_be_back(found)[:5] if waits > 0 else [])
        ],
    }
    return render(visit, "bank/entry.html", context)


@personal(capabilities.PLACE_RECEIPTS, subject=_subject)
def place(visit: Visit, number: int) -> HttpResponse:
    """Give what waits of an entry, or a part of it, to an account."""
    found = _entry(number)
    initial = {
        "kind": visit.GET.get("kind") or _kinds()[0][0],
        "reference": visit.GET.get("account", ""),
        "pence": queries.waits_of(found),
    }
    certainty = _certainty(visit.GET.get("sure", ""))
    deed = doing.Deed(
        title="Give this money to an account",
        says=f"{wording.money(queries.waits_of(found))} of it waits. It is posted today, and the "
        "account says that it was received.",
        act=partial(_place, visit, found, certainty),
        done="The money is given to the account",
        back=reverse("bank:entry", args=[number]),
        places={
            matching.UnknownTarget: "reference",
            matching.UnknownPart: "year",
            commands.MoreThanIsThere: "pence",
        },
        button="Give it",
    )
    return doing.answer(visit, Place(doing.asked(visit), initial=initial), deed)


@personal(capabilities.PLACE_RECEIPTS, subject=_subject)
def came_back(visit: Visit, number: int, payment: int) -> HttpResponse:
    """Say that an entry is a payment of ours that came back."""
    found = _entry(number)
    paid = queries.may_be_back(found).filter(pk=min(payment, LARGEST_ID)).first()
    back = reverse("bank:entry", args=[number])
    if paid is None:
        return redirect(back)
    deed = doing.Deed(
        title="This is a payment come back",
        says=f"{wording.money(paid.pence)} sent to {paid.details.name}, {paid.details.masked}, by "
        f"file {paid.sent.file.serial}. It goes back to account {paid.reference}.",
        act=lambda: commands.payment_came_back(
            payment=paid, entry=found, by=visit.actor, on=visit.today
        ),
        done="The payment is back on its account",
        back=back,
        button="It came back",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.TAKE_UP_ENTRIES)
def take_up(visit: Visit, number: int) -> HttpResponse:
    """Post an entry that was stopped."""
    found = _entry(number)
    deed = doing.Deed(
        title="Post this entry",
        says=f"{wording.money(found.pence)}, booked on {wording.day(found.on)}. It goes to "
        "suspense with today's date, to be given to its owner from there.",
        act=lambda: commands.take_up_entry(entry=found, by=visit.actor, on=visit.today),
        done="The entry is posted to suspense",
        back=reverse("bank:entry", args=[number]),
        button="Post it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.PLACE_RECEIPTS, subject=_subject)
def paid_out(visit: Visit, number: int) -> HttpResponse:
    """Say what money that left our bank account was."""
    found = _entry(number)
    if found.pence >= 0:
        raise Http404
    deed = doing.Deed(
        title="Say what this payment was",
        says=f"{wording.money(-found.pence)} left our bank account on {wording.day(found.on)}. "
        "Each file is matched with one entry, of exactly its amount.",
        act=lambda kind, reference: commands.match_paid_out(
            entry=found,
            target=matching.Target(kind, reference.strip()),
            by=visit.actor,
            on=visit.today,
        ),
        done="The entry is matched",
        back=reverse("bank:entry", args=[number]),
        places={matching.UnknownTarget: "reference", commands.NotThatMoney: "reference"},
        button="Match it",
    )
    initial = {
        "kind": visit.GET.get("kind") or commands.PAYMENTS,
        "reference": visit.GET.get("reference", ""),
    }
    return doing.answer(visit, PaidOut(doing.asked(visit), initial=initial), deed)


def _place(
    visit: Visit,
    found: models.Entry,
    certainty: int,
    *,
    kind: str,
    reference: str,
    pence: int,
    year: str,
) -> None:
    target = matching.Target(kind, reference.strip())
    commands.place_entry(
        entry=found,
        parts=[commands.Part(target, pence, year.strip(), certainty)],
        by=visit.actor,
        on=visit.today,
    )


def _entry(number: int) -> models.Entry:
    found = models.Entry.objects.filter(pk=min(number, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def _kinds() -> list[tuple[str, str]]:
    """Return what an entry may pay: accounts of the services, or money that was on its way."""
    accounts = [
        (kind.slug, kind.title)
        for line in joining.cards()
        if line.receives
        for kind in line.account_kinds
        if kind.is_debt
    ]
    return accounts + [one for line in joining.cards() for one in line.clears.items()]


def _certainty(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _chart(ages: list[queries.Age]) -> charts.Chart:
    oldest = next((age for age in reversed(ages) if age.count), None)
    finding = (
        f"{wording.money(oldest.pence)} has waited {oldest.title}." if oldest else "Nothing waits."
    )
    return charts.bars(
        "What waits, by how long",
        finding,
        [(age.title, age.pence) for age in ages],
        of="Waited",
        shows=wording.money,
    )


def _ages(ages: list[queries.Age]) -> list[cells.Link]:
    return [
        cells.Link(f"{age.title} ({age.count:,})", f"?age={age.least}") for age in ages if age.count
    ]


def _row(row: queries.Waits, visit: Visit) -> dict[str, Any]:
    return {
        "on": row.on,
        "what": f"Entry {row.entry_id}",
        "href": reverse("bank:entry", args=[row.entry_id]),
        "days": max((visit.today - row.on).days, 0),
        "pence": row.pence,
        "reference": row.reference[:40],
    }


def _facts(found: models.Entry) -> list[components.Row]:
    account = f"account ending {found.payer_account[-4:]}" if found.payer_account else None
    return [
        components.Row("Amount", cells.Pence(found.pence)),
        components.Row("Booked on", found.on),
        components.Row("Payer", found.payer_name or None),
        components.Row("From", account),
        components.Row("Reference", found.reference or None),
        components.Row("Description", found.narrative or None),
    ]


def _proposal(one: matching.Proposal, found: models.Entry) -> dict[str, Any]:
    query = f"?account={one.target.reference}&kind={one.target.kind}&sure={one.certainty_percent}"
    return {
        "title": one.title,
        "href": reverse("bank:place", args=[found.pk]) + query,
        "why": one.reasons,
        "certainty": one.certainty_percent,
    }


def _bounced(one: models.Entry, out: models.Entry) -> cells.Link:
    """Return the way to say that an earlier payment was taken back."""
    given = ", ".join(part.reference for part in one.placed.all())
    whose = f"given to {given}" if given else "waiting in suspense"
    query = f"?kind={bouncing.KIND}&reference={one.pk}"
    return cells.Link(
        f"Entry {one.pk}, received on {wording.day(one.on)}, {whose}",
        reverse("bank:paid_out", args=[out.pk]) + query,
    )


def _given(found: models.Entry) -> tables.Table | None:
    rows = list(found.placed.order_by("pk"))
    names = officers.names({one.by for one in rows})
    shown = [
        {"on": one.on, "reference": _what(one), "pence": one.pence, "by": names[one.by]}
        for one in rows
    ]
    title, columns = ("Given to", GIVEN) if found.pence > 0 else ("Matched with", MATCHED)
    return tables.Table(title, columns, shown) if shown else None


def _what(part: models.Placed) -> cells.Link | str:
    return _to_entry(int(part.reference)) if part.kind == bouncing.KIND else part.reference


def _to_entry(number: int) -> cells.Link:
    return cells.Link(f"Entry {number}", reverse("bank:entry", args=[number]))
