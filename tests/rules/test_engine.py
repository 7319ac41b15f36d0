import numpy as np
import pytest

from borough.rules import engine, money, parameters
from borough.rules.engine import Fact, Scheme, UnlawfulScheme, rule
from borough.rules.money import Count, Flag, Pence, Unit


@rule("An Act s.1", "{adults} adults at {rate} each")
def gross(adults: Count, rate: int) -> Pence:
    """Return the amount."""
    return adults * rate


@rule("An Act s.2", "less {discount}", when="discount")
def discount(gross: Pence, alone: Flag) -> Pence:
    """Return the discount."""
    return np.where(alone, money.pence(gross, 4), 0)


@rule("An Act s.3", "to pay")
def due(gross: Pence, discount: Pence) -> Pence:
    """Return what is left."""
    return gross - discount


FACTS = (
    Fact("adults", Unit.COUNT, "How many?", low=0, high=20),
    Fact("alone", Unit.FLAG, "Alone?"),
)
RATE = {"rate": Unit.PENCE}


def a_scheme(rules=(due, discount, gross), facts=FACTS, parameters=RATE):
    return Scheme("A tax", facts=facts, parameters=parameters, rules=rules, not_modelled=())


def columns(*rows):
    adults, alone = zip(*rows, strict=True)
    return {"adults": np.array(adults), "alone": np.array(alone)}


def test_names_decide_the_order_not_the_place_in_the_file():
    assert [*a_scheme().rules] == ["gross", "discount", "due"]


def test_one_run_gives_every_result_and_the_facts():
    ran = a_scheme().run(columns((2, False), (1, True)), {"rate": 1001})
    assert ran["due"].tolist() == [2002, 751]
    assert ran["discount"].tolist() == [0, 250]
    assert "rate" not in ran


def test_a_result_asked_for_alone_is_the_same_and_no_other_rule_is_run():
    @rule("An Act s.4")
    def beside(adults: Count) -> Pence:
        """Fail: what nobody asked for is not run."""
        raise AssertionError

    given = columns((2, False), (1, True))
    ran = a_scheme(rules=[due, discount, gross, beside]).run(given, {"rate": 1001}, only=["due"])
    assert ran["due"].tolist() == [2002, 751]
    assert [*ran] == ["adults", "alone", "due"]


def test_facts_are_refused_whatever_is_asked_for():
    with pytest.raises(engine.BadFacts, match="Row 1: adults is 21"):
        a_scheme().run(columns((21, True)), {"rate": 1}, only=["gross"])


def test_the_explanation_is_the_same_run_with_the_words_filled_in():
    given = columns((2, False), (1, True))
    lines = a_scheme().explain(given, {"rate": 100150})
    ran = a_scheme().run(given, {"rate": 100150})
    assert [(line.row, line.name, line.says) for line in lines] == [
        (0, "gross", "2 adults at £1,001.50 each"),
        (0, "due", "to pay"),
        (1, "gross", "1 adults at £1,001.50 each"),
        (1, "discount", "less £250.38"),
        (1, "due", "to pay"),
    ]
    assert all(line.value == ran[line.name][line.row] and line.law for line in lines)


def test_a_figure_without_a_second_source_is_named_wherever_it_is_read():
    figures = parameters.Figures({"rate": 100}, unverified=["rate"])
    lines = a_scheme().explain(columns((2, False)), figures)
    assert {line.name: line.unverified for line in lines} == {"gross": ("rate",), "due": ()}


def test_doubt_reaches_a_line_through_steps_that_are_not_told():
    @rule("An Act s.1")
    def quiet(adults: Count, rate: int) -> Pence:
        """Return a step without a sentence."""
        return adults * rate

    @rule("An Act s.3", "to pay")
    def due(quiet: Pence, alone: Flag) -> Pence:
        """Return what is left."""
        return quiet - alone

    figures = parameters.Figures({"rate": 100}, unverified=["rate"])
    lines = a_scheme(rules=[quiet, due]).explain(columns((2, True), (0, False)), figures)
    assert [line.unverified for line in lines] == [("rate",), ()]


def test_facts_out_of_range_are_refused_with_the_row_and_the_reason():
    given = columns((2, False), (21, True), (-1, False))
    assert a_scheme().faults(given).tolist() == [
        "",
        "adults is 21, but must be 0 to 20.",
        "adults is -1, but must be 0 to 20.",
    ]
    with pytest.raises(engine.BadFacts, match="Row 2: adults is 21"):
        a_scheme().run(given, {"rate": 1})


def test_a_missing_value_passes_only_where_the_law_says_what_follows():
    strict, lenient = (
        Fact("n", Unit.COUNT, "?", low=0),
        Fact("n", Unit.COUNT, "?", low=0, missing=-1),
    )
    assert strict.wrong(np.array([-1, 0])).tolist() == [True, False]
    assert lenient.wrong(np.array([-1, 0, -2])).tolist() == [False, False, True]


def test_a_fact_that_is_not_given_is_refused():
    with pytest.raises(KeyError, match="alone"):
        a_scheme().run({"adults": np.array([1])}, {"rate": 1})


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="different lengths"):
        a_scheme().run({"adults": np.array([1, 2]), "alone": np.array([True])}, {"rate": 1})


def test_a_rule_that_gives_a_float_is_refused():
    @rule("An Act", "")
    def leak(adults: Count, alone: Flag, rate: int) -> Pence:
        """Return a float, as no rule may."""
        return adults * 0.5 * rate

    with pytest.raises(TypeError, match="leak"):
        a_scheme(rules=[leak]).run(columns((1, True)), {"rate": 1})


def test_a_rule_that_mixes_rows_into_one_is_refused():
    @rule("An Act", "")
    def lump(adults: Count, alone: Flag, rate: int) -> Pence:
        """Return one figure for all rows, as no rule may."""
        return np.array([adults.sum() * rate])

    with pytest.raises(TypeError, match="must give 2"):
        a_scheme(rules=[lump]).run(columns((1, True), (2, False)), {"rate": 1})


def _rule(name, reads, law="An Act", doc="Doc.", gives="Pence", says="", when=None):
    code = f"def {name}({', '.join(reads)}) -> {gives}:\n    {doc!r}\n    return 0"
    space = {"Pence": Pence, "int": int}
    exec(code, space)  # noqa: S102  a rule with any flaw that one can think of
    return rule(law, says, when=when)(space[name])


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: _rule("r", ["x"], law=" "), "which law"),
        (lambda: _rule("r", ["x"], doc=""), "docstring"),
        (lambda: _rule("r", ["x"], gives="int"), "what it returns"),
        (lambda: a_scheme(rules=[gross, discount, _rule("r", ["nobody"])]), "“nobody”"),
        (lambda: a_scheme(rules=[gross, discount, _rule("r", ["gross"], says="{typo}")]), "“typo”"),
        (lambda: a_scheme(rules=[gross, discount, _rule("r", ["gross"], when="typo")]), "“typo”"),
        (lambda: a_scheme(rules=[gross, discount, due, _rule("adults", ["gross"])]), "two things"),
        (lambda: a_scheme(rules=[gross]), "nothing reads “alone”"),
        (lambda: a_scheme(parameters=RATE | {"unused": Unit.PENCE}), "nothing reads “unused”"),
        (lambda: a_scheme(rules=[gross, discount, _rule("a", ["b"]), _rule("b", ["a"])]), "wait"),
        (lambda: a_scheme(rules=[gross, discount, len]), "not marked"),
    ],
)
def test_a_scheme_that_does_not_hold_together_fails_at_import(make, complaint):
    with pytest.raises(UnlawfulScheme, match=complaint):
        make()


def test_figures_are_said_as_a_resident_reads_them():
    assert engine.say(np.int64(123456), Unit.PENCE) == "£1,234.56"
    assert engine.say(np.datetime64("2025-04-01"), Unit.DAY) == "1 April 2025"
    assert engine.say(np.datetime64("NaT"), Unit.DAY) == ""
    assert engine.say(np.bool_(True), Unit.FLAG) == "yes"
