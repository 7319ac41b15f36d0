"""A payment that has not gone can be taken back; none is both gone and taken back."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends

EITHER = """
create function bank_payment_goes_or_not() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from bank_sent s join bank_takenback t on t.payment_id = s.payment_id
             where s.payment_id = new.payment_id) then
    raise exception 'a payment has both gone and been taken back'
      using errcode = 'check_violation', constraint = 'a_payment_goes_or_is_taken_back';
  end if;
  return null;
end $$;
create trigger bank_sent_or_not after insert on bank_sent
  for each row execute function bank_payment_goes_or_not();
alter table bank_sent enable always trigger bank_sent_or_not;
create trigger bank_takenback_or_not after insert on bank_takenback
  for each row execute function bank_payment_goes_or_not();
alter table bank_takenback enable always trigger bank_takenback_or_not;
"""
NEITHER = """
drop trigger bank_sent_or_not on bank_sent;
drop trigger bank_takenback_or_not on bank_takenback;
drop function bank_payment_goes_or_not;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bank', '0006_payments_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='bank.payment')),
            ],
        ),
        only_appends("bank_takenback"),
        migrations.RunSQL(EITHER, NEITHER),
    ]
