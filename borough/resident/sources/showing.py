"""What others told of somebody, as pages show it: always with who told us, and as at when."""

from collections.abc import Iterable
from datetime import date

from borough.kernel.pages import cells, components, tables, wording
from borough.resident.sources import queries, words
from borough.rules.support import consequences

GRAVEST = 1

DEBTS = (
    tables.text("title", "Debt"),
    tables.text("balance", "Owed"),
    tables.text("stage", "How it stands"),
    tables.text("regular", "Usual payment"),
    tables.text("told", "Told by"),
)
AWARDS = (
    tables.text("title", "What"),
    tables.text("amount", "How much"),
    tables.text("period", "When"),
    tables.text("told", "Told by"),
)


def debts(held: Iterable[queries.DebtHeld], title: str) -> tables.Table:
    """Return what is owed to others, each with who told us and as at when."""
    rows = [
        {
            "title": cells.Lines((one.title, one.reference)),
            "balance": wording.balance(one.pence),
            "stage": _stands(one),
            "regular": _regular(one),
            "told": _told(one.right),
        }
        for one in held
    ]
    return tables.Table(title, DEBTS, rows)


def gravest(held: Iterable[queries.DebtHeld], on: date) -> list[str]:
    """Say which debts have gone so far that the worst may come, and who told us."""
    law = consequences.law(on)
    return [
        f"{what.says[:1].upper()}{what.says[1:]}: {one.title} {one.reference}. "
        f"{words.STAGES[one.stage]}, as {one.right.holder} told us of "
        f"{wording.day(one.right.as_at)}."
        for one in held
        if one.pence > 0
        and one.stage in words.STAGES
        and (what := law.of(one.kind, one.stage)).tier == GRAVEST
    ]


def _regular(one: queries.DebtHeld) -> str | None:
    if not one.regular_pence:
        return None
    every = words.EVERY.get(one.regular_every, "")
    return f"{wording.money(one.regular_pence)} {every}".strip()


def awards(held: Iterable[queries.AwardHeld], title: str) -> tables.Table:
    """Return what somebody is given, as others told us."""
    rows = [
        {
            "title": one.title,
            "amount": f"{wording.money(one.weekly_pence)} a week",
            "period": (
                wording.period(one.awarded_from, one.awarded_until) if one.awarded_from else None
            ),
            "told": _told(one.right),
        }
        for one in held
    ]
    return tables.Table(title, AWARDS, rows)


def _stands(one: queries.DebtHeld) -> object:
    told = [words.STAGES[one.stage]] if one.stage else []
    if one.oldest_due:
        told.append(f"Oldest due {wording.short_day(one.oldest_due)}")
    if one.notice_served:
        told.append(f"Notice served {wording.short_day(one.notice_served)}")
    return cells.Lines(tuple(told)) if told else None


def rights(held: Iterable[queries.DebtHeld | queries.AwardHeld]) -> list[components.Row]:
    """Return by what right we know what others told us, each source once."""
    told = [one.right for one in held]
    return [
        components.Row(right.title, right.lawful_basis)
        for right in {one.source: one for one in told}.values()
    ]


def _told(right: queries.Right) -> cells.Lines:
    return cells.Lines((right.title, f"as at {wording.short_day(right.as_at)}"))
