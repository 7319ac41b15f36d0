"""Every migration keeps every trigger, and none can be weakened unseen."""

import pytest

from borough.kernel.ledger import checks, guards
from tests.conftest import as_owner


@pytest.mark.django_db
def test_the_guards_stand():
    assert guards.functions_sha256() == guards.FUNCTIONS_SHA256
    assert guards.differences() == []


WEAKENINGS = {
    "switched off": "alter table ledger_posting disable trigger ledger_posting_only_appends",
    "not always": "alter table ledger_seal enable trigger ledger_seal_checks",
    "dropped": "drop trigger ledger_journal_joins on ledger_journal",
    "emptied": (
        "create or replace function ledger_seal_checks() returns trigger language plpgsql"
        " security definer set search_path = public, pg_temp as $$ begin return null; end $$"
    ),
    "unguarded path": "alter function ledger_seal_checks() reset search_path",
    "a strange trigger": (
        "create trigger odd before insert on ledger_posting for each statement"
        " execute function borough_refuse_change()"
    ),
    "a key dropped": "alter table ledger_journal drop constraint a_key_is_posted_once",
    "a check dropped": "alter table ledger_posting drop constraint a_posting_is_an_amount",
}


@pytest.mark.parametrize("how", WEAKENINGS)
def test_a_weakened_guard_is_found(own_ledger, how):
    assert checks.check() == []
    with as_owner(own_ledger) as owner:
        owner.execute(WEAKENINGS[how])
    assert checks.check() != []
