"""The ladder of recovery, by examples that an officer can read, and by what must always be so."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from borough.rules import parameters
from borough.rules.council_tax import recovery
from borough.rules.council_tax.recovery import Rung, Why

SHEET = {**parameters.load("council_tax"), **parameters.load("local/sefton")}
EXAMPLES = yaml.safe_load((Path(__file__).parent / "recovery_examples.yaml").read_text())
DUE = [date(2025, month, 1) for month in range(4, 13)] + [date(2026, 1, 1)]
EACH, CHARGE = 190_00, 1_900_00


@cache
def figures() -> dict[str, Any]:
    values = parameters.InForce(SHEET, date(2025, 4, 1))
    return {name: values[name] for name in recovery.FIGURES} | {
        "summons_days": values["summons_days"],
        "summons_service_days": values["summons_service_days"],
    }


def asked_by(day: date) -> int:
    return EACH * sum(due <= day for due in DUE)


def day64(day: date | None) -> np.ndarray:
    return np.array([np.datetime64(day, "D") if day else np.datetime64("NaT", "D")])


def position(on: date, paid: dict[date, int], steps: list[tuple[Rung, date]], **given):
    """Return how the account of the examples stands on a day, after these payments and steps."""
    received = sum(pence for day, pence in paid.items() if day < on)
    asked = asked_by(on - timedelta(1))
    since = next((due for nth, due in enumerate(DUE) if EACH * (nth + 1) > received), None)
    rung, rung_on = steps[-1] if steps else (Rung.NONE, None)
    level = CHARGE
    if rung in (Rung.REMINDER, Rung.SECOND_REMINDER):
        level = asked_by(rung_on + timedelta(6))
    one = {
        "version": 1,
        "charged_pence": CHARGE,
        "received_pence": received,
        "asked_pence": asked,
        "soon_pence": asked_by(on + timedelta(6)),
        "rung": rung,
        "rung_level_pence": level if steps else 0,
        "rung_version": 1 if steps else 0,
        "reminders": sum(kind in (Rung.REMINDER, Rung.SECOND_REMINDER) for kind, _ in steps),
    } | given
    issued = one.pop("issued", date(2025, 3, 10))
    columns = {name: np.array([value], np.int64) for name, value in one.items()}
    return recovery.Position(
        **columns,
        issued=day64(issued),
        since=day64(since if asked > received else None),
        last_day=day64(DUE[-1]),
        rung_on=day64(rung_on),
    )


def answer(at: recovery.Position, on: date) -> dict[str, Any]:
    found = recovery.ladder(at, on, figures())
    told = {"why": Why(found.why[0]).name.lower().replace("_", " ")}
    if found.rung[0] != Rung.NONE:
        told |= {
            "next": recovery.NAMES[Rung(found.rung[0])],
            "from": found.starts[0].item(),
            "asks": found.act_pence[0] / 100,
        }
    return told


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["case"] for one in EXAMPLES])
def test_the_ladder_by_example(example):
    steps = [
        (Rung[kind.upper()], on) for step in example.get("steps", []) for kind, on in step.items()
    ]
    paid = {day: 100 * pounds for day, pounds in example.get("paid", {}).items()}
    again = example.get("billed_again")
    more = {"version": 2, "issued": again} if again else {}
    at = position(example["day"], paid, steps, **more)
    assert answer(at, example["day"]) == example["then"]
    due_pence = recovery.due_pence(at, example["day"], figures())
    assert due_pence[0] / 100 == example["to_pay_now"]


def test_a_hearing_leaves_fourteen_whole_days_after_the_summons_was_served():
    # Posted on Monday 2 June, served at the latest by Saturday 7th; the 8th to the 21st pass.
    assert recovery.earliest_hearing(date(2025, 6, 2), figures()) == date(2025, 6, 22)


def test_the_seven_days_of_a_notice_begin_with_its_own():
    on = date(2025, 4, 10)
    assert recovery.complied_by(Rung.REMINDER, on, figures()) == date(2025, 4, 16)
    assert recovery.complied_by(Rung.FINAL_NOTICE, on, figures()) == date(2025, 4, 16)
    assert recovery.falls_due(on, figures()) == date(2025, 4, 24)


payments = st.dictionaries(
    st.dates(date(2025, 3, 15), date(2026, 3, 31)), st.integers(1, 60_000), max_size=14
)


def lived(paid: dict[date, int], every: int) -> list[tuple[Rung, date, int]]:
    """Go through the year, taking each step on the first day on which the officer looks."""
    steps: list[tuple[Rung, date, int]] = []
    day = date(2025, 4, 1)
    while day < date(2026, 3, 31):
        at = position(day, paid, [one[:2] for one in steps])
        found = recovery.ladder(at, day, figures())
        if found.why[0] == Why.READY:
            steps.append((Rung(found.rung[0]), day, int(found.act_pence[0])))
        day += timedelta(every)
    return steps


@settings(max_examples=60, deadline=None)
@given(paid=payments, every=st.integers(1, 9))
def test_never_sooner_than_the_law_and_never_twice(paid, every):
    steps = lived(paid, every)
    kinds = [kind for kind, _, _ in steps]
    assert kinds.count(Rung.REMINDER) <= 1
    assert kinds.count(Rung.SECOND_REMINDER) <= 1
    assert kinds == sorted(kinds)  # the ladder is only ever climbed
    for (kind, on, _), (following, then, _) in pairwise(steps):
        if following is Rung.SUMMONS:
            assert then - on >= timedelta(7 if kind is Rung.FINAL_NOTICE else 14)
    for _, on, act in steps:
        received = sum(pence for day, pence in paid.items() if day < on)
        assert 0 < act <= CHARGE - received


@settings(max_examples=40, deadline=None)
@given(paid=payments)
def test_never_two_reminders_for_the_same_instalment(paid):
    reminded = [on for kind, on, _ in lived(paid, 1) if kind <= Rung.SECOND_REMINDER]
    if len(reminded) == 2:
        first, second = reminded
        received = sum(pence for day, pence in paid.items() if day < second)
        assert received >= asked_by(first + timedelta(6))  # the first was answered


@settings(max_examples=150, deadline=None)
@given(paid=payments, on=st.dates(date(2025, 4, 1), date(2026, 3, 31)), which=st.integers(0, 4))
def test_paying_always_stops_it(paid, on, which):
    steps = [
        (Rung.REMINDER, on - timedelta(40)),
        (Rung.SECOND_REMINDER, on - timedelta(30)),
        (Rung.FINAL_NOTICE, on - timedelta(20)),
        (Rung.WITHDRAWN, on - timedelta(10)),
    ][:which]
    received = sum(pence for day, pence in paid.items() if day < on)
    up_to_date = max(asked_by(on - timedelta(1)) - received, 0)
    if up_to_date:
        paid = paid | {date(2025, 1, 1): up_to_date}
    found = recovery.ladder(position(on, paid, steps), on, figures())
    assert found.why[0] == Why.NOTHING_OVERDUE
    assert found.rung[0] == Rung.NONE


@settings(max_examples=100, deadline=None)
@given(
    paid=payments, more=st.integers(1, 100_000), on=st.dates(date(2025, 4, 2), date(2026, 3, 31))
)
def test_paying_more_is_never_worse(paid, more, on):
    steps = [(Rung.REMINDER, on - timedelta(20))]
    before = recovery.ladder(position(on, paid, steps), on, figures())
    after = recovery.ladder(position(on, paid | {date(2025, 1, 1): more}, steps), on, figures())
    ready = after.why[0] == Why.READY
    if ready:
        assert before.rung[0] != Rung.NONE
        assert after.rung[0] <= max(before.rung[0], Rung.SECOND_REMINDER, Rung.FINAL_NOTICE)


def test_many_accounts_are_as_each_alone():
    on = date(2025, 6, 20)
    cases = [
        position(on, {date(2025, 4, 1): pence}, steps)
        for pence in (0, 100_00, 380_00, 600_00)
        for steps in ([], [(Rung.REMINDER, date(2025, 5, 6))], [(Rung.SUMMONS, date(2025, 6, 1))])
    ]
    names = recovery.Position.__dataclass_fields__
    together = recovery.Position(
        **{name: np.concatenate([getattr(one, name) for one in cases]) for name in names}
    )
    found = recovery.ladder(together, on, figures())
    due_pence = recovery.due_pence(together, on, figures())
    for row, one in enumerate(cases):
        assert due_pence[row] == recovery.due_pence(one, on, figures())[0]
        alone = recovery.ladder(one, on, figures())
        for name in recovery.Ladder.__dataclass_fields__:
            a, b = getattr(found, name)[row], getattr(alone, name)[0]
            assert a == b or (np.isnat(a) and np.isnat(b)), name
