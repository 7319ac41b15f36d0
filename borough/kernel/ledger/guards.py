"""What stands guard: the triggers, functions and keys of the ledger, against what they should be.

The owner of a table can switch a trigger off or empty a function; after this check, not unseen.
"""

import hashlib

from django.db import connection

# Trigger -> its table. All of them fire ALWAYS.
TRIGGERS = {
    "ledger_account_only_appends": "ledger_account",
    "ledger_account_stays": "ledger_account",
    "ledger_allocation_fits": "ledger_allocation",
    "ledger_allocation_only_appends": "ledger_allocation",
    "ledger_batch_is_of_now": "ledger_batch",
    "ledger_batch_is_sealed": "ledger_batch",
    "ledger_batch_only_appends": "ledger_batch",
    "ledger_book_only_appends": "ledger_book",
    "ledger_fund_only_appends": "ledger_fund",
    "ledger_holding_changes": "ledger_holding",
    "ledger_holding_joins": "ledger_holding",
    "ledger_journal_joins": "ledger_journal",
    "ledger_journal_only_appends": "ledger_journal",
    "ledger_period_moves": "ledger_periodchange",
    "ledger_period_only_appends": "ledger_period",
    "ledger_period_stays": "ledger_period",
    "ledger_periodchange_only_appends": "ledger_periodchange",
    "ledger_posting_joins": "ledger_posting",
    "ledger_posting_only_appends": "ledger_posting",
    "ledger_seal_checks": "ledger_seal",
    "ledger_seal_only_appends": "ledger_seal",
    "ledger_subaccount_joins": "ledger_subaccount",
    "ledger_subaccount_only_appends": "ledger_subaccount",
}

# sha256 of the bodies of the ledger's functions. A migration that changes one changes this too.
FUNCTIONS_SHA256 = "dfef1958c27c4749548e949d1edea05566b1ae3bba8ca2b691047a6a26f9f698"

KEYS = {
    "ledger_posting_pkey",
    "ledger_seal_pkey",
    "a_key_is_posted_once",
    "a_journal_is_reversed_once",
    "a_sub_account_has_its_own_reference",
    "a_month_is_in_a_book_once",
    "one_control_account_a_kind",
}
CHECKS = {
    "a_batch_is_not_empty",
    "a_journal_is_numbered_in_its_batch",
    "a_posting_is_an_amount",
    "an_allocation_is_an_amount",
    "a_month_is_yyyymm",
}


def differences() -> list[tuple[str, list[str]]]:
    """Return what does not stand as it should (in words, names)."""
    named = (
        ("Triggers that are missing, switched off or unknown", _triggers()),
        ("Keys and checks that are missing or not in force", _keys()),
        ("Functions that are not as they were written", _functions()),
    )
    return [(what, names) for what, names in named if names]


def _triggers() -> list[str]:
    rows = _rows(
        "select tgname, tgrelid::regclass::text, tgenabled::text from pg_trigger"
        " where not tgisinternal and tgrelid::regclass::text like 'ledger\\_%'"
    )
    found = {name: f"{table} {enabled}" for name, table, enabled in rows}
    expected = {name: f"{table} A" for name, table in TRIGGERS.items()}
    return sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )


def _keys() -> list[str]:
    found = {
        name
        for (name,) in _rows(
            "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
            " where i.indisunique and i.indisvalid and i.indisready"
            " union all select conname from pg_constraint where contype = 'c' and convalidated"
        )
    }
    return sorted((KEYS | CHECKS) - found)


def _functions() -> list[str]:
    return [] if functions_sha256() == FUNCTIONS_SHA256 else ["ledger_*, borough_refuse_change"]


def functions_sha256() -> str:
    """Return the hash of the functions as they stand in the database."""
    rows = _rows(
        "select proname, prosecdef::text, coalesce(array_to_string(proconfig, ','), ''), prosrc"
        " from pg_proc"
        " where pronamespace = 'public'::regnamespace"
        " and (proname like 'ledger\\_%' or proname = 'borough_refuse_change') order by proname"
    )
    return hashlib.sha256("\n".join("|".join(row) for row in rows).encode()).hexdigest()


def _rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
