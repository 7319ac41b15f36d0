import dataclasses
import json
import random

import pytest

from borough.rules import statistics
from borough.rules.partnership import agreement
from tests.rules import oracles
from tests.rules.partnership.test_savings import calculate


def near(values):
    """Return the values within the sources' own tolerance; None stays None."""
    return {
        name: value if value is None else pytest.approx(value, abs=1e-9, rel=0)
        for name, value in values.items()
    }


def test_every_table_of_others_is_equal():
    path = oracles.file("partnership/agreement.json")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    code, answers = calculate("agreement", str(path))
    assert (code, len(cases)) == (0, 10)
    for case in cases:
        assert answers[case["case"]] == near(case["expected"])


def test_nine_in_ten_alike_and_yet_no_kappa_to_speak_of():
    said = agreement.measure([[18, 1], [1, 0]], ordinal=False)
    assert said.seen.raw == 0.9
    assert said.cohen_kappa == pytest.approx(-0.053, abs=5e-4)
    assert said.gwet_ac1 == pytest.approx(0.890, abs=5e-4)


def test_everybody_choosing_the_same_is_not_computable():
    said = agreement.measure([[12, 0], [0, 0]], ordinal=True)
    assert (said.cohen_kappa, said.krippendorff_alpha, said.kappa_linear) == (None, None, None)
    assert said.gwet_ac1 == 1.0


def test_no_cases_are_no_agreement():
    said = agreement.measure([[0, 0], [0, 0]], ordinal=False)
    assert (said.seen.raw, said.gwet_ac1, said.cohen_kappa) == (None, None, None)


def test_swapping_the_parties_changes_nothing():
    dice = random.Random(3)  # noqa: S311
    for _ in range(200):
        table = [[dice.randint(0, 9) for _ in range(3)] for _ in range(3)]
        turned = [list(column) for column in zip(*table, strict=True)]
        said, same = (
            dataclasses.asdict(agreement.measure(t, ordinal=True)) for t in (table, turned)
        )
        assert said.pop("seen") == same.pop("seen")
        assert said == near(same)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(5, 6, 0.436, 0.970), (10, 12, 0.552, 0.953), (20, 24, 0.641, 0.933), (50, 60, 0.720, 0.907)],
)
def test_the_interval_of_few_cases_is_wide(hits, of, low, high):
    seen = statistics.share(hits, of)
    assert (seen.low, seen.high) == pytest.approx((low, high), abs=5e-4)


def test_the_bounds_are_where_the_score_test_turns():
    # Wilson's bounds are the shares p at which |hits/of - p| is 1.96 standard errors of p.
    for hits, of in ((0, 15), (3, 7), (91, 100), (8, 8)):
        seen = statistics.share(hits, of)
        for bound in {seen.low, seen.high} - {0.0, 1.0}:
            error = (bound * (1 - bound) / of) ** 0.5
            assert abs(hits / of - bound) == pytest.approx(1.96 * error, abs=1e-9)


def test_a_table_that_is_none_is_refused():
    for table in ([[1]], [[1, 2], [3]], [[1, -1], [0, 0]], [[True, 0], [0, 0]]):
        with pytest.raises(agreement.BadTable):
            agreement.measure(table, ordinal=False)


def test_reasons_shared_by_both():
    assert agreement.overlap(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)
    assert agreement.overlap(frozenset(), frozenset()) is None


def test_the_weighted_kappa_is_shown_under_its_conditions_alone():
    # 8 + 4 + 4 + 4 = 20 cases. Missed by one step 4 + 4 times, of 2: observed 8 * 1/2 = 4.
    table = [[8, 4, 0], [0, 4, 4], [0, 0, 0]]
    assert agreement.why_unweighted(table, ordinal=True) is None, "the partner used the last one"
    assert agreement.why_unweighted(table, ordinal=False) is agreement.Unweighted.NO_ORDER
    fewer = [[7, 4, 0], [0, 4, 4], [0, 0, 0]]
    assert agreement.why_unweighted(fewer, ordinal=True) is agreement.Unweighted.FEW
    for one_end in ([[16, 4, 0], [0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 12, 0], [0, 4, 4]]):
        found = agreement.why_unweighted(one_end, ordinal=True)
        assert found is agreement.Unweighted.ONE_END
    # By chance: rows 12, 8, 0; columns 8, 8, 4; steps 12*8 + 2*12*4 + 8*8 + 8*4 = 288.
    said = agreement.measure(table, ordinal=True).kappa_linear
    assert said == pytest.approx(1 - 20 * 8 / 288)


def test_a_shown_weighted_kappa_can_always_be_computed():
    dice = random.Random(5)  # noqa: S311
    shown = 0
    for _ in range(300):
        table = [[dice.choice((0, 0, 0, 7, 20)) for _ in range(3)] for _ in range(3)]
        if agreement.why_unweighted(table, ordinal=True) is None:
            shown += 1
            assert agreement.measure(table, ordinal=True).kappa_linear is not None
    assert shown > 50
