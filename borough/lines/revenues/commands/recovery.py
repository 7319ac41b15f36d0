"""Recovery as officers ask for it: one prepares a step, another looks at it and commits it.

A contractor may be authorised to serve reminders and to apply for liability orders: SI 1996/1880
lists both (articles 16 and 22); commitment to prison, which it leaves to the council, is not here.
"""

from datetime import date
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, hearing_days, recovering, recovery, steps
from borough.rules import years
from borough.rules.council_tax import recovery as rules


class NobodyBilled(commanding.Refusal):
    """No account is billed for the year."""


class NotAHearing(commanding.Refusal):
    """The day of the hearing is missing, too soon, or one on which no court sits."""


class NotPreviewed(commanding.Refusal):
    """The preview is not finished, or is of another day."""


class SamePerson(commanding.Refusal):
    """Whoever prepared a step may not commit it."""


class NobodyToSendTo(commanding.Refusal):
    """Nobody would get the step."""


@commanding.command(capabilities.PREVIEW_RECOVERY)
def prepare_recovery(
    *, year: years.Year, step: str, hearing: date | None = None, by: commanding.Actor, on: date
) -> Run:
    """Ask for a preview of a step of recovery for a year; it changes nothing.

    Args:
        year: whose debt.
        step: one of ``recovery.RUNGS``.
        hearing: the day of the court, for a summons.
        by: who prepares.
        on: today, which is the day of the notices too.

    Raises:
        NobodyBilled: nobody has a bill of the year.
        NotAHearing: a summons needs a day far enough off.
    """
    if step == steps.Kind.SUMMONS:
        _refuse_hearing(year, hearing, on)
    parts = recovery.divide(year, size=recovering.PART)
    if not parts:
        raise NobodyBilled(f"Nobody has been billed for {year.name}. Bill the year first.")
    asked = {
        "year": year.name,
        "step": steps.Kind(step).value,
        "hearing": hearing.isoformat() if hearing and step == steps.Kind.SUMMONS else None,
        "parts": parts,
    }
    return runs.ask(
        recovering.PREVIEW,
        f"{recovering.PREVIEW}/{uuid4().hex}",
        asked=asked,
        parts=len(parts),
        by=by,
        on=on,
    )


@commanding.command(capabilities.COMMIT_RECOVERY)
def commit_recovery(*, preview: Run, by: commanding.Actor, on: date) -> Run:
    """Commit the step that a colleague prepared; every account is asked about once more.

    Raises:
        NotPreviewed: the preview has not ended, or is not of today.
        SamePerson: the same officer prepared it.
        NobodyToSendTo: nobody would get it.
        NotAHearing: the hearing has come too near.
        runs.AlreadyAsked: it was committed before.
    """
    if preview.kind != recovering.PREVIEW or not preview.endings.filter(outcome="done").exists():
        raise NotPreviewed("The preview is not finished. Wait until it is, then look at it.")
    if preview.by == by.reference:
        raise SamePerson("You prepared this. Ask a colleague to look at it and commit it.")
    if preview.on != on:
        raise NotPreviewed(
            f"This preview is of {_day(preview.on)}. Notices bear the day on which they go out: "
            "prepare a new one."
        )
    year, step = years.Year.named(preview.asked["year"]), preview.asked["step"]
    hearing = preview.asked["hearing"]
    if hearing:
        _refuse_hearing(year, date.fromisoformat(hearing), on)
    wanted = recovering.result(preview).steps
    if not wanted:
        raise NobodyToSendTo("Nobody would get this step, so there is nothing to commit.")
    parts = recovering.parts_of([account for account, _ in wanted])
    run = runs.ask(
        recovering.RECOVERY,
        f"{recovering.RECOVERY}/{preview.pk}",
        asked={
            "year": year.name,
            "step": step,
            "hearing": hearing,
            "preview": preview.pk,
            "steps": wanted,
            "parts": parts,
        },
        parts=len(parts),
        by=by,
        on=on,
    )
    facts.record(
        "revenues.recovery_committed",
        thing=f"run/{run.pk}",
        by=by,
        on=on,
        year=year.name,
        step=steps.Kind(step).label.lower(),
        accounts=len(wanted),
    )
    return run


def _refuse_hearing(year: years.Year, hearing: date | None, on: date) -> None:
    if hearing is None:
        raise NotAHearing("Enter the day of the hearing: a summons names it.")
    earliest = rules.earliest_hearing(on, recovery.figures(on))
    if hearing < earliest:
        raise NotAHearing(
            f"Fourteen days must pass after a summons is served. Enter {_day(earliest)} or later."
        )
    if no := hearing_days.why_not(hearing, on):
        raise NotAHearing(no)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
