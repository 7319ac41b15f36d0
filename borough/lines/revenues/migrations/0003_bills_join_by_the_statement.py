"""Whose bill and which run's is checked once a statement and not once a row, and refuses as much.

Accounts and runs never go, so they need only be there as the bill is written. The planner is told
to look each number up by its key: it has no statistics of what is being added, and a plan made for
one bill is kept for five thousand. The index of the account alone goes: the key begins with it.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import never_goes

BILL = """
create function revenues_bill_joins() returns trigger language plpgsql
set search_path = public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$ begin
  if exists (with billed as materialized (select distinct account_id as id from added)
             select 1 from billed b left join revenues_account a on a.id = b.id
             where a.id is null) then
    raise exception 'there is no such account to bill'
      using errcode = 'foreign_key_violation', constraint = 'a_bill_has_an_account';
  end if;
  if exists (with runs as materialized (select distinct run_id as id from added
                                        where run_id is not null)
             select 1 from runs x left join runs_run r on r.id = x.id where r.id is null) then
    raise exception 'there is no such run'
      using errcode = 'foreign_key_violation', constraint = 'a_bill_has_its_run';
  end if;
  return null;
end $$;
create trigger revenues_bill_joins after insert on revenues_bill
  referencing new table as added for each statement execute function revenues_bill_joins();
alter table revenues_bill enable always trigger revenues_bill_joins;
"""

UNDO = """
drop trigger revenues_bill_joins on revenues_bill;
drop function revenues_bill_joins;
"""


class Migration(migrations.Migration):
    dependencies = [("revenues", "0002_bills_and_files_stay"), ("runs", "0003_runs_stay")]
    operations = [
        never_goes("revenues_account"),
        migrations.AlterField(
            "bill",
            "account",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bills",
                to="revenues.account",
            ),
        ),
        migrations.AlterField(
            "bill",
            "run",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="runs.run",
            ),
        ),
        migrations.RunSQL(BILL, UNDO),
    ]
