"""A bank statement killed while it is taken in goes on: nothing is lost, nothing is doubled."""

from datetime import date

import pytest

from borough.kernel.bank import commands, importing, models, queries
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing
from borough.lines.revenues.models import Allotment
from tests import makers
from tests.journeys import killing

ON, PART = date(2025, 5, 1), 3
KNOWN, UNKNOWN = 7, 4

# Killed as the nth call of this function begins: while the file is read, in the first part that
# posts and in a later one, before and after the receipts, and between the last part and the end.
POINTS = [
    ("borough.kernel.bank.importing", "keep", 1),
    ("borough.kernel.bank.posting", "post", 1),
    ("borough.kernel.bank.posting", "post", 2),
    ("borough.kernel.bank.matching", "receive", 2),
    ("borough.kernel.bank.posting", "suspend", 1),
    ("borough.kernel.bank.posting", "suspend", 3),
    ("borough.kernel.ledger.commands.posting", "post_batch", 3),
    ("borough.kernel.facts.commands", "record_many", 2),
    ("borough.kernel.bank.importing", "_finish", 1),
    ("borough.kernel.runs.commands", "end", 1),
]


@pytest.mark.parametrize(("module", "name", "nth"), POINTS, ids=str)
def test_a_killed_statement_goes_on_with_nothing_lost_or_doubled(
    own_database, monkeypatch, module, name, nth
):
    monkeypatch.setattr(importing, "PART", PART)
    by = makers.everything()
    account = makers.an_account(band="B")
    billing.bill_accounts([account.pk], makers.YEAR, on=makers.BILLING_DAY, by=by, because="x")
    rows = [f"{account.reference},1.00,28/04/2025"] * KNOWN + ["x,2.00,28/04/2025"] * UNKNOWN
    content = "\n".join(["Account,Amount,Paid on", *rows]).encode()
    run = commands.load_statement(content=content, layout="bank-receipts", by=by, on=ON)
    killing.kill(module, name, nth, work=lambda: importing.carry_out(run, by=by))
    assert checks.check() == []
    importing.carry_out(run, by=by)
    assert ledger.balance(billing.KIND, account.reference) == 189_993 - KNOWN * 100
    assert sum(row.pence for row in queries.waiting()) == UNKNOWN * 200
    assert models.Entry.objects.count() == KNOWN + UNKNOWN
    assert (models.Placed.objects.count(), Allotment.objects.count()) == (KNOWN, KNOWN)
    assert Fact.objects.filter(what="revenues.payment_received").count() == KNOWN
    assert Fact.objects.filter(what="kernel.statement_taken_in").count() == 1
    assert run.parts.count() == run.parts_expected
    assert checks.check() == []
