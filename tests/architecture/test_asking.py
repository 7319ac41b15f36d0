"""No step of recovery without having asked: one way in, that asks in the transaction that acts."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from borough.kernel import joining
from borough.kernel.holds import acts
from borough.lines.revenues import models, recovery, steps
from tests.architecture import asking

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


def what_presses():
    """Return every model that presses somebody, its table and its managers, and what adds costs."""
    pressing = [one for one in apps.get_models() if getattr(one, "presses", False)]
    managers = {
        field.remote_field.related_name
        for one in pressing
        for field in one._meta.concrete_fields
        if field.remote_field and field.remote_field.related_name not in {None, "+"}
    }
    return asking.Presses(
        models=frozenset(one.__name__ for one in pressing),
        tables=frozenset(one._meta.db_table for one in pressing),
        managers=frozenset(managers),
        functions=frozenset({"borough.lines.revenues.costs.post"}),
    )


def test_all_that_writes_what_presses_somebody_is_seen():
    found = asking.writers(ROOT / "borough", "borough", what_presses())
    assert {one.removeprefix("borough.lines.revenues.") for one in found} == {
        "steps._write",
        "costs.post",
        "remedying.start",
        "remedying.start_many",
        "commands.attachments.order_attachment",
        "commands.attachments.vary_attachment",
        "commands.arrangements.warn",
        "consequences._again",
    }


def test_whoever_writes_what_presses_somebody_has_asked():
    assert asking.forgetters(ROOT / "borough", "borough", what_presses()) == []


PLANTED = {
    "by its objects": "models.Step.objects.create(account=account)",
    "by a manager": "account.remedies.create(kind='agent')",
    "in bulk": "models.Remedy.objects.bulk_create([models.Remedy(account=account)])",
    "by copying": "copying.copy('revenues_step', account)",
    "by SQL": "cursor.execute('insert into revenues_triedagain (pence) values (1)')",
    "costs": "costs.post([], account)",
    "asking without the lock": "asking.may_we_act([], 'agent', on); account.remedies.create()",
}


@pytest.mark.parametrize("act", PLANTED.values(), ids=PLANTED.keys())
def test_a_forgetter_is_found(act, tmp_path):
    line = tmp_path / "lines" / "planted"
    line.mkdir(parents=True)
    (line / "pressing.py").write_text(
        "from borough.kernel import copying\n"
        "from borough.kernel.holds import queries as asking\n"
        "from borough.lines.revenues import costs, models\n\n\n"
        f"def press(account, cursor, on):\n    {act}\n"
    )
    (tmp_path / "lines" / "revenues").mkdir()
    costs = (REVENUES / "costs.py").read_text()
    (tmp_path / "lines" / "revenues" / "costs.py").write_text(costs)
    found = asking.forgetters(tmp_path, "borough", what_presses())
    assert found
    assert any(one.startswith("borough.lines.") for one in found)


def test_one_that_asks_is_not_found_nor_one_whose_callers_all_do(tmp_path):
    (tmp_path / "pressing.py").write_text(
        "from borough.kernel.holds import commands as holds\n"
        "from borough.kernel.holds import queries\n\n\n"
        "def press(account, on):\n"
        "    holds.asking()\n    _stood(account, on)\n    _write(account)\n"
        "\n\ndef _stood(account, on):\n    queries.may_we_act([], 'agent', on)\n"
        "\n\ndef _write(account):\n    account.remedies.create()\n"
    )
    assert asking.forgetters(tmp_path, "borough", what_presses()) == []
    with (tmp_path / "pressing.py").open("a") as file:
        file.write("\n\ndef hurry(account):\n    _write(account)\n")
    assert asking.forgetters(tmp_path, "borough", what_presses()) == ["borough.pressing._write"]


# A model whose name sounds as if it pressed somebody, and why it does not.
ONLY_SOUNDS = {
    "Agent": "the firm itself",
    "AgentFile": "tells an agent of remedies that were asked about as they began",
    "AgentRow": "a line of such a file",
    "AgentReturn": "what an agent sent to us",
    "Attachment": "the papers of a remedy that was asked about as it began",
    "Notice": "a moratorium that was told to us",
    "NoticeDebt": "a debt in a moratorium",
    "AdvanceNotice": "says what is collected as agreed",
    "NoticeDecision": "what a person made of a notice that was told to us",
}
SOUNDS = re.compile(
    r"Step|Remed|Agent|Attach|Warn|Remind|Summons|Order|Notice|Penalt|Enforc|Cost|Charge|Chase|Again"
)


def test_what_sounds_as_if_it_pressed_somebody_says_so_or_why_not():
    sounding = {
        one.__name__
        for one in apps.get_models()
        if one.__module__.startswith(("borough.lines", "borough.resident"))
        and SOUNDS.search(one.__name__)
        and not getattr(one, "presses", False)
    }
    assert sounding <= ONLY_SOUNDS.keys()


def test_every_letter_says_which_act_it_is_and_the_kernel_asks_before_it_is_kept():
    assert set(joining.letters().values()) <= {"", *acts.ALL}
    tree = ast.parse((ROOT / "borough/kernel/documents/commands.py").read_text())
    [issue] = [one for one in tree.body if getattr(one, "name", "") == "issue_many"]
    [block] = [one for one in issue.body if isinstance(one, ast.With)]
    assert ast.unparse(block.body[0]) == "_refuse_held(kind, letters, on)"
    writes = re.compile(
        r"copy documents_document|Document\.objects\.(bulk_)?create|insert into documents_document"
    )
    writers = [
        path
        for path in sorted((ROOT / "borough").rglob("*.py"))
        if "migrations" not in path.parts and writes.search(path.read_text())
    ]
    assert writers == [ROOT / "borough/kernel/documents/commands.py"]
