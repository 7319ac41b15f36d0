"""No step of recovery without having asked: one way in, that asks in the transaction that acts."""

import ast
import re
from pathlib import Path

from borough.kernel.holds import acts
from borough.lines.revenues import models, recovery, steps

ROOT = Path(__file__).resolve().parents[2]
REVENUES = ROOT / "borough" / "lines" / "revenues"
THE_WAY_IN = REVENUES / "steps.py"
WRITES = re.compile(
    r"Step\.objects\.(create|bulk_create|get_or_create|update_or_create)|models\.Step\(|\bsteps\.create"
    r"|insert into revenues_step\b|copy\(\s*[\"']revenues_step[\"']"
)
# What takes a step back, puts it off or is the court's refusal presses nobody.
PRESSES_NOBODY = {"adjourned", "refused", "withdrawn", "notice_withdrawn"}


def test_a_step_is_written_in_one_place_alone():
    writers = [
        path
        for path in sorted((ROOT / "borough").rglob("*.py"))
        if "migrations" not in path.parts
        and WRITES.search(path.read_text())
        and path != REVENUES / "models" / "recovery.py"
    ]
    assert writers == [THE_WAY_IN]


def test_the_one_way_in_asks_under_the_lock_before_it_writes():
    tree = ast.parse(THE_WAY_IN.read_text())
    [take] = [one for one in tree.body if getattr(one, "name", "") == "take"]
    [block] = [one for one in take.body if isinstance(one, ast.With)]
    assert ast.unparse(block.items[0]) == "transaction.atomic()"
    calls = [ast.unparse(one.func) for one in ast.walk(block) if isinstance(one, ast.Call)]
    order = [calls.index(name) for name in ("holds.asking", "_stood", "_write")]
    assert order == sorted(order)
    text = ast.unparse(next(one for one in tree.body if getattr(one, "name", "") == "_stood"))
    assert "asking.may_we_act(" in text


def test_every_step_that_presses_somebody_is_an_act_that_a_hold_can_forbid():
    kinds = {kind.value for kind in models.Step.Kind}
    assert {kind.value for kind in steps.ACTS} == kinds - PRESSES_NOBODY
    assert set(steps.ACTS.values()) <= set(acts.ALL)
    assert set(recovery.RUNGS) <= {kind.value for kind in steps.ACTS}
