"""All by which Revenues ever pressed anybody, from the rows: steps, costs, letters, agents, wages.

It shares nothing with what does these things: no rule, no query, no list of theirs. A guard that
is broken there shows where this is counted (``borough check-moratoria``).
"""

from typing import Any

from django.db import connection

# Each: sort, words, account, year, day, until, moment. What goes on for a time has its own end; all
# else is of its day alone.
_YEAR = "{0}::text || '-' || lpad((({0} + 1) % 100)::text, 2, '0')"
_ALL = f"""
select 'step', s.kind, a.reference, {_YEAR.format("s.year")}, s.issued, s.issued + 1, s.recorded_at
from revenues_step s join revenues_account a on a.id = s.account_id
where s.kind in ('reminder', 'second_reminder', 'final_notice', 'summons', 'liability_order')
union all
select 'costs', j.narrative, c.reference, split_part(c.part, ' ', 1), j."on", j."on" + 1,
       b.posted_at
from ledger_subaccount c join ledger_posting p on p.sub_account_id = c.id
join ledger_journal j on j.id = p.journal_id join ledger_batch b on b.id = j.batch_id
where c.kind = 'revenues.council_tax_costs' and p.pence > 0 and j.source = 'revenues.costs'
union all
select 'letter', 'written: ' || d.kind, split_part(d.thing, '/', 2), d.part, d."on", d."on" + 1,
       null
from documents_document d
where d.thing like 'revenues.account/%' and d.kind in (
  'revenues.reminder', 'revenues.second_reminder', 'revenues.final_notice', 'revenues.summons',
  'revenues.liability_order', 'revenues.arrangement_worry', 'revenues.arrangement_broken',
  'revenues.direct_debit_returned')
union all
select 'letter', 'sent: ' || d.kind, split_part(d.thing, '/', 2), d.part, x."on", x."on" + 1, null
from outgoing_dispatch x join documents_document d on d.id = x.document_id
where d.thing like 'revenues.account/%' and d.kind in (
  'revenues.reminder', 'revenues.second_reminder', 'revenues.final_notice', 'revenues.summons',
  'revenues.liability_order', 'revenues.arrangement_worry', 'revenues.arrangement_broken',
  'revenues.direct_debit_returned')
union all
select 'letter', 'arrangement is late', a.reference, split_part(part, ' ', 1), w.issued,
       w.issued + 1, null
from revenues_arrangementwarning w join revenues_arrangement r on r.id = w.arrangement_id
join revenues_account a on a.id = r.account_id cross join unnest(r.parts) as part
union all
select 'agent', 'with an agent', a.reference, {_YEAR.format("m.year")}, m.starts,
       coalesce(m.ends, 'infinity'::date), null
from revenues_remedy m join revenues_account a on a.id = m.account_id where m.kind = 'agent'
union all
select 'agent', 'charged by an agent', a.reference, {_YEAR.format("m.year")}, f."on", f."on" + 1,
       null
from revenues_returnrow f join revenues_remedy m on m.id = f.remedy_id
join revenues_account a on a.id = m.account_id where f.kind = 'fee' and f."on" is not null
union all
select 'attachment', 'earnings attached', a.reference, {_YEAR.format("m.year")}, m.starts,
       m.starts + 1, null
from revenues_remedy m join revenues_account a on a.id = m.account_id where m.kind = 'attachment'
union all
select 'attachment', 'more of the earnings attached', a.reference, {_YEAR.format("m.year")},
       v."on", v."on" + 1, null
from revenues_attachedamount v join revenues_attachment t on t.id = v.attachment_id
join revenues_remedy m on m.id = t.remedy_id join revenues_account a on a.id = m.account_id
where exists (select 1 from revenues_attachedamount o
              where o.attachment_id = v.attachment_id and o.id < v.id and o.pence < v.pence)
union all
select 'collection', 'tried again', s.reference, s.part, g.told_on, g.told_on + 1, null
from revenues_triedagain g join revenues_collectionitem i on i.id = g.item_id
join ledger_subaccount s on s.id = i.sub_account_id
union all
select 'collection', 'collected again', s.reference, s.part, e.entry_day, e.entry_day + 1, null
from revenues_collectionitem i join revenues_collection e on e.run_id = i.collection_id
join ledger_subaccount s on s.id = i.sub_account_id where i.again_of_id is not null
"""  # noqa: S608  our own text
_ROWS = f"""
select sort, words, 'revenues.account/' || reference, part, day,
       case when until = 'infinity' then null else until end, moment
from ({_ALL}) as x(sort, words, reference, part, day, until, moment)
order by day, reference, sort, words
"""  # noqa: S608  our own text


def pressed() -> list[tuple[Any, ...]]:
    """Return rows as ``kernel.holds.pressed.Pressed`` takes them, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        return list(cursor.fetchall())
