"""From the dated rows to the columns that the rules read.

One query a kind of row, for any number of accounts. Dates travel as whole days since 1970, so that
NumPy reads them without making an object of each.
"""

from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.rules import periods, years
from borough.rules.council_tax import bill, charge, clocks
from borough.rules.periods import Timeline

_STILL_SO = np.iinfo(np.int64).min  # NumPy's NaT

_BY_ACCOUNT = """
select x.row, r.starts - date '1970-01-01', coalesce(r.ends - date '1970-01-01', %(still)s), {value}
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join {table} r on r.{key} = x.id and {only}
"""

# What belongs to the dwelling is read by every account of it, whenever the account began.
_BY_DWELLING = """
select x.row, r.starts - date '1970-01-01', coalesce(r.ends - date '1970-01-01', %(still)s), {value}
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join revenues_account a on a.id = x.id
join {table} r on r.dwelling_id = a.dwelling_id and {only}
"""

# An account that was opened by mistake holds on no day.
_HAS_DAYS = "r.ends is distinct from r.starts"

_PARISHES = """
select distinct on (x.row) coalesce(p.code, '')
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join revenues_account a on a.id = x.id
left join places_address d on d.dwelling_id = a.dwelling_id and d.starts < %(year_ends)s
left join places_parish p on p.id = d.parish_id
order by x.row, d.starts desc nulls last
"""

_STATES = (
    "case r.state"
    + "".join(f" when '{word}' then {int(code)}" for word, code in clocks.WORDS.items())
    + " end"
)


def of(account_ids: NDArray[np.int64], year: years.Year) -> bill.Accounts:
    """Return the circumstances of the accounts, as the rules read them.

    Args:
        account_ids: ids of accounts, int64 (n,), each once; row i of the answer is account i.
        year: the year for which parishes are read; other rows come whole, the rules cut them.
    """
    ids = arrays.of_ids(account_ids)
    return bill.Accounts(
        count=len(account_ids),
        parish=_parishes(ids, year),
        liability=_read(_BY_ACCOUNT, ids, "account", "1", key="id", missing=False, only=_HAS_DAYS),
        band=_read(_BY_DWELLING, ids, "band", "r.letter", missing=""),
        occupation=_read(
            _BY_DWELLING, ids, "occupation", _STATES, missing=clocks.Occupation.OCCUPIED
        ),
        adults=_read(_BY_ACCOUNT, ids, "household", "r.adults", missing=charge.UNKNOWN),
        disregards=_counted(_read(_BY_ACCOUNT, ids, "disregard", "1", missing=0)),
        exemption=_read(_BY_DWELLING, ids, "exemption", "r.letter", missing=""),
        exception=_read(_BY_DWELLING, ids, "premiumexception", "r.letter", missing=""),
        disabled=_true(_read(_BY_ACCOUNT, ids, "disabledreduction", "1", missing=False)),
        annexe=_true(_read(_BY_ACCOUNT, ids, "annexediscount", "1", missing=False)),
        reduction=_read(
            _BY_ACCOUNT, ids, "reduction", "r.year_pence", missing=0, only="r.kind = 1"
        ),
        relief=_read(_BY_ACCOUNT, ids, "reduction", "r.year_pence", missing=0, only="r.kind = 2"),
    )


def _read(
    query: str,
    ids: str,
    table: str,
    value: str,
    *,
    missing: Any,
    key: str = "account_id",
    only: str = "true",
) -> Timeline:
    sql = query.format(table=f"revenues_{table}", value=value, key=key, only=only)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": ids, "still": int(_STILL_SO)})
        rows = cursor.fetchall()
    if not rows:
        return Timeline.none(missing)
    owner, starts, ends, values = zip(*rows, strict=True)
    return Timeline(
        np.array(owner, np.int64) - 1,
        np.array(starts, np.int64).astype(periods.DAY),
        np.array(ends, np.int64).view("datetime64[D]"),
        np.array(values),
        missing=missing,
    )


def _counted(rows: Timeline) -> Timeline:
    return Timeline.counts(rows.owner, rows.starts, rows.ends)


def _true(rows: Timeline) -> Timeline:
    return Timeline(
        rows.owner, rows.starts, rows.ends, np.ones(len(rows.owner), np.bool_), missing=False
    )


def _parishes(ids: str, year: years.Year) -> NDArray[np.str_]:
    with connection.cursor() as cursor:
        cursor.execute(_PARISHES, {"ids": ids, "year_ends": year.ends})
        return np.array([code for (code,) in cursor.fetchall()], np.str_)
