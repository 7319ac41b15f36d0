"""Tables that only ever grow: the database itself refuses to change or empty them.

Two walls. Triggers (``ENABLE ALWAYS``, so that ``session_replication_role`` does not skip them)
stop everybody but the tables' owner; grants stop the application from ever being the owner.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, migrations, models

FUNCTION = """
create or replace function borough_refuse_change() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  raise exception '% on % refused: what is recorded stays', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
"""


def only_appends(table: str, *, events: str = "update or delete or truncate") -> Any:
    """Return the migration operation that makes ``table`` refuse ``events``."""
    return migrations.RunSQL(
        f"{FUNCTION}"
        f"create trigger {table}_only_appends before {events} on {table} "
        f"for each statement execute function borough_refuse_change();"
        f"alter table {table} enable always trigger {table}_only_appends;",
        f"drop trigger {table}_only_appends on {table};",
    )


def never_goes(table: str) -> Any:
    """Return the migration operation that keeps every row of ``table`` and its number.

    What points at such a row needs looking at once, as it is written, and never again.
    """
    return only_appends(table, events="update of id or delete or truncate")


def grant(role: str) -> None:
    """Give ``role`` what the application needs, and no more; run as the owner after migrating.

    A model with ``append_only = True`` may be read and added to; its ``may_update`` names the few
    columns that a protocol needs to change (the seal of a journal).
    """
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        cursor.execute(f"grant usage on schema public to {quote(role)}")
        cursor.execute(f"revoke create on schema public from public, {quote(role)}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {quote(role)}")
        cursor.execute(
            f"grant select, insert, update, delete on all tables in schema public to {quote(role)}"
        )
        cursor.execute(
            f"revoke temporary on database {quote(connection.settings_dict['NAME'])} from public"
        )
        for model in _append_only_models():
            table = quote(model._meta.db_table)
            cursor.execute(f"revoke update, delete, truncate on {table} from {quote(role)}")
            columns = ", ".join(quote(name) for name in getattr(model, "may_update", ()))
            if columns:
                cursor.execute(f"grant update ({columns}) on {table} to {quote(role)}")
        cursor.execute(f"revoke insert, update, delete on django_migrations from {quote(role)}")


def _append_only_models() -> Iterable[type[models.Model]]:
    return (model for model in apps.get_models() if getattr(model, "append_only", False))
