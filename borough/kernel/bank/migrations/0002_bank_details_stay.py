"""What was keyed stays as it was keyed; confirming and withdrawing fill what was empty, once.

Money goes to these rows: nobody, not even the owner of the table by a slip, changes a number after
the second officer has looked at it.
"""

from django.db import migrations

from borough.kernel.appending import only_appends

SETTLES_ONCE = """
create function bank_details_settle_once() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if (new.id, new.person_id, new.sort_code, new.account_number, new.name, new.check_made,
      new.keyed_by, new.keyed_on)
     is distinct from
     (old.id, old.person_id, old.sort_code, old.account_number, old.name, old.check_made,
      old.keyed_by, old.keyed_on)
     or (old.confirmed_by is not null
         and (new.confirmed_by, new.confirmed_on)
             is distinct from (old.confirmed_by, old.confirmed_on))
     or (old.withdrawn_by is not null
         and (new.withdrawn_by, new.withdrawn_on)
             is distinct from (old.withdrawn_by, old.withdrawn_on))
  then
    raise exception 'bank details are confirmed and withdrawn once, and never changed'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger bank_details_settle_once before update on bank_bankdetails
  for each row execute function bank_details_settle_once();
alter table bank_bankdetails enable always trigger bank_details_settle_once;
"""


class Migration(migrations.Migration):
    dependencies = [("bank", "0001_bank_details"), ("people", "0002_people_stay")]
    operations = [
        only_appends("bank_bankdetails", events="delete or truncate"),
        migrations.RunSQL(
            SETTLES_ONCE,
            "drop trigger bank_details_settle_once on bank_bankdetails;"
            "drop function bank_details_settle_once;",
        ),
    ]
