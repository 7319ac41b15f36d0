"""What is sealed, and what is opened: the database itself opens all sides or none."""

import django.contrib.postgres.fields
import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.conf import settings
from django.db import migrations, models

# A side of the round seals, until its last day; for a partner only who sits for it.
SEALS_IN_TIME = """
create function sealed_in_time() returns trigger language plpgsql
set search_path = public, pg_temp as $$ declare r sealed_round; begin
  select * into r from sealed_round where id = new.round_id;
  if not new.side = any (r.sides) then
    raise exception 'only a side of the round seals in it'
      using errcode = 'check_violation', constraint = 'a_side_of_the_round_seals';
  end if;
  if new."on" < r."on" or new."on" > r.closes then
    raise exception 'the last day for sealing has gone by'
      using errcode = 'check_violation', constraint = 'sealed_until_the_last_day';
  end if;
  if new.side in ('council', 'partner') and not exists (
      select 1 from seats_seat s where s.officer_id = new.officer_id and s.party = new.side
      and s.starts <= new."on" and (s.ends is null or s.ends > new."on")) then
    raise exception 'only who sits for a partner on the day seals for it'
      using errcode = 'check_violation', constraint = 'who_seals_sits_for_that_partner';
  end if;
  return new;
end $$;
create trigger sealed_commitment_in_time before insert on sealed_commitment
  for each row execute function sealed_in_time();
alter table sealed_commitment enable always trigger sealed_commitment_in_time;
"""

# What is opened was sealed, by all; in a round that is kept apart nothing is handed in before.
OPENS_WHAT_WAS_SEALED = """
create function sealed_all_have(bigint) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select count(o.id) = cardinality(r.sides)
  from sealed_commitment c join sealed_round r on r.id = c.round_id
  left join sealed_commitment o on o.round_id = r.id
  where c.id = $1 group by r.id;
$$;
create function sealed_opens() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not sealed_all_have(new.commitment_id) then
    raise exception 'nothing is opened before all have sealed'
      using errcode = 'check_violation', constraint = 'opened_after_all_have_sealed';
  end if;
  if not exists (select 1 from sealed_commitment c where c.id = new.commitment_id and c.digest
                 = encode(sha256(convert_to(new.text, 'UTF8') || decode(new.nonce, 'hex')), 'hex'))
  then
    raise exception 'what is opened is not what was sealed'
      using errcode = 'check_violation', constraint = 'opened_is_what_was_sealed';
  end if;
  return new;
end $$;
create trigger sealed_opening_opens before insert on sealed_opening
  for each row execute function sealed_opens();
alter table sealed_opening enable always trigger sealed_opening_opens;
create function sealed_kept_in_order() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from sealed_commitment c join sealed_round r on r.id = c.round_id
             where c.id = new.commitment_id and r.mode = 'split')
     and not sealed_all_have(new.commitment_id) then
    raise exception 'nothing is handed in before all have sealed'
      using errcode = 'check_violation', constraint = 'handed_in_after_all_have_sealed';
  end if;
  return new;
end $$;
create trigger sealed_kept_in_order before insert on sealed_kept
  for each row execute function sealed_kept_in_order();
alter table sealed_kept enable always trigger sealed_kept_in_order;
"""

# Looked at as the transaction ends: all sides are open, or none.
ALL_OR_NONE = """
create function sealed_all_or_none() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from sealed_commitment mine
             join sealed_commitment c on c.round_id = mine.round_id
             left join sealed_opening o on o.commitment_id = c.id
             where mine.id = new.commitment_id and o.id is null) then
    raise exception 'all sides are opened at once, or none'
      using errcode = 'check_violation', constraint = 'all_sides_are_opened_at_once';
  end if;
  return null;
end $$;
create constraint trigger sealed_opening_all_or_none after insert on sealed_opening
  deferrable initially deferred for each row execute function sealed_all_or_none();
alter table sealed_opening enable always trigger sealed_opening_all_or_none;
"""

# A link follows the one before it, and is its digest.
LINKS_ON = """
create function sealed_links_on() returns trigger language plpgsql
set search_path = public, pg_temp as $$ declare before text; begin
  select coalesce((select e.digest from sealed_event e
                   where e.chain = new.chain and e.position = new.position - 1), '') into before;
  if (new.position > 1 and before = '') or new.position < 1 or new.digest
     <> encode(sha256(decode(before, 'hex') || convert_to(new.text, 'UTF8')), 'hex') then
    raise exception 'an event is bound to the one before it'
      using errcode = 'check_violation', constraint = 'an_event_is_bound_to_the_one_before';
  end if;
  return new;
end $$;
create trigger sealed_event_links_on before insert on sealed_event
  for each row execute function sealed_links_on();
alter table sealed_event enable always trigger sealed_event_links_on;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("seats", "0002_a_seat_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=16)),
                ('digest', models.CharField(max_length=64)),
                ('on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=80)),
                ('position', models.IntegerField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'position'), name='one_event_at_a_position')],
            },
        ),
        migrations.CreateModel(
            name='Kept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ciphertext', models.TextField()),
                ('on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='sealed.commitment')),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('nonce', models.CharField(max_length=64)),
                ('on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='sealed.commitment')),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=80)),
                ('thing', models.CharField(max_length=80)),
                ('number', models.IntegerField()),
                ('sides', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ('mode', models.CharField(choices=[('server', 'Kept here, encrypted, until all have sealed theirs'), ('split', 'Kept by each side; only its seal comes here')], max_length=8)),
                ('closes', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['chain'], name='rounds_of_a_chain')],
                'constraints': [models.UniqueConstraint(fields=('thing', 'number'), name='a_round_has_its_number'), models.CheckConstraint(condition=models.Q(('closes__gte', models.F('on'))), name='a_round_closes_after_it_was_asked_for'), models.CheckConstraint(condition=models.Q(('sides__len__gte', 2)), name='a_round_has_two_sides')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='sealed.round'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('round', 'side'), name='a_side_seals_once'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('round', 'officer'), name='nobody_seals_for_two'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('round', 'digest'), name='nobody_copies_a_seal'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='a_seal_is_a_sha256'),
        ),
        *(
            only_appends(f"sealed_{one}")
            for one in ("round", "commitment", "kept", "opening", "event")
        ),
        migrations.RunSQL(
            SEALS_IN_TIME,
            "drop trigger sealed_commitment_in_time on sealed_commitment;"
            " drop function sealed_in_time;",
        ),
        migrations.RunSQL(
            OPENS_WHAT_WAS_SEALED,
            "drop trigger sealed_kept_in_order on sealed_kept;"
            " drop trigger sealed_opening_opens on sealed_opening;"
            " drop function sealed_kept_in_order; drop function sealed_opens;"
            " drop function sealed_all_have;",
        ),
        migrations.RunSQL(
            ALL_OR_NONE,
            "drop trigger sealed_opening_all_or_none on sealed_opening;"
            " drop function sealed_all_or_none;",
        ),
        migrations.RunSQL(
            LINKS_ON,
            "drop trigger sealed_event_links_on on sealed_event; drop function sealed_links_on;",
        ),
    ]
