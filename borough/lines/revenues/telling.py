"""Advance notice of Direct Debits: the payer knows amounts and days before anything is collected.

A bill issued while the instruction held tells them itself. Where the instruction came later, the
newest bill is told anew, and a letter is made from the row.
"""

from datetime import date

from django.db import connection

_TELL = """
insert into revenues_advancenotice (instruction_id, bill_id, told_on, by_bill)
select i.id, b.id, case when i.starts <= b.issued then b.issued else %(on)s end,
       i.starts <= b.issued
from revenues_instruction i
join revenues_bill b on b.account_id = i.account_id
where i.account_id between %(first)s and %(last)s
  and i.starts <= %(on)s and (i.ends is null or i.ends > %(on)s)
  and b.instalments > 0 and b.issued <= %(on)s
  and b.first_due + make_interval(months => b.instalments) > %(on)s
  and (i.starts <= b.issued or not exists (
        select 1 from revenues_bill newer
        where newer.account_id = b.account_id and newer.year = b.year
          and newer.version > b.version))
  and not exists (select 1 from revenues_advancenotice n
                  where n.instruction_id = i.id and n.bill_id = b.id)
order by i.account_id, b.id
on conflict do nothing
"""


def tell(first: int, last: int, *, on: date) -> int:
    """Record what the payers of these accounts are told of by ``on``; return how many notices.

    Done twice, nothing is told twice.

    Args:
        first: id of the first account.
        last: id of the last.
        on: the day; also the day of telling where no bill does it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TELL, {"on": on, "first": first, "last": last})
        return int(cursor.rowcount)
