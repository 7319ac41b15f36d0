"""Helped households beside others that were still waiting, on the same day and with as many points.

More are worried about than can be looked at, so some wait: who waits, with the same points and
arrears nearest to theirs, is what would have become of who was helped. Each waiting one is taken
once; who finds no match is counted, and left out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import standing as standings
from borough.kernel.holds import pressed
from borough.kernel.ledger import queries as ledger
from borough.resident import purposes
from borough.resident.identity import queries as identity
from borough.resident.signals import models
from borough.resident.signals.own import outside
from borough.resident.sources import queries as told

FOLLOWED_DAYS = 182
QUEUED_DAYS = 7
"""A place in a queue of so many days before the help counts as waiting on its day."""
MOST_APART_PENCE = 50_000
"""Arrears further apart than this are no match."""


@dataclass(frozen=True, slots=True)
class Owing:
    """What somebody was behind with on a day, all services together, and the costs added."""

    arrears_pence: int
    costs_pence: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A helped person beside one who waited, by the change in half a year; pence.

    ``helped_agent``, ``waiting_agent``: whether a debt went to an enforcement agent meanwhile.
    """

    case: int
    arrears_pence: int
    costs_pence: int
    helped_agent: bool
    waiting_agent: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """All pairs, and the cases that were followed for long enough and found no match."""

    pairs: tuple[Pair, ...]
    unmatched: int


def cohort(starts: date, on: date) -> Cohort:
    """Return who was helped since a day, and long enough ago, beside whom who waited then."""
    helped = _helped(starts, on - timedelta(FOLLOWED_DAYS))
    agents = _agents() if helped else {}
    taken: set[int] = set()
    pairs = []
    for case, day in helped:
        found = _pair(case, day, taken, agents)
        if found is not None:
            pairs.append(found)
    return Cohort(tuple(pairs), len(helped) - len(pairs))


def owing(people: Collection[int], on: date) -> dict[int, Owing]:
    """Return what each was behind with on a day: to us, and to others as far as joined then."""
    owed = ledger.owed_by(people)
    stood = standings.standings(list({one.sub_account_id: one for one in owed}.values()), on)
    arrears, costs = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for one in owed:
        if how := stood.get(one.sub_account_id):
            arrears[one.person_id] += how.overdue_pence
            costs[one.person_id] += how.costs_pence
    records = {
        record: who for who, some in identity.records_of(people, on).items() for record in some
    }
    for debt in told.debts_of(records, on):
        if outside.is_late(debt, on) and purposes.SUPPORT.slug in debt.right.purposes:
            arrears[records[debt.record_id]] += debt.pence
    return {who: Owing(arrears[who], costs[who]) for who in people}


def nearest(arrears_pence: int, waiting: dict[int, int]) -> int | None:
    """Return who of those waiting has arrears nearest to these; None where nobody is near.

    Args:
        arrears_pence: of who was helped.
        waiting: arrears by person.
    """
    apart = {who: abs(pence - arrears_pence) for who, pence in waiting.items()}
    near = [who for who, distance in apart.items() if distance <= MOST_APART_PENCE]
    return min(near, key=lambda who: (apart[who], who), default=None)


def _helped(starts: date, until: date) -> list[tuple[models.SupportCase, date]]:
    """Return cases with the first day on which help was begun, the oldest first."""
    rows = models.CaseContact.objects.filter(outcome=models.CaseContact.Outcome.HELPED)
    first: dict[int, date] = {}
    for case, day in rows.order_by("on", "pk").values_list("case_id", "on"):
        first.setdefault(case, day)
    within = {case: day for case, day in first.items() if starts <= day <= until}
    cases = models.SupportCase.objects.in_bulk(within)
    return [(cases[case], day) for case, day in sorted(within.items(), key=lambda one: one[::-1])]


def _pair(
    case: models.SupportCase, day: date, taken: set[int], agents: dict[str, list[date]]
) -> Pair | None:
    waiting = _waiting(case, day) - taken
    if not waiting:
        return None
    before = owing([case.person_id, *sorted(waiting)], day)
    mine = before[case.person_id].arrears_pence
    match = nearest(mine, {who: before[who].arrears_pence for who in waiting})
    if match is None:
        return None
    taken.add(match)
    later = day + timedelta(FOLLOWED_DAYS)
    after = owing([case.person_id, match], later)

    def change(who: int, name: str) -> int:
        return int(getattr(after[who], name) - getattr(before[who], name))

    both = (case.person_id, match)
    arrears, costs = (
        change(both[0], name) - change(both[1], name) for name in ("arrears_pence", "costs_pence")
    )
    went = [_went_to_an_agent(who, agents, day, later) for who in both]
    return Pair(case.pk, arrears, costs, *went)


def _waiting(case: models.SupportCase, day: date) -> set[int]:
    """Return who was in the queue by as many points then, and had no case until it was over."""
    places = models.Place.objects.filter(
        queue__on__range=(day - timedelta(QUEUED_DAYS), day), points=case.points, by_lot=False
    )
    helped = models.SupportCase.objects.filter(opened_on__lt=day + timedelta(FOLLOWED_DAYS))
    return set(
        places.exclude(person__in=helped.values("person_id")).values_list("person_id", flat=True)
    )


def _agents() -> dict[str, list[date]]:
    """Return the days on which each account came to an agent, by ``line.account/reference``."""
    found: dict[str, list[date]] = {}
    for one in pressed.everything():
        if one.sort == "agent":
            found.setdefault(one.thing, []).append(one.on)
    return found


def accounts_of(person: int) -> set[str]:
    """Return the accounts that somebody holds, as what pressed them is told: ``line.account/1``."""
    return {
        f"{one.kind.partition('.')[0]}.account/{one.reference}" for one in ledger.owed_by([person])
    }


def _went_to_an_agent(person: int, agents: dict[str, list[date]], after: date, until: date) -> bool:
    days: Iterable[date] = (day for one in accounts_of(person) for day in agents.get(one, ()))
    return any(after < day <= until for day in days)
