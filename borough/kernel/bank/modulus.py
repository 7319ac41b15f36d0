"""The modulus check: whether a sort code and an account number can belong together.

*Validating account numbers*, Pay.UK. A pair that passes is plausible; that it exists, nobody says.
The table of weights is Pay.UK's property and never part of Borough: ``MODULUS_TABLE`` in the
settings names the file, and ``MODULUS_SUBSTITUTIONS`` the one beside it. Without them the answer is
``CANNOT_BE_CHECKED``, which is not "valid".
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

Digits = NDArray[np.int64]

A, B, C, G, H = 6, 7, 8, 12, 13  # places in the fourteen figures uvwxyzabcdefgh
_WIDTH = 14
# Exceptions of the specification that change more than whether a row is passed over.
_CODE_8, _CODE_9 = 90126, 309634
_WEIGHTS_2 = (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1)
_WEIGHTS_2_G9 = (0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1)
_LONGEST_ROW = 18


class Answer(IntEnum):
    """What the check says of a pair."""

    INVALID = 0
    VALID = 1
    CANNOT_BE_CHECKED = 2


class NotATable(ValueError):
    """The file is not a table of weights as Pay.UK publishes it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of r rows, sorted by ``first``.

    Attributes:
        first: int64 (r,), the first sort code of each row.
        last: int64 (r,), the last.
        modulus: int64 (r,), 10 or 11.
        doubles: bool (r,), whether figures of the products are added (DBLAL).
        weights: int64 (r, 14).
        exception: int64 (r,), 0 for none.
        substitutes: sort code -> sort code, for exception 5.
    """

    first: Digits
    last: Digits
    modulus: Digits
    doubles: NDArray[np.bool_]
    weights: Digits
    exception: Digits
    substitutes: dict[int, int]


def check(
    sort_codes: NDArray[np.str_], account_numbers: NDArray[np.str_], table: Table | None
) -> NDArray[np.int64]:
    """Return an ``Answer`` for each pair, int64 (n,).

    Args:
        sort_codes: (n,), six figures each.
        account_numbers: (n,), eight figures each.
        table: the weights; without it no pair can be checked.
    """
    n = len(sort_codes)
    if table is None or not n:
        return np.full(n, Answer.CANNOT_BE_CHECKED, np.int64)
    codes = np.asarray(sort_codes, dtype="U6").astype(np.int64)
    figures = _figures(codes, np.asarray(account_numbers, dtype="U8").astype(np.int64))
    rows = _rows_of(codes, table)
    first, second = (_passes(figures, codes, row, table) for row in rows)
    verdict = _combine(first, second, *rows, figures, table)
    return np.where(rows[0] < 0, Answer.CANNOT_BE_CHECKED, verdict.astype(np.int64))


def normalised(sort_code: str, account_number: str) -> tuple[str, str]:
    """Return a pair with the account number in eight figures, as the specification lays down.

    Raises:
        ValueError: the account number has fewer than six figures or more than ten.
    """
    count = len(account_number)
    if not 6 <= count <= 10:
        raise ValueError("An account number has six to ten figures; most have eight.")
    if count == 10:  # the Co-operative Bank: the first eight; National Westminster: the last
        co_op = sort_code.startswith("08")
        return sort_code, account_number[:8] if co_op else account_number[2:]
    if count == 9:  # Santander: its first figure is the last of the sort code
        return sort_code[:5] + account_number[0], account_number[1:]
    return sort_code, account_number.zfill(8)


@cache
def configured() -> Table | None:
    """Return the table that the settings name; None when they name none.

    Raises:
        NotATable: the file named is none.
    """
    if not settings.MODULUS_TABLE:
        return None
    substitutions = settings.MODULUS_SUBSTITUTIONS
    return load(
        Path(settings.MODULUS_TABLE).read_text(),
        Path(substitutions).read_text() if substitutions else "",
    )


def load(weights: str, substitutions: str = "") -> Table:
    """Return the table from the text of ``valacdos`` and ``scsubtab``.

    Raises:
        NotATable: naming the line that is none of a table.
    """
    rows = [_row(line, number) for number, line in enumerate(weights.splitlines(), 1) if line]
    if not rows:
        raise NotATable("The table of weights is empty.")
    rows.sort(key=lambda row: row[0])  # stable: of two rows of a range, the first stays first
    columns = np.array([row[:2] + row[4:] for row in rows], np.int64)
    return Table(
        first=columns[:, 0],
        last=columns[:, 1],
        modulus=np.array([11 if row[2] == "MOD11" else 10 for row in rows]),
        doubles=np.array([row[2] == "DBLAL" for row in rows]),
        weights=columns[:, 2:],
        exception=np.array([row[3] for row in rows], np.int64),
        substitutes=_substitutes(substitutions),
    )


def _row(line: str, number: int) -> tuple[int, int, str, int, *tuple[int, ...]]:
    parts = line.split()
    try:
        if parts[2] not in {"MOD10", "MOD11", "DBLAL"} or not 17 <= len(parts) <= _LONGEST_ROW:
            raise NotATable(f"Line {number} of the table of weights is none of its rows.")
        weights = [int(part) for part in parts[3:17]]
        exception = int(parts[17]) if len(parts) == _LONGEST_ROW else 0
        return int(parts[0]), int(parts[1]), parts[2], exception, *weights
    except (ValueError, IndexError) as error:
        raise NotATable(f"Line {number} of the table of weights is none of its rows.") from error


def _substitutes(text: str) -> dict[int, int]:
    pairs = [line.split() for line in text.splitlines() if line.strip()]
    try:
        return {int(one): int(other) for one, other in pairs}
    except ValueError as error:
        raise NotATable("A line of the table of substitutions is not two sort codes.") from error


def _figures(codes: Digits, accounts: Digits) -> Digits:
    """Return the fourteen figures of each pair, (n, 14)."""
    whole = codes * 10**8 + accounts
    return whole[:, None] // 10 ** np.arange(_WIDTH - 1, -1, -1) % 10


def _rows_of(codes: Digits, table: Table) -> tuple[Digits, Digits]:
    """Return the row of each pair and the second, each (n,); -1 for none."""
    # Ranges of the published table do not overlap but for the second row of the same range.
    last = np.searchsorted(table.first, codes, side="right") - 1
    covered = (last >= 0) & (codes <= table.last[last])
    before = np.maximum(last - 1, 0)
    twin = covered & (last > 0) & (table.first[before] <= codes) & (codes <= table.last[before])
    first = np.where(twin, before, last)
    return np.where(covered, first, -1), np.where(twin, last, -1)


def _passes(figures: Digits, codes: Digits, rows: Digits, table: Table) -> NDArray[np.bool_]:
    """Return whether each pair passes its row, (n,); a pair without a row does not."""
    exception = np.where(rows < 0, 0, table.exception[rows])
    used = _figures_used(figures, codes, exception, table)
    weights = _weights_used(used, table.weights[rows], exception)
    products = used * weights
    doubled = products // 100 + products // 10 % 10 + products % 10
    total = np.where(table.doubles[rows][:, None], doubled, products).sum(axis=1)
    total += 27 * (exception == 1)
    remainder = total % table.modulus[rows]
    wanted = np.where(exception == 4, used[:, G] * 10 + used[:, H], 0)
    good = remainder == wanted
    good = np.where(exception == 5, _passes_5(used, remainder, table.doubles[rows]), good)
    foreign = (exception == 6) & (used[:, A] >= 4) & (used[:, A] <= 8) & (used[:, G] == used[:, H])
    result: NDArray[np.bool_] = (rows >= 0) & (good | foreign)
    return result


def _figures_used(figures: Digits, codes: Digits, exception: Digits, table: Table) -> Digits:
    """Return the figures with the sort code that exceptions 5, 8 and 9 put in its place."""
    other = codes.copy()
    other[exception == 8] = _CODE_8
    other[exception == 9] = _CODE_9
    fives = exception == 5
    other[fives] = [table.substitutes.get(int(code), int(code)) for code in codes[fives]]
    used = figures.copy()
    used[:, :A] = other[:, None] // 10 ** np.arange(5, -1, -1) % 10
    return used


def _weights_used(used: Digits, weights: Digits, exception: Digits) -> Digits:
    """Return the weights as exceptions 2, 7 and 10 change them."""
    chosen = weights.copy()
    nine = used[:, G] == 9
    two = (exception == 2) & (used[:, A] != 0)
    chosen[two & ~nine] = _WEIGHTS_2
    chosen[two & nine] = _WEIGHTS_2_G9
    ab = used[:, A] * 10 + used[:, B]
    blank = nine & ((exception == 7) | ((exception == 10) & ((ab == 9) | (ab == 99))))
    chosen[blank, : B + 1] = 0
    return chosen


def _passes_5(used: Digits, remainder: Digits, doubles: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Exception 5: the remainder gives the check figure, g by modulus 11 and h by doubling."""
    of_ten = (10 - remainder) % 10 == used[:, H]
    of_eleven = (remainder != 1) & ((11 - remainder) % 11 == used[:, G])
    result: NDArray[np.bool_] = np.where(doubles, of_ten, of_eleven)
    return result


def _combine(
    first: NDArray[np.bool_],
    second: NDArray[np.bool_],
    first_row: Digits,
    second_row: Digits,
    figures: Digits,
    table: Table,
) -> NDArray[np.bool_]:
    """Return the verdict of one or two rows, (n,)."""
    one, other = (np.where(row < 0, 0, table.exception[row]) for row in (first_row, second_row))
    alone = second_row < 0
    # 2 with 9, 10 with 11, 12 with 13: one of the two tests is enough.
    either = np.isin(one, (2, 10, 12)) & np.isin(other, (9, 11, 13))
    six_or_nine = (figures[:, C] == 6) | (figures[:, C] == 9)
    leave_second = (other == 3) & six_or_nine
    verdict = np.where(
        alone | leave_second, first, np.where(either, first | second, first & second)
    )
    fourteen = (one == 14) & ~first
    verdict[fourteen] = _coutts(figures[fourteen], first_row[fourteen], table)
    return verdict


def _coutts(figures: Digits, rows: Digits, table: Table) -> NDArray[np.bool_]:
    """Exception 14: try again with h taken off, nought put before, when h is 0, 1 or 9."""
    shifted = figures.copy()
    shifted[:, A] = 0
    shifted[:, B:] = figures[:, A:H]
    total = (shifted * table.weights[rows]).sum(axis=1)
    allowed = np.isin(figures[:, H], (0, 1, 9))
    result: NDArray[np.bool_] = allowed & (total % table.modulus[rows] == 0)
    return result
