"""What came of deciding apart: counts that one can check by hand."""

from hypothesis import given
from hypothesis import strategies as some

from borough.rules.partnership import deciding

OPTION = some.integers(0, 3)
CASES = some.lists(some.builds(deciding.Decided, council=OPTION, partner=OPTION, both=OPTION))


def test_who_moved_is_counted_where_both_first_differed_alone():
    said = deciding.learning(
        [
            deciding.Decided(council=1, partner=2, both=1),  # the partner moved
            deciding.Decided(council=1, partner=2, both=2),  # the council moved
            deciding.Decided(council=0, partner=2, both=2),  # the council moved
            deciding.Decided(council=0, partner=2, both=1),  # both: neither took that first
            deciding.Decided(council=1, partner=1, both=1),  # they never differed
            deciding.Decided(council=1, partner=1, both=2),  # nor here, though both moved
        ]
    )
    assert (said.council.hits, said.partner.hits, said.neither.hits) == (3, 2, 1)
    assert said.council.of == said.partner.of == said.neither.of == 4


@given(CASES)
def test_in_each_case_in_which_both_differed_somebody_moved(cases):
    said = deciding.learning(cases)
    assert said.council.hits + said.partner.hits - said.neither.hits == said.neither.of


def test_no_case_is_no_share():
    assert deciding.learning([]).council.raw is None


def test_the_spread_of_days():
    assert deciding.spread([]) is None
    assert deciding.spread([7]) == deciding.Spread(least=7, middle=7, most=7, of=1)
    assert deciding.spread([30, 3, 6, 4]) == deciding.Spread(least=3, middle=5, most=30, of=4)
    assert deciding.spread([1, 9, 2]).middle == 2
