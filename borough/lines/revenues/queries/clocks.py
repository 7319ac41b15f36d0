"""What begins or runs out in the next days, with what changes then: seen before it happens.

The clocks run on the home and survive its owners; their arithmetic is that of the rules.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db import connection

from borough.lines.revenues import laws, models
from borough.rules import periods, years
from borough.rules.council_tax import clocks, exemptions

AHEAD = timedelta(days=60)
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Striking:
    """Something that begins or ends on a day, and what that changes.

    Attributes:
        on: the first day on which it is otherwise.
        kind: what clock it is, in two or three words.
        says: what changes, in a sentence.
        dwelling_id: of which home.
        reference: the account that it changes, or "" where nobody is liable then.
    """

    on: date
    kind: str
    says: str
    dwelling_id: int
    reference: str


Found = Iterable[tuple[int, date, str]]


def striking(on: date, *, ahead: timedelta = AHEAD) -> list[Striking]:
    """Return every clock that strikes from the day after ``on`` within ``ahead``, soonest first."""
    window = (on + timedelta(days=1), on + ahead + timedelta(days=1))
    found = [
        (kind, *row)
        for kind, look in LOOKS.items()
        for row in look(window)
        if _inside(row[1], window)
    ]
    references = _accounts({(row[1], row[2]) for row in found})
    rows = [
        Striking(day, kind, says, home, references.get((home, day), ""))
        for kind, home, day, says in found
    ]
    return sorted(rows, key=lambda one: (one.on, one.kind, one.dwelling_id))


def nobody_liable(on: date) -> list[tuple[int, date | None]]:
    """Return the homes in the valuation list for which nobody is liable, and since when."""
    with connection.cursor() as cursor:
        cursor.execute(_NOBODY, {"on": on})
        return list(cursor.fetchall())


_NOBODY = """
select b.dwelling_id, (select max(a.ends) from revenues_account a
                       where a.dwelling_id = b.dwelling_id and a.ends > a.starts
                         and a.ends <= %(on)s)
from revenues_band b
where b.starts <= %(on)s and (b.ends is null or b.ends > %(on)s)
  and not exists (select 1 from revenues_account a where a.dwelling_id = b.dwelling_id
                  and a.starts <= %(on)s and (a.ends is null or a.ends > %(on)s))
order by 2, 1
"""


def _premiums(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    """Return when homes that stand empty reach the age of a premium, or of a higher one."""
    law = laws.of(years.Year.holding(window[0]))
    tiers = law.values["long_term_empty_premium_percent"]
    empty = models.Occupation.objects.filter(ends=None, state__in=["unfurnished", "works"])
    rows = models.Occupation.objects.filter(dwelling__in=empty.values("dwelling"))
    told = list(rows.values_list("dwelling_id", "starts", "ends", "state"))
    if not told:
        return
    homes, owner = np.unique([row[0] for row in told], return_inverse=True)
    line = periods.Timeline.of(
        [
            (place, starts, ends, clocks.WORDS[state])
            for place, (_, starts, ends, state) in zip(owner.tolist(), told, strict=True)
        ],
        missing=clocks.Occupation.OCCUPIED,
    )
    clock = clocks.empty_since(line, disregarded_days=law.values["disregarded_reoccupation_days"])
    now = clock.where(np.isnat(clock.ends))
    for age, percent in sorted(tiers.items()):
        reached = periods.after_months(now.value.astype(periods.DAY), MONTHS_IN_A_YEAR * age)
        inside = (reached >= np.datetime64(window[0])) & (reached < np.datetime64(window[1]))
        for home, day in zip(homes[now.owner[inside]].tolist(), reached[inside], strict=True):
            whole = "a year" if age == 1 else f"{age} years"
            yield home, day.item(), f"Empty for {whole}: a premium of {percent} per cent is added."


def _exceptions(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    """Return when exceptions to a premium end: by their own end, or by the limit of their class."""
    rows = models.PremiumException.objects.exclude(ends__lt=window[0])
    for home, letter, starts, ends in rows.values_list("dwelling_id", "letter", "starts", "ends"):
        over = _limited(starts, exemptions.LIMITS.get(letter), ends)
        if over is not None:
            title = exemptions.EXCEPTIONS[letter].title
            says = f"The exception of class {letter} ({title}) ends: a premium can be charged."
            yield home, over, says


def _exemptions(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    """Return when exemptions end: class B after six months, class F six months after the grant."""
    rows = models.Exemption.objects.exclude(ends__lt=window[0])
    for home, letter, starts, ends in rows.values_list("dwelling_id", "letter", "starts", "ends"):
        # Class F runs from the grant, which its end already follows; until then it has none.
        limit = None if letter == "F" else exemptions.CLASSES[letter].months
        over = _limited(starts, limit, ends)
        if over is not None and (ends == over or ends is None):
            still = "" if ends else " It is still recorded as going on: end it."
            title = exemptions.CLASSES[letter].title
            yield home, over, f"The exemption of class {letter} ({title}) runs out.{still}"


def _disregards(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    rows = models.Disregard.objects.filter(ends__gte=window[0], ends__lt=window[1])
    for home, ground, ends in rows.values_list("account__dwelling_id", "ground", "ends"):
        if ends is None:  # the filter says so; the type of the column does not
            continue
        students = "student" in ground
        who = "A student" if students else "An adult who was not counted"
        yield home, ends, f"{who} counts again: a discount may become smaller."


def _reductions(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    inside = {"ends__gte": window[0], "ends__lt": window[1]}
    for model, says in (
        (models.Reduction, "A reduction ends: more is to pay."),
        (models.DisabledReduction, "The disabled band reduction ends: the own band is charged."),
        (models.AnnexeDiscount, "The annexe discount ends."),
    ):
        rows = model.objects.filter(**inside).filter(account__ends=None)
        for home, ends in rows.values_list("account__dwelling_id", "ends"):
            if ends is not None:
                yield home, ends, says


_GROWN = """
select r.dwelling_id, (p.date_of_birth + interval '18 years')::date
from people_person p
join people_residence r on r.person_id = p.id and r.ends is null
join revenues_account a on a.dwelling_id = r.dwelling_id and a.ends is null
join revenues_household h on h.account_id = a.id and h.ends is null and h.adults = 1
where p.date_of_birth + interval '18 years' >= %s and p.date_of_birth + interval '18 years' < %s
"""


def _birthdays(window: tuple[date, date]) -> Iterator[tuple[int, date, str]]:
    """Return when somebody at a home with a single person discount becomes 18."""
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, list(window))
        for home, day in cursor.fetchall():
            yield home, day, "Somebody there becomes 18: ask whether the discount still holds."


LOOKS: dict[str, Callable[[tuple[date, date]], Found]] = {
    "Empty home premium": _premiums,
    "Exception to a premium": _exceptions,
    "Exemption": _exemptions,
    "Disregard": _disregards,
    "Reduction": _reductions,
    "Eighteenth birthday": _birthdays,
}


def _limited(starts: date, months: int | None, ends: date | None) -> date | None:
    """Return the earlier of a row's own end and the end of its time limit; None for neither."""
    days = [] if ends is None else [ends]
    if months is not None:
        days.append(periods.after_months(np.array([starts], periods.DAY), months)[0].item())
    return min(days) if days else None


def _inside(day: date, window: tuple[date, date]) -> bool:
    return window[0] <= day < window[1]


_ACCOUNTS = """
select x.home, x.day, a.reference
from unnest(%s::bigint[], %s::date[]) as x(home, day)
join revenues_account a on a.dwelling_id = x.home and a.starts <= x.day
  and (a.ends is null or a.ends > x.day)
"""


def _accounts(found: Iterable[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """Return the account that holds for each home on each day."""
    pairs: Sequence[tuple[int, date]] = list(found)
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [[one for one, _ in pairs], [day for _, day in pairs]])
        return {(home, day): reference for home, day, reference in cursor.fetchall()}
