"""A credit note of the partner is in the charge already: claimed beside it, it would count twice."""

from django.db import migrations

CHARGE = """
create function savings_charge_is_known() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (
    select 1 from savings_evidence v
    join savings_entry e on e.id = v.entry_id
    join ledger_posting p on p.journal_id = new.journal_id and p.line = new.line
    join ledger_account a on a.id = p.account_id
    where v.id = new.evidence_id and e.in_charge <> (a.control_for = 'partnership.charge')
  ) then
    raise exception 'a claim is in the charge exactly when its rows are'
      using errcode = 'check_violation', constraint = 'what_is_in_the_charge_says_so';
  end if;
  return null;
end $$;
create constraint trigger savings_charge_is_known after insert on savings_traced
  deferrable initially deferred for each row execute function savings_charge_is_known();
alter table savings_traced enable always trigger savings_charge_is_known;
"""


class Migration(migrations.Migration):

    dependencies = [("savings", "0002_what_no_claim_can_do")]

    operations = [
        migrations.RunSQL(CHARGE, "drop function savings_charge_is_known() cascade;"),
    ]
