"""Looks that stand out, worked out from the facts alone, and two in a hundred drawn at random."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from borough.kernel import clock
from borough.kernel.facts.models import BATCH_BITS
from borough.resident.looking import fact_kinds

LOOKED = "kernel.looked"
LATELY = timedelta(days=14)
REASON_DAYS = 30
ONE_IN = 50  # 2 per cent

SAME_NAME = "Same family name as the officer"
NO_REASON = "Nothing had happened in 30 days that asked for it"
AT_RANDOM = "Drawn at random"

# Numbers of facts hold their batch's, so the looks of the last days are one range of the key.
_LOOKS = """
select f.id, f.by, f."on", b.recorded_at, f.thing, f.detail->>'subject', f.detail->>'purpose',
       exists (select 1 from facts_concerns c join people_person p on p.id = c.person_id
               join officers_officer o on 'officer/' || o.id = f.by
               where c.fact_id = f.id
               and lower(p.family_name) = lower(regexp_replace(o.name, '^.*\\s', ''))),
       exists (select 1 from facts_concerns c where c.fact_id = f.id)
       and not exists (
         select 1 from facts_concerns mine
         join facts_concerns other on other.person_id = mine.person_id
         join facts_fact h on h.id = other.fact_id
         where mine.fact_id = f.id and h.what not in (%(looked)s, %(reviewed)s)
         and h."on" > f."on" - %(days)s and h."on" <= f."on" + 1)
from facts_fact f join facts_batch b on b.id = f.batch_id
where f.id >= %(first)s and f.what = %(looked)s and f.by like 'officer/%%'
and not exists (select 1 from facts_fact r where r.thing = 'resident.look/' || f.id
                and r.what = %(reviewed)s)
order by f.id desc
"""


@dataclass(frozen=True, slots=True)
class Look:
    """A look that waits to be looked at again, and why it was chosen.

    Attributes:
        id: of the fact; ``by`` is the officer's reference; ``subject`` bears no name.
        why: what stands out; empty for none.
    """

    id: int
    by: str
    on: date
    at: datetime
    thing: str
    subject: str
    purpose: str
    why: tuple[str, ...]


def chosen(number: int) -> bool:
    """Tell whether a look is among the two in a hundred that are drawn at random.

    The draw is keyed with the installation's secret: it is the same each time, and nobody who
    looks can know of it before.
    """
    drawn = salted_hmac("borough.resident.looking", str(number), algorithm="sha256").hexdigest()
    return int(drawn[:12], 16) % ONE_IN == 0


def waiting(*, since: datetime | None = None) -> list[Look]:
    """Return the looks since a moment (by default of 14 days) that nobody has looked at again."""
    first = _first_batch(since or clock.now() - LATELY) << BATCH_BITS
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOKS,
            {
                "first": first,
                "looked": LOOKED,
                "reviewed": fact_kinds.REVIEWED,
                "days": REASON_DAYS,
            },
        )
        rows = cursor.fetchall()
    looks = [Look(*(*row[:7], _why(*row[7:], number=row[0]))) for row in rows]
    return [look for look in looks if look.why]


def _why(same_name: bool, no_reason: bool, *, number: int) -> tuple[str, ...]:  # noqa: FBT001
    found = {SAME_NAME: same_name, NO_REASON: no_reason, AT_RANDOM: chosen(number)}
    return tuple(words for words, is_so in found.items() if is_so)


def _first_batch(since: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select min(id) from facts_batch where recorded_at >= %s", [since])
        (number,) = cursor.fetchone()
    return int(number or 0)
