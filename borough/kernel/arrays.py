"""Columns on their way into a query, as one text that the database reads.

A driver quotes each element of a list, each time the list is sent; for thousands of ids in a dozen
queries that took longer than the queries.
"""

import json
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def of_ids(ids: NDArray[np.int64] | Iterable[int]) -> str:
    """Return whole numbers as an array of PostgreSQL, ``{1,2,3}``; use as ``%s::bigint[]``.

    Args:
        ids: int64 (n,), or ints.
    """
    numbers = ids.tolist() if isinstance(ids, np.ndarray) else [int(number) for number in ids]
    return f"{{{','.join(map(str, numbers))}}}"


def of_texts(texts: Sequence[str]) -> str:
    """Return texts as a JSON array; use as ``json_array_elements_text(%s::json)``."""
    return json.dumps(list(texts))
