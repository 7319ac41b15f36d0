"""The letters of a billing run killed in the middle: no bill is lost, none is made twice."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from borough.kernel.documents.models import Document, Print
from borough.kernel.facts.models import Fact
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, mailing
from borough.lines.revenues.commands import annual as annual_commands
from borough.lines.revenues.queries import mailing as queries
from tests import makers

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = 5

# Killed as the nth call of this function begins: in a part whose letters are not issued yet, with
# a batch of PDFs archived and not recorded, and on either side of the fact that ends it.
POINTS = [
    ("borough.kernel.documents.commands", "issue_many", 3),
    ("borough.kernel.documents.printing", "_record", 2),
    ("borough.lines.revenues.mailing", "_finish", 1),
    ("borough.kernel.runs.commands", "end", 1),
]

PROGRAM = """
import importlib, os, signal, sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection

if __name__ == "__main__":
    connection.settings_dict["NAME"] = sys.argv[1]
    settings.DOCUMENTS = Path(sys.argv[2])
    module, name, nth = importlib.import_module(sys.argv[3]), sys.argv[4], int(sys.argv[5])
    call, count = getattr(module, name), 0
    def deadly(*args, **options):
        global count
        count += 1
        if count == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **options)
    setattr(module, name, deadly)
    from borough.kernel import commanding, joining
    from borough.kernel.documents import printing
    from borough.kernel.runs.models import Run
    from borough.lines.revenues import mailing
    printing.BATCH = 2
    actor = commanding.System("system/tests", frozenset(joining.capabilities()))
    mailing.carry_out(Run.objects.get(kind="revenues.bill_letters"), by=actor, processes=1)
"""


def a_run() -> Run:
    for _ in range(ACCOUNTS):
        makers.an_account()
    by = makers.everything()
    billing = annual_commands.ask_billing(year=makers.YEAR, by=by, on=makers.BILLING_DAY)
    annual.carry_out(billing, by=by)
    parts = mailing.divide(billing, size=2)
    return runs.ask(
        queries.LETTERS,
        queries.key_of(billing),
        asked={"billing": billing.pk, "year": makers.YEAR.name, "parts": parts},
        parts=len(parts),
        by=by,
        on=makers.BILLING_DAY,
    )


def go_on(run: Run) -> None:
    """Take the run up again, as soon as the database has seen that the other is dead."""
    for _ in range(100):
        try:
            return mailing.carry_out(run, by=makers.everything(), processes=1)
        except runs.AlreadyRunning:
            time.sleep(0.1)
    pytest.fail("The lock of a dead process is still held after ten seconds.")


@pytest.mark.parametrize(("module", "name", "nth"), POINTS, ids=str)
def test_killed_letters_go_on_with_none_lost_or_doubled(
    own_database, settings, tmp_path, module, name, nth
):
    settings.DOCUMENTS = tmp_path / "documents"
    run = a_run()
    script = tmp_path / "killed.py"
    script.write_text(PROGRAM)
    killed = subprocess.run(
        [sys.executable, script, own_database, settings.DOCUMENTS, module, name, str(nth)],
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert killed.returncode == -9, killed.stderr
    go_on(run)
    things = list(Document.objects.values_list("thing", flat=True))
    assert len(things) == len(set(things)) == Print.objects.count() == ACCOUNTS
    assert Fact.objects.filter(what="revenues.bills_sent").count() == 1
    assert run.endings.count() == 1
    counts = queries.counts(run)
    assert (counts.issued, counts.printed, counts.reconciles) == (ACCOUNTS, ACCOUNTS, True)
