"""Rules that help or hold, and the valve that no rule passes which would press."""

import datetime
import importlib.util
import textwrap

import numpy as np
import pytest

from borough.rules import engine, parameters
from borough.rules.money import Unit
from borough.rules.support import deciding, hiding, valve

ON = datetime.date(2025, 9, 1)
FIGURES = deciding.figures(ON)
NO_FIGURES = parameters.InForce({}, ON)
QUIET = {
    "identity_certain": True,
    "moratorium_debts": 0,
    "danger_marker": False,
    "agent_says_vulnerable": False,
    "capacity_concern": False,
    "entitlements_unchecked": 0,
    "disputed_debts": 0,
    "surplus_pence": 6000,
    "statement_age_days": 30,
    "months_to_clear": 20,
    "plan_kept_months": 0,
    "contact_refused": False,
    "contact_attempts": 0,
    "support_points": 0,
    "outside_debts": 0,
    "adverse_step": False,
    "step_confirmed": False,
}


def codes(**changes):
    return [one.code for one in deciding.decide(QUIET | changes, FIGURES)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["R8"]),
        ({"moratorium_debts": 2}, ["R1", "R8"]),
        ({"danger_marker": True}, ["R2", "R8"]),
        ({"agent_says_vulnerable": True}, ["R3", "R8"]),
        ({"capacity_concern": True}, ["R3", "R8"]),
        ({"entitlements_unchecked": 1}, ["R4"]),  # help first, a plan after
        ({"entitlements_unchecked": 1, "surplus_pence": 0}, ["R4", "R7"]),
        ({"disputed_debts": 1}, ["R5", "R8"]),
        ({"surplus_pence": None}, ["R6"]),
        ({"statement_age_days": None}, ["R6"]),
        ({"statement_age_days": 180}, ["R8"]),
        ({"statement_age_days": 181}, ["R6"]),
        ({"surplus_pence": 0}, ["R7"]),
        ({"surplus_pence": -1, "months_to_clear": None}, ["R7"]),
        ({"surplus_pence": 1, "months_to_clear": None}, ["R8"]),
        ({"months_to_clear": 24}, ["R8"]),
        ({"months_to_clear": 25}, ["R8", "R9"]),
        ({"months_to_clear": 36}, ["R8", "R9"]),
        ({"months_to_clear": 37}, ["R8", "R9"]),
        ({"plan_kept_months": 3}, ["R8", "R10"]),
        ({"contact_refused": True, "contact_attempts": 2}, ["R8"]),
        ({"contact_refused": True, "contact_attempts": 3}, ["R8", "R11"]),
        ({"contact_refused": True, "contact_attempts": 3, "support_points": 2}, ["R8"]),
        ({"contact_refused": True, "contact_attempts": 3, "danger_marker": True}, ["R2", "R8"]),
        ({"outside_debts": 1}, ["R8", "R12"]),
        ({"adverse_step": True}, ["R8", "R13"]),
        ({"adverse_step": True, "step_confirmed": True}, ["R8"]),
    ],
)
def test_each_rule_applies_where_it_says(changes, expected):
    assert codes(**changes) == expected


def test_doubt_about_who_somebody_is_shows_nothing_and_protects_all_the_same():
    doubtful = {"identity_certain": False, "moratorium_debts": 1, "months_to_clear": 30}
    assert codes(**doubtful) == ["R0", "R1"]
    assert codes(**doubtful, adverse_step=True, plan_kept_months=9) == ["R0", "R1", "R10", "R13"]


def test_an_outcome_says_why_on_what_ground_and_who_must_act():
    *_, outcome = deciding.decide(QUIET | {"months_to_clear": 40}, FIGURES)
    assert outcome.says == "The plan would take 40 months, more than 36"
    assert outcome.actor is valve.Actor.AUTHORISED_OFFICER
    assert valve.Action.PROPOSE_PART_WRITE_OFF in outcome.actions
    assert outcome.law == "The council's financial procedure rules"
    assert outcome.unverified == ("plan_write_off_months",)
    assert {"surplus_pence", "entitlements_unchecked", "months_to_clear"} <= {*outcome.read}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"nationality": "x"}, "No rule may read nationality"),
        ({"danger_marker": None}, "danger_marker is not given as bool"),
        ({"danger_marker": 1}, "danger_marker is not given as bool"),
        ({"surplus_pence": 10.5}, "surplus_pence is not given as int"),
        ({"contact_attempts": -1}, "must be 0 or more"),
    ],
)
def test_a_case_that_does_not_say_enough_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        deciding.decide(QUIET | changes, FIGURES)
    with pytest.raises(ValueError, match="surplus_pence"):
        deciding.decide({k: v for k, v in QUIET.items() if k != "surplus_pence"}, FIGURES)


def test_many_cases_are_the_same_as_one():
    dice = np.random.default_rng(5)
    few = {"surplus_pence": [-5, 0, 900, None], "statement_age_days": [0, 200, None]}
    cases = [
        {
            name: (
                few[name][dice.integers(len(few[name]))]
                if name in few
                else bool(dice.random() < 0.5)
                if isinstance(value, bool)
                else int(dice.choice([0, 3, 30, 40]))
            )
            for name, value in QUIET.items()
        }
        for _ in range(60)
    ]
    columns = {
        name: np.array([deciding.NOT_KNOWN if one[name] is None else one[name] for one in cases])
        for name in QUIET
    }
    assert deciding.RULES.outcomes(columns, FIGURES) == [
        deciding.decide(one, FIGURES) for one in cases
    ]


def test_no_rule_of_the_house_presses_anybody():
    decisions = [*deciding.RULES.decisions.values()]
    assert [one.code for one in decisions] == [
        *(f"R{number}" for number in range(10)),
        *("R9", "R10", "R11", "R12", "R13"),
    ]
    assert not [one for one in decisions if one.effect is valve.Effect.ESCALATE]
    assert all(one.rule.law and one.rule.says for one in decisions)


# --- The valve ---

HEAD = """
from borough.rules.money import Count, Flag
from borough.rules.support.valve import Action, Actor, Effect, Service, decision

def pressing(name_of="R99", **changes):
    how = dict(service=Service.REVENUES, effect=Effect.ESCALATE, actor=Actor.OFFICER,
               actions=[Action.INSTRUCT_AGENTS], law="An Act", says="Pressed")
    return decision(name_of, **(how | changes))
"""
KNOWN = [
    valve.Known(engine.Fact("certain", Unit.FLAG, "?"), valve.Service.SUPPORT),
    valve.Known(engine.Fact("tax_owed", Unit.COUNT, "?", low=0), valve.Service.REVENUES),
    valve.Known(engine.Fact("rent_owed", Unit.COUNT, "?", low=0), valve.Service.RENTS),
]
GATE = """
@pressing(service=Service.SUPPORT, effect=Effect.HOLD, actions=[])
def doubtful(certain: Flag, rent_owed: Count, tax_owed: Count) -> Flag:
    "Return where in doubt."
    return ~certain & (rent_owed + tax_owed >= 0)
"""


def load(folder, text):
    """Plant a module with these rules and load it, as the house loads its own."""
    path = folder / "planted.py"
    path.write_text(HEAD + GATE + textwrap.dedent(text), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("planted", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return valve.Rulebook(
        "Planted",
        known=KNOWN,
        parameters={},
        rules=[module],
        gate="doubtful",
        not_modelled=["Everything"],
    )


def test_a_service_may_press_on_what_it_knows_itself(tmp_path):
    book = load(
        tmp_path,
        """
        LEAST = 3

        @pressing()
        def owes_tax(tax_owed: Count) -> Flag:
            "Return where tax is owed."
            return tax_owed > LEAST
        """,
    )
    columns = {"certain": [True, True], "tax_owed": [3, 4], "rent_owed": [9, 9]}
    columns = {name: np.array(values) for name, values in columns.items()}
    assert [[one.code for one in row] for row in book.outcomes(columns, NO_FIGURES)] == [
        [],
        ["R99"],
    ]


def test_a_rule_that_presses_on_what_another_service_knows_does_not_load(tmp_path):
    rule = """
        @pressing()
        def owes_rent_too(tax_owed: Count, rent_owed: Count) -> Flag:
            "Return where both are owed."
            return (tax_owed > 0) & (rent_owed > 0)
        """
    with pytest.raises(valve.OneWayValve, match="press somebody on “rent_owed”, which only rents"):
        load(tmp_path, rule)
    assert load(tmp_path, rule.replace("pressing()", "pressing(effect=Effect.HOLD, actions=[])"))


def test_nor_one_that_reads_it_through_another_rule(tmp_path):
    rules = """
        @pressing(effect=Effect.HOLD, actions=[])
        def behind(rent_owed: Count) -> Flag:
            "Return where rent is owed."
            return rent_owed > 0

        @pressing()
        def step(tax_owed: Count, behind: Flag) -> Flag:
            "Return where both are."
            return (tax_owed > 0) & behind
        """
    with pytest.raises(valve.OneWayValve, match="“step” of revenues would press somebody on “rent"):
        load(tmp_path, rules)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("effect=Effect.SUPPORT", "says that its effect is support, but it does this: instruct"),
        ("effect=Effect.NEUTRAL", "says that its effect is neutral, but"),
        ("actor=Actor.NOBODY", "press somebody by itself"),
        ("service=Service.SUPPORT", "in the name of support"),
    ],
)
def test_nor_one_with_a_gentler_name_than_what_it_does(tmp_path, how, says):
    rule = f"""
        @pressing({how})
        def step(tax_owed: Count) -> Flag:
            "Return where tax is owed."
            return tax_owed > 0
        """
    with pytest.raises(valve.OneWayValve, match=says):
        load(tmp_path, rule)


HIDING = {
    "a table of the module": "return (tax_owed > 0) & (RENT[0] > 0)",
    "an import": "import os; return tax_owed > len(os.environ)",
    "an import within": "return [__import__('os') for one in 'a']",
    "a file": "return tax_owed > int(open('/rents').read())",
    "an attribute": "return tax_owed.base > 0",
    "a helper that looks it up": "return tax_owed > rent_of(1)",
    "a lambda": "return (lambda: RENT)() > tax_owed",
    "what it was told before": "global LAST; LAST = tax_owed; return tax_owed > 0",
}


@pytest.mark.parametrize("how", [*HIDING])
def test_nor_one_that_looks_up_what_it_does_not_name(tmp_path, how):
    rule = f"""
        RENT = [5]

        def rent_of(person):
            return RENT[person]

        @pressing()
        def step(tax_owed: Count) -> Flag:
            "Return where tax is owed."
            {HIDING[how]}
        """
    with pytest.raises(hiding.Hidden, match="unsaid"):
        load(tmp_path, rule)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("*case", "hides what it reads behind “\\*case”"),
        ("**case", "hides what it reads behind “\\*\\*case”"),
        ("tax_owed, rent=7", "gives “rent” a value of its own"),
    ],
)
def test_nor_one_that_hides_its_arguments(tmp_path, arguments, says):
    rule = f"""
        @pressing()
        def step({arguments}) -> Flag:
            "Return something."
            return 0
        """
    with pytest.raises(hiding.Hidden, match=says):
        load(tmp_path, rule)


def test_nor_one_wrapped_in_another(tmp_path):
    rule = """
        import functools

        def with_rent(rule):
            @functools.wraps(rule)
            def wrapped(tax_owed):
                return rule(tax_owed)
            return wrapped

        @pressing()
        @with_rent
        def step(tax_owed: Count) -> Flag:
            "Return where tax is owed."
            return tax_owed > 0
        """
    with pytest.raises(hiding.Hidden, match="reads “rule” unsaid"):
        load(tmp_path, rule)


def test_nor_one_that_takes_the_whole_case_under_another_name(tmp_path):
    rule = """
        @pressing()
        def step(case: Count) -> Flag:
            "Return where tax is owed."
            return case > 0
        """
    with pytest.raises(engine.UnlawfulScheme, match="reads “case”, which is no fact"):
        load(tmp_path, rule)
