"""Erasing what is past its time: names, and what was said in words. What only grows stays."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.resident.looking import capabilities, fact_kinds, keeping, models

FEWEST_WORDS = 3


class StaysHere(commanding.Refusal):
    """It is in a table that only grows, or there is no such kind."""


class NothingPast(commanding.Refusal):
    """Nothing of it is past its time."""


class NotDecided(commanding.Refusal):
    """Nobody says who decided how long it is kept."""


class ChangedMeanwhile(commanding.Refusal):
    """It is not as much as the officer looked at."""


@commanding.command(capabilities.ERASE_PAST)
def erase(*, what: str, seen: int, decided: str, by: commanding.Actor, on: date) -> models.Erasure:
    """Erase everything of a kind that is past its time, for good; return what is kept of that.

    Args:
        what: slug of a kind of ``keeping.kinds``.
        seen: how many there were when it was looked at.
        decided: who decided how long it is kept, and where it is written; may be empty where the
            purpose itself says so.
        by: who erases.
        on: the day.

    Raises:
        StaysHere: it cannot be erased.
        NothingPast: nothing is past its time.
        ChangedMeanwhile: there are more, or fewer, than were looked at.
        NotDecided: nobody says by whose decision.
    """
    kind = keeping.kinds().get(what)
    if kind is None or not kind.becomes:
        raise StaysHere(kind.says if kind else "Nothing of that kind is kept here.")
    before = keeping.before_of(kind, on)
    rows = keeping.rows_past(kind, before) if before else kind.rows.none()
    if before is None or not rows.exists():
        raise NothingPast("Nothing of it is past its time.")
    basis = keeping.decided_by(kind, on) or decided.strip()
    if len(basis.split()) < FEWEST_WORDS:
        raise NotDecided("Say who decided how long it is kept, on which day and where it is kept.")
    count = rows.update(**kind.becomes)
    if count != seen:
        raise ChangedMeanwhile(f"There are {count:,} now. Look again; nothing was erased.")
    made = models.Erasure.objects.create(
        what=kind.slug, before=before, count=count, decided=basis, by=by.reference, on=on
    )
    facts.record(
        fact_kinds.ERASED,
        thing=f"resident.erasure/{made.pk}",
        by=by,
        on=on,
        kind=kind.slug,
        count=count,
        before=before,
    )
    return made
