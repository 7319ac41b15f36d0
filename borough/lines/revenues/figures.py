"""What billing comes to, by band and by step: the figures of a preview."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.db import connection

from borough.lines.revenues import circumstances, working
from borough.rules import years
from borough.rules.council_tax import bill

BANDS = ("A-", "A", "B", "C", "D", "E", "F", "G", "H")
STEPS = (
    "gross",
    "resident_discount",
    "empty_discount",
    "long_term_premium",
    "second_home_premium",
    "annexe_reduction",
    "reduction",
    "relief",
    "due",
)
"""The steps of the charge in their order. Those that make it smaller are kept as what they take."""

_LAST_YEAR = """
select coalesce(d.letter, '?'), count(*), sum(b.charge_pence)::bigint
from (select distinct on (account_id) account_id, charge_pence from revenues_bill
      where year = %s order by account_id, version desc) b
join revenues_account a on a.id = b.account_id
left join lateral (select letter from revenues_band d where d.dwelling_id = a.dwelling_id
                   and d.starts < %s order by d.starts desc limit 1) d on true
group by 1 order by 1
"""

Figures = dict[str, dict[str, int]]
"""By band: ``accounts``, the pence of each step, and as ``with_STEP`` how many accounts have it."""


def of_accounts(
    ids: Sequence[int], year: years.Year, laws_asked: Sequence[bill.Law]
) -> dict[str, Any]:
    """Return the figures of these accounts under each law, and who cannot be billed and why."""
    good, bad = working.sound(ids, year)
    accounts = circumstances.of(np.array(good, np.int64), year)
    return {
        "figures": [summed(working.under(law, accounts)) for law in laws_asked],
        "set_aside": bad,
    }


def summed(worked: bill.Bill) -> Figures:
    """Return a bill's periods added up by the band charged; accounts count where they end up."""
    charged = worked.columns["charged_band"]
    last = np.ones(len(worked.owner), np.bool_)
    last[:-1] = worked.owner[1:] != worked.owner[:-1]
    found: Figures = {}
    for band in BANDS:
        mine = charged == band
        if not np.any(mine):
            continue
        found[band] = {"accounts": int(np.count_nonzero(mine & last))}
        for step in STEPS:
            column = worked.columns[step]
            found[band][step] = int(column[mine].sum())
            found[band][f"with_{step}"] = len(np.unique(worked.owner[mine & (column != 0)]))
    return found


def added(parts: Iterable[Figures]) -> Figures:
    """Return the figures of several parts as one."""
    total: Figures = {}
    for part in parts:
        for band, row in part.items():
            into = total.setdefault(band, dict.fromkeys(row, 0))
            for name, number in row.items():
                into[name] += number
    return {band: total[band] for band in BANDS if band in total}


def last_year(year: years.Year) -> dict[str, tuple[int, int]]:
    """Return, by band, how many accounts the newest notices of the year billed and what for."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_YEAR, [year.first, year.ends])
        return {band: (count, pence) for band, count, pence in cursor.fetchall()}
