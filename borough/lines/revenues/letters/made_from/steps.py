"""The letters of recovery, each made from its step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from borough.kernel import arrays
from borough.lines.revenues import laws, models, notices
from borough.lines.revenues.letters import addressing, frame, recovery
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.queries import instalments
from borough.rules import parameters, years
from borough.rules.council_tax import recovery as law

Kind = models.Step.Kind
LETTERED: dict[Kind, recovery.Kind] = {
    Kind.REMINDER: "reminder",
    Kind.SECOND_REMINDER: "second_reminder",
    Kind.FINAL_NOTICE: "final_notice",
    Kind.SUMMONS: "summons",
    Kind.LIABILITY_ORDER: "liability_order",
}
# Their days are counted from the day of issue: a letter of another day would give too few.
OF_THEIR_DAY = (Kind.REMINDER, Kind.SECOND_REMINDER, Kind.FINAL_NOTICE)

# A step that was withdrawn before it was written about is not written about. A summons takes what
# came before it along; a notice goes alone.
ROWS = """
select s.id, s.account_id, s.issued as day from revenues_step s
where s.kind in ('reminder', 'second_reminder', 'final_notice', 'summons', 'liability_order')
  and not exists (select 1 from revenues_step w
                  where w.account_id = s.account_id and w.year = s.year
                    and (w.number > s.number and w.kind = 'withdrawn'
                         or w.number = s.number + 1 and w.kind = 'notice_withdrawn'))
"""
# Whoever withdraws a step holds its account: a letter is written before, or not at all.
_HELD = """
select s.id from revenues_step s join revenues_account a on a.id = s.account_id
where s.id = any(%s::bigint[]) order by a.id for no key update of a
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """A step, its year, the costs of the steps before it, and what its notice had asked for."""

    step: models.Step
    year: years.Year
    costs_before_pence: int
    asked: instalments.Asked


def fill(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters of some steps, written on a day; those withdrawn since are left out."""
    known = _known(_still(rows))
    asked = [addressing.Asked(one.step.account_id, one.year.starts, one.year.ends) for one in known]
    return sorts.told(
        [one.step.pk for one in known],
        asked,
        lambda place, head: _notice(known[place], head),
        parts=[one.year.name for one in known],
        on=on,
    )


SORT = sorts.Sort(
    "recovery", "Reminders, final notices and notices of the court", ROWS, models.Step.LETTER, fill
)


def _still(rows: Sequence[int]) -> list[int]:
    """Hold the accounts of some steps, and return those that are still to be written about."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [arrays.of_ids(rows)])
        cursor.execute(
            f"select r.id from ({ROWS}) r where r.id = any(%s::bigint[]) order by r.id",  # noqa: S608  our own text
            [arrays.of_ids(rows)],
        )
        return [number for (number,) in cursor.fetchall()]


def _known(rows: Sequence[int]) -> list[_Known]:
    steps = list(models.Step.objects.filter(pk__in=rows).order_by("pk"))
    costs = _costs(steps)
    asked = _asked(steps)
    return [_Known(one, years.Year(one.year), costs.get(one.pk, 0), asked[one.pk]) for one in steps]


def _costs(steps: Sequence[models.Step]) -> dict[int, int]:
    """Return what costs the steps before each had added, by the step's id."""
    accounts = {one.account_id for one in steps}
    rows = models.Step.objects.filter(account__in=accounts).exclude(costs_pence=0)
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for account, year, number, pence in rows.values_list(
        "account_id", "year", "number", "costs_pence"
    ):
        found.setdefault((account, year), []).append((number, pence))
    return {
        one.pk: sum(
            pence for number, pence in found.get((one.account_id, one.year), ())
            if number < one.number
        )
        for one in steps
    }  # fmt: skip


def _asked(steps: Sequence[models.Step]) -> dict[int, instalments.Asked]:
    """Return what the newest notice of each step's year asks for, by the step's id."""
    found: dict[int, instalments.Asked] = {}
    for year in sorted({one.year for one in steps}):
        mine = [one for one in steps if one.year == year]
        ids = np.array([one.account_id for one in mine], np.int64)
        asked = instalments.asked_for(notices.newest(ids, years.Year(year)))
        found |= {one.pk: some for one, some in zip(mine, asked, strict=True)}
    return found


def _notice(known: _Known, head: frame.Head) -> recovery.Notice:
    step = known.step
    kind = Kind(step.kind)
    _refuse_late(step, head.issued_on)
    is_reminder = kind in (Kind.REMINDER, Kind.SECOND_REMINDER)
    tax = tuple(_overdue(known) if is_reminder else _whole(known))
    costs = tuple(_of_the_court(known))
    return recovery.Notice(
        head=head,
        kind=LETTERED[kind],
        year=f"{known.year.first} to {known.year.first + 1}",
        owed=tax + costs,
        pay_by=step.complied_by,
        rest_pence=step.balance_pence if is_reminder else None,
        rest_from=step.falls_due if is_reminder else None,
        costs_pence=sum(one.pence for one in costs),
        hearing=recovery.Hearing(day=step.hearing)
        if kind == Kind.SUMMONS and step.hearing
        else None,
        decided_on=(step.hearing or step.issued) if kind == Kind.LIABILITY_ORDER else None,
    )


def _refuse_late(step: models.Step, on: date) -> None:
    if step.kind in OF_THEIR_DAY and step.issued != on:
        raise sorts.TooLate(
            f"It is of {_day(step.issued)} and was not written on that day, so it would give too "
            "few days. Withdraw it, and take the step again when nothing stands against it."
        )
    if step.kind == Kind.SUMMONS and step.hearing:
        _refuse_too_near(step.hearing, on)


def _refuse_too_near(hearing: date, on: date) -> None:
    """Refuse to tell somebody of a hearing for which the law gives them more days."""
    if hearing <= on:
        raise sorts.TooLate(f"The court has sat on {_day(hearing)}. Withdraw the summons.")
    if law.earliest_hearing(on, parameters.InForce(laws.sheet(), on)) > hearing:
        raise sorts.TooLate(
            f"The court sits on {_day(hearing)}, fewer days after a letter of today than the law "
            "gives. Withdraw the summons."
        )


def _overdue(known: _Known) -> list[frame.Sum]:
    """Return the payments that are late or due within the days given, as far as they are unpaid."""
    step = known.step
    received = step.level_pence - step.act_pence
    paid = instalments.paid(
        known.asked, charged_pence=received + step.balance_pence, received_pence=received
    )
    late = [
        one
        for one in paid
        if one.left_pence > 0
        and (one.due_on is None or step.complied_by is None or one.due_on <= step.complied_by)
    ]
    if sum(one.left_pence for one in late) != step.act_pence:
        # A newer bill has asked anew since: what the step rests on is told in two lines.
        return _asked_and_paid("Asked for so far", step)
    return [frame.Sum(words=_payment(one), pence=one.left_pence) for one in late]


def _payment(one: instalments.Instalment) -> str:
    rest = "Rest of the payment" if one.paid_pence else "Payment"
    return f"{rest} due by {_day(one.due_on)}" if one.due_on else "Asked for by earlier bills"


def _whole(known: _Known) -> list[frame.Sum]:
    return _asked_and_paid("Council Tax for the year", known.step)


def _asked_and_paid(words: str, step: models.Step) -> list[frame.Sum]:
    paid = step.level_pence - step.act_pence
    rows = [frame.Sum(words=words, pence=step.level_pence)]
    return [*rows, frame.Sum(words="Paid so far", pence=-paid)] if paid else rows


def _of_the_court(known: _Known) -> list[frame.Sum]:
    step, before = known.step, known.costs_before_pence
    mine = "Costs of the summons" if step.kind == Kind.SUMMONS else "Costs of the order"
    rows = [frame.Sum(words="Costs of the summons", pence=before)] if before else []
    return [*rows, frame.Sum(words=mine, pence=step.costs_pence)] if step.costs_pence else rows


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
