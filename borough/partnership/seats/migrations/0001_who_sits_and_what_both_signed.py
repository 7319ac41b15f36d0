"""Who sits for a partner, and what was signed: the database itself lets nobody speak for both."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.conf import settings
from django.db import migrations, models

# Under the officer's own row, so that two who are asked at the same moment wait for each other.
SITS_FOR_ONE = """
create function seats_sits_for_one() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  perform 1 from officers_officer where id = new.officer_id for update;
  if exists (select 1 from seats_seat s where s.officer_id = new.officer_id
             and s.id <> new.id and s.party <> new.party) then
    raise exception 'an officer who has sat for one partner cannot sit for the other'
      using errcode = 'check_violation', constraint = 'nobody_sits_for_both';
  end if;
  return new;
end $$;
create trigger seats_seat_sits_for_one before insert or update on seats_seat
  for each row execute function seats_sits_for_one();
alter table seats_seat enable always trigger seats_seat_sits_for_one;
"""

SIGNS_FROM_A_SEAT = """
create function seats_signs_from_a_seat() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from seats_seat s where s.officer_id = new.officer_id
                 and s.party = new.party and s.starts <= new.on
                 and (s.ends is null or s.ends > new.on)) then
    raise exception 'only who sits for a partner on the day signs for it'
      using errcode = 'check_violation', constraint = 'who_signs_sits_for_that_partner';
  end if;
  return new;
end $$;
create trigger seats_signature_from_a_seat before insert on seats_signature
  for each row execute function seats_signs_from_a_seat();
alter table seats_signature enable always trigger seats_signature_from_a_seat;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('council', 'council'), ('partner', 'partner')], max_length=8)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='a_seat_ends_after_it_starts'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('officer'), models.Func(models.F('starts'), template="(%(expressions)s - date '2000-01-01')"), function='point'), models.Func(models.F('officer'), models.Func(models.F('ends'), template="coalesce(%(expressions)s - date '2000-01-02', 1000000)"), function='point'), function='box'), '&&')], name='one_seat_at_a_time'), models.CheckConstraint(condition=models.Q(('party__in', ['council', 'partner'])), name='a_seat_is_of_a_partner')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64)),
                ('party', models.CharField(choices=[('council', 'council'), ('partner', 'partner')], max_length=8)),
                ('on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('thing', 'digest', 'party'), name='a_partner_signs_a_content_once'), models.UniqueConstraint(fields=('thing', 'digest', 'officer'), name='nobody_signs_a_content_for_both'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='a_digest_is_a_sha256')],
            },
        ),
        only_appends("seats_signature"),
        migrations.RunSQL(
            SITS_FOR_ONE,
            "drop trigger seats_seat_sits_for_one on seats_seat; drop function seats_sits_for_one;",
        ),
        migrations.RunSQL(
            SIGNS_FROM_A_SEAT,
            "drop trigger seats_signature_from_a_seat on seats_signature;"
            " drop function seats_signs_from_a_seat;",
        ),
    ]
