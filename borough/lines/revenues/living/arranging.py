"""Arrangements looked after, each Monday: rung first, written to after that, ended last."""

from collections import Counter
from datetime import date

from django.db import transaction

from borough.kernel import commanding
from borough.kernel.living import Counts, Day
from borough.lines.revenues import models
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import officers
from borough.lines.revenues.queries import arrangements
from borough.rules.arrangements import State

LOOKS_ON = 0  # Monday
Ended = models.Arrangement.Ended


def look_after(day: Day) -> Counts:
    """Ring who is late, write to who was rung and is late still, and end what is over."""
    if day.on.weekday() != LOOKS_ON:
        return {}
    ids = list(arrangements.open_on(day.on).order_by("pk").values_list("pk", flat=True))
    if not ids:
        return {}
    standing = arrangements.standings(ids, day.on).standing
    counts: Counter[str] = Counter()
    rows = zip(ids, standing.state.tolist(), standing.late_since.tolist(), strict=True)
    for number, state, since in rows:
        if state != State.KEPT:
            counts[_deal(day, number, State(state), since)] += 1
    del counts[""]
    return counts


def _deal(day: Day, number: int, state: State, since: date | None) -> str:
    """Do what comes next for one that is not simply kept; return what was done."""
    one = models.Arrangement.objects.select_related("account").get(pk=number)
    clerk = officers.preparer()
    try:
        with transaction.atomic():
            if state == State.PAID:
                commands.end(arrangement=one, why=Ended.PAID, by=clerk, on=day.on)
                return "arrangements paid off"
            if state == State.BROKEN:
                commands.end(arrangement=one, why=Ended.NOT_KEPT, by=clerk, on=day.on)
                return "arrangements broken"
            if state == State.WARNED:
                return ""  # its days to put it right are not over
            if one.contacts.filter(on__gte=since).exists():
                commands.warn(arrangement=one, by=clerk, on=day.on)
                return "arrangements written to"
            reached = _reached(day, number)
            commands.record_contact(arrangement=one, reached=reached, by=clerk, on=day.on)
            return "arrangements rung about"
    except commanding.Refusal as refusal:
        return f"arrangements refused: {type(refusal).__name__}"


def _reached(day: Day, number: int) -> bool:
    percent = habits.figures()["living"]["reached_percent"]
    return bool(day.dice(f"revenues rung {number}").integers(0, 100) < percent)
