"""Where the pairs are compared: DuckDB in this process, or Spark when one machine is outgrown.

Splink, DuckDB and Spark are extras of the installation ("link", "spark"): a council that links
nothing installs none of them.
"""

import importlib.util
import logging
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from borough.kernel import commanding
from borough.resident.identity import chances

ENDS = ("source_dataset_l", "unique_id_l", "source_dataset_r", "unique_id_r")
Engine = Literal["duckdb", "spark"]
SAMPLED_PAIRS = 1e6
SEED = 20_250_310
FEWEST_TO_LEARN_FROM = 100


class NotInstalled(commanding.Refusal):
    """What compares the pairs is not installed here; the sentence says what to install."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a level of a comparison says in words, and how much it weighs, in bits.

    Below zero it speaks against.
    """

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs found, as Splink weighs them.

    Attributes:
        pairs: ``ENDS``, match_weight (bits), and the level of each comparison, gamma_<name>.
        same: the share of all pairs that was taken for one person in the weights.
        reasons: by comparison and level.
    """

    pairs: pa.Table
    same: float
    reasons: dict[str, dict[int, Reason]]


def needs(*modules: str, extra: str) -> None:
    """Refuse unless these modules are installed."""
    if any(importlib.util.find_spec(module) is None for module in modules):
        raise NotInstalled(
            f"Linking records needs the extra “{extra}” of this installation. Install it with: "
            f"bin/prepare {'spark' if extra == 'spark' else 'run'}"
        )


def compare(tables: Sequence[pa.Table], engine: Engine, threshold: float) -> Compared:
    """Return the pairs of two systems' records that are likelier than the threshold.

    Args:
        tables: tidy ones, each of one system.
        engine: where to compare.
        threshold: a probability.

    Raises:
        NotInstalled: the engine's extra is not there.
    """
    needs("splink", "duckdb", extra="link")
    return ENGINES[engine](tables, threshold)


def quiet_duckdb() -> Any:
    """Return a DuckDB of its own in memory that fetches nothing from anywhere."""
    import duckdb  # noqa: PLC0415  an extra

    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "threads": str(os.cpu_count() or 1),
        },
    )


def _on_duckdb(tables: Sequence[pa.Table], threshold: float) -> Compared:
    from splink import DuckDBAPI  # noqa: PLC0415  an extra

    connection = quiet_duckdb()
    try:
        return _learn_and_compare(DuckDBAPI(connection), tables, threshold)
    finally:
        connection.close()


def _on_spark(tables: Sequence[pa.Table], threshold: float) -> Compared:
    needs("pyspark", extra="spark")
    from pyspark.sql import SparkSession  # noqa: PLC0415  an extra
    from splink.backends.spark import SparkAPI, similarity_jar_location  # noqa: PLC0415

    session = (
        SparkSession.builder.appName("borough link")
        .master(os.environ.get("BOROUGH_SPARK", "local[*]"))
        .config("spark.jars", similarity_jar_location())
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.driver.memory", "3g")
        .getOrCreate()
    )
    try:
        api = SparkAPI(spark_session=session, break_lineage_method="persist")
        return _learn_and_compare(api, tables, threshold)
    finally:
        session.stop()


ENGINES: dict[Engine, Callable[[Sequence[pa.Table], float], Compared]] = {
    "duckdb": _on_duckdb,
    "spark": _on_spark,
}


def _learn_and_compare(api: Any, tables: Sequence[pa.Table], threshold: float) -> Compared:
    from splink import Linker, block_on  # noqa: PLC0415  an extra

    from borough.resident.identity import model  # noqa: PLC0415  needs the extra

    met = chances.count(tables)
    frames = [
        api.register(table, table_name=f"system_{place}") for place, table in enumerate(tables)
    ]
    linker = Linker(frames, model.settings(met), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=SAMPLED_PAIRS, seed=SEED, num_chunks=1
    )
    for columns in model.TRAINING:
        # Where one system alone holds a number, no pair agrees on it, and none can teach.
        if chances.agreeing(tables, *columns) >= FEWEST_TO_LEARN_FROM:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=threshold)
    kept = [*ENDS, "match_weight", *(f"gamma_{name}" for name in model.COMPARED)]
    return Compared(found.as_pyarrow_table().select(kept), met.same, _learned(linker))


def _learned(linker: Any) -> dict[str, dict[int, Reason]]:
    """Return what each level of each comparison says, and its weight."""
    return {
        comparison.output_column_name: {
            level.comparison_vector_value: Reason(level.label_for_charts, _weight(level))
            for level in comparison.comparison_levels
            if not level.is_null_level
        }
        for comparison in linker._settings_obj.comparisons  # noqa: SLF001  there is no other way
    }


def _weight(level: Any) -> float:
    """Return a level's weight in bits; nought for one that no pair has taught anything about."""
    if not level.m_probability or not level.u_probability:
        return 0.0
    return math.log2(level.m_probability / level.u_probability)
