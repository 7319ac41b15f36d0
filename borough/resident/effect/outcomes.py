"""What the help comes to: each number with how many it is of; where there are no data, none.

All are of support cases of a year up to the day, or of plans for all debts. A number that was never
seen is missing, and is never nought.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection

from borough.kernel.holds import pressed
from borough.resident.effect import cohort
from borough.resident.plans.models import Plan
from borough.resident.signals import models
from borough.rules import statistics
from borough.rules.statistics import Mean

YEAR_DAYS = 365
COUNTED_DAYS = 182
"""What came within so many days after a case was opened counts as its own."""
SERVICES = "S2"
CRISIS = "S6"
SUMMONS = "summons"
SEED = 2026
Row = dict[str, Any]
Cases = list[models.SupportCase]

# Every change of a charge after a case was opened, of whoever the case is for. What was rebilled is
# the difference that stands in the bill; what rose counts against what fell.
_REBILLED = """
select distinct on (f.id) c.id, (f.detail->>'change_pence')::bigint
from signals_supportcase c
join facts_concerns w on w.person_id = c.person_id
join facts_fact f on f.id = w.fact_id
where c.id = any(%(cases)s) and f.detail ? 'change_pence'
  and f."on" >= c.opened_on and f."on" < c.opened_on + %(days)s and f."on" <= %(on)s
order by f.id, c.id
"""


def find(_: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return every outcome of the year up to a day, as JSON; ``cases`` are the rows behind it."""
    starts = on - timedelta(YEAR_DAYS)
    cases = list(models.SupportCase.objects.filter(opened_on__gt=starts, opened_on__lte=on))
    beside = cohort.cohort(starts, on)
    return {
        "starts": (starts + timedelta(1)).isoformat(),
        "cases": len(cases),
        "unmatched": beside.unmatched,
        "outcomes": [
            _income(cases, on),
            _found_in_time(cases),
            *(_alive(months, on) for months in (6, 12)),
            _mean("costs", [(one.case, -one.costs_pence) for one in beside.pairs]),
            _agents(beside),
            _repeat_crisis(on),
            _days_to_help(starts, on),
            _mean("arrears", [(one.case, one.arrears_pence) for one in beside.pairs]),
        ],
    }


def _row(slug: str, *, of: int, cases: Iterable[int] = (), **more: Any) -> Row:
    return {"slug": slug, "of": of, "cases": sorted(cases), **more}


def _income(cases: Cases, on: date) -> Row:
    """Return what bills fell by after cases were opened, net of what they rose by."""
    changed: dict[int, int] = {}
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"cases": [one.pk for one in cases], "days": COUNTED_DAYS, "on": on}
        cursor.execute(_REBILLED, asked)
        for case, pence in cursor.fetchall():
            changed[case] = changed.get(case, 0) - pence
    gained = {case: pence for case, pence in changed.items() if pence > 0}
    total = sum(changed.values()) if changed else None
    return _row("income", of=len(cases), cases=gained, part=len(gained), pence=total)


def _found_in_time(cases: Cases) -> Row:
    """Return the cases of people behind with two services or more whom nobody had summoned."""
    by_points = [one for one in cases if one.codes and not one.by_lot]
    several = [one for one in by_points if SERVICES in one.codes]
    summoned: dict[str, list[date]] = {}
    for one in pressed.everything() if several else ():
        if one.sort == "step" and one.words == SUMMONS:
            summoned.setdefault(one.thing, []).append(one.on)
    found = [one.pk for one in several if not _summoned_before(one, summoned)]
    return _row("before_summons", of=len(by_points), part=len(found), cases=found)


def _summoned_before(case: models.SupportCase, summoned: Mapping[str, list[date]]) -> bool:
    days = [day for one in cohort.accounts_of(case.person_id) for day in summoned.get(one, ())]
    since = case.opened_on - timedelta(YEAR_DAYS)
    return any(since < day <= case.opened_on for day in days)


def _alive(months: int, on: date) -> Row:
    """Return how many plans, agreed long enough ago, still ran or were paid so many months on."""
    days = YEAR_DAYS * months // 12
    followed = {one.follows_id: one for one in Plan.objects.exclude(follows=None)}
    agreed = Plan.objects.filter(follows=None, starts__lte=on - timedelta(days))
    agreed = agreed.exclude(why_ended=Plan.Ended.MISTAKE)
    alive = [is_alive(_chain(one, followed), one.starts + timedelta(days)) for one in agreed]
    return _row(f"plans_{months}", of=len(alive), part=sum(alive))


def is_alive(chain: Iterable[Plan], on: date) -> bool:
    """Tell whether one of the plans that follow one another holds on a day, or all was paid."""
    return any(
        one.starts <= on and (one.ends is None or one.ends > on or one.why_ended == Plan.Ended.PAID)
        for one in chain
    )


def _chain(plan: Plan, followed: Mapping[int | None, Plan]) -> Iterable[Plan]:
    following: Plan | None = plan
    while following is not None:
        yield following
        following = followed.get(following.pk)


def _agents(beside: cohort.Cohort) -> Row:
    """Return how many fewer helped people went to an agent than of those who waited."""
    pairs = beside.pairs
    return _row(
        "agents",
        of=len(pairs),
        part=sum(one.helped_agent for one in pairs),
        waiting=sum(one.waiting_agent for one in pairs),
        cases=[one.case for one in pairs if one.helped_agent],
    )


def _repeat_crisis(on: date) -> Row:
    """Return who asked for help in a crisis again within six months, of whom was helped in one."""
    first: dict[int, tuple[int, date]] = {}
    contacts = models.CaseContact.objects.filter(outcome=models.CaseContact.Outcome.HELPED)
    rows = contacts.order_by("on", "pk").values_list("case__person_id", "case_id", "on")
    for person, case, day in rows:
        first.setdefault(person, (case, day))
    asked: dict[int, list[date]] = {}
    sightings = models.Sighting.objects.filter(code=CRISIS, value__gt=0, person__in=list(first))
    for person, day in sightings.values_list("person_id", "observed_on"):
        asked.setdefault(person, []).append(day)
    of = {
        person: first[person]
        for person, days in asked.items()
        if first[person][1] <= on - timedelta(COUNTED_DAYS)
        and any(0 <= (first[person][1] - day).days <= COUNTED_DAYS for day in days)
    }
    again = [
        case
        for person, (case, helped) in of.items()
        if any(0 < (day - helped).days <= COUNTED_DAYS for day in asked[person])
    ]
    return _row("crisis", of=len(of), part=len(again), cases=again)


def _days_to_help(starts: date, on: date) -> Row:
    """Return the days from the first worry to the first help, of cases helped since a day."""
    contacts = models.CaseContact.objects.filter(
        outcome=models.CaseContact.Outcome.HELPED, on__lte=on, case__first_seen_on__isnull=False
    )
    days: dict[int, tuple[date, int]] = {}
    rows = contacts.order_by("on", "pk").values_list("case_id", "on", "case__first_seen_on")
    for case, day, seen in rows:
        if seen is not None:
            days.setdefault(case, (day, max((day - seen).days, 0)))
    within = {case: many for case, (day, many) in days.items() if day > starts}
    middle = statistics.median(list(within.values()))
    return _row("days", of=len(within), days=middle, cases=within)


def _mean(slug: str, pairs: list[tuple[int, int]]) -> Row:
    """Return the mean difference between helped and waiting, with its interval."""
    found: Mean | None = statistics.mean([pence for _, pence in pairs], seed=SEED)
    told = (
        {}
        if found is None
        else {"pence": found.pence, "low_pence": found.low_pence, "high_pence": found.high_pence}
    )
    return _row(slug, of=len(pairs), cases=[case for case, _ in pairs], **told)
