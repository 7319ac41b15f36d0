"""Of those behind with Council Tax, how many are behind with rent: before joining, and after.

*Behind with Council Tax*: somebody who holds a Council Tax account of this year, and of any year of
whose Council Tax something had to be paid before the day and is not paid. *Behind with rent*: a
rent account in their name, joined to them, is owed for and its oldest day is past, or its holder
has at least reminded them. Only what may be seen to help is counted, and who agreed where that is
needed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from borough.kernel import dated, joining
from borough.kernel import standing as standings
from borough.kernel.ledger import queries as ledger
from borough.resident import purposes
from borough.resident.identity import models as identity
from borough.resident.identity import queries as identity_queries
from borough.resident.signals.own import outside
from borough.resident.sources import models as sources
from borough.resident.sources import queries as told
from borough.rules import years

COUNCIL_TAX = "revenues.council_tax"
OWN_RENT = ".rent"
"""How the kind of an account of rent would end, if a service of the council's kept rents."""
RENT = "RENT"
TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Planted:
    """A tenant of an invented town: the landlord's record, whose it is, whether rent is late."""

    source: str
    key: str
    person: int
    late: bool


Late = Mapping[int, bool]
"""By record: whether it is behind with rent. A record that is not there has no rent account."""
Whose = Collection[tuple[int, int]]
"""Pairs of a record and a person."""

_BILLED = """
select distinct h.person_id from ledger_holding h
join ledger_subaccount s on s.id = h.sub_account_id
join people_person p on p.id = h.person_id
where s.kind = %s and s.part = %s and p.kind = 'person' and p.date_of_death is null
"""


def find(asked: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the counts of a day, as JSON.

    Args:
        asked: may hold ``truth``: the tenants of an invented town as they truly are.
        on: the day.
    """
    billed = _billed(on)
    behind = behind_with([COUNCIL_TAX], billed, on)
    others = billed - behind
    own = behind_with(
        [one for one in joining.account_kinds() if one.endswith(OWN_RENT)], billed, on
    )
    late = rents(on)
    joined = identity_queries.people_of(late, on)
    waiting = _waiting(late, joined)
    found = {
        "billed": len(billed),
        "before": {"people": len(behind), "behind": len(behind & own)},
        "behind": _counted(behind, late, joined.items(), waiting),
        "others": _counted(others, late, joined.items(), waiting),
        "reverse": _reverse(late, joined, waiting, billed, behind),
    }
    if truth := asked.get(TRUTH):
        found[TRUTH] = _against(truth, behind, others, late, joined.items())
    return found


def behind_with(kinds: Collection[str], people: Collection[int], on: date) -> set[int]:
    """Return who of these people is behind with an account of these kinds, of any year."""
    owed = [one for one in ledger.owed_by(people) if one.kind in kinds] if kinds else []
    each = {one.sub_account_id: one for one in owed}
    stood = standings.standings(list(each.values()), on)
    late = {number for number, how in stood.items() if how.overdue_pence > 0}
    return {one.person_id for one in owed if one.sub_account_id in late}


def rents(on: date) -> dict[int, bool]:
    """Return every record that has a rent account we may know of, and whether it is behind."""
    kind = sources.DebtState.objects.filter(dated.holds_on(on), kind=RENT).values("debt_id")
    rows = sources.Liable.objects.filter(dated.holds_on(on), debt_id__in=kind)
    found: dict[int, bool] = {}
    for one in told.debts_of(set(rows.values_list("record_id", flat=True)), on):
        if one.kind == RENT and purposes.SUPPORT.slug in one.right.purposes:
            found[one.record_id] = found.get(one.record_id, False) or outside.is_late(one, on)
    return found


def _billed(on: date) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_BILLED, [COUNCIL_TAX, years.Year.holding(on).name])
        return {person for (person,) in cursor.fetchall()}


def _waiting(late: Late, joined: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs that wait for a person, of records that are joined to nobody."""
    rows = identity.Proposal.objects.filter(is_check=False)
    pairs = rows.values_list("record_id", "person_id")
    return [pair for pair in pairs if pair[0] in late and pair[0] not in joined]


def _counted(
    people: Collection[int], late: Late, joined: Iterable[tuple[int, int]], waiting: Whose
) -> dict[str, int]:
    """Return of how many people a rent, and arrears of rent, are known; what waits is apart."""
    pairs = [(record, person) for record, person in joined if person in people]
    renting = {person for record, person in pairs}
    behind = {person for record, person in pairs if late[record]}
    may_be = {person for record, person in waiting if person in people and late[record]}
    return {
        "people": len(people),
        "renting": len(renting),
        "behind": len(behind),
        "waiting": len(may_be - behind),
    }


def _reverse(
    late: Late,
    joined: Mapping[int, int],
    waiting: Whose,
    billed: Collection[int],
    behind: Collection[int],
) -> dict[str, int]:
    """Return of those behind with rent how many are behind with Council Tax, and who is unknown."""
    records = {record for record, is_late in late.items() if is_late}
    people = {joined[record] for record in records if record in joined}
    unjoined = records - joined.keys()
    waits = {record for record, _ in waiting} & unjoined
    return {
        "records": len(records),
        "people": len(people),
        "billed": len(people & set(billed)),
        "behind": len(people & set(behind)),
        "waiting": len(waits),
        "unknown": len(unjoined - waits),
    }


def _against(
    truth: Sequence[Planted],
    behind: Collection[int],
    others: Collection[int],
    late: Late,
    joined: Iterable[tuple[int, int]],
) -> dict[str, Any]:
    """Return the same counts by who the records truly are, and how many of ours are right.

    ``behind`` and ``others``: of all tenants, also those who never agreed that we are told.
    """
    all_late = {number: one.late for number, one in enumerate(truth)}
    everybody = [(number, one.person) for number, one in enumerate(truth)]
    person = {(one.source, one.key): one.person for one in truth}
    rows = sources.Record.objects.filter(pk__in=list(late)).values_list("pk", "source", "key")
    told_of = [(pk, person[source, key]) for pk, source, key in rows if (source, key) in person]
    known = {who for record, who in joined if who in behind and late[record]}
    right = known & {who for record, who in told_of if late[record]}
    return {
        "behind": _counted(behind, all_late, everybody, []),
        "others": _counted(others, all_late, everybody, []),
        "agreed": _counted(behind, late, told_of, []),
        "right": len(right),
    }
