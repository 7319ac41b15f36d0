"""Tables that only ever grow: the database itself refuses to change or empty them.

Two walls. Triggers (``ENABLE ALWAYS``, so that ``session_replication_role`` does not skip them)
stop everybody but the tables' owner; grants stop the application from ever being the owner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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


# The planner is told to look each number up by its key: it has no statistics of what is being
# added, and a plan made for one row is kept for five thousand (or the other way about).
BY_KEY = "set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off"


@dataclass(frozen=True, slots=True)
class Key:
    """A column that names a row of another table by its number, and what it is called when none is.

    The other table must keep its rows and their numbers (``never_goes``): then a row need only be
    there as it is named, and no foreign key has to watch it, row by row, for ever.
    """

    column: str
    table: str
    why: str
    constraint: str

    def refusal(self, added: str = "added") -> str:
        """Return the PL/pgSQL that refuses the rows of ``added`` that name nothing."""
        return f"""
  if exists (with named as materialized (select distinct {self.column} as id from {added}
                                         where {self.column} is not null)
             select 1 from named n left join {self.table} t on t.id = n.id where t.id is null) then
    raise exception '{self.why}'
      using errcode = 'foreign_key_violation', constraint = '{self.constraint}';
  end if;"""  # noqa: S608  names of our own, in a migration


def joins_by_the_statement(table: str, *keys: Key) -> Any:
    """Return the migration operation that checks the keys of ``table`` once a statement.

    Row by row they would cost a bulk run more than all else together; this refuses as much, of rows
    that are added and of rows that are changed.
    """
    name = f"{table}_joins"
    checks = "".join(key.refusal() for key in keys)
    triggers = "".join(
        f"create trigger {trigger} after {event} on {table} referencing new table as added"
        f" for each statement execute function {name}();"
        f"alter table {table} enable always trigger {trigger};"
        for trigger, event in ((name, "insert"), (f"{table}_rejoins", "update"))
    )
    return migrations.RunSQL(
        f"create function {name}() returns trigger language plpgsql"
        f" set search_path = public, pg_temp {BY_KEY} as $$ begin{checks}\n  return null;\nend $$;"
        f"{triggers}",
        f"drop trigger {name} on {table}; drop trigger {table}_rejoins on {table};"
        f" drop function {name};",
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
