"""The letters of a billing run killed in the middle: no bill is lost, none is made twice."""

import pytest

from borough.kernel.documents import printing
from borough.kernel.documents.models import Document, Print
from borough.kernel.facts.models import Fact
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, mailing
from borough.lines.revenues.commands import annual as annual_commands
from borough.lines.revenues.queries import mailing as queries
from tests import makers
from tests.journeys import killing

ACCOUNTS = 5

# Killed as the nth call of this function begins: in a part whose letters are not issued yet, with
# a batch of PDFs archived and not recorded, and on either side of the fact that ends it.
POINTS = [
    ("borough.kernel.documents.commands", "issue_many", 3),
    ("borough.kernel.documents.printing", "_record", 2),
    ("borough.lines.revenues.mailing", "_finish", 1),
    ("borough.kernel.runs.commands", "end", 1),
]


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


@pytest.mark.parametrize(("module", "name", "nth"), POINTS, ids=str)
def test_killed_letters_go_on_with_none_lost_or_doubled(
    own_database, settings, tmp_path, monkeypatch, module, name, nth
):
    settings.DOCUMENTS = tmp_path / "documents"
    run = a_run()
    monkeypatch.setattr(printing, "BATCH", 2)
    by = makers.everything()
    killing.kill(module, name, nth, work=lambda: mailing.carry_out(run, by=by, processes=1))
    mailing.carry_out(run, by=by, processes=1)
    things = list(Document.objects.values_list("thing", flat=True))
    assert len(things) == len(set(things)) == Print.objects.count() == ACCOUNTS
    assert Fact.objects.filter(what="revenues.bills_sent").count() == 1
    assert run.endings.count() == 1
    counts = queries.counts(run)
    assert (counts.issued, counts.printed, counts.reconciles) == (ACCOUNTS, ACCOUNTS, True)
