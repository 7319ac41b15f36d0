"""How often two records of different people agree by accident, counted and not sampled.

A sample of random pairs hardly ever meets two people of one home, and when it does, they are often
one person. So those are counted: of all pairs of records of two systems at one address, the ones
whose first names begin with different letters are different people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

NINO_SAME = 1e-6
"""Numbers are their holder's alone; two people sharing one is a slip or a fraud."""
NINO_SLIP = 3e-5
"""About sixty numbers are one digit or one swap away, of two million given in a region."""
SAME_INITIAL = 0.1
"""Of people of one home, so many have the same initial by accident (a name's length apart)."""
LEAST = 1e-9


@dataclass(frozen=True)
class Chances:
    """Shares of the pairs of records of two systems, each above zero.

    Attributes:
        home_family, home_alike, home_other: two people of one home: of the same family name, of
            names alike, of others.
        same: the pair is one person: a first guess, from the pairs that agree on name and home, or
            on name and birth.
    """

    home_family: float
    home_alike: float
    home_other: float
    same: float


def count(tables: Sequence[pa.Table]) -> Chances:
    """Return the chances of these tidy tables, each of one system."""

    def pairs(*names: str) -> int:
        return agreeing(tables, *names)

    everything = max(pairs(), 1)
    home = ("postcode", "number", "street")
    apart = 1 - SAME_INITIAL
    of_home = (pairs(*home) - pairs(*home, "initial")) / apart
    of_family = (pairs(*home, "family") - pairs(*home, "family", "initial")) / apart
    same = max(pairs(*home, "family", "given"), pairs("given", "family", "born"), 1)
    other = max(of_home - of_family, 0)
    return Chances(
        home_family=max(of_family / everything, LEAST),
        home_alike=max(other / 50 / everything, LEAST),
        home_other=max(other / everything, LEAST),
        same=min(same / everything, 0.5),
    )


def agreeing(tables: Sequence[pa.Table], *names: str) -> int:
    """Return how many pairs of records of two systems agree on these columns of tidy tables."""
    source = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    columns = [
        np.concatenate([table.column(name).to_numpy() for table in tables]) for name in names
    ]
    return _across(source, columns)


def _across(source: NDArray[np.int64], columns: Sequence[NDArray[np.object_]]) -> int:
    """Return how many pairs of records of two systems agree on all columns; null agrees never."""
    full = np.ones(len(source), np.bool_)
    group = np.zeros(len(source), np.int64)
    for column in columns:
        full &= np.array([value is not None for value in column], np.bool_)
    for column in columns:
        _, code = np.unique(column[full].astype(str), return_inverse=True)
        _, group[full] = np.unique(group[full] * (len(code) + 1) + code, return_inverse=True)
    of_group = np.unique(group[full], return_counts=True)[1].astype(float)
    within = np.unique(group[full] * (source.max() + 1) + source[full], return_counts=True)[1]
    return int((np.square(of_group).sum() - np.square(within.astype(float)).sum()) / 2)
