"""What was told of the steps: the letter of each, the day on which it went, and which have none.

A step rests on the notice before it. A notice of which no letter was made told nobody anything, and
nothing may rest on it: no summons, no order, no remedy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.lines.revenues import models

Kind = models.Step.Kind
NOTICES = (Kind.REMINDER, Kind.SECOND_REMINDER, Kind.FINAL_NOTICE)
LETTERED = (*NOTICES, Kind.SUMMONS, Kind.LIABILITY_ORDER)

# The newest step of each year that a letter tells of, unless it was taken back since; with it the
# day of the court as it now stands, and the day on which its letter went.
_NEWEST = """
with asked as (
  select id, reference from revenues_account
  where reference = any(array(select json_array_elements_text(%(references)s::json)))),
newest as (
  select distinct on (s.account_id, s.year) a.reference, s.id, s.account_id, s.year, s.kind
  from revenues_step s join asked a on a.id = s.account_id
  where s.kind <> 'adjourned' and s.issued <= %(on)s
    and s.kind <> 'notice_withdrawn' and not exists (
      select 1 from revenues_step w where w.account_id = s.account_id and w.year = s.year
        and w.number = s.number + 1 and w.kind = 'notice_withdrawn')
  order by s.account_id, s.year, s.number desc)
select n.reference, n.year, n.kind, h.hearing, greatest(d."on", x."on")
from newest n
left join lateral (
  select s.hearing from revenues_step s
  where s.account_id = n.account_id and s.year = n.year and s.hearing is not null
    and s.issued <= %(on)s
  order by s.number desc limit 1) h on true
left join documents_document d on d.source = 'revenues.step/' || n.id and d.source <> ''
left join outgoing_dispatch x on x.document_id = d.id
where n.kind = any(%(lettered)s)
"""
_WENT = """
select s.id, greatest(d."on", x."on") - date '1970-01-01' from unnest(%s::bigint[]) as s(id)
join documents_document d on d.source = 'revenues.step/' || s.id and d.source <> ''
left join outgoing_dispatch x on x.document_id = d.id
"""
_OVERDUE = """
select s.id from revenues_step s
where s.kind = any(%(notices)s) and s.issued < %(on)s
  and not exists (select 1 from revenues_step l where l.account_id = s.account_id
                  and l.year = s.year and l.number > s.number)
  and not exists (select 1 from documents_document d
                  where d.source = 'revenues.step/' || s.id and d.source <> '')
order by s.id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """The newest step of an account's year that a letter tells of, as things are.

    Attributes:
        hearing: the day of the court, the newest where it was put off; None before a summons.
        went: the day of its letter, or that on which the letter was posted where that is later;
            None where no letter was ever written.
    """

    reference: str
    year: int
    kind: str
    hearing: date | None
    went: date | None


def newest(references: Iterable[str], on: date) -> list[Told]:
    """Return the newest step that a letter tells of, for each year of these accounts; one query.

    Years whose last word is the court's refusal or a summons withdrawn are left out: nothing rests
    on those.
    """
    asked: dict[str, Any] = {
        "references": arrays.of_texts(list(references)),
        "on": on,
        "lettered": list(LETTERED),
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, asked)
        return [Told(*row) for row in cursor.fetchall()]


def went(step_ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return the day on which the letter of each step went, (n,); NaT where none was written.

    Args:
        step_ids: of ``models.Step``; 0 for none.
    """
    ids = np.asarray(step_ids, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(_WENT, [arrays.of_ids(ids[ids > 0])])
        days = dict(cursor.fetchall())
    never = np.datetime64("NaT", "D")
    return np.array(
        [np.datetime64(days[one], "D") if one in days else never for one in ids.tolist()],
        "datetime64[D]",
    )


def overdue(on: date) -> list[int]:
    """Return the ids of the notices of earlier days that nobody was told of: too late to write."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, {"on": on, "notices": list(NOTICES)})
        return [number for (number,) in cursor.fetchall()]


def withdrawable(account: models.Account, year: int) -> models.Step | None:
    """Return the notice of an account's year that may be withdrawn: the newest, with no letter."""
    last = models.Step.objects.filter(account=account, year=year).order_by("-number").first()
    if last is None or last.kind not in NOTICES or not np.isnat(went([last.pk])[0]):
        return None
    return last
