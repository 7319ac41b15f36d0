"""What somebody may be entitled to, what they owe, what comes next: the tables of their page."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from borough.kernel.offers import Offer
from borough.kernel.pages import cells, components, tables, wording
from borough.resident import queries
from borough.resident.plans.queries.statements import Budget
from borough.resident.sources import showing as told

DEBTS = (
    tables.text("title", "Debt", link="href"),
    tables.text("balance", "Owed"),
    tables.text("late", "Late"),
    tables.text("stage", "How it stands"),
    tables.text("costs", "Costs we added"),
)
COMING = (
    tables.text("title", "Bill"),
    tables.day("on", "Next on"),
    tables.text("amount", "How much"),
)
LEFT_ALONE = (
    tables.text("what", "What"),
    tables.text("why", "Why"),
    tables.text("period", "When"),
    tables.text("review", "Looked at again by"),
)


def offers(
    picture: queries.Picture, some: Iterable[Offer], *, may_record: bool
) -> list[components.Row]:
    """Return the help to ask about, the likely first, where it is given, what came of asking."""
    rows = []
    for one in some:
        said: list[object] = [one.why]
        if one.weekly_pence:
            said.append(f"About {wording.money(one.weekly_pence)} a week")
        if one.likely:
            said.append(cells.Tag("Likely", "green"))
        ways = [cells.Link("Open", one.url, one.title)] if one.url else []
        if may_record:
            there = reverse("resident-help", args=[picture.id, one.scheme])
            ways.append(cells.Link("Record what came of it", there, one.title))
        rows.append(components.Row(one.title, cells.Lines(tuple(said)), ways))
    return rows


def next_harm(picture: queries.Picture) -> str:
    """Say what comes next that would harm; "" where nothing does."""
    if picture.next is None:
        return ""
    return f"On {wording.day(picture.next.on)} {picture.next.words}: {picture.next.debt}."


def gravest(picture: queries.Picture, on: date) -> list[str]:
    """Say which debts to others have gone so far that the worst may come; its day is not told us.

    Empty where the purpose does not open what others hold.
    """
    return [
        f"{one} We are not told what comes next, or when: ask today."
        for one in told.gravest(picture.elsewhere, on)
    ]


def debts(picture: queries.Picture) -> tables.Table:
    """Return every account with what is owed, late and added, the largest first."""
    rows = [_debt(held, part) for held in picture.held for part in held.parts]
    parts = [part for held in picture.held for part in held.parts]
    late = sum(part.how.overdue_pence for part in parts if part.how)
    costs = sum(part.how.costs_pence for part in parts if part.how)
    return tables.Table(
        "Every account with the council",
        DEBTS,
        rows,
        empty="No account with any service.",
        total={
            "title": "All together",
            "balance": wording.balance(picture.owed_pence),
            "late": wording.money(late) if late else None,
            "stage": "",
            "costs": wording.money(costs) if costs else None,
        }
        if rows[1:]
        else None,
    )


def coming(picture: queries.Picture) -> tables.Table:
    """Return the bills to come in their ordinary course, the soonest first."""
    rows = [
        {
            "title": f"{held.title} {held.reference}",
            "on": payment.on,
            "amount": f"{wording.money(payment.pence)} {payment.every}".strip(),
        }
        for held in picture.held
        for part in held.parts
        if part.how and (payment := part.how.next_payment)
    ]
    return tables.Table(
        "Bills to come", COMING, sorted(rows, key=lambda row: str(row["on"])), empty="None known."
    )


def taken(picture: queries.Picture, budget: Budget | None) -> list[components.Row]:
    """Return what is already taken from what they have, before anything is asked for."""
    rows = [
        components.Row(part.how.taken, f"{held.title} {held.reference}, {part.name}")
        for held in picture.held
        for part in held.parts
        if part.how and part.how.taken
    ]
    if budget and budget.sum.deduction_pence:
        told = f"{wording.money(budget.sum.deduction_pence)} a month, as they told us"
        rows.append(components.Row("Taken for debts", told))
    return rows


def left_alone(picture: queries.Picture) -> tables.Table:
    """Return what is left alone, and why."""
    rows = [
        {
            "what": one.what,
            "why": one.title,
            "period": wording.period(one.starts, one.ends),
            "review": wording.short_day(one.review_by) if one.review_by else None,
        }
        for one in picture.left_alone
    ]
    return tables.Table("Left alone", LEFT_ALONE, rows)


def held_now(picture: queries.Picture, on: date) -> list[str]:
    """Say what is left alone today, and on which day of how many, each in a line."""
    said = []
    for one in picture.left_alone:
        if one.starts <= on:
            until = (
                f" of {(one.ends - one.starts).days}, until {wording.day(one.ends)}"
                if (one.ends)
                else ""
            )
            said.append(f"{one.title}, day {(on - one.starts).days + 1}{until}: {one.what}")
    return said


def _debt(held: queries.Held, part: queries.Part) -> dict[str, object]:
    how = part.how
    late = (
        cells.Lines(
            (wording.money(how.overdue_pence), f"since {wording.short_day(how.oldest_due)}")
        )
        if how and how.overdue_pence and how.oldest_due
        else None
    )
    return {
        "title": f"{held.title} {held.reference}, {part.name}".strip(", "),
        "href": held.href,
        "balance": wording.balance(part.pence if held.is_debt else -abs(part.pence)),
        "late": late,
        "stage": part.stage,
        "costs": wording.money(how.costs_pence) if how and how.costs_pence else None,
    }
