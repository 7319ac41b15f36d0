"""Single person discounts that can be reviewed, why each might be, and how a review stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
# The law sets no time; 21 days is what it gives for telling of a change (SI 1992/613 reg 16).
ANSWER_DAYS = 21
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


# A letter gives its days from when it was written, or posted where that is later.
_OVER = """
select l.review_id from revenues_reviewletter l
join documents_document d on d.source = 'revenues.review_letter/' || l.id and d.source <> ''
left join outgoing_dispatch x on x.document_id = d.id
where l.number = %(number)s and l.review_id = any(%(reviews)s)
  and greatest(d."on", x."on") + %(days)s < %(on)s
"""


@dataclass(frozen=True, slots=True)
class Discounts:
    """The discounts that can be reviewed: ids by stratum, and by why they are left out."""

    strata: dict[str, NDArray[np.int64]]
    kept_out: dict[str, list[int]]

    @property
    def left_out(self) -> dict[str, int]:
        """How many are left out, by why."""
        return {name: len(ids) for name, ids in self.kept_out.items()}


def discounts(on: date) -> Discounts:
    """Return the single person discounts of a day, by why they might be reviewed."""
    with connection.cursor() as cursor:
        cursor.execute(_DISCOUNTS, {"on": on})
        rows = cursor.fetchall()
    long_ago = date(on.year - YEARS_UNASKED, on.month, min(on.day, 28))
    found: dict[str, list[int]] = {name: [] for name in STRATA}
    kept_out: dict[str, list[int]] = {name: [] for name in LEFT_OUT}
    for account, asked, known, dead, call, is_open in rows:
        reasons = ((DEAD, dead), (CALL, call), (OPEN, is_open))
        reason = next((name for name, holds in reasons if holds), None)
        if reason is not None:
            kept_out[reason].append(account)
            continue
        found[KNOWN if known else LONG if asked <= long_ago else OTHERS].append(account)
    return Discounts({name: np.array(ids, np.int64) for name, ids in found.items()}, kept_out)


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
    """Return the reviews of a run that can be asked about a second time.

    The days that the first letter gave are over, nobody has answered, the discount goes on, and
    nothing is known by now that comes before any letter.
    """
    waiting = models.Review.objects.filter(run=run_id, answer=None).exclude(letters__number=2)
    rows = list(waiting.order_by("pk"))
    over = days_over(rows, 1, on)
    still = set(discounts(on).kept_out[OPEN]) if over else set()
    return [one for one in rows if one.pk in over and one.account_id in still]


def days_over(rows: Iterable[models.Review], number: int, on: date) -> set[int]:
    """Return the ids of the reviews whose first or second letter gave days that are over."""
    ids = [one.pk for one in rows]
    asked: dict[str, Any] = {"number": number, "reviews": ids, "days": ANSWER_DAYS, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_OVER, asked)
        return {review for (review,) in cursor.fetchall()}


def answer_by(on: date) -> date:
    """Return the day that a letter written on a day asks to be answered by."""
    return on + timedelta(ANSWER_DAYS)


def not_asked(run: Any) -> int:
    """Return how many of a sample could not be asked any more when it was committed."""
    part = run.parts.first()
    return int(part.result.get("not_asked", 0)) if part else 0


def picked(run: Any) -> list[tuple[int, str]]:
    """Return whom a preview drew, and why: account ids and strata."""
    part = run.parts.first()
    return [(one, why) for one, why in part.result["picked"]] if part else []
