"""Steps of recovery only grow, and none is taken that a hold or a death stands against.

The command asks first; this is the second wall, for whoever would come in another way. It reads the
kernel's own tables alone: what other services say is asked in the application.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends

ASKS = """
create function revenues_step_asks() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (
    with taken as materialized (
      select account_id, issued, year, case kind when 'second_reminder' then 'reminder' else kind
             end as act from added
      where kind in ('reminder', 'second_reminder', 'final_notice', 'summons', 'liability_order'))
    select 1 from taken t join revenues_account a on a.id = t.account_id
    join holds_hold h on h.thing = 'revenues.account/' || a.reference
    where t.act = any(h.forbids) and h.starts <= t.issued
      and (h.ends is null or h.ends > t.issued)
      and h.part in ('', t.year || '-' || lpad(((t.year + 1) % 100)::text, 2, '0'))
    union all
    select 1 from taken t join revenues_liability l on l.account_id = t.account_id
    join holds_hold h on h.person_id = l.person_id
    where t.act = any(h.forbids) and h.starts <= t.issued
      and (h.ends is null or h.ends > t.issued)
      and l.starts < make_date(t.year + 1, 4, 1)
      and (l.ends is null or l.ends > make_date(t.year, 4, 1))
    union all
    select 1 from taken t join revenues_liability l on l.account_id = t.account_id
    join people_person p on p.id = l.person_id
    where p.date_of_death is not null
      and l.starts < make_date(t.year + 1, 4, 1)
      and (l.ends is null or l.ends > make_date(t.year, 4, 1))
  ) then
    raise exception 'something stands against this step: ask first'
      using errcode = 'restrict_violation', constraint = 'a_step_asks_first';
  end if;
  return null;
end $$;
create trigger revenues_step_asks after insert on revenues_step
  referencing new table as added for each statement execute function revenues_step_asks();
alter table revenues_step enable always trigger revenues_step_asks;
"""
UNDO = "drop trigger revenues_step_asks on revenues_step; drop function revenues_step_asks;"


class Migration(migrations.Migration):

    dependencies = [
        ('holds', '0002_holds_stay'),
        ('people', '0003_a_whole_name_fits_among_the_former'),
        ('revenues', '0005_arrangements_to_pay'),
        ('runs', '0004_statistics_after_bulk_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField()),
                ('number', models.SmallIntegerField()),
                ('kind', models.CharField(choices=[('reminder', 'Reminder'), ('second_reminder', 'Second reminder'), ('final_notice', 'Final notice'), ('summons', 'Summons'), ('adjourned', 'Hearing put off'), ('liability_order', 'Liability order'), ('refused', 'Order refused by the court'), ('withdrawn', 'Withdrawn')], max_length=16)),
                ('issued', models.DateField()),
                ('act_pence', models.BigIntegerField()),
                ('balance_pence', models.BigIntegerField()),
                ('level_pence', models.BigIntegerField()),
                ('costs_pence', models.BigIntegerField(default=0)),
                ('bill_version', models.SmallIntegerField()),
                ('complied_by', models.DateField(null=True)),
                ('falls_due', models.DateField(null=True)),
                ('hearing', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField(db_default=models.Func(function='clock_timestamp', output_field=models.DateTimeField()))),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revenues.account')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='runs.run')),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'kind', 'issued'], name='step_of_a_kind'), models.Index(condition=models.Q(('hearing__isnull', False)), fields=['hearing'], name='step_of_a_hearing')],
                'constraints': [models.UniqueConstraint(fields=('account', 'year', 'number'), name='a_step_is_taken_once'), models.UniqueConstraint(condition=models.Q(('kind__in', ['reminder', 'second_reminder'])), fields=('account', 'year', 'kind'), name='two_reminders_a_year_at_most'), models.CheckConstraint(condition=models.Q(('act_pence__gt', 0), ('kind__in', ['adjourned', 'refused', 'withdrawn']), _connector='OR'), name='a_step_asks_for_something'), models.CheckConstraint(condition=models.Q(('costs_pence', 0), models.Q(('costs_pence__gt', 0), ('kind__in', ['summons', 'liability_order'])), models.Q(('costs_pence__lt', 0), ('kind__in', ['refused', 'withdrawn'])), _connector='OR'), name='costs_come_from_the_court_alone'), models.CheckConstraint(condition=models.Q(('complied_by', None), ('complied_by__gte', models.F('issued')), _connector='OR'), name='there_is_time_to_comply'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['summons', 'adjourned']), _negated=True), models.Q(('hearing__gt', models.F('issued')), ('hearing__isnull', False)), _connector='OR'), name='a_summons_is_to_a_hearing_to_come')],
            },
        ),
        only_appends("revenues_step"),
        migrations.RunSQL(ASKS, UNDO),
    ]
