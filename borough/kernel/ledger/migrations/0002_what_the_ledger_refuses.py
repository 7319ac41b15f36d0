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
JOURNAL = """
create function ledger_journal_joins() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (
    select 1 from (select distinct batch_id from added) a
    left join ledger_batch b on b.id = a.batch_id
    left join ledger_seal s on s.batch_id = a.batch_id
    where b.id is null or s.batch_id is not null or b.xact <> pg_current_xact_id()
  ) then
    raise exception 'a journal joins an open batch of its own transaction'
      using errcode = 'check_violation', constraint = 'a_batch_is_of_its_transaction';
  end if;
  return null;
end $$;
create trigger ledger_journal_joins after insert on ledger_journal
  referencing new table as added for each statement execute function ledger_journal_joins();
"""

POSTING = """
create function ledger_posting_joins() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (
    select 1 from (select distinct journal_id from added) a
    left join ledger_journal j on j.id = a.journal_id
    left join ledger_seal s on s.batch_id = j.batch_id
    where j.id is null or s.batch_id is not null
  ) then
    raise exception 'a posting joins a journal that is not sealed'
      using errcode = 'check_violation', constraint = 'a_journal_is_sealed';
  end if;
  return null;
end $$;
create trigger ledger_posting_joins after insert on ledger_posting
  referencing new table as added for each statement execute function ledger_posting_joins();
"""

# The owner's rights are for one thing: to hold the periods, so that a close waits or is seen.
SEAL = """
create function ledger_seal_checks() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare batch ledger_batch; wanted bigint[]; found_periods bigint; unfit text; fault record; begin
  select * into batch from ledger_batch where id = new.batch_id;
  if batch.id is null or batch.xact <> pg_current_xact_id() then
    raise exception 'a seal belongs to the transaction of its batch'
      using errcode = 'check_violation', constraint = 'a_batch_is_of_its_transaction';
  end if;

  select array_agg(distinct period_id) into wanted from ledger_journal where batch_id = batch.id;
  perform 1 from ledger_period where id = any(wanted) order by id for share;
  select count(*), max(p.state) filter (where p.state = 'closed'
                                           or p.state = 'soft' and not batch.into_soft_closed)
    into found_periods, unfit from ledger_period p where id = any(wanted);
  if unfit is not null or found_periods <> coalesce(cardinality(wanted), 0) then
    raise exception 'a period is not open'
      using errcode = 'check_violation', constraint = 'a_period_is_open';
  end if;

  -- Everything about the postings in one pass: what they are, then whether they balance.
  select count(distinct journal) as journals, sum(debit) as debit,
         bool_or(lines < 2) as thin, bool_or(unbalanced) as unbalanced,
         min(unknown) as unknown, min(stray) as stray
    into fault
    from (
      select journal, sum(lines) as lines, sum(debit) as debit, bool_or(total <> 0) as unbalanced,
             min(unknown) as unknown, min(stray) as stray
      from (
        select j.id as journal, a.fund_id, count(p.line) as lines, sum(p.pence) as total,
               sum(p.pence) filter (where p.pence > 0) as debit,
               min(p.account_id) filter (where a.id is null) as unknown,
               min(coalesce(p.sub_account_id, 0)) filter (where
                 (a.control_for = '') <> (p.sub_account_id is null)
                 or p.sub_account_id is not null and s.account_id is distinct from p.account_id
               ) as stray
        from ledger_journal j
        left join ledger_posting p on p.journal_id = j.id
        left join ledger_account a on a.id = p.account_id
        left join ledger_subaccount s on s.id = p.sub_account_id
        where j.batch_id = batch.id
        group by j.id, a.fund_id
      ) in_fund group by journal
    ) in_journal;
  if fault.unknown is not null then
    raise exception 'there is no account %', fault.unknown
      using errcode = 'check_violation', constraint = 'a_posting_has_an_account';
  elsif fault.stray is not null then
    raise exception 'sub-account % does not belong to the account that is posted', fault.stray
      using errcode = 'check_violation', constraint = 'a_sub_account_has_its_control';
  elsif fault.thin then
    raise exception 'a journal needs two postings'
      using errcode = 'check_violation', constraint = 'a_journal_has_two_sides';
  elsif fault.unbalanced then
    raise exception 'a journal does not balance in every fund'
      using errcode = 'check_violation', constraint = 'a_journal_balances';
  elsif fault.journals <> batch.expected_journals
        or coalesce(fault.debit, 0) <> batch.expected_debit_pence then
    raise exception 'control totals differ: % journals, debits %', fault.journals, fault.debit
      using errcode = 'check_violation', constraint = 'a_batch_has_its_totals';
  end if;
  perform ledger_check_reversals(batch.id);
  return null;
end $$;

-- Line for line: the same account and sub-account, and the opposite amount.
create function ledger_check_reversals(the_batch bigint) returns void language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from ledger_journal
                 where batch_id = the_batch and reverses_id is not null) then
    return;
  end if;
  if exists (
    select 1 from ledger_journal j
    left join ledger_journal r on r.id = j.reverses_id
    left join ledger_seal s on s.batch_id = r.batch_id
    where j.batch_id = the_batch and j.reverses_id is not null
      and (s.batch_id is null or r.batch_id = the_batch)
  ) then
    raise exception 'only a sealed journal can be reversed'
      using errcode = 'check_violation', constraint = 'a_reversal_undoes_a_sealed_journal';
  end if;
  if exists (
    select 1 from (
      select j.id, p.line, p.account_id, p.sub_account_id, p.pence
        from ledger_journal j join ledger_posting p on p.journal_id = j.id
        where j.batch_id = the_batch and j.reverses_id is not null
      union all
      select j.id, p.line, p.account_id, p.sub_account_id, p.pence
        from ledger_journal j join ledger_posting p on p.journal_id = j.reverses_id
        where j.batch_id = the_batch
    ) both_sides
    group by id, line, account_id, sub_account_id having sum(pence) <> 0 or count(*) <> 2
  ) then
    raise exception 'a reversal is the exact negation'
      using errcode = 'check_violation', constraint = 'a_reversal_is_exact';
  end if;
end $$;
create trigger ledger_seal_checks after insert on ledger_seal
  for each row execute function ledger_seal_checks();
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
        migrations.RunSQL(TRANSACTION + BATCH + JOURNAL + POSTING + SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(PERIOD + CHART + ALLOCATION + ALWAYS, migrations.RunSQL.noop),
        *(appending.only_appends(f"ledger_{table}") for table in NEVER_CHANGED),
        appending.only_appends("ledger_account", events="delete or truncate"),
        appending.only_appends("ledger_period", events="delete or truncate"),
    ]
