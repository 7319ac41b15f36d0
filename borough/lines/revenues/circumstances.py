"""From the dated rows to the columns that the rules read.

One query a kind of row, for any number of accounts. Dates travel as whole days since 1970 and
letters as their code points, so that NumPy reads them without making an object of each.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.rules import periods, years
from borough.rules.council_tax import bill, charge, clocks
from borough.rules.periods import Timeline

# The span says nothing new, but lets neighbouring ids be read as one stretch of the index.
_HELD = """
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join {table} r on r.{key} = x.id and r.{key} between %(first)s and %(last)s and {only}
"""

_STARTS = "r.starts - date '1970-01-01'"
_ENDS = f"coalesce(r.ends - date '1970-01-01', {np.iinfo(np.int64).min})"  # NumPy's NaT
_LETTER = "ascii(r.letter)"
_STATE = (
    "case r.state"
    + "".join(f" when '{word}' then {int(code)}" for word, code in clocks.WORDS.items())
    + " end"
)


@dataclass(frozen=True)
class _Owners:
    """Whose rows are read: accounts or dwellings, ids int64 (n,), and the column that names them.

    What belongs to a dwelling is read by every account of it, whenever the account began.
    """

    ids: NDArray[np.int64]
    key: str

    def read(
        self, table: str, *columns: str, only: str = "true", **parameters: Any
    ) -> list[NDArray[np.int64]]:
        """Return the owner's row number, 0 to n - 1, and further columns, int64 (m,) each."""
        some = len(self.ids) > 0
        return arrays.read(
            ["x.row - 1", *columns],
            _HELD.format(table=table, key=self.key, only=only),
            {
                "ids": arrays.of_ids(self.ids),
                "first": int(self.ids.min()) if some else 0,
                "last": int(self.ids.max()) if some else 0,
                **parameters,
            },
        )

    def timeline(
        self, table: str, value: str = "1", *, missing: Any, only: str = "true"
    ) -> Timeline:
        """Return dated whole numbers."""
        owner, starts, ends, values = self.read(
            f"revenues_{table}", _STARTS, _ENDS, value, only=only
        )
        if not len(owner):
            return Timeline.none(missing)
        return Timeline(owner, _days(starts), _days(ends), values, missing=missing)

    def letters(self, table: str) -> Timeline:
        """Return dated letters; nothing is missing as ""."""
        rows = self.timeline(table, _LETTER, missing=0)
        if not len(rows.owner):
            return Timeline.none("")
        value = rows.value.astype(np.uint32).view("<U1")
        return Timeline(rows.owner, rows.starts, rows.ends, value, missing="")

    def true(self, table: str) -> Timeline:
        """Return when something is so."""
        rows = self.timeline(table, missing=0)
        so = np.ones(len(rows.owner), np.bool_)
        return Timeline(rows.owner, rows.starts, rows.ends, so, missing=False)

    def count(self, table: str) -> Timeline:
        """Return how many rows hold."""
        rows = self.timeline(table, missing=0)
        return Timeline.counts(rows.owner, rows.starts, rows.ends)


def of(account_ids: NDArray[np.int64], year: years.Year) -> bill.Accounts:
    """Return the circumstances of the accounts, as the rules read them.

    Args:
        account_ids: ids of accounts, int64 (n,), each once; row i of the answer is account i.
        year: the year for which parishes are read; other rows come whole, the rules cut them.
    """
    accounts = _Owners(account_ids, "account_id")
    liability, dwellings = _held(account_ids)
    return bill.Accounts(
        count=len(account_ids),
        parish=_parishes(dwellings, year),
        liability=liability,
        band=dwellings.letters("band"),
        occupation=dwellings.timeline("occupation", _STATE, missing=clocks.Occupation.OCCUPIED),
        adults=accounts.timeline("household", "r.adults", missing=charge.UNKNOWN),
        disregards=accounts.count("disregard"),
        exemption=dwellings.letters("exemption"),
        exception=dwellings.letters("premiumexception"),
        disabled=accounts.true("disabledreduction"),
        annexe=accounts.true("annexediscount"),
        reduction=accounts.timeline("reduction", "r.year_pence", missing=0, only="r.kind = 1"),
        relief=accounts.timeline("reduction", "r.year_pence", missing=0, only="r.kind = 2"),
    )


def _held(account_ids: NDArray[np.int64]) -> tuple[Timeline, _Owners]:
    """Return when each account holds, and the dwelling of each."""
    owner, starts, ends, dwelling = _Owners(account_ids, "id").read(
        "revenues_account", _STARTS, _ENDS, "r.dwelling_id"
    )
    dwellings = np.zeros(len(account_ids), np.int64)
    dwellings[owner] = dwelling
    days = starts != ends  # an account that was opened by mistake holds on no day
    held = Timeline(
        owner[days],
        _days(starts[days]),
        _days(ends[days]),
        np.ones(int(days.sum()), np.int64),
        missing=False,
    )
    return held, _Owners(dwellings, "dwelling_id")


def _parishes(dwellings: _Owners, year: years.Year) -> NDArray[np.str_]:
    """Return the code of the parish of each dwelling at its last address that began in time."""
    owner, starts, parish = dwellings.read(
        "places_address",
        _STARTS,
        "coalesce(r.parish_id, 0)",
        only="r.starts < %(year_ends)s",
        year_ends=year.ends,
    )
    newest = np.lexsort((starts, owner))
    found = np.zeros(len(dwellings.ids), np.int64)
    found[owner[newest]] = parish[newest]  # of several the last stays
    with connection.cursor() as cursor:
        cursor.execute("select id, code from places_parish order by id")
        ids, codes = zip((0, ""), *cursor.fetchall(), strict=True)
    return np.array(codes, np.str_)[np.searchsorted(ids, found)]


def _days(numbers: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return numbers.view(periods.DAY)
