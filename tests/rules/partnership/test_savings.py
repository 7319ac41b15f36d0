import io
import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from borough.rules.partnership import claims, savings, waterfall
from borough.wiring import calculating
from tests.rules import oracles

SIGNED = waterfall.Entry(
    name="one",
    kind=waterfall.Class.COST_REMOVED,
    recurrence=waterfall.Recurrence.RECURRING,
    gross_pence=10_000_00,
    full_year_pence=20_000_00,
    deadweight_bp=0,
    state=waterfall.State.SIGNED,
    evidence=3,
    budget_changed=True,
    in_charge=False,
)
NO_SHARE = waterfall.Terms(carries=False, bands=())


def lines():
    """Return the baseline of the worked example: four drivers, prices up by 3.5 per cent."""
    up = Fraction(1035, 1000)
    counted = (
        ("council tax accounts", 126_000, 28_00),
        ("benefit claims", 30_000, 95_00),
        ("contacts", 420_000, 4_50),
        ("invoices", 90_000, 3_20),
    )
    fixed = savings.Line("core team", savings.Kind.FIXED, amount_pence=6_000_000_00, index=up)
    return [
        fixed,
        *(
            savings.Line(name, savings.Kind.VARIABLE, name, base, 0, unit, index=up)
            for name, base, unit in counted
        ),
    ]


VOLUMES = {
    "council tax accounts": 129_780,
    "benefit claims": 35_400,
    "contacts": 462_000,
    "invoices": 94_500,
}


def a_year(charge_pence, changes=()):
    return savings.bridge(lines(), VOLUMES, changes, guarantee_bp=1000, charge_pence=charge_pence)


def shared(*entries, charge_pence=14_000_000_00, terms=NO_SHARE, before=None):
    bridge = a_year(charge_pence)
    return waterfall.run(2009, bridge, entries, terms, before or waterfall.Before())


def calculate(scheme, *argv, text=""):
    out = io.StringIO()
    code = calculating.main((scheme, *argv), io.StringIO(text), out)
    return code, json.loads(out.getvalue())


def test_every_case_of_others_is_equal_to_the_penny():
    path = oracles.file("partnership/savings_ledger.json")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    code, answers = calculate("savings-ledger", str(path))
    assert (code, len(cases)) == (0, 20)
    assert answers == {case["case"]: case["expected"] for case in cases}


def test_the_worked_example():
    bridge = a_year(14_000_000_00)
    assert bridge.bars == savings.Bars(
        volume=822_240_00,
        inflation=538_238_40,
        scope=0,
        guarantee=-1_591_647_84,
        additional=-324_830_56,
    )
    assert (bridge.beyond_pence, bridge.shortfall_pence) == (324_830_56, 0)
    # As if nothing had changed but the price: a saving of 556,000 against a target of 1,455,600.
    assert (bridge.naive_saving_pence, bridge.naive_target_pence) == (556_000_00, 1_455_600_00)


def test_a_fall_in_volume_is_no_saving():
    fewer = VOLUMES | {"contacts": 200_000}
    least = savings.bridge(
        lines(), fewer, (), guarantee_bp=1000, charge_pence=a_year(0).levels.ceiling
    )
    assert least.bars.volume < 0
    assert least.shortfall_pence == a_year(0).levels.ceiling - least.levels.ceiling > 0


def test_an_unapproved_change_of_scope_counts_nothing():
    asked = savings.ScopeChange("CR-1", 500_000_00, approved=False, in_guarantee=True)
    assert a_year(14_000_000_00, [asked]) == a_year(14_000_000_00)
    agreed = a_year(14_000_000_00, [replace(asked, approved=True)])
    assert agreed.bars.scope == 500_000_00
    assert agreed.bars.guarantee == a_year(14_000_000_00).bars.guarantee - 50_000_00


def test_a_step_includes_its_last_quantity():
    steps = (savings.Step(100, 1_000), savings.Step(None, 3_000))
    line = savings.Line("desks", savings.Kind.STEPPED, "desks", 90, steps=steps)
    assert [line.cost_pence(quantity) for quantity in (0, 100, 101)] == [1_000, 1_000, 3_000]


def test_a_driver_without_a_count_is_no_nought():
    with pytest.raises(savings.BadLine, match="no data is not nought"):
        savings.bridge(lines(), {}, (), guarantee_bp=1000, charge_pence=0)


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({}, "counted_in_pot"),
        ({"in_charge": True}, "counted_in_charge"),
        ({"evidence": 2, "in_charge": True}, "evidence_below_E3"),
        ({"budget_changed": False, "evidence": 2}, "budget_line_unchanged"),
        ({"kind": waterfall.Class.COST_AVOIDED, "budget_changed": False}, "not_cashable"),
        (
            {"state": waterfall.State.MEASURED, "kind": waterfall.Class.NOT_CASH},
            "not_signed_by_both",
        ),
        ({"state": waterfall.State.DISPUTED}, "disputed"),
        ({"state": waterfall.State.REVERSED}, "reversed"),
    ],
)
def test_an_entry_is_judged_by_the_first_that_applies(change, result):
    assert replace(SIGNED, **change).result.value == result


def test_what_would_have_come_anyway_is_taken_off_half_away_from_nought():
    assert replace(SIGNED, gross_pence=5, deadweight_bp=5000).net_pence == 3
    assert replace(SIGNED, gross_pence=-5, deadweight_bp=5000).net_pence == -3


def test_the_guarantee_comes_first_and_nobody_shares_before_it_is_met():
    bands = (waterfall.Band(None, 5000),)
    ceiling = a_year(0).levels.ceiling
    short = shared(
        SIGNED, charge_pence=ceiling + 4_000_00, terms=waterfall.Terms(carries=False, bands=bands)
    )
    assert [due.cleared_pence for due in short.clearing] == [4_000_00]
    assert (short.to_share_pence, short.partner_share_pence) == (6_000_00, 3_000_00)


def test_a_shortfall_is_brought_forward_only_where_both_signed_so():
    before = waterfall.Before(((2008, 25_000_00),), 7)
    settled = shared(SIGNED, before=before)
    assert [due.year for due in settled.clearing] == [2009]
    assert settled.council_share_pence == 10_000_00
    carried = shared(SIGNED, before=before, terms=waterfall.Terms(carries=True, bands=()))
    assert [(due.year, due.cleared_pence) for due in carried.clearing] == [
        (2008, 10_000_00),
        (2009, 0),
    ]
    assert (carried.carried_pence, carried.to_share_pence) == (15_000_00, 0)
    assert carried.cumulative_pence == 7 + 10_000_00


def test_a_price_cut_in_the_charge_is_not_shared_back():
    cut = replace(SIGNED, kind=waterfall.Class.PRICE, in_charge=True)
    once = shared(cut)
    assert (once.headline_pence, once.pot_pence) == (10_000_00, 0)
    assert once.beyond_unexplained_pence == 324_830_56 - 10_000_00


def a_random_year(dice):
    """Return lines, volumes and changes that no council would sign, to find the odd penny."""
    made = []
    for number in range(dice.randint(1, 6)):
        kind = dice.choice([*savings.Kind])
        made.append(
            savings.Line(
                f"line {number}",
                kind,
                None if kind is savings.Kind.FIXED else f"driver {number}",
                dice.randint(0, 10**6),
                dice.randint(0, 10**10),
                dice.randint(0, 10**5),
                (
                    savings.Step(dice.randint(0, 10**6), 7),
                    savings.Step(None, dice.randint(0, 9**9)),
                ),
                Fraction(dice.randint(1, 9999), dice.randint(1, 9999)),
                dice.random() < 0.7,
            )
        )
    volumes = {f"driver {number}": dice.randint(0, 10**6) for number in range(6)}
    changes = [
        savings.ScopeChange("c", dice.randint(-(10**9), 10**9), dice.random() < 0.5, True)
        for _ in range(dice.randint(0, 3))
    ]
    return made, volumes, changes


def a_random_entry(dice, number):
    return waterfall.Entry(
        f"entry {number}",
        dice.choice([*waterfall.Class]),
        dice.choice([*waterfall.Recurrence]),
        dice.randint(-(10**7), 10**8),
        dice.randint(-(10**7), 10**8),
        dice.randint(0, 10_000),
        dice.choice([*waterfall.State]),
        dice.randint(0, 5),
        dice.random() < 0.8,
        dice.random() < 0.2,
    )


def test_in_ten_thousand_random_ledgers_the_bridge_sums_and_no_penny_is_lost():
    dice = random.Random(20260401)  # noqa: S311
    for _ in range(10_000):
        made, volumes, changes = a_random_year(dice)
        bridge = savings.bridge(
            made,
            volumes,
            changes,
            guarantee_bp=dice.randint(0, 3000),
            charge_pence=dice.randint(0, 10**11),
        )
        bars = bridge.bars
        assert (
            bridge.levels.base
            + sum((bars.volume, bars.inflation, bars.scope, bars.guarantee, bars.additional))
            == bridge.levels.actual
        )
        terms = waterfall.Terms(
            carries=dice.random() < 0.5,
            bands=(waterfall.Band(10**6, dice.randint(0, 10**4)), waterfall.Band(None, 3333)),
        )
        before = waterfall.Before(tuple((2000 + n, dice.randint(0, 10**7)) for n in range(2)))
        entries = [a_random_entry(dice, number) for number in range(dice.randint(0, 8))]
        year = waterfall.run(2009, bridge, entries, terms, before)
        cleared = sum(due.cleared_pence for due in year.clearing)
        assert cleared + year.partner_share_pence + year.council_share_pence == year.pot_pence
        assert 0 <= year.partner_share_pence <= year.to_share_pence
        if year.partner_share_pence:
            assert (year.carried_pence, year.cash_settlement_pence) == (0, 0)


def test_reversing_an_entry_restores_the_totals():
    dice = random.Random(7)  # noqa: S311
    for _ in range(500):
        entries = [a_random_entry(dice, number) for number in range(6)]
        claimed = a_random_entry(dice, 9)
        gone = replace(claimed, state=waterfall.State.REVERSED)
        assert shared(*entries) == shared(*entries, gone)


def test_bad_cases_say_what_to_write():
    line = {"line": "a", "kind": "hourly", "index": [1, 1], "in_guarantee": True}
    case = {"case": "X", "lines": [line], "year_volumes": {}, "scope_changes": []}
    code, answers = calculate("savings-ledger", text=json.dumps({"cases": [case]}))
    assert code == 2
    assert answers == {"X": {"error": "kind must be one of fixed, variable, stepped."}}


def test_in_ten_thousand_random_claims_no_line_is_overdrawn():
    dice = random.Random(55)  # noqa: S311
    for _ in range(500):
        value, signed = dice.randint(0, 10**8), []
        for _ in range(20):
            asked = dice.randint(-(10**7), 10**8)
            if asked <= claims.room_pence(value, signed):
                signed.append(asked)
        assert sum(max(0, one) for one in signed) <= value
        assert claims.room_pence(value, signed) == value - sum(max(0, one) for one in signed)


def test_totals_need_no_bridge_and_agree_with_the_waterfall():
    dice = random.Random(56)  # noqa: S311
    for _ in range(200):
        entries = [a_random_entry(dice, number) for number in range(6)]
        year = shared(*entries, before=waterfall.Before(cumulative_pence=7_00))
        alone = waterfall.totals(entries, 7_00)
        for name in ("headline_pence", "run_rate_pence", "cumulative_pence", "beside_pence"):
            assert getattr(year, name) == getattr(alone, name)


def test_a_saving_of_the_base_year_or_before_is_in_the_baseline():
    assert claims.is_in_baseline("2022-23", "2023-24")
    assert claims.is_in_baseline("2023-24", "2023-24")
    assert not claims.is_in_baseline("2024-25", "2023-24")


def test_only_what_is_above_last_years_rate_is_uplift():
    # 95 of 100 before; 193 of 200 now: 190 were to be expected. A base that grew adds nothing.
    assert claims.uplift_pence((193, 200), (95, 100)) == 3
    assert claims.uplift_pence((190, 200), (95, 100)) == 0
    assert claims.uplift_pence((100, 200), (95, 100)) == 0
    assert claims.uplift_pence((100, 100), (1, 3)) == 66  # 33 and a third expected, rounded up
    assert claims.uplift_pence((100, 100), (0, 0)) == 0
