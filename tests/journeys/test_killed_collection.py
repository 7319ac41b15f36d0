"""A Direct Debit collection killed in the middle: nobody is collected from twice, or left out."""

from datetime import date

import pytest

from borough.kernel.bank import standard18
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.runs.models import Run
from borough.lines.revenues import collections, models
from borough.lines.revenues.commands import collections as commands
from tests import makers
from tests.journeys import killing
from tests.revenues import debits

PAYERS, INSTALMENT = 9, 19_000

# Killed as the nth call of this function begins: within a part, between parts, around the file.
MAKING = [
    ("borough.lines.revenues.telling", "tell", 2),
    ("borough.lines.revenues.collecting", "choose", 1),
    ("borough.lines.revenues.collecting", "choose", 3),
    ("borough.kernel.copying", "copy", 1),
    ("borough.kernel.copying", "copy", 2),
    ("borough.lines.revenues.debit_files", "collections", 1),
    ("borough.kernel.bank.standard18", "read", 1),
    ("borough.lines.revenues.collections", "_end_used_up", 1),
    ("borough.kernel.runs.commands", "end", 1),
]
POSTING = [
    ("borough.kernel.ledger.commands.posting", "post_batch", 1),
    ("borough.kernel.ledger.commands.posting", "post_batch", 2),
    ("borough.kernel.facts.commands", "record_many", 1),
    ("borough.kernel.facts.commands", "record_many", 3),
    ("borough.lines.revenues.collections", "totals", 1),
    ("borough.kernel.runs.commands", "end", 1),
]


def a_committed_collection(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the run of a collection in parts of three, one payer a stopped one."""
    payers = [debits.a_payer(band="B") for _ in range(PAYERS + 1)]
    payers[4].instructions.get().stops.create(why="officer", starts=date(2025, 4, 1))
    whole = collections.divide
    monkeypatch.setattr(collections, "divide", lambda: whole(size=3))
    return commands.commit_collection(preview=debits.prepared(), by=debits.TOM, on=debits.PREPARED)


@pytest.mark.parametrize(("module", "name", "nth"), MAKING, ids=str)
def test_a_killed_collection_goes_on_with_nobody_twice(
    own_database, monkeypatch, module, name, nth
):
    run, by = a_committed_collection(monkeypatch), makers.everything()
    killing.kill(module, name, nth, work=lambda: collections.carry_out(run, by=by))
    collections.carry_out(run, by=by)
    items = models.CollectionItem.objects.values_list("instruction_id", "pence")
    assert len(items) == len({one for one, _ in items}) == PAYERS
    file = models.SentFile.objects.get(pk=run.pk)
    assert standard18.read(bytes(file.content)).debit_pence == PAYERS * INSTALMENT
    assert Fact.objects.filter(what="revenues.collection_made").count() == 1
    assert run.parts.count() == run.parts_expected
    assert checks.check() == []


@pytest.mark.parametrize(("module", "name", "nth"), POSTING, ids=str)
def test_a_killed_posting_goes_on_with_nothing_lost_or_doubled(
    own_database, monkeypatch, module, name, nth
):
    run = a_committed_collection(monkeypatch)
    by = makers.everything()
    collections.carry_out(run, by=by)
    whole = collections.divide_items
    monkeypatch.setattr(collections, "divide_items", lambda number: whole(number, size=4))
    collection = models.Collection.objects.get(pk=run.pk)
    posting = commands.post_collection(collection=collection, by=by, on=debits.MAY)
    killing.kill(module, name, nth, work=lambda: collections.post(posting, by=by))
    collections.post(posting, by=by)
    assert Fact.objects.filter(what="revenues.payment_collected").count() == PAYERS
    assert Fact.objects.filter(what="revenues.collection_posted").count() == 1
    owed = ledger.all_balances("revenues.council_tax", "2025-26").pence.sum()
    assert owed == (PAYERS + 1) * 189_993 - PAYERS * INSTALMENT
    total = next(row.pence for row in ledger.trial_balance() if row.code == "DD-IN-TRANSIT")
    assert total == PAYERS * INSTALMENT
    assert checks.check() == []
