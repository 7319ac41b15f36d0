"""Direct Debit instructions of the town, as the system before had them.

INVENTED, and marked so: every bank account has the sort code 00-00-00, which no bank has, so that
nothing made here can reach anybody's money.
"""

from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays, furnishing
from borough.lines.revenues import telling
from borough.lines.revenues.furnishing import accounts, paying
from borough.rules import years

NO_BANK = "000000"
FIRST_ACCOUNT_NUMBER = 10_000_000
OLDEST = np.datetime64("2015-04-01")
LODGED_AFTER_DAYS = 20
KEYED_BY, CONFIRMED_BY = "system/town", "system/town-check"

_ADD = """
with given as (
  select * from unnest(%(account)s::bigint[], %(person)s::bigint[], %(number)s::bigint[],
                       %(starts)s::date[], %(ends)s::date[], %(why)s::text[], %(live)s::date[])
  as x(account_id, person_id, number, starts, ends, why, live_from)
), details as (
  insert into bank_bankdetails (person_id, sort_code, account_number, name, check_made, keyed_by,
                                keyed_on, confirmed_by, confirmed_on)
  select p.id, %(no_bank)s, g.number::text, trim(p.given_names || ' ' || p.family_name),
         'not_checked', %(keyed)s, g.starts, %(confirmed)s, g.starts
  from given g join people_person p on p.id = g.person_id order by g.number
  returning id, account_number
)
insert into revenues_instruction (account_id, details_id, reference, source, agreed_on, starts,
                                  ends, why_ended, live_from)
select g.account_id, d.id, 'CT' || lpad(a.reference, 8, '0') || '01', 'before', g.starts, g.starts,
       g.ends, g.why, g.live_from
from given g
join details d on d.account_number = g.number::text
join revenues_account a on a.id = g.account_id
order by g.account_id
"""


def give(
    town: furnishing.Town,
    opened: accounts.Opened,
    payers: paying.Payers,
    year: years.Year,
    *,
    progress: furnishing.Progress,
) -> None:
    """Give an instruction to everybody who pays by Direct Debit, and tell them what is to come.

    Who never pays has none; of who stopped paying the bank ended it in the month after.
    """
    chosen = np.flatnonzero(payers.direct_debit & (payers.habit != "never"))
    with progress("Direct Debit instructions", len(chosen)):
        _add(_columns(town, opened, payers, year, chosen))
    with progress("Advance notices of Direct Debits", len(chosen)):
        telling.tell(int(opened.ids.min()), int(opened.ids.max()), on=town.on)


def _columns(
    town: furnishing.Town,
    opened: accounts.Opened,
    payers: paying.Payers,
    year: years.Year,
    chosen: NDArray[np.int64],
) -> dict[str, Any]:
    spells = town.spells
    starts = np.maximum(spells.starts[chosen], OLDEST)
    stopped = np.datetime64(year.starts, "M") + payers.stops_after[chosen].astype("m8[M]")
    by_bank = (payers.habit[chosen] == "stops") & (stopped < np.datetime64(town.on, "M"))
    ends = np.where(by_bank, stopped.astype("datetime64[D]") + 14, spells.ends[chosen])
    ends = np.where(ends > np.datetime64(town.on), np.datetime64("NaT"), ends)
    lasted = np.isnat(ends) | (ends > starts)
    live = np.maximum(np.datetime64(year.starts), starts + LODGED_AFTER_DAYS)
    why = np.where(np.isnat(ends), "", np.where(by_bank, "bank", "last"))
    payer = _payers(town)[chosen]
    kept = lasted & (payer >= 0)
    columns = {
        "account": opened.ids[chosen],
        "person": payer,
        "number": FIRST_ACCOUNT_NUMBER + np.arange(len(chosen)),
        "starts": starts,
        "ends": ends,
        "why": why,
        "live": live,
    }
    return {name: column[kept] for name, column in columns.items()}


def _payers(town: furnishing.Town) -> NDArray[np.int64]:
    """Return the id of the first person liable of each spell, -1 where there is none, (s,)."""
    parts = np.flatnonzero(accounts.liable(town))[::-1]  # the first is written last
    payer = np.full(len(town.spells.dwelling), furnishing.NOBODY, np.int64)
    payer[town.parts.spell[parts]] = town.person_id[town.parts.person[parts]]
    return payer


def _add(columns: dict[str, Any]) -> None:
    given = {
        name: arrays.of_ids(column)
        if column.dtype.kind == "i"
        else [None if one is None else str(one) for one in column.astype(object)]
        for name, column in columns.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD, {**given, "no_bank": NO_BANK, "keyed": KEYED_BY, "confirmed": CONFIRMED_BY}
        )
