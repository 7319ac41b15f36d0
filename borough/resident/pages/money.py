"""What somebody may be entitled to, what they owe, what comes next: the tables of their page."""

from borough.kernel.pages import cells, tables, wording
from borough.resident import queries

OFFERS = (
    tables.text("title", "What", link="href"),
    tables.text("why", "Why we ask"),
    tables.text("worth", "About"),
)
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


def offers(picture: queries.Picture) -> tables.Table:
    """Return the help to ask about, the likely first."""
    rows = [
        {
            "title": one.title,
            "href": one.url,
            "why": cells.Lines((one.why, cells.Tag("Likely", "green"))) if one.likely else one.why,
            "worth": f"{wording.money(one.weekly_pence)} a week" if one.weekly_pence else None,
        }
        for one in picture.offers
    ]
    return tables.Table(
        "What they may be entitled to, and do not have",
        OFFERS,
        rows,
        empty="Nothing that our records show. It does not mean that nothing is due: ask.",
    )


def debts(picture: queries.Picture) -> tables.Table:
    """Return every account with what is owed, late and added, the largest first."""
    rows = [_debt(held, part) for held in picture.held for part in held.parts]
    return tables.Table(
        "Every account with the council", DEBTS, rows, empty="No account with any service."
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
