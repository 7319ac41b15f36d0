"""A side that is no partner is spoken for by who holds its mandate, and by nobody of a partner."""

import django.db.models.deletion
from borough.kernel.appending import never_goes
from django.conf import settings
from django.db import migrations, models

# Under the officer's own row, where a seat is given too: of the two that are asked for at the same
# moment the second sees the first.
SITS_FOR_NOBODY = """
create function sealed_mandate_sits_for_nobody() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  perform 1 from officers_officer where id = new.officer_id for update;
  if exists (select 1 from seats_seat s where s.officer_id = new.officer_id) then
    raise exception 'who has sat for a partner is no scribe of a panel'
      using errcode = 'check_violation', constraint = 'a_scribe_sits_for_no_partner';
  end if;
  return new;
end $$;
create trigger sealed_mandate_sits_for_nobody before insert on sealed_mandate
  for each row execute function sealed_mandate_sits_for_nobody();
alter table sealed_mandate enable always trigger sealed_mandate_sits_for_nobody;
"""

# Besides what is asked of who seals for a partner: another side's seal needs its mandate, and who
# has held a mandate about the thing, or has sealed for another side of it, seals for no second one.
SPEAKS_FOR_ONE = """
create function sealed_speaks_for_one() returns trigger language plpgsql
set search_path = public, pg_temp as $$ declare r sealed_round; begin
  select * into r from sealed_round where id = new.round_id;
  if new.side not in ('council', 'partner') and not exists (
      select 1 from sealed_mandate m where m.thing = r.thing and m.side = new.side
      and m.officer_id = new.officer_id and m.starts <= new."on"
      and (m.ends is null or m.ends > new."on")) then
    raise exception 'only who holds the mandate of a side on the day seals for it'
      using errcode = 'check_violation', constraint = 'who_seals_holds_the_mandate';
  end if;
  if exists (select 1 from sealed_mandate m where m.thing = r.thing
             and m.officer_id = new.officer_id and m.side <> new.side)
     or exists (select 1 from sealed_commitment c join sealed_round o on o.id = c.round_id
                where o.thing = r.thing and c.officer_id = new.officer_id and c.side <> new.side)
  then
    raise exception 'nobody seals for two sides'
      using errcode = 'check_violation', constraint = 'nobody_seals_for_two_sides';
  end if;
  return new;
end $$;
create trigger sealed_commitment_speaks_for_one before insert on sealed_commitment
  for each row execute function sealed_speaks_for_one();
alter table sealed_commitment enable always trigger sealed_commitment_speaks_for_one;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("sealed", "0001_what_is_sealed_and_what_is_opened"),
        ("seats", "0002_a_seat_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('side', models.CharField(max_length=16)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='a_mandate_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('side__in', ('council', 'partner')), _negated=True), name='partners_have_seats'), models.UniqueConstraint(condition=models.Q(('ends', None)), fields=('thing', 'side'), name='one_scribe_of_a_side_at_a_time'), models.UniqueConstraint(fields=('thing', 'officer'), name='nobody_is_scribe_of_two_sides')],
            },
        ),
        never_goes("sealed_mandate"),
        migrations.RunSQL(
            SITS_FOR_NOBODY,
            "drop trigger sealed_mandate_sits_for_nobody on sealed_mandate;"
            " drop function sealed_mandate_sits_for_nobody;",
        ),
        migrations.RunSQL(
            SPEAKS_FOR_ONE,
            "drop trigger sealed_commitment_speaks_for_one on sealed_commitment;"
            " drop function sealed_speaks_for_one;",
        ),
    ]
