"""May we act on this debt today? One question for every service, for many debts at once.

The kernel answers with what it knows: holds, deaths, needs that come before a letter. Every service
line may add reasons of its own about any debt (``ServiceLine.stays``). A line can only ever say
that something stands against an act; none can say that it may go ahead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.module_loading import import_string

from borough.kernel import arrays, dated, joining
from borough.kernel.holds import acts, kinds, models

KERNEL = "kernel"

_HOLDS = """
select kind, person_id, thing, part from holds_hold
where starts <= %(on)s and (ends is null or ends > %(on)s) and forbids && %(acts)s::varchar[]
  and (person_id = any(%(people)s::bigint[])
       or thing = any(array(select json_array_elements_text(%(things)s::json))))
order by id
"""
_DEAD = """
select id from people_person where id = any(%(people)s::bigint[]) and date_of_death is not null
"""
# A call that was made opens the way until the day that was written down with it.
_NEEDS = """
select n.person_id, n.kind from people_need n
where n.person_id = any(%(people)s::bigint[]) and n.kind = any(%(kinds)s)
  and n.starts <= %(on)s and (n.ends is null or n.ends > %(on)s)
  and not (n.kind = 'telephone_first' and exists (
    select 1 from facts_concerns c join facts_fact f on f.id = c.fact_id
    where c.person_id = n.person_id and f.what = 'kernel.called_first'
      and f."on" between n.starts and %(on)s and (f.detail ->> 'until')::date >= %(on)s))
order by n.id
"""


@dataclass(frozen=True, slots=True)
class Debt:
    """Something owed: what facts call the account, who owes it, and which year ("": all of it)."""

    thing: str
    people: tuple[int, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that stands against an act: its kind, a sentence, and whose card says so."""

    kind: str
    words: str
    source: str = KERNEL


def may_we_act(debts: Sequence[Debt], act: str, on: date) -> list[tuple[Reason, ...]]:
    """Return what stands against an act for each debt, in their order; empty: nothing does.

    Args:
        debts: any number of them; the queries do not grow with it.
        act: one of ``acts.ALL``.
        on: the day of the act.

    Raises:
        ValueError: there is no such act.
    """
    if act not in acts.ALL:
        raise ValueError(f"{act} is no act: {', '.join(acts.ALL)}")
    found: list[dict[Reason, None]] = [{} for _ in debts]
    if not debts:
        return []
    for index, reason in _known(debts, _counted(act), on):
        found[index][reason] = None
    for card in joining.cards():
        if card.stays:
            for index, reasons in import_string(card.stays)(debts, act, on).items():
                found[index].update(dict.fromkeys(reasons))
    return [tuple(reasons) for reasons in found]


def left_alone(debts: Sequence[Debt], on: date) -> list[tuple[Reason, ...]]:
    """Return what the kernel itself knows to stand against any act on each debt, in their order.

    No card is asked: it is for whoever asks what is left alone, and not whether one may act.
    """
    found: list[dict[Reason, None]] = [{} for _ in debts]
    if debts:
        for index, reason in _known(debts, acts.ALL, on):
            found[index][reason] = None
    return [tuple(reasons) for reasons in found]


def standing(debt: Debt, on: date) -> dict[str, tuple[Reason, ...]]:
    """Return what stands against each act on one debt; acts that nothing stands against are out."""
    asked = {act: may_we_act([debt], act, on)[0] for act in acts.ALL}
    return {act: reasons for act, reasons in asked.items() if reasons}


def of(debt: Debt, on: date) -> list[models.Hold]:
    """Return the holds on an account or on those who owe it that hold on a day or are to come."""
    rows = models.Hold.objects.filter(dated.touches(on, None))
    return list(
        (rows.filter(thing=debt.thing) | rows.filter(person__in=debt.people)).order_by("starts")
    )


def to_review(on: date, *, limit: int = 200) -> list[models.Hold]:
    """Return the holds that somebody must look at by a day, longest waiting first."""
    rows = models.Hold.objects.filter(dated.holds_on(on), review_by__lte=on)
    return list(rows.order_by("review_by", "id")[:limit])


def _known(debts: Sequence[Debt], named: Sequence[str], on: date) -> Iterator[tuple[int, Reason]]:
    by_person: dict[int, list[int]] = {}
    by_thing: dict[str, list[int]] = {}
    for index, debt in enumerate(debts):
        by_thing.setdefault(debt.thing, []).append(index)
        for person in debt.people:
            by_person.setdefault(person, []).append(index)
    asked = {
        "on": on,
        "acts": list(named),
        "people": arrays.of_ids(by_person),
        "things": arrays.of_texts(list(by_thing)),
    }
    yield from _held(debts, by_person, by_thing, asked)
    died = Reason("death", "Somebody who owes it has died. Deal with the estate first")
    for (person,) in _rows(_DEAD, asked):
        yield from ((index, died) for index in by_person[person])
    yield from _needed(by_person, asked)


def _held(
    debts: Sequence[Debt],
    by_person: dict[int, list[int]],
    by_thing: dict[str, list[int]],
    asked: dict[str, Any],
) -> Iterator[tuple[int, Reason]]:
    known = kinds.all_kinds()
    for kind, person, thing, part in _rows(_HOLDS, asked):
        words = known[kind].says if kind in known else "A hold of a kind that is no longer in use"
        for index in by_thing[thing] if thing else by_person[person]:
            if not part or not debts[index].part or part == debts[index].part:
                yield index, Reason(kind, words)


def _needed(by_person: dict[int, list[int]], asked: dict[str, Any]) -> Iterator[tuple[int, Reason]]:
    acts_named = set(asked["acts"])
    first = {
        kind: one for kind, one in kinds.needs_first().items() if acts_named & set(one.forbids)
    }
    for person, kind in _rows(_NEEDS, asked | {"kinds": list(first)}):
        yield from ((index, Reason(kind, first[kind].says)) for index in by_person[person])


def _counted(act: str) -> list[str]:
    """Return the acts of which a hold need forbid one to forbid this one."""
    return [act, *([acts.GOES_WITH[act]] if act in acts.GOES_WITH else [])]


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
