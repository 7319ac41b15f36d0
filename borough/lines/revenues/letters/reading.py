"""What the bills of many accounts need to know, read with one query a kind of row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from borough.kernel import dated
from borough.lines.revenues import models, notices
from borough.lines.revenues.letters import addressing
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one account.

    Attributes:
        home: what the account is about.
        liable: everybody who is or was, in the order of their first days.
        owed: what the ledger holds, by year.
        issued: the days of the year's notices, oldest first; ``charged`` what each came to.
        asked: what the newest notice asks for.
        directory: how all of those that were read are written to.
    """

    home: addressing.Home
    liable: tuple[addressing.Liable, ...]
    owed: dict[years.Year, accounts.YearOwed]
    issued: list[date]
    charged: list[int]
    asked: instalments.Asked
    direct_debit: bool
    directory: addressing.Directory

    def alone(self, person: int) -> "Known":
        """Return the same account as if one person alone were written to about it."""
        return replace(self, liable=tuple(one for one in self.liable if one.person == person))


def of(account_ids: Sequence[int], year: years.Year, *, on: date) -> dict[int, Known]:
    """Return what is known of each account on a day, by id."""
    ids = list(account_ids)
    homes = addressing.homes(ids, on=on)
    liable = addressing.liable_of(ids)
    owed = accounts.owed_of([home.reference for home in homes.values()])
    issued = _issued(ids, year)
    asked = instalments.asked_for(notices.newest(np.array(ids, np.int64), year))
    debits = _direct_debits(ids, on)
    people = {one.person for some in liable.values() for one in some}
    directory = addressing.directory_of(people, on=on)
    return {
        number: Known(
            home=homes[number],
            liable=tuple(liable.get(number, ())),
            owed={one.year: one for one in owed.get(homes[number].reference, ())},
            issued=[day for day, _ in issued.get(number, [])],
            charged=[pence for _, pence in issued.get(number, [])],
            asked=asked[row],
            direct_debit=number in debits,
            directory=directory,
        )
        for row, number in enumerate(ids)
    }


def _issued(ids: list[int], year: years.Year) -> dict[int, list[tuple[date, int]]]:
    rows = models.Bill.objects.filter(account_id__in=ids, year=year.first)
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    notices_of = rows.order_by("version").values_list("account_id", "issued", "charge_pence")
    for number, day, pence in notices_of:
        found[number].append((day, pence))
    return found


def _direct_debits(ids: list[int], on: date) -> set[int]:
    plans = models.Plan.objects.filter(
        dated.holds_on(on), account_id__in=ids, method=models.Plan.Method.DIRECT_DEBIT
    )
    return set(plans.values_list("account_id", flat=True))
