"""From the dated rows to the columns that the rules read.

One question a kind of row, all asked together, for any number of accounts. Dates travel as whole
days since 1970 and letters as their code points, so that NumPy reads them without making an object
of each.
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
from unnest(%({key})s::bigint[]) with ordinality as x(id, row)
join {table} r on r.{key} = x.id and r.{key} between %({key}_first)s and %({key}_last)s and {only}
"""

_STARTS = "r.starts - date '1970-01-01'"
_ENDS = f"coalesce(r.ends - date '1970-01-01', {np.iinfo(np.int64).min})"  # NumPy's NaT
_LETTER = "ascii(r.letter)"
_PARISH = "coalesce(r.parish_id, 0)"
_BEGUN = "r.starts < %(year_ends)s"
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

    @property
    def parameters(self) -> dict[str, Any]:
        """What questions about them are asked with."""
        some = len(self.ids) > 0
        return {
            self.key: arrays.of_ids(self.ids),
            f"{self.key}_first": int(self.ids.min()) if some else 0,
            f"{self.key}_last": int(self.ids.max()) if some else 0,
        }

    def rows(self, table: str, *columns: str, only: str = "true") -> arrays.Question:
        """Ask for the owner's row number, 0 to n - 1, and further columns."""
        return arrays.Question(
            ["x.row - 1", *columns], _HELD.format(table=table, key=self.key, only=only)
        )

    def dated(self, table: str, value: str = "1", *, only: str = "true") -> arrays.Question:
        """Ask for dated whole numbers."""
        return self.rows(f"revenues_{table}", _STARTS, _ENDS, value, only=only)


Columns = list[NDArray[np.int64]]
"""The owner's row, first and last day, and value: the answer to a question of `_Owners.dated`."""


def of(account_ids: NDArray[np.int64], year: years.Year) -> bill.Accounts:
    """Return the circumstances of the accounts, as the rules read them.

    Args:
        account_ids: ids of accounts, int64 (n,), each once; row i of the answer is account i.
        year: the year for which parishes are read; other rows come whole, the rules cut them.
    """
    accounts = _Owners(account_ids, "account_id")
    liability, dwellings = _held(account_ids)
    asked = {
        "band": dwellings.dated("band", _LETTER),
        "occupation": dwellings.dated("occupation", _STATE),
        "exemption": dwellings.dated("exemption", _LETTER),
        "exception": dwellings.dated("premiumexception", _LETTER),
        "adults": accounts.dated("household", "r.adults"),
        "disregards": accounts.dated("disregard"),
        "disabled": accounts.dated("disabledreduction"),
        "annexe": accounts.dated("annexediscount"),
        "reduction": accounts.dated("reduction", "r.year_pence", only="r.kind = 1"),
        "relief": accounts.dated("reduction", "r.year_pence", only="r.kind = 2"),
        "address": dwellings.rows("places_address", _STARTS, _PARISH, only=_BEGUN),
    }
    parameters = {**accounts.parameters, **dwellings.parameters, "year_ends": year.ends}
    answers = arrays.read_together(list(asked.values()), parameters)
    found = dict(zip(asked, answers, strict=True))
    return bill.Accounts(
        count=len(account_ids),
        parish=_parishes(found["address"], len(account_ids)),
        liability=liability,
        band=_letters(found["band"]),
        occupation=_timeline(found["occupation"], missing=clocks.Occupation.OCCUPIED),
        adults=_timeline(found["adults"], missing=charge.UNKNOWN),
        disregards=_count(found["disregards"]),
        exemption=_letters(found["exemption"]),
        exception=_letters(found["exception"]),
        disabled=_true(found["disabled"]),
        annexe=_true(found["annexe"]),
        reduction=_timeline(found["reduction"], missing=0),
        relief=_timeline(found["relief"], missing=0),
    )


def _timeline(found: Columns, *, missing: Any) -> Timeline:
    """Return dated whole numbers."""
    owner, starts, ends, values = found
    if not len(owner):
        return Timeline.none(missing)
    return Timeline(owner, _days(starts), _days(ends), values, missing=missing)


def _letters(found: Columns) -> Timeline:
    """Return dated letters; nothing is missing as ""."""
    rows = _timeline(found, missing=0)
    if not len(rows.owner):
        return Timeline.none("")
    value = rows.value.astype(np.uint32).view("<U1")
    return Timeline(rows.owner, rows.starts, rows.ends, value, missing="")


def _true(found: Columns) -> Timeline:
    """Return when something is so."""
    rows = _timeline(found, missing=0)
    so = np.ones(len(rows.owner), np.bool_)
    return Timeline(rows.owner, rows.starts, rows.ends, so, missing=False)


def _count(found: Columns) -> Timeline:
    """Return how many rows hold."""
    rows = _timeline(found, missing=0)
    return Timeline.counts(rows.owner, rows.starts, rows.ends)


def _held(account_ids: NDArray[np.int64]) -> tuple[Timeline, _Owners]:
    """Return when each account holds, and the dwelling of each."""
    accounts = _Owners(account_ids, "id")
    question = accounts.rows("revenues_account", _STARTS, _ENDS, "r.dwelling_id")
    owner, starts, ends, dwelling = arrays.read(
        question.columns, question.rows, accounts.parameters
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


def _parishes(addresses: Columns, count: int) -> NDArray[np.str_]:
    """Return the code of the parish of each dwelling at its last address that began in time."""
    owner, starts, parish = addresses
    newest = np.lexsort((starts, owner))
    found = np.zeros(count, np.int64)
    found[owner[newest]] = parish[newest]  # of several the last stays
    with connection.cursor() as cursor:
        cursor.execute("select id, code from places_parish order by id")
        ids, codes = zip((0, ""), *cursor.fetchall(), strict=True)
    return np.array(codes, np.str_)[np.searchsorted(ids, found)]


def _days(numbers: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return numbers.view(periods.DAY)
