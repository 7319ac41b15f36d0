"""What happened on an account and was recorded there: reductions, arrangements, changes, agents."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, joining
from borough.lines.revenues import models
from borough.lines.revenues.signals import liable
from borough.rules.support import signals, worries

# "No goods" is what an agent reports of somebody who has nothing worth taking.
FOUND = ["vulnerable", "no_goods"]
EPOCH = "date '1970-01-01'"

_FELL = """
from revenues_reduction r join revenues_account a on a.id = r.account_id
left join revenues_reduction n on n.account_id = r.account_id and n.kind = r.kind
  and n.starts = r.ends
where r.kind = %(kind)s and r.ends > %(on)s::date - %(days)s and r.ends <= %(on)s
  and (a.ends is null or a.ends > r.ends) and r.account_id = any(%(accounts)s::bigint[])
"""
_LEFT_BEHIND = """
from revenues_liability l
where l.account_id = any(%(accounts)s::bigint[]) and l.person_id = any(%(people)s::bigint[])
  and daterange(l.starts, l.ends) @> %(on)s::date
  and not exists (select from revenues_reduction r where r.account_id = l.account_id
                  and r.kind = %(kind)s and daterange(r.starts, r.ends) @> %(on)s::date)
  and exists (select from revenues_liability b
              join revenues_account a on a.id = b.account_id
              join revenues_reduction r on r.account_id = a.id and r.kind = %(kind)s
              where b.person_id = l.person_id and a.id <> l.account_id and r.ends = a.ends
                and a.ends > %(on)s::date - %(days)s and a.ends <= %(on)s)
"""
_NOT_KEPT = """
from revenues_arrangement g
where g.why_ended = %(why)s and g.ends > %(on)s::date - %(days)s and g.ends <= %(on)s
  and g.account_id = any(%(accounts)s::bigint[])
"""
_ONE_LEFT = """
from revenues_household h join revenues_household b on b.account_id = h.account_id
  and b.ends = h.starts and b.adults > 1
where h.adults = 1 and h.starts > %(on)s::date - %(days)s and h.starts <= %(on)s
  and h.account_id = any(%(accounts)s::bigint[])
"""
_FOUND = """
from revenues_returnrow w join revenues_agentreturn f on f.id = w.file_id
join revenues_remedy m on m.id = w.remedy_id
where w.kind = 'returned' and w.code = any(%(found)s) and m.person_id = any(%(people)s::bigint[])
  and coalesce(w.on, f.loaded_on) > %(on)s::date - %(days)s
  and coalesce(w.on, f.loaded_on) <= %(on)s
"""
A_YEAR_DAYS = 365


def reductions_fell(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See whose Council Tax Reduction ended or fell while they stayed liable."""
    weighed = signals.law(on).signals["S4"]
    who = liable.liable(people, on)
    account, day, before, after = arrays.read(
        ["r.account_id", f"r.ends - {EPOCH}", "r.year_pence", "coalesce(n.year_pence, 0)"],
        _FELL,
        _asked(who, on, weighed.days),
    )
    fell = worries.fell_by(before, after, weighed.asks["fall_percent"])
    account, ended = account[fell], liable.days(day[fell])
    return who.seen(account, ended, _on_accounts("reduction", account, ended))


def left_behind(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who moved within the year, had a reduction at the home before, and has none here."""
    who = liable.liable(people, on)
    asked = _asked(who, on, A_YEAR_DAYS) | {"people": arrays.of_ids(people)}
    account, person = arrays.read(["l.account_id", "l.person_id"], _LEFT_BEHIND, asked)
    things = [f"revenues.reduction_of_account/{one}" for one in account.tolist()]
    rows = ((one, on, thing) for one, thing in zip(person.tolist(), things, strict=True))
    return joining.Seen.of(rows)


def arrangements_not_kept(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See whose arrangement ended because it could not be kept."""
    who = liable.liable(people, on)
    account, day, number = arrays.read(
        ["g.account_id", f"g.ends - {EPOCH}", "g.id"],
        _NOT_KEPT,
        _asked(who, on, signals.law(on).signals["S7"].days),
    )
    things = [f"revenues.arrangement/{one}" for one in number.tolist()]
    return who.seen(account, liable.days(day), things)


def one_adult_left(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See in whose home one adult is left of several."""
    who = liable.liable(people, on)
    account, day = arrays.read(
        ["h.account_id", f"h.starts - {EPOCH}"],
        _ONE_LEFT,
        _asked(who, on, signals.law(on).signals["S10"].days),
    )
    return who.seen(account, liable.days(day), _on_accounts("adults", account, liable.days(day)))


def agents_found(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See of whom an agent said that they are vulnerable, or that there are no goods."""
    asked = {
        "on": on,
        "days": signals.law(on).signals["S11"].days,
        "people": arrays.of_ids(people),
        "found": FOUND,
    }
    person, day, number = arrays.read(
        ["m.person_id", f"coalesce(w.on, f.loaded_on) - {EPOCH}", "w.id"], _FOUND, asked
    )
    things = [f"revenues.return/{one}" for one in number.tolist()]
    return joining.Seen.of(zip(person.tolist(), liable.days(day).tolist(), things, strict=True))


def _asked(who: liable.Liable, on: date, days: int) -> dict[str, object]:
    return {
        "on": on,
        "days": days,
        "kind": models.Reduction.Kind.SCHEME.value,
        "why": models.Arrangement.Ended.NOT_KEPT.value,
        "accounts": arrays.of_ids(who.accounts),
    }


def _on_accounts(noun: str, account: liable.Ints, day: liable.Days) -> list[str]:
    pairs = zip(account.tolist(), day.tolist(), strict=True)
    return [f"revenues.{noun}_of_account/{number}/{on}" for number, on in pairs]
