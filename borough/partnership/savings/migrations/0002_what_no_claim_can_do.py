"""What no claim can do, whoever asks: the database itself refuses it.

Signed terms stay. A claim, its evidence and its steps come from somebody who sits for the party
that is named. A step that takes both partners needs both signatures of one content. What is signed
of a line in a year is never more than the line; a posting is never claimed beyond its amount; the
shares of a claim are the whole. Whoever adds waits for whoever adds: one lock (`holding.LOCK`).
"""

from borough.kernel.appending import never_goes, only_appends
from django.db import migrations

TABLES = ("ruleset", "entry", "share", "evidence", "traced", "event", "withdrawn")

TERMS_STAY = """
create function savings_terms_stay() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  perform pg_advisory_xact_lock(5456214);
  if exists (select 1 from seats_signature s
             where s.thing = 'partnership.rule_set/' || new.rule_set_id) then
    raise exception 'what somebody has signed stays as it is'
      using errcode = 'check_violation', constraint = 'signed_terms_stay';
  end if;
  return new;
end $$;
create trigger savings_line_stays before insert or update on savings_line
  for each row execute function savings_terms_stay();
alter table savings_line enable always trigger savings_line_stays;
create trigger savings_scopechange_stays before insert or update on savings_scopechange
  for each row execute function savings_terms_stay();
alter table savings_scopechange enable always trigger savings_scopechange_stays;
"""

SITTING = """
create function savings_sits(the_officer bigint, the_party text, the_day date) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select 1 from seats_seat s where s.officer_id = the_officer
                 and s.party = the_party and s.starts <= the_day
                 and (s.ends is null or s.ends > the_day))
$$;

create function savings_both_signed(the_thing text, the_digest text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select count(distinct party) = 2 and count(distinct officer_id) = 2 from seats_signature
   where thing = the_thing and digest = the_digest
$$;

create function savings_waits(the_entry bigint) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select 1 from savings_dispute where entry_id = the_entry and ends is null)
      or exists (select 1 from savings_event where entry_id = the_entry and what = 'reversed')
$$;

create function savings_has(the_entry bigint, the_step text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select 1 from savings_event where entry_id = the_entry and what = the_step)
$$;
"""

ENTRY = """
create function savings_entry_is_somebodys() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if new.prepared_by <> '' and not savings_sits(
       nullif(regexp_replace(new."by", '^officer/', ''), new."by")::bigint, new.prepared_by, new.on) then
    raise exception 'only who sits for a partner claims for it'
      using errcode = 'check_violation', constraint = 'who_claims_sits_for_that_partner';
  end if;
  return new;
end $$;
create trigger savings_entry_is_somebodys before insert on savings_entry
  for each row execute function savings_entry_is_somebodys();
alter table savings_entry enable always trigger savings_entry_is_somebodys;
"""

SHARES = """
create function savings_shares_are_whole() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if (select sum(share_bp) from savings_share where entry_id = new.entry_id) <> 10000 then
    raise exception 'the shares of a claim come to exactly the whole'
      using errcode = 'check_violation', constraint = 'shares_are_the_whole';
  end if;
  return null;
end $$;
create constraint trigger savings_shares_are_whole after insert on savings_share
  deferrable initially deferred for each row execute function savings_shares_are_whole();
alter table savings_share enable always trigger savings_shares_are_whole;
"""

EVIDENCE = """
create function savings_evidence_comes_in_time() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  perform pg_advisory_xact_lock(5456214);
  if not savings_sits(new.officer_id, new.party, new.on) then
    raise exception 'only who sits for a partner brings evidence for it'
      using errcode = 'check_violation', constraint = 'who_evidences_sits_for_that_partner';
  elsif savings_waits(new.entry_id) then
    raise exception 'a claim that is disputed or reversed waits'
      using errcode = 'check_violation', constraint = 'a_disputed_claim_waits';
  elsif not savings_has(new.entry_id, 'method_agreed') then
    raise exception 'how it is counted is agreed first'
      using errcode = 'check_violation', constraint = 'steps_follow_each_other';
  elsif new.level <= 3 and exists (select 1 from seats_signature
          where thing = 'partnership.entry/' || new.entry_id) then
    raise exception 'what was signed has its evidence'
      using errcode = 'check_violation', constraint = 'signed_claims_stay';
  elsif new.level > 3 and not (savings_has(new.entry_id, 'signed') and exists (
          select 1 from savings_evidence where entry_id = new.entry_id and level = 3)) then
    raise exception 'the budget and the audit come after the rows and both signatures'
      using errcode = 'check_violation', constraint = 'steps_follow_each_other';
  end if;
  return new;
end $$;
create trigger savings_evidence_comes_in_time before insert on savings_evidence
  for each row execute function savings_evidence_comes_in_time();
alter table savings_evidence enable always trigger savings_evidence_comes_in_time;

-- A saving is a credit: the rows that show it come to exactly its amount, the other way about.
create function savings_traces_agree() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare the_id bigint := case tg_table_name when 'savings_traced'
                         then (to_jsonb(new)->>'evidence_id')::bigint else new.id end;
declare the_level smallint; the_entry savings_entry; begin
  perform pg_advisory_xact_lock(5456214);
  select level into the_level from savings_evidence where id = the_id;
  select e.* into the_entry from savings_entry e
    join savings_evidence v on v.entry_id = e.id where v.id = the_id;
  if the_level <> 3 and exists (select 1 from savings_traced where evidence_id = the_id)
     or the_level = 3 and (select sum(pence) from savings_traced where evidence_id = the_id)
        is distinct from -the_entry.gross_pence then
    raise exception 'the rows of the ledger come to exactly what is claimed'
      using errcode = 'check_violation', constraint = 'rows_come_to_the_claim';
  elsif exists (
    select 1 from savings_traced t
    left join ledger_posting p on p.journal_id = t.journal_id and p.line = t.line
    left join ledger_seal s on s.batch_id = t.journal_id >> 20
    where t.evidence_id = the_id
      and (p.journal_id is null or s.batch_id is null or sign(p.pence) <> sign(t.pence))
  ) then
    raise exception 'a trace leads to a row of a sealed journal'
      using errcode = 'check_violation', constraint = 'a_trace_leads_to_a_row';
  elsif exists (
    select 1 from savings_traced mine
    join ledger_posting p on p.journal_id = mine.journal_id and p.line = mine.line
    where mine.evidence_id = the_id and abs(p.pence) < (
      select sum(abs(t.pence)) from savings_traced t
      join savings_evidence v on v.id = t.evidence_id
      where t.journal_id = mine.journal_id and t.line = mine.line
        and not savings_has(v.entry_id, 'reversed'))
  ) then
    raise exception 'a row of the ledger is claimed once'
      using errcode = 'check_violation', constraint = 'a_row_is_claimed_once';
  end if;
  return null;
end $$;
create constraint trigger savings_evidence_is_traced after insert on savings_evidence
  deferrable initially deferred for each row execute function savings_traces_agree();
alter table savings_evidence enable always trigger savings_evidence_is_traced;
create constraint trigger savings_traces_agree after insert on savings_traced
  deferrable initially deferred for each row execute function savings_traces_agree();
alter table savings_traced enable always trigger savings_traces_agree;
"""

STEPS = """
create function savings_step_follows() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare the_entry savings_entry; follows boolean; begin
  perform pg_advisory_xact_lock(5456214);
  select * into the_entry from savings_entry where id = new.entry_id;
  if not savings_sits(new.officer_id, new.party, new.on) then
    raise exception 'only who sits for a partner acts for it'
      using errcode = 'check_violation', constraint = 'who_acts_sits_for_that_partner';
  elsif savings_waits(new.entry_id) then
    raise exception 'a claim that is disputed or reversed waits'
      using errcode = 'check_violation', constraint = 'a_disputed_claim_waits';
  end if;
  follows := case new.what
    when 'method_agreed' then the_entry.prepared_by <> '' and the_entry.prepared_by <> new.party
    when 'measured' then savings_has(new.entry_id, 'method_agreed')
      and exists (select 1 from savings_evidence where entry_id = new.entry_id)
    when 'signed' then savings_has(new.entry_id, 'measured')
      and savings_both_signed('partnership.entry/' || new.entry_id, new.digest)
    when 'reversed' then
      case when savings_has(new.entry_id, 'signed')
        then savings_both_signed('partnership.entry/' || new.entry_id || '/reversal', new.digest)
        else the_entry.prepared_by in (new.party, '') end
    else savings_has(new.entry_id, 'signed')
      and savings_both_signed('partnership.evidence/' || new.evidence_id, new.digest)
      and exists (select 1 from savings_evidence where id = new.evidence_id
                  and entry_id = new.entry_id
                  and level = case new.what when 'booked' then 4 else 5 end)
  end;
  if follows is not true then
    raise exception 'a claim cannot take this step: %', new.what
      using errcode = 'check_violation', constraint = 'steps_follow_each_other';
  end if;
  return new;
end $$;
create trigger savings_step_follows before insert on savings_event
  for each row execute function savings_step_follows();
alter table savings_event enable always trigger savings_step_follows;
"""

ONE_POUND_ONCE = """
create function savings_line_holds() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare the_line record; begin
  perform pg_advisory_xact_lock(5456214);
  select l.code, l.value_pence, e.year into the_line
    from savings_entry e join savings_line l on l.id = e.line_id where e.id = new.entry_id;
  if found and (
    select sum(e.gross_pence) from savings_entry e
    join savings_line l on l.id = e.line_id
    where l.code = the_line.code and e.year = the_line.year and e.gross_pence > 0
      and savings_has(e.id, 'signed') and not savings_has(e.id, 'reversed')
  ) > the_line.value_pence then
    raise exception 'more would be saved of a line than it costs'
      using errcode = 'check_violation', constraint = 'a_line_is_claimed_once';
  end if;
  return null;
end $$;
create constraint trigger savings_line_holds after insert on savings_event
  deferrable initially deferred for each row when (new.what = 'signed')
  execute function savings_line_holds();
alter table savings_event enable always trigger savings_line_holds;
"""

FUNCTIONS = (
    "terms_stay()", "entry_is_somebodys()", "shares_are_whole()", "evidence_comes_in_time()",
    "traces_agree()", "step_follows()", "line_holds()", "sits(bigint, text, date)",
    "both_signed(text, text)", "waits(bigint)", "has(bigint, text)",
)


class Migration(migrations.Migration):

    dependencies = [
        ("savings", "0001_terms_and_claims"),
        ("seats", "0002_a_seat_stays"),
        ("measures", "0002_a_dispute_stays"),
        ("ledger", "0004_a_holding_is_who_holds_what"),
    ]

    operations = [
        *(only_appends(f"savings_{table}") for table in TABLES),
        *(never_goes(f"savings_{table}") for table in ("line", "scopechange", "dispute")),
        migrations.RunSQL(
            TERMS_STAY + SITTING + ENTRY + SHARES + EVIDENCE + STEPS + ONE_POUND_ONCE,
            "".join(f"drop function savings_{one} cascade;" for one in FUNCTIONS),
        ),
    ]
