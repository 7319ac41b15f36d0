"""A run of reminders killed in the middle goes on with nothing lost, doubled or sent too late."""

from datetime import date

import pytest

from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.runs.models import Run
from borough.lines.revenues import models, recovering
from borough.lines.revenues.commands import recovery as commands
from tests.journeys import killing
from tests.revenues import recovering_makers
from tests.revenues.recovering_makers import BOB, BY

ACCOUNTS = 7
ON, THEN, HEARING = "2025-04-10", "2025-05-20", "2025-06-30"

# Killed as the nth call of this begins: between each two steps of a part, early and late.
POINTS = [
    ("borough.lines.revenues.recovery", "work_out", 1),
    ("borough.lines.revenues.recovery", "work_out", 2),
    ("borough.lines.revenues.steps", "take", 1),
    ("borough.lines.revenues.costs", "post", 2),
    ("borough.kernel.facts.commands", "record_many", 1),
    ("borough.kernel.facts.commands", "record_many", 3),
    ("borough.lines.revenues.recovering", "_finish", 1),
    ("borough.kernel.runs.commands", "end", 1),
]


@pytest.mark.parametrize(("module", "name", "nth"), POINTS, ids=str)
@pytest.mark.parametrize("step", ["reminder", "summons"])
def test_a_killed_run_goes_on_with_nothing_lost_or_doubled(
    own_database, monkeypatch, step, module, name, nth
):
    monkeypatch.setattr(recovering, "TAKEN_AT_ONCE", 3)
    run = a_run(step)
    killing.kill(module, name, nth, work=lambda: recovering.carry_out(run, by=BY, on=run.on))
    assert checks.check() == []
    recovering.carry_out(run, by=BY, on=run.on)
    assert models.Step.objects.filter(kind=step).count() == ACCOUNTS
    assert Fact.objects.filter(what=recovering.HAPPENED[step]).count() == ACCOUNTS
    assert Fact.objects.filter(what="revenues.recovery_done", on=run.on).count() == 1
    assert run.parts.count() == run.parts_expected == 3
    assert recovering.result(run).costs_pence == (6_000 * ACCOUNTS if step == "summons" else 0)
    assert checks.check() == []


def a_run(step: str) -> Run:
    for _ in range(ACCOUNTS):
        recovering_makers.billed()
    on, then, hearing = map(date.fromisoformat, (ON, THEN, HEARING))
    if step == "reminder":
        prepared = recovering_makers.preview("reminder", on)
        return commands.commit_recovery(preview=prepared, by=BOB, on=on)
    recovering_makers.take("reminder", on)
    prepared = recovering_makers.preview("summons", then, hearing)
    return commands.commit_recovery(preview=prepared, by=BOB, on=then)
