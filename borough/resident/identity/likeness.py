"""How alike records of different systems are: pairs with a probability, and the reasons for it.

Nothing here joins anybody: ``judging`` says what is certain enough, ``commands`` join.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from borough.resident.identity import engines, tidying

LOWEST = 0.01
"""Pairs less likely than this are not even kept to be compared with better ones."""
ROUNDS = 30

BEST = """
    select
        row_number() over (
            partition by left_source, left_key, right_source order by weight desc, right_key
        ) = 1
        and row_number() over (
            partition by right_source, right_key, left_source order by weight desc, left_key
        ) = 1 as best
    from pairs order by nth
"""


@dataclass(frozen=True)
class Likeness:
    """Columns of n pairs of records of two systems, the likelier first.

    Attributes:
        left_source, left_key, right_source, right_key: object (n,), of str.
        weight: float64 (n,), bits for one person rather than two, the rarity of one person among
            the pairs of these two systems counted in.
        best: bool (n,), whether each is the other's likeliest in that pair of systems.
        levels: int64 (n,) by comparison, -1 where one side knows nothing.
        reasons: what each level says, by comparison and level.
    """

    left_source: NDArray[np.object_]
    left_key: NDArray[np.object_]
    right_source: NDArray[np.object_]
    right_key: NDArray[np.object_]
    weight: NDArray[np.float64]
    best: NDArray[np.bool_]
    levels: Mapping[str, NDArray[np.int64]]
    reasons: Mapping[str, Mapping[int, engines.Reason]]

    def __len__(self) -> int:
        return len(self.weight)

    @cached_property
    def probability(self) -> NDArray[np.float64]:
        """Return how likely each pair is one person, float64 (n,)."""
        likely: NDArray[np.float64] = 1 / (1 + np.exp2(-self.weight))
        return likely

    def because(self, row: int) -> list[engines.Reason]:
        """Return the reasons of one pair, the weightiest first."""
        found = [
            self.reasons[name][int(level[row])]
            for name, level in self.levels.items()
            if int(level[row]) in self.reasons[name]
        ]
        return sorted(found, key=lambda one: -abs(one.weight))


def link(tables: Sequence[tidying.Table], engine: engines.Engine = "duckdb") -> Likeness:
    """Return the pairs of these systems' records that might be one person.

    Args:
        tables: one a system; records of the same system are taken to be different people.
        engine: "duckdb" in this process, "spark" when one machine is outgrown.

    Raises:
        NotInstalled: the extra for the engine is not there.
        TooFew: there are not two systems with records.
    """
    filled = [table for table in tables if table.rows.num_rows]
    if len(filled) < 2:
        raise TooFew("Records of two systems are needed to link them. Load another feed first.")
    tidy = [tidying.tidy(table) for table in filled]
    compared = engines.compare(tidy, engine, LOWEST)
    pairs = compared.pairs
    ends = [pairs.column(name).to_numpy(zero_copy_only=False) for name in engines.ENDS]
    sizes = {table.source: table.rows.num_rows for table in filled}
    weight = _by_systems(pairs.column("match_weight").to_numpy(), compared.same, ends, sizes)
    order = np.lexsort((ends[3], ends[1], ends[2], ends[0], -weight))
    ends, weight = [end[order] for end in ends], weight[order]
    return Likeness(
        left_source=ends[0],
        left_key=ends[1],
        right_source=ends[2],
        right_key=ends[3],
        weight=weight,
        best=_mutual(ends, weight),
        levels={
            name: pairs.column(f"gamma_{name}").to_numpy()[order].astype(np.int64)
            for name in compared.reasons
        },
        reasons=compared.reasons,
    )


class TooFew(engines.NotInstalled):
    """There are not two systems with records to compare."""


def _by_systems(
    weight: NDArray[np.float64],
    same: float,
    ends: Sequence[NDArray[np.object_]],
    sizes: Mapping[str, int],
) -> NDArray[np.float64]:
    """Return the weights with each two systems' own share of pairs that are one person.

    Half of the tenants may be on the benefits books and hardly anybody in two landlords': the share
    is learned for each pair of systems from the pairs themselves, until it stands.
    """
    evidence: NDArray[np.float64] = weight - math.log2(same / (1 - same))
    together = np.array([f"{one}\0{other}" for one, other in zip(ends[0], ends[2], strict=True)])
    names, which = np.unique(together, return_inverse=True)
    for place, name in enumerate(names.tolist()):
        here = which == place
        one, other = name.split("\0")
        everything = sizes[one] * sizes[other]
        share = same
        for _ in range(ROUNDS):
            odds = evidence[here] + math.log2(share / (1 - share))
            share = max(float((1 / (1 + np.exp2(-odds))).sum()) / everything, 0.01 / everything)
        evidence[here] += math.log2(share / (1 - share))
    return evidence


def _mutual(ends: Sequence[NDArray[np.object_]], weight: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which pairs are each other's best; of equal ones, the first by key."""
    names = ("left_source", "left_key", "right_source", "right_key")
    columns = {name: pa.array(end, pa.string()) for name, end in zip(names, ends, strict=True)}
    pairs = pa.table({**columns, "weight": weight, "nth": np.arange(len(weight))})
    connection = engines.quiet_duckdb()
    try:
        connection.register("pairs", pairs)
        found = connection.execute(BEST).fetchall()
    finally:
        connection.close()
    return np.array([row[0] for row in found], np.bool_)
