"""Facts are append-only, and a batch that has been counted takes no more facts."""

from django.db import migrations

from borough.kernel.appending import only_appends

CLOSED = """
create function facts_refuse_late() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from (select distinct batch_id from n) x join facts_batch b on b.id = x.batch_id)
    then raise exception 'the batch of facts is already counted'; end if;
  return null; end $$;
create trigger facts_fact_not_late after insert on facts_fact
  referencing new table as n for each statement execute function facts_refuse_late();
alter table facts_fact enable always trigger facts_fact_not_late;

create function facts_refuse_late_concern() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from n join facts_fact f on f.id = n.fact_id join facts_batch b on b.id = f.batch_id)
    then raise exception 'the batch of facts is already counted'; end if;
  return null; end $$;
create trigger facts_concerns_not_late after insert on facts_concerns
  referencing new table as n for each statement execute function facts_refuse_late_concern();
alter table facts_concerns enable always trigger facts_concerns_not_late;

create function facts_count() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from n where n.facts <> (select count(*) from facts_fact f where f.batch_id = n.id))
    then raise exception 'a batch must count its facts'; end if;
  return null; end $$;
create trigger facts_batch_counts after insert on facts_batch
  referencing new table as n for each statement execute function facts_count();
alter table facts_batch enable always trigger facts_batch_counts;
"""

UNDO = """
drop trigger facts_fact_not_late on facts_fact;
drop trigger facts_concerns_not_late on facts_concerns;
drop trigger facts_batch_counts on facts_batch;
drop function facts_refuse_late, facts_refuse_late_concern, facts_count;
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial")]
    operations = [
        only_appends("facts_batch"),
        only_appends("facts_fact"),
        only_appends("facts_concerns"),
        only_appends("facts_link"),
        migrations.RunSQL(CLOSED, UNDO),
    ]
