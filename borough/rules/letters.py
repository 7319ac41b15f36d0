"""Columns of short codes (a band, a class), compared as numbers: ten times as fast as as text."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AS_NUMBER = {4: np.uint32, 8: np.uint64}  # the bytes of one letter, of two


def among(column: NDArray[Any], values: Iterable[Any]) -> NDArray[np.bool_]:
    """Return True where the column holds one of the values, bool (n,); column of any type, (n,).

    Meant for a few values: each is compared in turn, which NumPy does faster than one search.
    """
    wanted = list(values)
    if column.dtype.kind == "U" and column.dtype.itemsize in _AS_NUMBER:
        width = column.dtype.itemsize // 4
        fitting = [value for value in wanted if len(value) <= width]
        wanted, column = [*_numbers(np.array(fitting, column.dtype))], _numbers(column)
    found = np.zeros(len(column), np.bool_)
    for value in wanted:
        found |= column == value
    return found


def places(column: NDArray[np.str_], values: Sequence[str]) -> NDArray[np.int64]:
    """Return where each code stands in `values`, int64 (n,); each must be one of them, a letter."""
    known = _numbers(np.array(values, "U1"))
    table = np.zeros(known.max() + 1, np.int64)
    table[known] = np.arange(len(values))
    return table.take(_numbers(column.astype("U1", copy=False)))


def _numbers(column: NDArray[np.str_]) -> NDArray[Any]:
    return np.ascontiguousarray(column).view(_AS_NUMBER[column.dtype.itemsize])
