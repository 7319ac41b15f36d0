"""Collections on their way: sent to the banks, and not yet posted as received.

A collection counts as received on the day of entry, when the money moves. From the moment at which
an item is chosen until then it is on its way, and nobody asks for it a second time.
"""

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays

POSTING = "revenues.collection_posting"

_ON_ITS_WAY = """
select i.sub_account_id, sum(i.pence)::bigint
from revenues_collectionitem i
where i.sub_account_id = any(%s::bigint[]) and i.collection_id = any(%s::bigint[])
  and not exists (
      select 1 from runs_run r join runs_part p on p.run_id = r.id
      where r.key = %s || '/' || i.collection_id
        and i.id between (p.result ->> 'first')::bigint and (p.result ->> 'last')::bigint)
group by 1
"""

_UNPOSTED = """
select c.run_id from revenues_collection c
where not exists (select 1 from runs_run r join runs_ending e on e.run_id = r.id
                  where r.key = %s || '/' || c.run_id and e.outcome = 'done')
order by c.run_id
"""


def unposted() -> list[int]:
    """Return the ids of the collections that are not wholly posted as received, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_UNPOSTED, [POSTING])
        return [number for (number,) in cursor.fetchall()]


def pence_of(sub_accounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what is on its way for each sub-account, int64 (n,), sub-accounts rising."""
    found = np.zeros(len(sub_accounts), np.int64)
    waiting = unposted()
    if not waiting or not len(sub_accounts):
        return found
    with connection.cursor() as cursor:
        ids = arrays.of_ids(sub_accounts)
        cursor.execute(_ON_ITS_WAY, [ids, arrays.of_ids(waiting), POSTING])
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    found[np.searchsorted(sub_accounts, rows[:, 0])] = rows[:, 1]
    return found
