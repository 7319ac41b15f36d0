"""A moratorium in words and rows, as more than one page shows it.

What other services and other organisations keep is shown to those alone whose purpose opens it.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from borough.kernel.holds import kinds
from borough.kernel.pages import cells, components, tables, wording
from borough.kernel.visits import Visit
from borough.resident.moratoria import clock, models

DEBTS = (
    tables.text("title", "Debt"),
    tables.money("pence", "Owed"),
    tables.text("state", "Left alone"),
    tables.text("why", "Why"),
    tables.text("change", "Change"),
)
LOOKED_AT = DEBTS[:-1]


def shown(debts: Iterable[models.NoticeDebt], visit: Visit) -> tuple[list[models.NoticeDebt], int]:
    """Return the debts that the purpose opens, and how many it does not."""
    purpose = visit.purpose
    every = list(debts)
    seen = [
        one
        for one in every
        if purpose.shows(one.thing) and (purpose.shows_joined or not one.holder)
    ]
    return seen, len(every) - len(seen)


def summary(notice: models.Notice, stands: clock.Clock) -> list[components.Row]:
    """Return the notice and its days."""
    rows = [
        components.Row("Resident", notice.person.name),
        components.Row("What it is", notice.get_kind_display()),
        components.Row("Reference", notice.reference),
        components.Row("Entered in the register", wording.day(notice.registered_on)),
        components.Row("Starts", wording.day(notice.starts)),
        components.Row("Until", until(stands)),
        components.Row(
            "Debt adviser",
            cells.Lines(tuple(one for one in (notice.adviser, notice.adviser_reference) if one)),
        ),
    ]
    if notice.certified_on:
        rows.append(
            components.Row("Evidence of the professional", wording.day(notice.certified_on))
        )
    terms = kinds.all_kinds()[notice.kind].on(notice.starts)
    return [*rows, components.Row("Law", terms.law if terms else "")]


def debt_row(debt: models.NoticeDebt, *, may: bool) -> dict[str, Any]:
    """Return a row of ``DEBTS``; ``may``: it may be taken out."""
    release = getattr(debt, "release", None)
    title: Any = debt.title
    if debt.holder:
        title = cells.Lines((debt.title, f"Owed to {debt.holder}"))
    state: Any = (
        cells.Tag("Left alone", "green") if debt.is_inside else cells.Tag("Outside", "grey")
    )
    if release is not None:
        state = f"Until {wording.day(release.ends)}: {release.get_why_display().lower()}"
    return {
        "title": title,
        "pence": debt.pence,
        "state": state,
        "why": debt.why,
        "change": cells.Link(
            "Take it out", reverse("moratorium-release", args=[debt.pk]), debt.title
        )
        if may and debt.is_inside and release is None
        else "",
    }


def day_number(stands: clock.Clock) -> str:
    """Say which day it is."""
    if stands.day < 1:
        return f"Starts on {wording.day(stands.starts)}"
    if stands.has_ended or stands.ends is None:
        return "Over" if stands.has_ended else f"Day {stands.day}"
    return f"Day {stands.day} of {(stands.ends - stands.starts).days}"


def until(stands: clock.Clock) -> str:
    """Say until when it holds."""
    if stands.ends is None:
        return "As long as the crisis treatment, and then for the days that the law adds"
    last = stands.ends.fromordinal(stands.ends.toordinal() - 1)
    return f"The end of {wording.day(last)}"


def coming(stands: clock.Clock) -> str:
    """Say what comes next, and when."""
    if stands.has_ended:
        return "Its end is being recorded"
    return f"{stands.due[0].words}, {wording.day(stands.due[0].on)}" if stands.due else ""
