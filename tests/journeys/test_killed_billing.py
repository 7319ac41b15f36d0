"""Annual billing killed in the middle, and two officers who commit it at once."""

import threading

import pytest
from django.db import connection

from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, billing, models
from borough.lines.revenues.commands import annual as commands
from tests import makers
from tests.journeys import killing

ACCOUNTS, BAND_B = 9, 189_993

# Killed as the nth call of this function begins: between each two steps of a part, in the first
# parts and in a later one, and between the last part and the end. Two parts are billed at once.
POINTS = [
    ("borough.lines.revenues.working", "work_out", 1),
    ("borough.lines.revenues.working", "work_out", 3),
    ("borough.kernel.ledger.commands.posting", "post_batch", 1),
    ("borough.kernel.ledger.commands.posting", "post_batch", 2),
    ("borough.lines.revenues.notices", "issue", 1),
    ("borough.lines.revenues.notices", "issue", 3),
    ("borough.kernel.facts.commands", "record_columns", 1),
    ("borough.kernel.facts.commands", "record_columns", 4),
    ("borough.lines.revenues.annual", "_finish", 1),
    ("borough.kernel.runs.commands", "end", 1),
]


def a_run() -> Run:
    for _ in range(ACCOUNTS):
        makers.an_account(band="B")
    year, by = makers.YEAR, makers.everything()
    parts = annual.divide(year, size=3)
    return runs.ask(
        annual.BILLING,
        f"{annual.BILLING}/{year.name}",
        asked={"year": year.name, "parts": parts},
        parts=len(parts) + 1,
        by=by,
        on=makers.BILLING_DAY,
    )


@pytest.mark.parametrize(("module", "name", "nth"), POINTS, ids=str)
def test_a_killed_run_goes_on_with_nothing_lost_or_doubled(own_database, module, name, nth):
    run, by = a_run(), makers.everything()
    killing.kill(module, name, nth, work=lambda: annual.carry_out(run, by=by, hands=annual.HANDS))
    assert checks.check() == []
    annual.carry_out(run, by=by)
    assert models.Bill.objects.count() == ACCOUNTS
    assert Fact.objects.filter(what="revenues.billed").count() == ACCOUNTS
    assert Fact.objects.filter(what="revenues.billing_done").count() == 1
    assert ledger.charged(billing.SOURCE, billing.KIND).pence.sum() == ACCOUNTS * BAND_B
    assert run.parts.count() == run.parts_expected
    assert checks.check() == []


def test_of_two_officers_who_commit_at_once_one_wins_and_the_other_is_told(own_database):
    makers.an_account(band="B")
    preview = commands.prepare_billing(
        year=makers.YEAR, by=makers.everything(), on=makers.BILLING_DAY
    )
    annual.preview(preview)
    together, told, made = threading.Barrier(2), [], []

    def commit(number: int) -> None:
        officer = makers.an_officer(number)
        together.wait()
        try:
            made.append(commands.commit_billing(preview=preview, by=officer, on=makers.BILLING_DAY))
        except runs.AlreadyAsked as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=commit, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(told) == 1
    assert "Nothing was done twice" in told[0]
    assert Run.objects.filter(kind=annual.BILLING).count() == 1
