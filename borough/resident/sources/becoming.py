# ruff: noqa: S608  names of tables and columns are our own, from this file
"""Making what a source says so: rows that are gone or say otherwise end, new ones begin.

The same few statements take in a file of ten rows or of a hundred thousand, and take it back: to
withdraw a feed is to make what held before it so again. What is so already is not touched, so doing
it twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from borough.kernel import bulk

STAGED = "sources_staged"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of states.

    Attributes:
        table: of the states.
        things: the table of what they are states of; it has a column ``source``.
        owner: the columns that name what a state is of, the first of them a row of ``things``.
        values: the columns of what is said.
        told: query of the owners and values that a feed says; ``{joins}`` is ``join``, or ``left
            join`` where what is new has no number yet.
    """

    table: str
    things: str
    owner: tuple[str, ...]
    values: tuple[str, ...]
    told: str


_OF_RECORD = "{joins} sources_record r on r.source = %(source)s and r.key = s.key"
_OF_DEBT = "{joins} sources_debt d on d.source = %(source)s and d.reference = s.debt_reference"
_OF_AWARD = "{joins} sources_award a on a.source = %(source)s and a.reference = s.award_reference"
_IN_FEED = "where s.feed_id = %(feed)s"


def _from_staged(
    owner: Mapping[str, str], values: Mapping[str, str], joins: str, once: str, only: str = ""
) -> str:
    columns = ", ".join(f"{what} as {name}" for name, what in {**owner, **values}.items())
    return (
        f"select distinct on ({once}) {columns} from {STAGED} s {joins}"
        f" {_IN_FEED} {only} order by {once}, s.line"
    )


def _same(*names: str) -> dict[str, str]:
    return {name: f"s.{name}" for name in names}


def _kept(
    table: str,
    things: str,
    owner: dict[str, str],
    values: dict[str, str],
    *,
    joins: str,
    once: str,
    only: str = "",
) -> Kept:
    told = _from_staged(owner, values, joins, once, only)
    return Kept(table, things, tuple(owner), tuple(values), told)


RECORDS = _kept(
    "sources_recordstate",
    "sources_record",
    {"record_id": "r.id"},
    _same(
        *("title", "given_names", "family_name", "date_of_birth", "nino", "address"),
        *("postcode", "uprn", "helper", "helper_contact"),
    ),
    joins=_OF_RECORD,
    once="s.key",
)
CONSENTS = _kept(
    "sources_consent",
    "sources_record",
    {"record_id": "r.id"},
    {"given_on": "s.consent_from", "until": "s.consent_until"},
    joins=_OF_RECORD,
    once="s.key",
    only="and s.consent_from is not null",
)
DEBTS = _kept(
    "sources_debtstate",
    "sources_debt",
    {"debt_id": "d.id"},
    {
        "kind": "s.debt_kind",
        **_same("oldest_due", "stage", "costs_pence", "regular_pence", "regular_every"),
        **_same("notice_served"),
    },
    joins=_OF_DEBT,
    once="s.debt_reference",
    only="and s.debt_reference <> ''",
)
LIABLE = _kept(
    "sources_liable",
    "sources_debt",
    {"debt_id": "d.id", "record_id": "r.id"},
    {},
    joins=f"{_OF_RECORD} {_OF_DEBT}",
    once="s.debt_reference, s.key",
    only="and s.debt_reference <> ''",
)
AWARDS = _kept(
    "sources_awardstate",
    "sources_award",
    {"award_id": "a.id"},
    {
        "record_id": "r.id",
        "kind": "s.award_kind",
        **_same("weekly_pence", "awarded_from", "awarded_until", "landlord_paid"),
        **_same("deductions_pence", "allowance_pence"),
    },
    joins=f"{_OF_RECORD} {_OF_AWARD}",
    once="s.award_reference",
    only="and s.award_reference <> ''",
)
ALL = (RECORDS, CONSENTS, DEBTS, LIABLE, AWARDS)
COUNTED = {"people": RECORDS, "debts": DEBTS, "awards": AWARDS}

# What a source knows is written down once, under the number that it gives it.
NEW_RECORDS = (
    "insert into sources_record (source, key) select distinct %(source)s, s.key"
    f" from {STAGED} s {_IN_FEED} on conflict do nothing"
)
NEW_AWARDS = (
    "insert into sources_award (source, reference) select distinct %(source)s, s.award_reference"
    f" from {STAGED} s {_IN_FEED} and s.award_reference <> '' on conflict do nothing"
)


def say(feed: int, source: str, *, on: date, is_news: bool) -> None:
    """Make what a feed says so, from ``on``; what it leaves out ends, unless the feed is news.

    The rows of the feed are staged, and its debts and awards are there.
    """
    given = {"feed": feed, "source": source, "on": on}
    for kept in ALL:
        _become(kept, kept.told.format(joins="join"), "%(feed)s", given, end_rest=not is_news)


def say_as_on(
    day: date | None, source: str, *, on: date, only: Sequence[int] | None = None
) -> None:
    """Make what held on a day so again, from ``on``; with no day, all ends.

    Args:
        day: the day on which the feed before was taken in.
        source: its slug.
        on: today.
        only: the feeds whose rows end, where feeds are news and leave each other's rows alone.
    """
    given = {"day": day, "source": source, "on": on, "only": list(only or ())}
    for kept in ALL:
        names = ", ".join(f"t.{name}" for name in (*kept.owner, *kept.values, "feed_id"))
        held = (
            f"select {names} from {kept.table} t {_of_source(kept)}"
            " where t.starts <= %(day)s and (t.ends is null or t.ends > %(day)s)"
        )
        if only is not None:
            held = (
                f"select {names} from {kept.table} t {_of_source(kept)}"
                " where t.ends is null and not t.feed_id = any(%(only)s)"
            )
        _become(kept, held, "n.feed_id", given, end_rest=True)


def counts(feed: int, source: str, *, is_news: bool) -> dict[str, dict[str, int]]:
    """Return how many a staged feed would begin, change and end, by what they are."""
    given = {"feed": feed, "source": source}
    return {
        name: dict(zip(("new", "changed", "gone", "same"), row, strict=True))
        for name, kept in COUNTED.items()
        if any(row := _count(kept, given, is_news=is_news))
    }


def _become(kept: Kept, told: str, feed: str, given: Mapping[str, Any], *, end_rest: bool) -> None:
    owner = _all_equal(kept.owner, "n", "t")
    says = _says_otherwise(kept)
    gone = f"n.{kept.owner[0]} is null" if end_rest else "false"
    over = (
        f"with told as materialized ({told}), over as materialized ("
        f" select t.id, t.starts from {kept.table} t {_of_source(kept)}"
        f" left join told n on {owner}"
        f" where t.ends is null and ({gone} or (n.{kept.owner[0]} is not null and {says}))"
        # What began today and is told otherwise today never held on any day.
        f"), never as (delete from {kept.table} t using over o"
        "   where t.id = o.id and o.starts >= %(on)s)"
        f" update {kept.table} t set ends = %(on)s from over o"
        " where t.id = o.id and o.starts < %(on)s"
    )
    names = (*kept.owner, *kept.values)
    begin = (
        f"with told as materialized ({told})"
        f" insert into {kept.table} ({', '.join(names)}, feed_id, starts)"
        f" select {', '.join(f'n.{name}' for name in names)}, {feed}, %(on)s from told n"
        f" left join {kept.table} t on {owner} and t.ends is null"
        f" where t.id is null order by {', '.join(f'n.{name}' for name in kept.owner)}"
    )
    with bulk.side_by_side(), connection.cursor() as cursor:
        cursor.execute(over, given)
        cursor.execute(begin, given)


def _count(kept: Kept, given: Mapping[str, Any], *, is_news: bool) -> Sequence[int]:
    told = kept.told.format(joins="left join")
    says = _says_otherwise(kept)
    left_out = "0" if is_news else "count(*) filter (where n.told is null)"
    with bulk.side_by_side(), connection.cursor() as cursor:
        cursor.execute(
            f"with told as materialized (select true as told, n.* from ({told}) n),"
            f" stands as (select t.* from {kept.table} t {_of_source(kept)} where t.ends is null)"
            f" select count(*) filter (where t.id is null),"
            f" count(*) filter (where n.told and t.id is not null and {says}), {left_out},"
            f" count(*) filter (where n.told and t.id is not null and not {says})"
            f" from told n full join stands t on {_all_equal(kept.owner, 'n', 't')}",
            given,
        )
        return tuple(cursor.fetchone())


def _of_source(kept: Kept) -> str:
    return f"join {kept.things} o on o.id = t.{kept.owner[0]} and o.source = %(source)s"


def _all_equal(names: Sequence[str], one: str, other: str) -> str:
    return " and ".join(f"{one}.{name} = {other}.{name}" for name in names)


def _says_otherwise(kept: Kept) -> str:
    if not kept.values:
        return "false"
    new, old = (", ".join(f"{one}.{name}" for name in kept.values) for one in "nt")
    return f"(row({new}) is distinct from row({old}))"
