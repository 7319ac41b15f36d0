"""Invariants that hold whoever writes: the application, a script, or a tired hand at a prompt.

Every function names its ``search_path``: without it a temporary table called ``ledger_period``
would stand before the real one, and a closed period would take postings. Every trigger is enabled
ALWAYS, so that ``session_replication_role`` skips none. Each refusal carries the name of what it
protects as its constraint name; :mod:`borough.kernel.ledger.refusals` turns it into words.
"""

from django.db import migrations

from borough.kernel import appending

# The number of the transaction that wrote a batch: only that one may add to it.
TRANSACTION = """
alter table ledger_batch add column xact xid8 not null default pg_current_xact_id();
"""

BATCH = """
create function ledger_batch_is_of_now() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if new.xact <> pg_current_xact_id() then
    raise exception 'a batch belongs to the transaction that writes it'
      using errcode = 'check_violation', constraint = 'a_batch_is_of_its_transaction';
  end if;
  return null;
end $$;
create trigger ledger_batch_is_of_now after insert on ledger_batch
  for each row execute function ledger_batch_is_of_now();

-- One row a batch, so checking at commit costs nothing: no draft outlives its transaction.
create function ledger_batch_is_sealed() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from ledger_seal where batch_id = new.id) then
    raise exception 'batch % was never sealed', new.id
      using errcode = 'check_violation', constraint = 'a_batch_is_sealed';
  end if;
  return null;
end $$;
create constraint trigger ledger_batch_is_sealed after insert on ledger_batch
  deferrable initially deferred for each row execute function ledger_batch_is_sealed();
"""

# A batch that another session can see is sealed (above), so an open one is this transaction's own.
# A journal is numbered batch x 2^20 + row, so a posting's journal tells its batch. ``materialized``
# matters: otherwise the question is asked of each row and not of each batch, and takes longer than
# all the rest.
JOINING = """
create function ledger_is_open(the_batch bigint) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select exists (select 1 from ledger_batch b where b.id = the_batch
                   and b.xact = pg_current_xact_id())
     and not exists (select 1 from ledger_seal s where s.batch_id = the_batch)
$$;

create function ledger_journal_joins() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (with batches as materialized (select distinct batch_id from added)
             select 1 from batches where not ledger_is_open(batch_id)) then
    raise exception 'a journal joins an open batch of its own transaction'
      using errcode = 'check_violation', constraint = 'a_batch_is_of_its_transaction';
  end if;
  return null;
end $$;
create trigger ledger_journal_joins after insert on ledger_journal
  referencing new table as added for each statement execute function ledger_journal_joins();

create function ledger_posting_joins() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (with batches as materialized (select distinct journal_id >> 20 as id from added)
             select 1 from batches where not ledger_is_open(id)) then
    raise exception 'a posting joins a journal that is not sealed'
      using errcode = 'check_violation', constraint = 'a_journal_is_sealed';
  end if;
  return null;
end $$;
create trigger ledger_posting_joins after insert on ledger_posting
  referencing new table as added for each statement execute function ledger_posting_joins();
"""

# Each check is one pass over one range of a primary key. The owner's rights are for one thing: to
# hold the periods, so that a close waits or is seen.
SEAL = """
create function ledger_seal_checks() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  batch ledger_batch;
  first bigint := new.batch_id << 20;
  beyond bigint := (new.batch_id + 1) << 20;
begin
  select * into batch from ledger_batch where id = new.batch_id;
  if batch.id is null or batch.xact <> pg_current_xact_id() then
    raise exception 'a seal belongs to the transaction of its batch'
      using errcode = 'check_violation', constraint = 'a_batch_is_of_its_transaction';
  end if;
  perform ledger_check_periods(first, beyond, batch.into_soft_closed);
  perform ledger_check_postings(first, beyond, batch.expected_debit_pence);
  perform ledger_check_journals(first, beyond, batch.expected_journals);
  perform ledger_check_funds(first, beyond, array(
    select distinct account_id from ledger_posting where journal_id >= first and journal_id < beyond));
  perform ledger_check_reversals(first, beyond);
  return null;
end $$;
create trigger ledger_seal_checks after insert on ledger_seal
  for each row execute function ledger_seal_checks();

create function ledger_check_periods(first bigint, beyond bigint, into_soft boolean) returns void
language plpgsql set search_path = public, pg_temp as $$
declare wanted bigint[]; fit bigint; begin
  select array_agg(period_id) into wanted
    from (select distinct period_id from ledger_journal where id >= first and id < beyond) used;
  perform 1 from ledger_period where id = any(wanted) order by id for share;
  select count(*) into fit from ledger_period
    where id = any(wanted) and (state = 'open' or state = 'soft' and into_soft);
  if fit <> cardinality(wanted) then
    raise exception 'a period is not open'
      using errcode = 'check_violation', constraint = 'a_period_is_open';
  end if;
end $$;

create function ledger_check_postings(first bigint, beyond bigint, expected_debit bigint)
returns void language plpgsql set search_path = public, pg_temp as $$
declare fault record; begin
  select sum(p.pence) filter (where p.pence > 0) as debit,
         min(p.account_id) filter (where a.id is null) as unknown,
         min(coalesce(p.sub_account_id, 0)) filter (where
           (a.control_for = '') <> (p.sub_account_id is null)
           or p.sub_account_id is not null and s.account_id is distinct from p.account_id
         ) as stray
    into fault
    from ledger_posting p
    left join ledger_account a on a.id = p.account_id
    left join ledger_subaccount s on s.id = p.sub_account_id
    where p.journal_id >= first and p.journal_id < beyond;
  if fault.unknown is not null then
    raise exception 'there is no account %', fault.unknown
      using errcode = 'check_violation', constraint = 'a_posting_has_an_account';
  elsif fault.stray is not null then
    raise exception 'sub-account % does not belong to the account that is posted', fault.stray
      using errcode = 'check_violation', constraint = 'a_sub_account_has_its_control';
  elsif coalesce(fault.debit, 0) <> expected_debit then
    raise exception 'debits are %, not %', fault.debit, expected_debit
      using errcode = 'check_violation', constraint = 'a_batch_has_its_totals';
  end if;
end $$;

-- Journals are numbered without a gap, so a posting between the first and the last has its journal.
-- The planner is told to read the range in the order of its key: it has no statistics yet.
create function ledger_check_journals(first bigint, beyond bigint, expected integer)
returns void language plpgsql set search_path = public, pg_temp
set enable_hashagg = off set enable_bitmapscan = off set enable_seqscan = off as $$
declare journals record; posted record; begin
  select count(*) as number, max(id) as last into journals
    from ledger_journal where id >= first and id < beyond;
  if journals.number <> expected or journals.last is distinct from first + expected then
    raise exception 'there are % journals, not %', journals.number, expected
      using errcode = 'check_violation', constraint = 'a_batch_has_its_totals';
  end if;
  select count(*) as number, min(journal_id) as lowest, max(journal_id) as last,
         bool_or(lines < 2) as thin, bool_or(pence <> 0) as unbalanced
    into posted
    from (select journal_id, count(*) as lines, sum(pence) as pence from ledger_posting
          where journal_id >= first and journal_id < beyond group by journal_id) j;
  if posted.last > journals.last or posted.lowest <= first then
    raise exception 'a posting has no journal'
      using errcode = 'check_violation', constraint = 'a_posting_has_a_journal';
  elsif posted.thin or posted.number <> expected then
    raise exception 'a journal needs two postings'
      using errcode = 'check_violation', constraint = 'a_journal_has_two_sides';
  elsif posted.unbalanced then
    raise exception 'a journal does not balance'
      using errcode = 'check_violation', constraint = 'a_journal_balances';
  end if;
end $$;

-- A journal balances in total (above); so where it balances in all funds but one, it does in all.
create function ledger_check_funds(first bigint, beyond bigint, used bigint[]) returns void
language plpgsql set search_path = public, pg_temp
set enable_hashagg = off set enable_bitmapscan = off set enable_seqscan = off as $$
declare accounts bigint[]; begin
  for accounts in
    select array_agg(id) from ledger_account where id = any(used)
    group by fund_id order by fund_id offset 1
  loop
    if exists (select 1 from ledger_posting
               where journal_id >= first and journal_id < beyond and account_id = any(accounts)
               group by journal_id having sum(pence) <> 0) then
      raise exception 'a journal does not balance in every fund'
        using errcode = 'check_violation', constraint = 'a_journal_balances';
    end if;
  end loop;
end $$;

-- Line for line: the same account and sub-account, and the opposite amount.
create function ledger_check_reversals(first bigint, beyond bigint) returns void
language plpgsql set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from ledger_journal
                 where id >= first and id < beyond and reverses_id is not null) then
    return;
  end if;
  if exists (
    select 1 from ledger_journal j
    left join ledger_journal r on r.id = j.reverses_id
    left join ledger_seal s on s.batch_id = r.batch_id
    where j.id >= first and j.id < beyond and j.reverses_id is not null
      and (s.batch_id is null or r.batch_id = j.batch_id)
  ) then
    raise exception 'only a sealed journal can be reversed'
      using errcode = 'check_violation', constraint = 'a_reversal_undoes_a_sealed_journal';
  end if;
  if exists (
    select 1 from (
      select j.id, p.line, p.account_id, p.sub_account_id, p.pence
        from ledger_journal j join ledger_posting p on p.journal_id = j.id
        where j.id >= first and j.id < beyond and j.reverses_id is not null
      union all
      select j.id, p.line, p.account_id, p.sub_account_id, p.pence
        from ledger_journal j join ledger_posting p on p.journal_id = j.reverses_id
        where j.id >= first and j.id < beyond
    ) both_sides
    group by id, line, account_id, sub_account_id having sum(pence) <> 0 or count(*) <> 2
  ) then
    raise exception 'a reversal is the exact negation'
      using errcode = 'check_violation', constraint = 'a_reversal_is_exact';
  end if;
end $$;
"""

# The state of a period moves by its changes and in no other way, so that who and why are known.
PERIOD = """
create function ledger_period_stays() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'a period begins open'
        using errcode = 'check_violation', constraint = 'a_period_moves_by_its_changes';
    end if;
  elsif (new.id, new.book_id, new.month) is distinct from (old.id, old.book_id, old.month)
        or new.state is distinct from
           (select state from ledger_periodchange where period_id = new.id
            order by id desc limit 1) then
    raise exception 'a period moves by its changes'
      using errcode = 'check_violation', constraint = 'a_period_moves_by_its_changes';
  end if;
  return new;
end $$;
create trigger ledger_period_stays before insert or update on ledger_period
  for each row execute function ledger_period_stays();

create function ledger_period_moves() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$ begin
  update ledger_period set state = new.state where id = new.period_id and state <> new.state;
  if not found then
    raise exception 'the period is so already, or does not exist'
      using errcode = 'check_violation', constraint = 'a_period_changes';
  end if;
  return null;
end $$;
create trigger ledger_period_moves after insert on ledger_periodchange
  for each row execute function ledger_period_moves();
"""

CHART = """
create function ledger_account_stays() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if (new.id, new.code, new.fund_id, new.type, new.control_for)
     is distinct from (old.id, old.code, old.fund_id, old.type, old.control_for) then
    raise exception 'only the title of an account may change'
      using errcode = 'check_violation', constraint = 'an_account_stays';
  end if;
  return new;
end $$;
create trigger ledger_account_stays before update on ledger_account
  for each row execute function ledger_account_stays();

create function ledger_subaccount_joins() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (
    select 1 from (select distinct account_id, kind from added) n
    left join ledger_account a on a.id = n.account_id
    where a.id is null or a.control_for <> n.kind or n.kind = ''
  ) then
    raise exception 'a sub-account belongs to the control account of its kind'
      using errcode = 'check_violation', constraint = 'a_sub_account_has_its_control';
  end if;
  return null;
end $$;
create trigger ledger_subaccount_joins after insert on ledger_subaccount
  referencing new table as added for each statement execute function ledger_subaccount_joins();
"""

# Whoever allocates or refunds holds the sub-account's row, so two clerks cannot spend one payment
# twice. The application may not update the row, and so could not lock it in its own right.
ALLOCATION = """
create function ledger_hold_sub_account(the_id bigint) returns boolean language plpgsql
security definer set search_path = public, pg_temp as $$ begin
  perform 1 from ledger_subaccount where id = the_id for no key update;
  return found;
end $$;

create function ledger_allocation_fits() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$ begin
  perform 1 from ledger_subaccount where id in (select sub_account_id from added)
    order by id for no key update;
  if exists (
    select 1 from added n
    left join ledger_posting c on (c.journal_id, c.line) = (n.charge_journal_id, n.charge_line)
    left join ledger_posting p on (p.journal_id, p.line) = (n.payment_journal_id, n.payment_line)
    where c.sub_account_id is distinct from n.sub_account_id or coalesce(c.pence, 0) <= 0
       or p.sub_account_id is distinct from n.sub_account_id or coalesce(p.pence, 0) >= 0
  ) then
    raise exception 'an allocation joins a payment and a charge of one sub-account'
      using errcode = 'check_violation', constraint = 'an_allocation_joins_its_own';
  end if;
  if exists (
    select 1 from ledger_allocation a
    where a.sub_account_id in (select sub_account_id from added)
    group by a.payment_journal_id, a.payment_line, a.charge_journal_id, a.charge_line
    having sum(a.pence) < 0
  ) or exists (
    select 1 from ledger_allocation a
    join ledger_posting p on (p.journal_id, p.line) = (a.payment_journal_id, a.payment_line)
    where a.sub_account_id in (select sub_account_id from added)
    group by p.journal_id, p.line, p.pence having sum(a.pence) > -p.pence
  ) or exists (
    select 1 from ledger_allocation a
    join ledger_posting c on (c.journal_id, c.line) = (a.charge_journal_id, a.charge_line)
    where a.sub_account_id in (select sub_account_id from added)
    group by c.journal_id, c.line, c.pence having sum(a.pence) > c.pence
  ) then
    raise exception 'an allocation is no more than its payment and its charge'
      using errcode = 'check_violation', constraint = 'an_allocation_fits';
  end if;
  return null;
end $$;
create trigger ledger_allocation_fits after insert on ledger_allocation
  referencing new table as added for each statement execute function ledger_allocation_fits();
"""

ALWAYS = "".join(
    f"alter table ledger_{table} enable always trigger ledger_{trigger};"
    for table, trigger in (
        ("batch", "batch_is_of_now"),
        ("batch", "batch_is_sealed"),
        ("journal", "journal_joins"),
        ("posting", "posting_joins"),
        ("seal", "seal_checks"),
        ("period", "period_stays"),
        ("periodchange", "period_moves"),
        ("account", "account_stays"),
        ("subaccount", "subaccount_joins"),
        ("allocation", "allocation_fits"),
    )
)

NEVER_CHANGED = (
    "fund",
    "book",
    "periodchange",
    "subaccount",
    "batch",
    "seal",
    "journal",
    "posting",
    "allocation",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(TRANSACTION + BATCH + JOINING + SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(PERIOD + CHART + ALLOCATION + ALWAYS, migrations.RunSQL.noop),
        *(appending.only_appends(f"ledger_{table}") for table in NEVER_CHANGED),
        appending.only_appends("ledger_account", events="delete or truncate"),
        appending.only_appends("ledger_period", events="delete or truncate"),
    ]
