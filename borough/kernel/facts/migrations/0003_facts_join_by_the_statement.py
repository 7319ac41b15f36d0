"""The keys of facts are checked once a statement and not once a row, and refuse as much.

A fact is numbered batch x 2^20 + row, from 1 and without a gap. So it is enough that the *first*
fact of a batch is asked, at commit, whether the batch was closed (``facts_fact_is_counted``), that
no other comes without that first one (``facts_refuse_late``), and that closing finds neither a gap
nor a word about a fact beyond the last (``facts_count``). People never go (``people_stay``), so a
person need only be there as the fact is written.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import BY_KEY, Key

PERSON = Key(
    "person_id", "people_person", "there is no such person", "a_concern_has_a_person"
).refusal("n")

GUARDS = f"""
create or replace function facts_refuse_late() returns trigger language plpgsql
set search_path = public, pg_temp {BY_KEY} as $$ begin
  if exists (with batches as materialized (select distinct batch_id from n)
             select 1 from batches x join facts_batch b on b.id = x.batch_id) then
    raise exception 'the batch of facts is already counted'; end if;
  if exists (select 1 from n where id >> 20 <> batch_id or id & 1048575 = 0)
     or exists (with batches as materialized (select distinct batch_id from n)
                select 1 from batches x left join facts_fact f on f.id = (x.batch_id << 20) + 1
                where f.id is null) then
    raise exception 'a fact is numbered in its batch, from 1'
      using errcode = 'check_violation', constraint = 'a_fact_is_numbered_in_its_batch'; end if;
  return null; end $$;

create or replace function facts_refuse_late_concern() returns trigger language plpgsql
set search_path = public, pg_temp {BY_KEY} as $$ begin
  if exists (with batches as materialized (select distinct fact_id >> 20 as id from n)
             select 1 from batches x join facts_batch b on b.id = x.id) then
    raise exception 'the batch of facts is already counted'; end if;
  if exists (select 1 from n where fact_id & 1048575 = 0)
     or exists (with batches as materialized (select distinct fact_id >> 20 as id from n)
                select 1 from batches x
                left join facts_fact f on f.id = (x.id << 20) + 1 and f.batch_id = x.id
                where f.id is null) then
    raise exception 'there is no such fact'
      using errcode = 'foreign_key_violation', constraint = 'a_concern_has_a_fact'; end if;{PERSON}
  return null; end $$;

create or replace function facts_count() returns trigger language plpgsql
set search_path = public, pg_temp {BY_KEY} as $$ begin
  if exists (
    select 1 from n, lateral (
      select count(*) as number, max(f.id) as last from facts_fact f
      where f.id > n.id << 20 and f.id < (n.id + 1) << 20
    ) f
    where n.facts <> f.number or f.last is distinct from (n.id << 20) + n.facts
  ) then raise exception 'a batch must count its facts'; end if;
  if exists (
    select 1 from n join facts_concerns c
      on c.fact_id > (n.id << 20) + n.facts and c.fact_id < (n.id + 1) << 20
  ) then
    raise exception 'there is no such fact'
      using errcode = 'foreign_key_violation', constraint = 'a_concern_has_a_fact'; end if;
  return null; end $$;

create function facts_fact_is_counted() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from facts_batch where id = new.batch_id) then
    raise exception 'the facts of batch % were never counted', new.batch_id
      using errcode = 'foreign_key_violation', constraint = 'a_fact_has_a_batch'; end if;
  return null; end $$;
create constraint trigger facts_fact_is_counted after insert on facts_fact
  deferrable initially deferred for each row when ((new.id & 1048575) = 1)
  execute function facts_fact_is_counted();
alter table facts_fact enable always trigger facts_fact_is_counted;
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_facts_only_grow"), ("people", "0002_people_stay")]
    operations = [
        migrations.AlterField(
            "fact", "id", models.BigIntegerField(primary_key=True, serialize=False)
        ),
        migrations.AlterField(
            "fact",
            "batch",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="facts.batch",
            ),
        ),
        migrations.AlterField(
            "concerns",
            "fact",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concerns",
                to="facts.fact",
            ),
        ),
        migrations.AlterField(
            "concerns",
            "person",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
