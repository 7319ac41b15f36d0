"""Single person discounts that can be reviewed, why each might be, and how a review stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.lines.revenues import models

KNOWN, LONG, OTHERS = "known", "long", "others"
STRATA = {
    KNOWN: "Another adult is recorded as living there",
    LONG: "Not asked for three years or more",
    OTHERS: "All others",
}
YEARS_UNASKED = 3
DEAD, CALL, OPEN = "dead", "call", "open"
LEFT_OUT = {
    DEAD: "The person liable has died: settle that first",
    CALL: "They need a call or a safe way before any letter",
    OPEN: "A review of theirs is not answered yet",
}

# One adult is declared and goes on; the newest review counts as asked, else the declaration.
_DISCOUNTS = """
with single as (
  select a.id, a.dwelling_id, h.starts
  from revenues_account a
  join revenues_household h on h.account_id = a.id and h.adults = 1
   and h.starts <= %(on)s and (h.ends is null or h.ends > %(on)s)
  where a.starts <= %(on)s and (a.ends is null or a.ends > %(on)s))
select s.id, coalesce(max(r.on), s.starts),
  (select count(*) from people_residence v join people_person p on p.id = v.person_id
   where v.dwelling_id = s.dwelling_id and v.starts <= %(on)s
     and (v.ends is null or v.ends > %(on)s) and p.date_of_death is null
     and (p.date_of_birth is null or p.date_of_birth + interval '18 years' <= %(on)s)) > 1,
  exists (select 1 from revenues_liability l join people_person p on p.id = l.person_id
          where l.account_id = s.id and p.date_of_death is not null
            and (l.ends is null or l.ends > %(on)s)),
  exists (select 1 from revenues_liability l join people_need n on n.person_id = l.person_id
          where l.account_id = s.id and (l.ends is null or l.ends > %(on)s)
            and n.kind in ('telephone_first', 'safe_contact') and n.starts <= %(on)s
            and (n.ends is null or n.ends > %(on)s)),
  coalesce(bool_or(r.id is not null and w.id is null), false)
from single s
left join revenues_review r on r.account_id = s.id
left join revenues_reviewanswer w on w.review_id = r.id
group by s.id, s.dwelling_id, s.starts order by s.id
"""


@dataclass(frozen=True, slots=True)
class Discounts:
    """The discounts that can be reviewed: ids by stratum, and how many are left out and why."""

    strata: dict[str, NDArray[np.int64]]
    left_out: dict[str, int]


def discounts(on: date) -> Discounts:
    """Return the single person discounts of a day, by why they might be reviewed."""
    with connection.cursor() as cursor:
        cursor.execute(_DISCOUNTS, {"on": on})
        rows = cursor.fetchall()
    long_ago = date(on.year - YEARS_UNASKED, on.month, min(on.day, 28))
    found: dict[str, list[int]] = {name: [] for name in STRATA}
    left_out = dict.fromkeys(LEFT_OUT, 0)
    for account, asked, known, dead, call, is_open in rows:
        reasons = ((DEAD, dead), (CALL, call), (OPEN, is_open))
        reason = next((name for name, holds in reasons if holds), None)
        if reason is not None:
            left_out[reason] += 1
            continue
        found[KNOWN if known else LONG if asked <= long_ago else OTHERS].append(account)
    return Discounts({name: np.array(ids, np.int64) for name, ids in found.items()}, left_out)


def drawn(found: Discounts, sizes: dict[str, int], seed: int) -> list[tuple[int, str]]:
    """Draw a sample of each stratum: the same seed over the same records draws the same."""
    dice = np.random.default_rng(seed)
    return [
        (account, name)
        for name, ids in found.strata.items()
        for account in np.sort(
            dice.choice(ids, size=min(sizes.get(name, 0), len(ids)), replace=False)
        ).tolist()
    ]


def of_run(run_id: int) -> list[models.Review]:
    """Return the reviews of a run, with their letters and answers, those without answer first."""
    rows = models.Review.objects.filter(run=run_id).select_related("account", "answer")
    found = list(rows.prefetch_related("letters").order_by("pk"))
    return sorted(found, key=lambda one: hasattr(one, "answer"))


def unanswered(run_id: int, on: date) -> Sequence[models.Review]:
    """Return the reviews of a run that had one letter, on an earlier day, and no answer."""
    rows = models.Review.objects.filter(run=run_id, answer=None, letters__on__lt=on)
    return list(rows.exclude(letters__number=2).order_by("pk"))


def picked(run: Any) -> list[tuple[int, str]]:
    """Return whom a preview drew, and why: account ids and strata."""
    part = run.parts.first()
    return [(one, why) for one, why in part.result["picked"]] if part else []
