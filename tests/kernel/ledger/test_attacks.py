"""Every known way to cheat, as plain SQL: as the application, and as owner where a trigger holds.

Each attack runs in a session of its own against a ledger with one sealed bill, and must end in a
refusal; afterwards the ledger must still agree.
"""

import psycopg
import pytest
from django.db import connection

from borough.kernel.ledger import checks, commands, models, queries
from borough.wiring import database
from tests.conftest import as_application, as_owner
from tests.kernel.ledger import makers

ROLES = {"application": as_application, "owner": as_owner}


@pytest.fixture
def sealed(own_ledger):
    """Give the names that an attack may use: a sealed bill, two debts, accounts and periods."""
    debt, other = makers.sub_accounts(2)
    (credit,) = commands.open_sub_accounts(kind="kernel.suspense", references=["BANK"])
    journal = makers.bill(debt, 150_000)
    commands.close_period(month=202601, because="", by=makers.TREASURER, on=makers.MAY)
    commands.close_period(month=202602, because="", by=makers.TREASURER, on=makers.MAY, soft=True)
    ids = queries.account_ids()
    periods = dict(models.Period.objects.values_list("month", "pk"))
    batch = journal.batch_id
    return {
        "journal": journal.pk,
        "old": batch,
        "new": batch + 1,
        "first": ((batch + 1) << 20) + 1,
        "debt": debt,
        "other": other,
        "credit": credit,
        "payers": ids["CT-PAYERS"],
        "income": ids["CT-INCOME"],
        "bank": ids["BANK"],
        "owed": ids["OWED-TO-CF"],
        "cash": ids["CT-CASH-WITH-GF"],
        "open": periods[202504],
        "closed": periods[202601],
        "soft": periods[202602],
    }


# An honest protocol, step by step; an attack spoils one of its steps.
BATCH = (
    "insert into ledger_batch (id, source, by, expected_journals, expected_debit_pence,"
    " payload_hash, into_soft_closed) values ({new}, 'x', 'x', 1, 700, '', false);"
)
JOURNAL = (
    'insert into ledger_journal (id, batch_id, period_id, reverses_id, "on", source, key,'
    " narrative, payload_hash) values ({first}, {new}, {open}, null, '2025-04-10', 'x', 'k', '',"
    " '');"
)
POSTINGS = (
    "insert into ledger_posting (journal_id, line, account_id, sub_account_id, pence) values"
    " ({first}, 1, {payers}, {debt}, 700), ({first}, 2, {income}, null, -700);"
)
SEAL = "insert into ledger_seal (batch_id) values ({new});"
HONEST = BATCH + JOURNAL + POSTINGS + SEAL

SECOND_JOURNAL = JOURNAL.replace("{first}", "{first} + 1").replace("'k'", "'l'")
SECOND_POSTINGS = POSTINGS.replace("{first}", "{first} + 1")


def postings(*lines: str) -> str:
    values = ", ".join(f"({{first}}, {i}, {line})" for i, line in enumerate(lines, start=1))
    return (
        "insert into ledger_posting (journal_id, line, account_id, sub_account_id, pence)"
        f" values {values};"
    )


def reversal(lines: str) -> str:
    journal = JOURNAL.replace("null", "{journal}", 1)
    return BATCH.replace("700", "150000") + journal + lines + SEAL


NEGATION = postings("{payers}, {debt}, -150000", "{income}, null, 150000")

ATTACKS = {
    # What is sealed stays.
    "update a posting": "update ledger_posting set pence = 1",
    "update no posting": "update ledger_posting set pence = 1 where false",
    "delete a posting": "delete from ledger_posting",
    "truncate postings": "truncate ledger_posting",
    "upsert a posting": (
        "insert into ledger_posting (journal_id, line, account_id, sub_account_id, pence)"
        " values ({journal}, 1, {payers}, {debt}, 1)"
        " on conflict (journal_id, line) do update set pence = 1"
    ),
    "merge into postings": (
        "merge into ledger_posting p using (select {journal} as id) s on p.journal_id = s.id"
        " when matched then update set pence = 1"
    ),
    "edit a narrative": "update ledger_journal set narrative = 'x'",
    "renumber a journal": "update ledger_journal set id = id + 1",
    "delete a journal": "delete from ledger_journal",
    "truncate journals": "truncate ledger_journal cascade",
    "update a batch": "update ledger_batch set expected_journals = 2",
    "delete a batch": "delete from ledger_batch",
    "truncate batches": "truncate ledger_batch cascade",
    "break a seal": "delete from ledger_seal",
    "move a seal": "update ledger_seal set batch_id = batch_id + 1",
    "truncate seals": "truncate ledger_seal",
    # Late, early or somewhere else.
    "post into a sealed journal": (
        "insert into ledger_posting values ({journal}, 3, {payers}, {debt}, 5),"
        " ({journal}, 4, {income}, null, -5)"
    ).replace(
        "ledger_posting values",
        "ledger_posting (journal_id, line, account_id, sub_account_id, pence) values",
    ),
    "a draft left at commit": BATCH + JOURNAL + POSTINGS,
    "an empty draft left at commit": BATCH,
    "seal, then one more journal": HONEST + SECOND_JOURNAL,
    "seal, check at once, then one more journal": (
        HONEST + "set constraints all immediate;" + SECOND_JOURNAL + SECOND_POSTINGS
    ),
    "seal, then one more posting": HONEST + SECOND_POSTINGS,
    "seal twice": HONEST + SEAL,
    "check before sealing": BATCH + "set constraints all immediate;" + JOURNAL + POSTINGS + SEAL,
    "seal and post in one statement": (
        BATCH
        + JOURNAL
        + "with seal as (insert into ledger_seal (batch_id) values ({new}))"
        + POSTINGS
    ),
    "a journal in an earlier batch": JOURNAL.replace("{new}", "{old}").replace(
        "{first}", "({old}::bigint << 20) + 7"
    ),
    "a journal in no batch": JOURNAL,
    "a journal numbered in another batch": BATCH + JOURNAL.replace("{first}", "{journal} + 1"),
    "a posting of no batch": POSTINGS,
    "a posting of no journal": BATCH + JOURNAL + POSTINGS + SECOND_POSTINGS + SEAL,
    "a gap in the numbers": BATCH + SECOND_JOURNAL + SECOND_POSTINGS + SEAL,
    "an empty batch": BATCH + SEAL,
    "a batch of nought": BATCH.replace(" 1, 700", " 0, 0") + SEAL,
    "a forged transaction": (
        BATCH.replace("into_soft_closed)", "into_soft_closed, xact)").replace(
            "false)", "false, '123')"
        )
    ),
    "too few journals": BATCH.replace(" 1, 700", " 2, 700") + JOURNAL + POSTINGS + SEAL,
    "too many journals": (
        BATCH.replace("700", "1400") + JOURNAL + SECOND_JOURNAL + POSTINGS + SECOND_POSTINGS + SEAL
    ),
    "wrong debits": BATCH.replace("700", "701") + JOURNAL + POSTINGS + SEAL,
    "a seal of an earlier batch": "insert into ledger_seal (batch_id) values ({old})",
    "a seal of no batch": SEAL,
    # What a journal must be.
    "unbalanced": BATCH
    + JOURNAL
    + postings("{payers}, {debt}, 700", "{income}, null, -699")
    + SEAL,
    "unbalanced per fund": (
        BATCH + JOURNAL + postings("{bank}, null, 700", "{cash}, null, -700") + SEAL
    ),
    "unbalanced per fund, the other way": (
        BATCH + JOURNAL + postings("{owed}, null, -700", "{cash}, null, 700") + SEAL
    ),
    "two journals that balance each other": (
        BATCH.replace(" 1, 700", " 2, 700")
        + JOURNAL
        + SECOND_JOURNAL
        + postings("{payers}, {debt}, 700", "{payers}, {debt}, -1", "{payers}, {debt}, 1")
        + postings("{income}, null, -699", "{income}, null, -1").replace("{first}", "{first} + 1")
        + SEAL
    ),
    "no posting": BATCH.replace("700", "0") + JOURNAL + SEAL,
    "one posting": BATCH + JOURNAL + postings("{payers}, {debt}, 700") + SEAL,
    "a posting of nought": (
        BATCH
        + JOURNAL
        + postings("{payers}, {debt}, 700", "{income}, null, -700", "{bank}, null, 0")
        + SEAL
    ),
    "an enormous posting": (
        BATCH.replace("700", "2000000000000")
        + JOURNAL
        + postings("{payers}, {debt}, 2000000000000", "{income}, null, -2000000000000")
        + SEAL
    ),
    "the same line twice": BATCH + JOURNAL + POSTINGS + POSTINGS + SEAL,
    "a closed period": HONEST.replace("{open}", "{closed}"),
    "a soft-closed period": HONEST.replace("{open}", "{soft}"),
    "a period that does not exist": HONEST.replace("{open}", "999999"),
    "the same key": HONEST.replace("'x', 'k'", f"'{makers.BILLING}', '2025-26/100001/1'"),
    "a control account without a sub-account": (
        BATCH + JOURNAL + postings("{payers}, null, 700", "{income}, null, -700") + SEAL
    ),
    "a sub-account on a plain account": (
        BATCH + JOURNAL + postings("{payers}, {debt}, 700", "{income}, {debt}, -700") + SEAL
    ),
    "a sub-account of another control account": (
        BATCH + JOURNAL + postings("{payers}, {credit}, 700", "{income}, null, -700") + SEAL
    ),
    "a sub-account that does not exist": (
        BATCH + JOURNAL + postings("{payers}, 999999, 700", "{income}, null, -700") + SEAL
    ),
    "an account that does not exist": (
        BATCH + JOURNAL + postings("{payers}, {debt}, 700", "999999, null, -700") + SEAL
    ),
    # Reversals.
    "reverse twice": (
        reversal(NEGATION)
        + reversal(NEGATION)
        .replace("{new}", "{new} + 1")
        .replace("{first}", "{first} + 1048576")
        .replace("'k'", "'l'")
    ),
    "reverse a part": reversal(
        postings("{payers}, {debt}, -149999", "{income}, null, 149999")
    ).replace("150000", "149999"),
    "reverse to somebody else": reversal(
        postings("{payers}, {other}, -150000", "{income}, null, 150000")
    ),
    "reverse in other lines": reversal(
        postings("{income}, null, 150000", "{payers}, {debt}, -150000")
    ),
    "reverse into a closed period": reversal(NEGATION).replace("{open}", "{closed}"),
    "reverse what is not there": reversal(NEGATION).replace("{journal}", "999999"),
    "reverse itself": reversal(NEGATION).replace("{journal}", "{first}"),
    # Around the guards.
    "as a replica": "set session_replication_role = replica; update ledger_posting set pence = 1",
    "post as a replica": (
        "set session_replication_role = replica;"
        + HONEST.replace("{income}, null, -700", "{income}, null, -699")
    ),
    "leave a draft as a replica": (
        "set session_replication_role = replica;" + BATCH + JOURNAL + POSTINGS
    ),
    "a false period in front": (
        "create temporary table ledger_period as"
        " select id, book_id, month, 'open'::text as state from public.ledger_period;"
        + HONEST.replace("{open}", "{closed}")
    ),
    "open a period by hand": "update ledger_period set state = 'open' where id = {closed}",
    "lay a period closed": (
        "insert into ledger_period (book_id, month, state) select id, 203004, 'closed'"
        " from ledger_book"
    ),
    "delete a period": "delete from ledger_period where id = {closed}",
    "forget that a period was closed": "delete from ledger_periodchange",
    "move an account to another fund": (
        "update ledger_account set fund_id = (select min(id) from ledger_fund"
        " where id <> fund_id) where id = {payers}"
    ),
    "make a control account plain": (
        "update ledger_account set control_for = '' where id = {payers}"
    ),
    "delete an account": "delete from ledger_account where id = {cash}",
    "delete a fund": "delete from ledger_fund",
    "move a sub-account": "update ledger_subaccount set account_id = {bank}",
    "rename a sub-account": "update ledger_subaccount set reference = 'x' where id = {debt}",
    "delete a sub-account": "delete from ledger_subaccount where id = {other}",
    "a sub-account of a plain account": (
        "insert into ledger_subaccount (kind, reference, part, account_id)"
        " values ('revenues.council_tax', 'z', '', {bank})"
    ),
    "a sub-account of no kind": (
        "insert into ledger_subaccount (kind, reference, part, account_id)"
        " values ('', 'z', '', {bank})"
    ),
}


@pytest.mark.parametrize("role", ROLES)
def test_every_attack_is_refused(sealed, own_ledger, role):
    got_through, misfired = [], []
    for name, attack in ATTACKS.items():
        with ROLES[role](own_ledger) as session:
            session.autocommit = False
            try:
                session.execute(attack.format(**sealed))
                session.commit()
            except (psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege):
                session.rollback()
            except psycopg.Error as error:
                misfired.append((name, str(error)))
                session.rollback()
            else:
                got_through.append(name)
    assert (got_through, misfired) == ([], [])
    assert checks.check() == []
    assert models.Posting.objects.count() == 2


@pytest.mark.parametrize("role", ROLES)
def test_the_honest_protocol_is_accepted(sealed, own_ledger, role):
    """Proves that the attacks fail for what they spoil, and not for something else."""
    with ROLES[role](own_ledger) as session:
        session.autocommit = False
        session.execute(HONEST.format(**sealed))
        session.execute(
            reversal(NEGATION)
            .replace("{new}", "{new} + 1")
            .replace("{first}", "{first} + 1048576")
            .replace("'k'", "'l'")
            .format(**sealed)
        )
        session.commit()
    assert models.Posting.objects.count() == 6


@pytest.mark.django_db
def test_the_application_owns_nothing_of_the_ledger():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, (select count(*) from pg_class"
            " where relowner = r.oid) from pg_roles r where rolname = current_user"
        )
        assert cursor.fetchone() == (database.APP_ROLE, False, 0)


APPLICATION_ONLY = {
    "disable a trigger": "alter table ledger_posting disable trigger all",
    "drop a trigger": "drop trigger ledger_seal_checks on ledger_seal",
    "replace a function": (
        "create or replace function ledger_seal_checks() returns trigger language plpgsql"
        " as $$ begin return null; end $$"
    ),
    "play replica": "set session_replication_role = replica",
    "make a temporary table": "create temporary table ledger_period (id bigint)",
    "make a table": "create table mine (id bigint)",
    "rewind the numbers": "select setval(pg_get_serial_sequence('ledger_batch', 'id'), 1)",
    "hold a period": "select 1 from ledger_period for share",
    "become the owner": "set role postgres",
    "write around the log": "copy ledger_posting to program 'true'",
}


@pytest.mark.parametrize("how", APPLICATION_ONLY)
def test_the_application_cannot_lift_a_guard(own_ledger, how):
    with as_application(own_ledger) as session, pytest.raises(psycopg.Error):
        session.execute(APPLICATION_ONLY[how])


def test_another_session_never_sees_a_draft(sealed, own_ledger):
    with as_application(own_ledger) as poster, as_application(own_ledger) as reader:
        poster.execute((BATCH + JOURNAL + POSTINGS).format(**sealed))
        seen = reader.execute("select count(*) from ledger_posting").fetchone()
        assert seen == (2,)
        with pytest.raises(psycopg.Error):
            reader.execute(SECOND_JOURNAL.format(**sealed))
        reader.rollback()
        poster.rollback()
