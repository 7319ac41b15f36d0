"""Who holds what is checked once a statement and not once a row, and refuses as much.

Sub-accounts and people never go (``people_stay``), so they need only be there as the holding is
written or changed.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import BY_KEY

# The body is part of what the guards know (``guards.FUNCTIONS_SHA256``), so it stays as it is here;
# a later one is made by ``appending.joins_by_the_statement``.
HOLDING = f"""
create function ledger_holding_joins() returns trigger language plpgsql
set search_path = public, pg_temp {BY_KEY} as $$ begin
  if exists (with held as materialized (select distinct sub_account_id as id from added)
             select 1 from held h left join ledger_subaccount s on s.id = h.id
             where s.id is null) then
    raise exception 'there is no such sub-account to hold'
      using errcode = 'foreign_key_violation', constraint = 'a_holding_has_a_sub_account';
  end if;
  if exists (with holders as materialized (select distinct person_id as id from added)
             select 1 from holders h left join people_person p on p.id = h.id
             where p.id is null) then
    raise exception 'there is no such person to hold a sub-account'
      using errcode = 'foreign_key_violation', constraint = 'a_holding_has_a_person';
  end if;
  return null;
end $$;
create trigger ledger_holding_joins after insert on ledger_holding
  referencing new table as added for each statement execute function ledger_holding_joins();
create trigger ledger_holding_changes after update on ledger_holding
  referencing new table as added for each statement execute function ledger_holding_joins();
alter table ledger_holding enable always trigger ledger_holding_joins;
alter table ledger_holding enable always trigger ledger_holding_changes;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_what_the_ledger_refuses"), ("people", "0002_people_stay")]
    operations = [
        migrations.AlterField(
            "holding",
            "sub_account",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holdings",
                to="ledger.subaccount",
            ),
        ),
        migrations.AlterField(
            "holding",
            "person",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holdings",
                to="people.person",
            ),
        ),
        migrations.RunSQL(HOLDING, migrations.RunSQL.noop),
    ]
