import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borough.rules import engine, parameters
from borough.rules.support import inputs, queueing, signals, worries

ON = datetime.date(2025, 9, 1)
LAW = signals.law(ON)
ANN, BEN, CARA = 7, 3, 5


def ago(days):
    return ON - datetime.timedelta(days=days)


def seen(*rows):
    """Return sightings: code, person, days ago and, where it says how much, a value."""
    rows = [(*row, 1)[:4] for row in rows]
    code, person, days, value = zip(*rows, strict=True) if rows else ((), (), (), ())
    return signals.Sightings(
        np.array(code, str),
        np.array(person, np.int64),
        np.array([ago(day) for day in days], "datetime64[D]"),
        np.array(value, np.int64),
    )


def score(*rows, people=(ANN, BEN, CARA), law=LAW):
    return signals.score(seen(*rows), np.array(people, np.int64), on=ON, law=law)


def points(*rows):
    """Return Ann's points of these sightings of hers: code, days ago, value."""
    return int(score(*((code, ANN, *rest) for code, *rest in rows)).points[0])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], 0),
        ([("S1", 0)], 2),
        ([("S1", 59)], 2),
        ([("S1", 60)], 0),
        ([("S1", -1)], 0),  # tomorrow's news
        ([("S2", 1, 1)], 0),
        ([("S2", 1, 2)], 3),
        ([("S2", 1, 3)], 4),
        ([("S2", 1, 9)], 4),
        ([("S2", 3, 3), ("S2", 1, 2)], 3),  # the newest says how it is
        ([("S2", 3, 3), ("S2", 1, 0)], 0),  # and that it is over
        ([("S2", 1, 0), ("S2", 3, 3)], 0),  # in any order
        ([("S3", 34)], 3),
        ([("S3", 35)], 0),  # not seen again for five weeks
        ([("S4", 89)], 2),
        ([("S5", 1)], 2),
        ([("S6", 10)], 2),
        ([("S6", 10), ("S6", 179)], 4),
        ([("S6", 10), ("S6", 180)], 2),
        ([("S7", 10)], 0),
        ([("S7", 10), ("S7", 364)], 2),
        ([("S8", 1)], 2),
        ([("S9", 1, 1), ("S9", 2, 0), ("S9", 3, 0)], 2),
        ([("S9", 1, 0), ("S9", 2, 0), ("S9", 3, 0)], 0),  # nobody said that they cannot pay
        ([("S9", 1, 1), ("S9", 2, 1)], 0),
        ([("S10", 119)], 2),
        ([("S11", 300)], 4),
        ([("S12", 1)], 0),
        ([("S1", 1), ("S2", 1, 3), ("S3", 1)], 9),
    ],
)
def test_what_is_seen_has_the_points_of_the_table(rows, expected):
    assert points(*rows) == expected


def test_everybody_asked_about_has_a_band_in_the_order_asked():
    scored = score(("S11", BEN, 1), ("S2", CARA, 1, 3), ("S3", CARA, 1))
    assert scored.points.tolist() == [0, 4, 7]
    assert scored.band.tolist() == ["none", "message", "queue"]
    assert score(("S2", ANN, 1, 2)).band.tolist() == ["none"] * 3


def test_every_point_has_its_reason_its_end_and_its_inputs():
    scored = score(("S6", ANN, 10), ("S6", ANN, 100), ("S11", ANN, 1), ("S12", BEN, 1))
    crisis, agent = scored.reasons(ANN)
    assert crisis.says == "Asked for help in a crisis; times in the last 180 days: 2"
    assert (crisis.points, crisis.observed, crisis.expires) == (4, ago(10), ago(100 - 180))
    assert crisis.inputs == (inputs.Input.CRISIS_APPLICATIONS,)
    assert crisis.since == datetime.date(2020, 4, 1)
    assert (agent.code, agent.then) == ("S11", "hold")
    [advice] = scored.reasons(BEN)
    assert (advice.points, advice.then) == (0, "protocol")
    assert scored.reasons(CARA) == []


def test_points_fall_on_the_day_that_the_reason_says():
    rows = [("S9", 1, 0), ("S9", 5, 1), ("S9", 12, 0), ("S9", 20, 0)]
    [reason] = score(*((code, ANN, *rest) for code, *rest in rows)).reasons(ANN)
    assert reason.expires == ago(12 - 30)  # the third is needed; the only "cannot" lasts longer
    for day, left in ((reason.expires, 0), (reason.expires - datetime.timedelta(days=1), 2)):
        sightings = seen(*((code, ANN, *rest) for code, *rest in rows))
        scored = signals.score(sightings, np.array([ANN]), on=day, law=LAW)
        assert scored.points.tolist() == [left]


ROWS = st.lists(
    st.tuples(
        st.sampled_from([*LAW.signals]),
        st.sampled_from([ANN, BEN, CARA]),
        st.integers(-5, 400),
        st.integers(0, 4),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(ROWS, st.randoms(use_true_random=False))
def test_neighbours_and_order_change_nobodys_points_and_reasons_sum_to_them(rows, dice):
    scored = score(*rows)
    again = score(*dice.sample(rows, len(rows)))
    assert again.points.tolist() == scored.points.tolist()
    for place, person in enumerate((ANN, BEN, CARA)):
        alone = score(*(row for row in rows if row[1] == person), people=[person])
        assert alone.points[0] == scored.points[place]
        assert alone.reasons(person) == scored.reasons(person) == again.reasons(person)
        assert sum(one.points for one in scored.reasons(person)) == scored.points[place]


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="no signal S99"):
        score(("S99", ANN, 1))
    with pytest.raises(ValueError, match="not among the people"):
        score(("S1", 99, 1))
    with pytest.raises(ValueError, match="named twice"):
        score(people=[ANN, ANN])


def a_signal(**changes):
    value = {
        "says": "Something",
        "inputs": ["awards"],
        "days": 30,
        "counts": "sightings",
        "steps": {1: 2},
    } | changes
    figure = {"value": value, "reference": "A choice", "verified": []}
    one = {"title": "X", "unit": "code", "reference": "A choice", "values": {"2020-04-01": figure}}
    return parameters.checked({"signal_S13": one})


def test_a_councils_own_signal_is_data():
    law = signals.law(ON, a_signal(steps={1: 2, 3: 5}))
    scored = score(*(("S13", ANN, day) for day in range(3)), law=law)
    assert scored.points.tolist() == [5, 0, 0]


@pytest.mark.parametrize("name", [*inputs.NEVER])
def test_what_may_never_be_an_input_does_not_load(name):
    with pytest.raises(inputs.UnlawfulInput, match=f"Signal S13 names “{name}”, which no signal"):
        signals.law(ON, a_signal(inputs=["awards", name]))


def test_the_lists_of_what_may_and_what_may_never_be_read_share_nothing():
    assert not {*inputs.Input} & {*inputs.NEVER}
    nine = {"age", "disability", "gender_reassignment", "marriage_and_civil_partnership"} | {
        *("pregnancy_and_maternity", "race", "religion_or_belief", "sex", "sexual_orientation")
    }
    assert {n for n, why in inputs.NEVER.items() if why == inputs.PROTECTED} >= nine


@pytest.mark.parametrize(
    ("flaw", "says"),
    [
        ({"inputs": ["household_income"]}, "not on the closed list"),
        ({"inputs": []}, "names no input"),
        ({"steps": {1: 4, 2: 2}}, "more of it weighs more"),
        ({"steps": {0: 1}}, "more of it weighs more"),
        ({"days": 0}, "days"),
        ({"says": "{nationality}"}, "nationality"),
        ({"weights": "model.bin"}, "weights"),
    ],
)
def test_a_signal_that_does_not_hold_together_does_not_load(flaw, says):
    with pytest.raises(engine.UnlawfulScheme, match=says):
        signals.law(ON, a_signal(**flaw))


def crowd(points):
    """Return people 1 onward with so many points: 7 in the queue, 4 for a message, 0."""
    rows = []
    for person, wanted in enumerate(points, start=1):
        rows += [("S11", person, person)] if wanted else []
        rows += [("S3", person, person % 30)] if wanted == 7 else []
        rows += [("S2", person, 1, 2)] if wanted == 10 else []
        rows += [("S3", person, 1)] if wanted == 10 else []
    return score(*rows, people=range(1, 1 + len(points)))


def test_the_most_points_come_first_then_who_has_waited_longest():
    scored = crowd([7, 0, 10, 7, 4, 7])
    queue = queueing.queue(scored, capacity=3, seed=1)
    assert queue.people.tolist() == [3, 6, 4]  # sighted 6, 4 and 1 days ago
    assert (queue.waiting, queue.drawn_from) == (1, 2)
    assert not queue.by_lot.any()  # 5 per cent of 3 places is none


def test_a_share_of_the_places_is_drawn_by_lot_from_those_below():
    scored = crowd([7] * 100 + [0] * 100)
    one, same, other = (queueing.queue(scored, capacity=40, seed=seed) for seed in (1, 1, 2))
    assert len(one.people) == 40
    assert one.by_lot.sum() == 2
    assert (scored.points[one.people - 1] == np.where(one.by_lot, 0, 7)).all()
    assert one.people.tolist() == same.people.tolist()
    assert one.people[one.by_lot].tolist() != other.people[other.by_lot].tolist()
    assert (one.waiting, one.drawn_from) == (62, 100)
    assert queueing.queue(scored, capacity=0, seed=1).people.tolist() == []
    with pytest.raises(ValueError, match="0 or more"):
        queueing.queue(scored, capacity=-1, seed=1)


def test_the_lot_is_fair_and_knows_no_neighbours():
    scored = crowd([0] * 200)
    drawn = np.zeros(201, int)
    for seed in range(400):
        drawn[queueing.queue(scored, capacity=400, seed=seed).people] += 1
    assert drawn[1:].sum() == 400 * 20
    assert 15 < drawn[1:].min() < drawn[1:].max() < 70  # 40 each, give or take
    fewer = crowd([0] * 100)
    for seed in range(20):
        few = {*queueing.queue(fewer, capacity=400, seed=seed).people.tolist()}
        many = {*queueing.queue(scored, capacity=400, seed=seed).people.tolist()}
        assert {person for person in many if person <= 100} <= few


def test_the_cap_on_deductions_fell_in_april_2025():
    figures = parameters.load_file("support/deductions.yaml")
    cap = "uc_deduction_cap_percent"
    before = parameters.InForce(figures, datetime.date(2025, 4, 29))
    after = parameters.InForce(figures, datetime.date(2025, 4, 30))
    assert (before[cap], after[cap]) == (25, 15)
    assert cap not in before.unverified | after.unverified
    with pytest.raises(parameters.NoSuchFigure):
        parameters.InForce(figures, datetime.date(2024, 10, 29))[cap]
    taken = np.array([6002, 6001, 4754, 4753, 0])  # of £400.14 and £316.98: 60.02 and 47.54
    allowance = np.array([40014, 40014, 31698, 31698, 0])
    at = worries.at_deduction_cap(taken, allowance, after[cap])
    assert at.tolist() == [True, False, True, False, False]


def test_falls_and_weeks_owed():
    before, after = np.array([1000, 1000, 0, 500]), np.array([800, 801, 0, 0])
    assert worries.fell_by(before, after, 20).tolist() == [True, False, False, True]
    owed, rent = np.array([40000, 39999, 500]), np.array([10000, 10000, 0])
    assert worries.owes_weeks(owed, rent, 4).tolist() == [True, False, False]
