"""``borough check-recovery``: was any step of recovery taken that ought not to have been?

It shares nothing with the runs that take the steps: no rule, no query, no reading of the law by the
same code. It reads the rows by SQL of its own, as they were known at the moment of each step, and
counts. A guard that is broken there shows here.
"""

from collections.abc import Iterator
from typing import TextIO

from django.db import connection

MOST_SHOWN = 20

# Every step that presses somebody, with the act that a hold may forbid and the year by its name;
# and every step that counts, with the day on which its letter was made or left, the later of them,
# and which step that counts came next.
_PRESSED = """
with pressed as (
  select s.id, s.account_id, a.reference, s.year, s.number, s.kind, s.issued, s.recorded_at,
         s.run_id, s.act_pence,
         'revenues.account/' || a.reference as thing,
         s.year::text || '-' || lpad(((s.year + 1) % 100)::text, 2, '0') as part,
         case s.kind when 'second_reminder' then 'reminder' else s.kind end as act
  from revenues_step s join revenues_account a on a.id = s.account_id
  where s.kind in ('reminder', 'second_reminder', 'final_notice', 'summons', 'liability_order')),
liable as (
  select p.id, l.person_id from pressed p join revenues_liability l on l.account_id = p.account_id
  where l.starts < make_date(p.year + 1, 4, 1)
    and (l.ends is null or l.ends > make_date(p.year, 4, 1))),
counted as (
  select s.*, d.id is not null as was_written, greatest(s.issued, d."on", x."on") as told_on,
    lead(s.number) over mine as next_number, lead(s.issued) over mine as next_issued
  from revenues_step s
  left join documents_document d on d.source = 'revenues.step/' || s.id and d.source <> ''
  left join outgoing_dispatch x on x.document_id = d.id
  where s.kind not in ('adjourned', 'notice_withdrawn') and not exists (
    select 1 from revenues_step t where t.account_id = s.account_id and t.year = s.year
      and t.number = s.number + 1 and t.kind = 'notice_withdrawn')
  window mine as (partition by s.account_id, s.year order by s.number))
"""

# A hold counts from the moment at which it was recorded: what was done before was done before.
_HOLD = """
select p.reference, p.part, p.kind, p.issued, h.kind from pressed p
join holds_hold h on h.thing = p.thing and (h.part = '' or h.part = p.part)
  and p.act = any(h.forbids) and h.recorded_at < p.recorded_at
  and h.starts <= p.issued and (h.ends is null or p.issued < h.ends)
union
select p.reference, p.part, p.kind, p.issued, h.kind from pressed p
join liable l on l.id = p.id join holds_hold h on h.person_id = l.person_id
  and p.act = any(h.forbids) and h.recorded_at < p.recorded_at
  and h.starts <= p.issued and (h.ends is null or p.issued < h.ends)
"""
_DEATH = """
select distinct p.reference, p.part, p.kind, p.issued, '' from pressed p
join liable l on l.id = p.id
join people_person d on d.id = l.person_id and d.date_of_death <= p.issued
where coalesce((
  select f.what = 'kernel.death_recorded' from facts_concerns c
  join facts_fact f on f.id = c.fact_id join facts_batch b on b.id = f.batch_id
  where c.person_id = d.id and f.what in ('kernel.death_recorded', 'kernel.death_taken_back')
    and b.recorded_at < p.recorded_at
  order by f.id desc limit 1),
  not exists (select 1 from facts_concerns c join facts_fact f on f.id = c.fact_id
              where c.person_id = d.id and f.what = 'kernel.death_recorded'))
"""
_NEED = """
select distinct p.reference, p.part, p.kind, p.issued, n.kind from pressed p
join liable l on l.id = p.id
join people_need n on n.person_id = l.person_id and n.kind in ('telephone_first', 'safe_contact')
  and n.starts < p.issued and (n.ends is null or p.issued < n.ends)
where not (n.kind = 'telephone_first' and exists (
  select 1 from facts_concerns c join facts_fact f on f.id = c.fact_id
  join facts_batch b on b.id = f.batch_id
  where c.person_id = n.person_id and f.what = 'kernel.called_first'
    and f."on" >= n.starts and b.recorded_at < p.recorded_at
    and p.issued between f."on" and (f.detail ->> 'until')::date))
"""
# An arrangement is broken only after a letter said what is missing and its day has passed.
_ARRANGEMENT = """
select distinct p.reference, p.part, p.kind, p.issued, '' from pressed p
join revenues_arrangement r on r.account_id = p.account_id
  and (p.part = any(r.parts) or p.part || ' costs' = any(r.parts))
  and r.starts < p.issued and (r.ends is null or p.issued < r.ends)
where not exists (select 1 from revenues_arrangementwarning w
                  where w.arrangement_id = r.id and w.put_right_by < p.issued)
"""
_NOTHING_OWED = """
select p.reference, p.part, p.kind, p.issued, coalesce(sum(o.pence), 0)::text from pressed p
join ledger_subaccount s on s.kind = 'revenues.council_tax' and s.reference = p.reference
  and s.part = p.part
left join (ledger_posting o join ledger_journal j on j.id = o.journal_id
           join ledger_batch b on b.id = j.batch_id)
       on o.sub_account_id = s.id and j."on" <= p.issued and b.posted_at < p.recorded_at
group by p.id, p.reference, p.part, p.kind, p.issued, p.act_pence
having coalesce(sum(o.pence), 0) < p.act_pence
"""
_TOO_SOON = """
select p.reference, p.part, p.kind, p.issued, (p.issued - b.told_on)::text from pressed p
join counted b on b.account_id = p.account_id and b.year = p.year and b.number < p.number
  and (b.next_number is null or p.number <= b.next_number)
where (p.kind = 'summons' and b.kind in ('reminder', 'second_reminder')
       and p.issued - b.told_on < 14)
   or (p.kind = 'summons' and b.kind = 'final_notice' and p.issued - b.told_on < 7)
   or (p.kind = 'liability_order' and b.kind = 'summons' and p.issued - b.told_on <= 14)
"""
# Whoever was not written to was not told. A summons withdrawn and an order refused ask no more.
_UNWRITTEN = """
select p.reference, p.part, p.kind, p.issued, b.kind || ' of ' || b.issued from pressed p
join counted b on b.account_id = p.account_id and b.year = p.year and b.number < p.number
  and (b.next_number is null or p.number <= b.next_number)
where b.kind not in ('withdrawn', 'refused') and (not b.was_written or b.told_on > p.issued)
union all
select a.reference, r.year::text || '-' || lpad(((r.year + 1) % 100)::text, 2, '0'), r.kind,
       r.starts, o.kind || ' of ' || o.issued
from revenues_remedy r join revenues_account a on a.id = r.account_id
join counted o on o.account_id = r.account_id and o.year = r.year and o.issued <= r.starts
  and (o.next_issued is null or o.next_issued > r.starts)
where not o.was_written or o.told_on > r.starts
"""
_OUT_OF_ORDER = """
select p.reference, p.part, p.kind, p.issued, coalesce(b.kind, 'nothing') from pressed p
left join counted b on b.account_id = p.account_id and b.year = p.year and b.number < p.number
  and (b.next_number is null or p.number <= b.next_number)
where (p.kind = 'reminder' and b.kind is not null)
   or (p.kind = 'second_reminder' and b.kind is distinct from 'reminder')
   or (p.kind = 'summons'
       and coalesce(b.kind, '') not in ('reminder', 'second_reminder', 'final_notice'))
   or (p.kind = 'liability_order' and b.kind is distinct from 'summons')
"""
_TWICE = """
select p.reference, p.part, p.kind, max(p.issued), count(*)::text from pressed p
join counted c on c.id = p.id
where p.kind in ('reminder', 'second_reminder')
group by p.reference, p.part, p.kind having count(*) > 1
"""
_ONE_OFFICER = """
select distinct p.reference, p.part, p.kind, p.issued, 'run ' || r.id from pressed p
left join (select r.id, r.by, v.by as prepared_by from runs_run r
           left join runs_run v on v.id = (r.asked->>'preview')::bigint
           where r.id in (select run_id from pressed)
           offset 0) r -- once for each run: what a run was asked is as long as its steps are many
  on r.id = p.run_id
where p.kind <> 'liability_order'
  and (r.id is null or r.prepared_by is null or r.prepared_by = r.by)
"""

CHECKS = {
    "a hold stood against it": _HOLD,
    "somebody who owes had died": _DEATH,
    "a call, or a safe way, was to come before any letter": _NEED,
    "an arrangement was not broken": _ARRANGEMENT,
    "less was owed than it asked for": _NOTHING_OWED,
    "the days of the law were not over": _TOO_SOON,
    "the letter that it rests on was never written": _UNWRITTEN,
    "the step before it is missing": _OUT_OF_ORDER,
    "it was sent twice": _TWICE,
    "no second officer looked": _ONE_OFFICER,
}


def main(stdout: TextIO) -> int:
    """Write what was found, by account and step; return 1 when anything was, else 0."""
    total = 0
    for words, rows in findings():
        total += len(rows)
        if rows:
            stdout.write(f"{len(rows)} steps although {words}:\n")
        for reference, part, kind, issued, more in rows[:MOST_SHOWN]:
            stdout.write(
                f"  account {reference}, {part}, {kind} of {issued} {more}".rstrip() + "\n"
            )
    steps = _rows("select count(*) from revenues_step")[0][0]
    said = "nothing stood against any of them" if not total else f"{total} findings"
    stdout.write(f"{steps} steps looked at: {said}.\n")
    return 1 if total else 0


def findings() -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Yield each check in words, and what it found."""
    for words, sql in CHECKS.items():
        yield words, _rows(f"{_PRESSED} {sql} order by 1, 2, 4")


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
