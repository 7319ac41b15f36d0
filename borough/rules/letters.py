"""Columns of short codes (a band, a class), compared as numbers: ten times as fast as as text."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AS_NUMBER = {4: np.uint32, 8: np.uint64}  # the bytes of one letter, of two


def among(column: NDArray[Any], values: Iterable[Any]) -> NDArray[np.bool_]:
    """Return True where the column holds one of the values, bool (n,); column of any type, (n,)."""
    wanted = list(values)
    if not _is_short(column):
        return np.isin(column, np.array(wanted))
    width = column.dtype.itemsize // 4
    fitting = [value for value in wanted if len(value) <= width]
    return np.isin(_numbers(column), _numbers(np.array(fitting, column.dtype)))


def places(column: NDArray[np.str_], values: Sequence[str]) -> NDArray[np.int64]:
    """Return where each code stands in `values`, int64 (n,); the codes must all be among them."""
    known = np.array(values)
    codes = column.astype(known.dtype, copy=False)
    if _is_short(codes):
        known, codes = _numbers(known), _numbers(codes)
    order = np.argsort(known)
    return order[np.searchsorted(known, codes, sorter=order)]


def _is_short(column: NDArray[Any]) -> bool:
    return column.dtype.kind == "U" and column.dtype.itemsize in _AS_NUMBER


def _numbers(column: NDArray[np.str_]) -> NDArray[Any]:
    return np.ascontiguousarray(column).view(_AS_NUMBER[column.dtype.itemsize])
