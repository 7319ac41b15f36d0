"""What the bills of many accounts need to know, read with one query a kind of row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from borough.kernel import dated
from borough.kernel.people.models import CorrespondenceAddress, Need
from borough.lines.revenues import models, notices
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import years

_HOMES = """
select a.id, a.reference, d.line, d.town, d.postcode
from revenues_account a
left join lateral (select line, town, postcode from places_address d
                   where d.dwelling_id = a.dwelling_id order by d.starts desc limit 1) d on true
where a.id = any(%s)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one account.

    Attributes:
        address: of the home, a line each; empty where none is recorded.
        liable: everybody who is or was, in the order of their first days.
        owed: what the ledger holds, by year.
        issued: the days of the year's notices, oldest first.
        asked: what the newest notice asks for.
        elsewhere: by person, another address for letters.
        large_print, by_hand: persons with that need, of all that were read.
    """

    reference: str
    address: tuple[str, ...]
    liable: tuple[accounts.Liable, ...]
    owed: dict[years.Year, accounts.YearOwed]
    issued: list[date]
    asked: instalments.Asked
    direct_debit: bool
    elsewhere: dict[int, tuple[str, ...]]
    large_print: frozenset[int]
    by_hand: frozenset[int]


def of(account_ids: Sequence[int], year: years.Year, *, on: date) -> dict[int, Known]:
    """Return what is known of each account on a day, by id."""
    ids = list(account_ids)
    homes = _homes(ids)
    liable = accounts.liable_of(ids)
    people = {one.person_id for some in liable.values() for one in some}
    owed = accounts.owed_of([reference for reference, _ in homes.values()])
    issued = _issued(ids, year)
    asked = instalments.asked_for(notices.newest(np.array(ids, np.int64), year))
    debits = _direct_debits(ids, on)
    elsewhere = _elsewhere(people, on)
    needs = _needs(people, on)
    return {
        number: Known(
            reference=homes[number][0],
            address=homes[number][1],
            liable=liable.get(number, ()),
            owed={one.year: one for one in owed.get(homes[number][0], ())},
            issued=issued.get(number, []),
            asked=asked[row],
            direct_debit=number in debits,
            elsewhere=elsewhere,
            large_print=needs[Need.Kind.LARGE_PRINT],
            by_hand=needs[Need.Kind.SAFE_CONTACT],
        )
        for row, number in enumerate(ids)
    }


def _homes(ids: list[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, [ids])
        return {
            number: (reference, tuple(line for line in lines if line))
            for number, reference, *lines in cursor.fetchall()
        }


def _issued(ids: list[int], year: years.Year) -> dict[int, list[date]]:
    rows = models.Bill.objects.filter(account_id__in=ids, year=year.first)
    found: dict[int, list[date]] = defaultdict(list)
    for number, day in rows.order_by("version").values_list("account_id", "issued"):
        found[number].append(day)
    return found


def _direct_debits(ids: list[int], on: date) -> set[int]:
    plans = models.Plan.objects.filter(
        dated.holds_on(on), account_id__in=ids, method=models.Plan.Method.DIRECT_DEBIT
    )
    return set(plans.values_list("account_id", flat=True))


def _elsewhere(people: Iterable[int], on: date) -> dict[int, tuple[str, ...]]:
    rows = CorrespondenceAddress.objects.filter(dated.holds_on(on), person__in=people)
    return {
        row.person_id: tuple(line for line in [*row.lines.splitlines(), row.postcode] if line)
        for row in rows
    }


def _needs(people: Iterable[int], on: date) -> dict[str, frozenset[int]]:
    kinds = (Need.Kind.LARGE_PRINT, Need.Kind.SAFE_CONTACT)
    rows = Need.objects.filter(dated.holds_on(on), person__in=people, kind__in=kinds)
    pairs = list(rows.values_list("kind", "person_id"))
    return {kind: frozenset(one for what, one in pairs if what == kind) for kind in kinds}
