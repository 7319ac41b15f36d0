"""``borough check-moratoria``: was anything done to a debt while a moratorium was upon it?

It asks no hold and shares nothing with what acts. The days of each notice are worked out again here
from the notice itself, and everything that any line ever did to press somebody is counted against
them. A hold that was forgotten, or taken off, shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TextIO

from django.db import connection

from borough.kernel.holds import pressed

MOST_SHOWN = 20

# Sixty days (SI 2020/1311 reg 26); thirty after the crisis treatment (reg 32), and the day itself.
_INSIDE = """
select n.reference, d.thing, d.part, n.starts, d."on", n.recorded_at,
       least(r.ends, e.ends,
             case n.kind when 'breathing_space' then n.starts + 60
                         else greatest(t."on" + 31, t.recorded_on + 1) end)
from moratoria_noticedebt d join moratoria_notice n on n.id = d.notice_id
left join moratoria_release r on r.debt_id = d.id
left join moratoria_ending e on e.notice_id = n.id
left join moratoria_event t on t.notice_id = n.id and t.kind = 'treatment_ended'
where d.is_inside
order by n.id, d.id
"""
# The hold that the notice laid on the debt must last as long as the notice does.
_NOT_HELD = f"""
select x.reference, x.thing, x.part, coalesce(x.ends::text, 'its end')
from ({_INSIDE}) as x(reference, thing, part, starts, told, recorded_at, ends)
where not exists (
  select 1 from holds_hold h
  where h.thing = x.thing and h.part in ('', x.part)
    and h.kind in ('breathing_space', 'mental_health_crisis')
    and h.starts <= greatest(x.starts, x.told)
    and (h.ends is null or x.ends is not null and h.ends >= x.ends))
order by 1, 2, 3
"""  # noqa: S608  our own text
_STARTED = "it was done while a moratorium was upon the debt"
_NOT_KEPT = "the hold of a moratorium does not last as long as the moratorium"


@dataclass(frozen=True, slots=True)
class Inside:
    """A debt in a moratorium: from when we knew, and the first day on which it is out."""

    reference: str
    thing: str
    part: str
    starts: date
    told: date
    told_at: datetime
    ends: date | None

    def forbids(self, done: pressed.Pressed) -> bool:
        """Tell whether something was done, or went on, after we were told and before it ended."""
        begins = max(self.starts, self.told)
        if done.until is None or done.until > done.on + timedelta(1):  # it goes on for a time
            first = begins + timedelta(1)
            last = self.ends or date.max
            return done.on < last and (done.until is None or done.until > first)
        if self.ends is not None and done.on >= self.ends:
            return False
        if done.on > begins:
            return True
        return done.on == begins and done.at is not None and done.at > self.told_at


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was done although it was forbidden."""

    reference: str
    done: pressed.Pressed


def main(stdout: TextIO) -> int:
    """Write what was found; return 1 when anything was, else 0."""
    found, loose = findings(), not_held()
    everything = len(pressed.everything())
    _write(stdout, _STARTED, (_said(one) for one in found), len(found))
    _write(stdout, _NOT_KEPT, (f"{r}: {t} {p} until {e}" for r, t, p, e in loose), len(loose))
    inside = len(_inside())
    total = len(found) + len(loose)
    stdout.write(
        f"{everything} acts looked at against {inside} debts in moratoria: "
        f"{f'{total} findings' if total else 'none of them was forbidden'}.\n"
    )
    return 1 if total else 0


def findings() -> list[Finding]:
    """Return all that was done to a debt while a moratorium was upon it."""
    by_thing: dict[str, list[Inside]] = {}
    for one in _inside():
        by_thing.setdefault(one.thing, []).append(one)
    return [
        Finding(one.reference, done)
        for done in pressed.everything()
        for one in by_thing.get(done.thing, ())
        if (not done.part or done.part == one.part) and one.forbids(done)
    ]


def not_held() -> list[tuple[str, str, str, str]]:
    """Return the debts whose hold is missing, or ends before the moratorium does."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_HELD)
        return list(cursor.fetchall())


def _inside() -> list[Inside]:
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE)
        return [Inside(*row) for row in cursor.fetchall()]


def _write(stdout: TextIO, words: str, rows: Iterator[str], count: int) -> None:
    if not count:
        return
    stdout.write(f"{count} times {words}:\n")
    for _, row in zip(range(MOST_SHOWN), rows, strict=False):
        stdout.write(f"  {row}\n")


def _said(one: Finding) -> str:
    done = one.done
    return f"{one.reference}: {done.sort}, {done.words}, {done.thing} {done.part} on {done.on}"
