"""The check finds the smallest change made behind the database's back."""

import io

import pytest

from borough.kernel.ledger import checks, commands
from tests.conftest import as_owner
from tests.kernel.ledger import makers


@pytest.mark.django_db
def test_a_sound_ledger_is_said_to_agree():
    makers.a_ledger()
    for chunk in range(3):
        makers.a_chunk(chunk)
    out = io.StringIO()
    assert checks.main(out) == 0
    assert out.getvalue() == ("The ledger agrees: 300 postings in 150 journals in 3 batches.\n")


@pytest.mark.django_db
def test_an_empty_ledger_agrees():
    assert checks.check() == []


BATCH = "(select min(id) from ledger_batch)"
JOURNAL = "(select min(id) from ledger_journal)"
TAMPERING = {
    "a penny": (
        f"update ledger_posting set pence = pence + 1 where line = 1 and journal_id = {JOURNAL}"
    ),
    "a penny on both sides": (
        f"update ledger_posting set pence = pence + sign(pence) where journal_id = {JOURNAL};"
        "update ledger_batch set expected_debit_pence = expected_debit_pence + 1"
        f" where id = {BATCH}"
    ),
    "another debtor": (
        "update ledger_posting set sub_account_id = (select max(id) from ledger_subaccount"
        f" where kind = 'revenues.council_tax') where line = 1 and journal_id = {JOURNAL}"
    ),
    "another account": (
        "update ledger_posting set account_id = (select id from ledger_account"
        f" where code = 'CT-WRITTEN-OFF') where line = 2 and journal_id = {JOURNAL}"
    ),
    "another day": f'update ledger_journal set "on" = "on" + 1 where id = {JOURNAL}',
    "another period": (
        "update ledger_journal set period_id = (select max(id) from ledger_period)"
        f" where id = {JOURNAL}"
    ),
    "another narrative": f"update ledger_journal set narrative = 'x' where id = {JOURNAL}",
    "a journal gone": (
        f"delete from ledger_posting where journal_id = {JOURNAL};"
        f"delete from ledger_journal where id = {JOURNAL}"
    ),
    "a whole batch gone but its row": (
        f"delete from ledger_posting where journal_id >> 20 = {BATCH};"
        f"delete from ledger_journal where batch_id = {BATCH}"
    ),
    "a posting gone": f"delete from ledger_posting where line = 2 and journal_id = {JOURNAL}",
    "a seal broken": f"delete from ledger_seal where batch_id = {BATCH}",
    "a period reopened by hand": "update ledger_period set state = 'open'",
    "a debt moved to another account": (
        "update ledger_subaccount set account_id = (select id from ledger_account"
        " where code = 'BANK')"
    ),
    "a fund changed": (
        "update ledger_account set fund_id = (select id from ledger_fund where code = 'GF')"
        " where code = 'CT-INCOME'"
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(own_ledger, what):
    for chunk in range(2):
        makers.a_chunk(chunk, 5)
    commands.close_period(month=202506, because="", by=makers.TREASURER, on=makers.MAY)
    assert checks.check() == []
    with as_owner(own_ledger) as owner:
        owner.execute(
            "do $$ declare t regclass; begin for t in select oid from pg_class"
            " where relname like 'ledger\\_%' and relkind = 'r' loop"
            " execute format('alter table %s disable trigger all', t); end loop; end $$"
        )
        owner.execute(TAMPERING[what])
        owner.execute(
            "do $$ declare t record; begin for t in select tgrelid::regclass as r, tgname"
            " from pg_trigger where not tgisinternal and tgrelid::regclass::text like 'ledger\\_%'"
            " loop execute format('alter table %s enable always trigger %I', t.r, t.tgname);"
            " end loop; end $$"
        )
    found = checks.check()
    assert found
    assert not any("Triggers" in finding.what for finding in found)
    assert checks.main(io.StringIO()) == 1
