"""The model of likeness: what is compared, in which levels, and which pairs are looked at.

Each comparison counts its evidence once. People of one home mostly share its address *and* its
family name, so that the two are one comparison: taken apart, every household would look alike.
The levels of a comparison are tried in their order, and the first that fits, counts.
"""

from typing import Any

from splink import SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

from borough.resident.identity import chances

COMPARED = ("given", "second", "home", "born", "nino")
CLOSE_NAME = 0.9
CLOSE_STREET = 0.93


def settings(met: chances.Chances) -> SettingsCreator:
    """Return Splink's settings, with the chances of meeting by accident that we count ourselves."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_given(), _second(), _home(met), _born(), _nino()],
        blocking_rules_to_generate_predictions=BLOCKS,
        probability_two_random_records_match=met.same,
        max_iterations=30,
    )


BLOCKS = [
    block_on("nino"),
    block_on("born", "family"),
    block_on("born", "given"),
    block_on("uprn"),
    block_on("postcode", "number"),
    block_on("street", "number", "initial"),
    block_on("family", "given", "district"),
    block_on("postcode", "start"),
]
"""Pairs are looked at when they agree on any of these; all others are taken to be two people."""

TRAINING = (("nino",), ("born", "given"), ("postcode", "number", "street"))
"""Pairs to learn from: each leaves out of what it teaches the comparisons of its own columns."""

Level = levels.CustomLevel


def _named(label: str, level: Any, **more: Any) -> Any:
    level.configure(label_for_charts=label, **more)
    return level


def _given() -> Any:
    swapped = "given_l = family_r AND family_l = given_r"
    initial = "(length(given_l) = 1 OR length(given_r) = 1) AND initial_l = initial_r"
    return comparisons.CustomComparison(
        output_column_name="given",
        comparison_levels=[
            levels.NullLevel("given"),
            _named(
                "Same first name", levels.ExactMatchLevel("given", term_frequency_adjustments=True)
            ),
            _named("First and family name the other way round", Level(swapped)),
            _named("Same initial, the name not written out", Level(initial)),
            _named("First names spelt alike", levels.JaroWinklerLevel("given", CLOSE_NAME)),
            _named("A short form of the other first name", levels.ArrayIntersectLevel("kin")),
            _named("Other first names", levels.ElseLevel()),
        ],
    )


def _second() -> Any:
    return comparisons.CustomComparison(
        output_column_name="second",
        comparison_levels=[
            levels.NullLevel("second"),
            _named("Same second initial", levels.ExactMatchLevel("second"),
                   m_probability=0.98, fix_m_probability=True),
            _named("Other second initials", levels.ElseLevel(),
                   m_probability=0.02, fix_m_probability=True),
        ],
    )  # fmt: skip


def _home(met: chances.Chances) -> Any:
    """Address and family name together, the address counted once however well it is written."""
    house = levels.And(
        Level("number_l = number_r"),
        levels.Or(
            levels.ExactMatchLevel("street"), levels.JaroWinklerLevel("street", CLOSE_STREET)
        ),
        levels.Or(
            levels.LevenshteinLevel("postcode", 1),
            Level("postcode_l IS NULL OR postcode_r IS NULL"),
        ),
    )
    home = levels.Or(levels.ExactMatchLevel("uprn"), house)
    family = levels.ExactMatchLevel("family")
    alike = levels.Or(
        levels.JaroWinklerLevel("family", CLOSE_NAME), levels.ArrayIntersectLevel("parts")
    )
    turned = Level("given_l = family_r AND family_l = given_r")

    def counted(label: str, level: Any, by_accident: float) -> Any:
        return _named(label, level, u_probability=by_accident, fix_u_probability=True)

    return comparisons.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            levels.NullLevel("family"),
            counted("Same home, same family name", levels.And(home, family), met.home_family),
            counted("Same home, family names alike", levels.And(home, levels.Or(alike, turned)),
                    met.home_alike),
            counted("Same home, other family names", home, met.home_other),
            _named("Other home in the same postcode, same family name",
                   levels.And(levels.ExactMatchLevel("postcode"), family)),
            _named("Other address, same family name", family,
                   tf_adjustment_column="family", tf_adjustment_weight=1.0),
            _named("Other address, family names alike", levels.Or(alike, turned)),
            _named("Other address, other family names", levels.ElseLevel()),
        ],
    )  # fmt: skip


def _born() -> Any:
    turned = Level("born_l = turned_r")
    parts = " OR ".join(
        f"(substr(born_l, {a}, {n}) = substr(born_r, {a}, {n})"
        f" AND substr(born_l, {b}, {m}) = substr(born_r, {b}, {m}))"
        for a, n, b, m in ((1, 4, 6, 2), (6, 2, 9, 2), (1, 4, 9, 2))
    )
    return comparisons.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            levels.NullLevel("born"),
            _named("Same date of birth", levels.ExactMatchLevel("born")),
            _named("Day and month of birth the other way round", turned),
            _named("One digit of the date of birth differs",
                   levels.DamerauLevenshteinLevel("born", 1)),
            _named("Two parts of the date of birth agree", Level(parts)),
            _named("Other dates of birth", levels.ElseLevel(),
                   m_probability=0.001, fix_m_probability=True),
        ],
    )  # fmt: skip


def _nino() -> Any:
    """National Insurance numbers: what agrees by accident is known, and is not left to a sample."""
    return comparisons.CustomComparison(
        output_column_name="nino",
        comparison_levels=[
            levels.NullLevel("nino"),
            _named("Same National Insurance number", levels.ExactMatchLevel("nino"),
                   u_probability=chances.NINO_SAME, fix_u_probability=True),
            _named("One slip between the National Insurance numbers",
                   levels.DamerauLevenshteinLevel("nino", 1),
                   u_probability=chances.NINO_SLIP, fix_u_probability=True),
            _named("Other National Insurance numbers", levels.ElseLevel(),
                   u_probability=1 - chances.NINO_SAME - chances.NINO_SLIP,
                   fix_u_probability=True),
        ],
    )  # fmt: skip
