"""Rows of a file that say of somebody or something what an earlier row says, or says otherwise.

Only rows that name somebody or something a second time are looked at, in their order: one that
alone names its person, its debt and its award can contradict none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SAYS_OF_A_PERSON = (
    *("title", "given_names", "family_name", "date_of_birth", "nino", "address", "postcode"),
    *("uprn", "consent_from", "consent_until", "helper", "helper_contact"),
)
SAYS_OF_A_DEBT = (
    *("pence", "debt_kind", "oldest_due", "stage", "costs_pence", "regular_pence"),
    *("regular_every", "notice_served"),
)
ONCE: dict[str, tuple[str, ...]] = {
    "award": ("award_reference",),
    "contact": ("contact_reference",),
    "notice": ("key", "notice_reference", "notice_kind"),
}
NAMES = ("key", "debt_reference", "award_reference", "contact_reference")
READ = {*SAYS_OF_A_PERSON, *SAYS_OF_A_DEBT, *NAMES, "notice_reference", "notice_kind"}
Said = tuple[int, tuple[Any, ...]]


class Otherwise(Exception):
    """An earlier row says it already, or says otherwise; the words are the reason."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file has said so far, and in which line."""

    people: dict[str, Said] = field(default_factory=dict)
    debts: dict[str, Said] = field(default_factory=dict)
    owing: dict[tuple[str, str], int] = field(default_factory=dict)
    once: dict[tuple[str, ...], int] = field(default_factory=dict)


def found(
    columns: Mapping[str, pa.Array], good: NDArray[np.bool_], line: NDArray[np.int64]
) -> Iterator[tuple[int, str]]:
    """Give each row that cannot be taken because of an earlier one, and why.

    Args:
        columns: (n,) by field, null where nothing is told.
        good: which rows nothing else speaks against; the others say nothing.
        line: of each row in the file.
    """
    again = np.zeros(len(good), np.bool_)
    for name in NAMES:
        if name in columns:
            again |= _named_again(columns[name], good)
    rows = np.flatnonzero(again)
    several = {name: columns[name].take(pa.array(rows)) for name in READ if name in columns}
    seen = Seen()
    for row, one in zip(rows.tolist(), pa.table(several).to_pylist(), strict=True):
        try:
            _say(one, seen, int(line[row]))
        except Otherwise as otherwise:
            yield row, str(otherwise)


def _named_again(column: pa.Array, good: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which good rows bear a name that another good row bears, too."""
    code = column.dictionary_encode().indices.fill_null(-1).to_numpy().astype(np.int64)
    named = good & (code >= 0)
    often = np.bincount(code[named], minlength=1)
    return np.asarray(named & (often[np.where(named, code, 0)] > 1), np.bool_)


def _say(told: Mapping[str, Any], seen: Seen, line: int) -> None:
    key, debt = told["key"], told.get("debt_reference")
    person_said, debt_said = (_said(told, names) for names in (SAYS_OF_A_PERSON, SAYS_OF_A_DEBT))
    named = {what: (what, *map(str, _said(told, names))) for what, names in ONCE.items()}
    named = {what: one for what, one in named.items() if told.get(f"{what}_reference") is not None}
    _refuse_otherwise(seen.people, key, person_said, "The person")
    if debt is not None:
        _refuse_otherwise(seen.debts, debt, debt_said, "The debt")
        if (debt, key) in seen.owing:
            raise Otherwise(f"Line {seen.owing[debt, key]} says the same already")
    for what, one in named.items():
        if one in seen.once:
            raise Otherwise(f"The {what} stands in line {seen.once[one]} already")
    seen.people.setdefault(key, (line, person_said))
    if debt is not None:
        seen.debts.setdefault(debt, (line, debt_said))
        seen.owing[debt, key] = line
    seen.once.update(dict.fromkeys(named.values(), line))


def _said(told: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(told.get(name) for name in names)


def _refuse_otherwise(said: Mapping[str, Said], name: str, now: tuple[Any, ...], what: str) -> None:
    before = said.get(name)
    if before is not None and before[1] != now:
        raise Otherwise(
            f"{what} is told of otherwise in line {before[0]}: ask the holder which holds"
        )
