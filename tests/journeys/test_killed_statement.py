"""A bank statement killed while it is taken in goes on: nothing is lost, nothing is doubled."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from borough.kernel.bank import commands, importing, models, queries
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing
from borough.lines.revenues.models import Allotment
from tests import makers

ROOT = Path(__file__).resolve().parents[2]
ON, PART = date(2025, 5, 1), 3
KNOWN, UNKNOWN = 7, 4

# Killed as the nth call of this function begins: while the file is read, in the first part that
# posts and in a later one, before and after the receipts, and between the last part and the end.
POINTS = [
    ("borough.kernel.bank.importing", "_keep", 1),
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

PROGRAM = """
import importlib, os, signal, sys
import django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
module, name, nth = importlib.import_module(sys.argv[2]), sys.argv[3], int(sys.argv[4])
call, count = getattr(module, name), 0
def deadly(*args, **options):
    global count
    count += 1
    if count == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return call(*args, **options)
setattr(module, name, deadly)
from borough.kernel import commanding, joining
from borough.kernel.bank import importing
from borough.kernel.runs.models import Run
importing.PART = int(sys.argv[5])
actor = commanding.System("system/tests", frozenset(joining.capabilities()))
importing.carry_out(Run.objects.get(), by=actor)
"""


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
    killed = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            PROGRAM,
            *(own_database, module, name, str(nth), str(PART)),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert killed.returncode == -9, killed.stderr
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
