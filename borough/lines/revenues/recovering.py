"""The runs of recovery: a preview that changes nothing, and the run that takes the steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from borough.kernel import arrays, commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import costs, recovery, steps
from borough.rules import years
from borough.rules.council_tax.recovery import Why

PREVIEW = "revenues.recovery_preview"
RECOVERY = "revenues.recovery"
PART = 20_000  # accounts worked out at once
TAKEN_AT_ONCE = 2_000  # accounts whose step is one transaction

HAPPENED = {
    "reminder": "revenues.reminded",
    "second_reminder": "revenues.reminded_again",
    "final_notice": "revenues.final_notice_sent",
    "summons": "revenues.summoned",
}
NO_MORE = {
    Why.NOTHING_OVERDUE: ("paid", "Nothing is overdue any more"),
    Why.NO_BILL: ("no_bill", "No bill of the year is kept here"),
}
MOVED_ON = ("another_step", "Another step has been taken, or another one is next")

# As billing does: whoever would bill the account again waits, and is seen or comes after.
_HELD = "select id from revenues_account where id = any(%s::bigint[]) order by id for no key update"
_WITHIN = """
select distinct account_id from revenues_bill
where year = %s and account_id between %s and %s order by 1
"""

Progress = Callable[[int], None] | None


class DayIsOver(commanding.Refusal):
    """The run was for another day: its notices would bear a day that has passed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a preview or a run came to.

    Attributes:
        looked: how many accounts were worked out.
        steps: (account id, pence asked for) of each who gets the step.
        kept: (account id, kind of reason, words) of each reason of each who does not.
        changed: (account id, pence before, pence after) where the amount is another now.
        costs_pence: costs that were added.
    """

    looked: int = 0
    steps: list[tuple[int, int]] = field(default_factory=list)
    kept: list[tuple[int, str, str]] = field(default_factory=list)
    changed: list[tuple[int, int, int]] = field(default_factory=list)
    costs_pence: int = 0


def preview(run: Run, *, progress: Progress = None) -> None:
    """Work out who would get the step and who would not, part by part; changes nothing."""
    year, hearing = _year(run), _hearing(run)

    def do(number: int) -> runs.Result:
        first, last = run.asked["parts"][number]
        with connection.cursor() as cursor:
            cursor.execute(_WITHIN, [year.first, first, last])
            ids = [row[0] for row in cursor.fetchall()]
        worked = recovery.work_out(year, run.on, account_ids=ids)
        found = recovery.sort(worked, run.asked["step"], hearing=hearing)
        return len(ids), {
            "steps": [(one.account_id, one.act_pence) for one in found.wanted],
            "kept": _told(found.kept),
        }

    runs.carry_out(run, do, progress=progress)
    runs.end(run)


def carry_out(run: Run, *, by: commanding.Actor, on: date, progress: Progress = None) -> None:
    """Take the steps of the preview that was committed; killed, it goes on where it stopped.

    Args:
        run: asked for by ``commit_recovery``.
        by: who acts.
        on: today: a run that is not done on its own day stops for good.
        progress: called with the accounts of each part.

    Raises:
        DayIsOver: today is another day than that of the notices.
    """
    if on != run.on and run.parts.count() < run.parts_expected:
        raise DayIsOver("Its day is over: the rest was not sent. Prepare a new preview.")
    runs.carry_out(run, lambda number: _take(run, number, by), progress=progress)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            _finish(run, by=by)


def result(run: Run) -> Found:
    """Return what the parts of a preview or a run came to, together."""
    found = Found()
    costs_pence = 0
    for rows, part in run.parts.order_by("number").values_list("rows", "result"):
        found.steps.extend((one, pence) for one, pence in part["steps"])
        found.kept.extend((one, kind, words) for one, kind, words in part["kept"])
        found.changed.extend((one, was, now) for one, was, now in part.get("changed", ()))
        costs_pence += part.get("costs_pence", 0)
        found = Found(found.looked + rows, found.steps, found.kept, found.changed)
    return Found(found.looked, found.steps, found.kept, found.changed, costs_pence)


def _take(run: Run, number: int, by: commanding.Actor) -> runs.Result:
    """Ask again about each account of the part, and take the step with those still free."""
    year, step = _year(run), run.asked["step"]
    first, last = run.asked["parts"][number]
    before = {one: pence for one, pence in run.asked["steps"] if first <= one <= last}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [arrays.of_ids(before)])
    worked = recovery.work_out(year, run.on, account_ids=sorted(before))
    found = recovery.sort(worked, step, hearing=_hearing(run))
    wanted = [one for one in found.wanted if one.account_id in before]
    taken = steps.take(step, wanted, year, on=run.on, run=run.pk)
    kept = found.kept | {
        account: [(reason.kind, reason.words) for reason in reasons]
        for account, reasons in taken.stood.items()
    }
    for account, reason in _gone(worked, before, taken, kept).items():
        kept[account] = [reason]
    posted = costs.post(
        taken.steps,
        year,
        numbers=taken.numbers,
        people=taken.people,
        on=run.on,
        narrative=f"Costs of the summons for Council Tax {year}",
        by=by,
    )
    record(HAPPENED[step], taken, year, by=by, on=run.on)
    return len(before), {
        "steps": [(one.account_id, one.act_pence) for one in taken.steps],
        "kept": _told({account: some for account, some in kept.items() if account in before}),
        "changed": [
            (one.account_id, before[one.account_id], one.act_pence)
            for one in taken.steps
            if one.act_pence != before[one.account_id]
        ],
        "costs_pence": posted,
    }


def record(
    what: str, taken: steps.Taken, year: years.Year, *, by: commanding.Actor, on: date
) -> None:
    """Leave one fact for each account that a step was taken with."""
    happenings = [
        facts.Happening(
            about=taken.people.get(one.account_id, ()),
            thing=f"revenues.account/{one.reference}",
            detail={
                "account": one.reference,
                "year": year.name,
                "number": taken.numbers[one.account_id],
                "act_pence": one.act_pence,
                "costs_pence": one.costs_pence,
                "complied_by": one.complied_by,
                "hearing": one.hearing,
            },
        )
        for one in taken.steps
    ]
    facts.record_many(what, happenings, by=by, on=on)


def _gone(
    worked: recovery.Worked,
    before: dict[int, int],
    taken: steps.Taken,
    kept: dict[int, list[tuple[str, str]]],
) -> dict[int, tuple[str, str]]:
    """Return why accounts of the preview neither get the step nor are kept from it."""
    done = {one.account_id for one in taken.steps}
    left = set(before) - done - kept.keys()
    why = {
        account: Why(one)
        for account, one in zip(
            worked.standing.account.tolist(), worked.ladder.why.tolist(), strict=True
        )
    }
    return {account: NO_MORE.get(why.get(account, Why.READY), MOVED_ON) for account in left}


def _finish(run: Run, *, by: commanding.Actor) -> None:
    found = result(run)
    facts.record(
        "revenues.recovery_done",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        year=run.asked["year"],
        step=steps.Kind(run.asked["step"]).label.lower(),
        accounts=len(found.steps),
        pence=sum(pence for _, pence in found.steps),
        not_taken=len({one for one, _, _ in found.kept}),
    )
    runs.end(run)


def waiting(on: date) -> list[Run]:
    """Return the previews of a day that are done and not committed, newest first."""
    previews = Run.objects.filter(kind=PREVIEW, on=on, endings__outcome="done").order_by("-id")[:20]
    keys = {f"{RECOVERY}/{run.pk}": run for run in previews if result(run).steps}
    committed = set(Run.objects.filter(key__in=keys).values_list("key", flat=True))
    return [run for key, run in keys.items() if key not in committed]


def parts_of(ids: Sequence[int], *, size: int | None = None) -> list[list[int]]:
    """Divide the accounts of a run into parts of neighbours, as [first id, last id]."""
    size = size or TAKEN_AT_ONCE
    some = sorted(ids)
    return [[some[at], some[min(at + size, len(some)) - 1]] for at in range(0, len(some), size)]


def _told(kept: dict[int, list[tuple[str, str]]]) -> list[tuple[int, str, str]]:
    return [(account, kind, words) for account, some in kept.items() for kind, words in some]


def _year(run: Run) -> years.Year:
    return years.Year.named(run.asked["year"])


def _hearing(run: Run) -> date | None:
    day = run.asked.get("hearing")
    return date.fromisoformat(day) if day else None
