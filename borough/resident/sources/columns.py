"""What other systems told of many people at once, in columns: each night asks about everybody.

Only what may be seen for the purpose that asks, of feeds that stand on the day, and where a consent
is needed, only while it holds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.resident.sources import known, queries, words

Ints = NDArray[np.int64]
NEVER = -1_000_000
"""Days since 1970 where none is told: sooner than anything that a feed can say."""
EPOCH = "date '1970-01-01'"
DEBT_KINDS = np.array(["", *words.DEBT_KINDS])
STAGES = np.array(["", *words.STAGES])
EVERY = np.array(["", *words.EVERY])
AWARD_KINDS = np.array(["", *words.AWARD_KINDS])

_MAY_BE_SEEN = """
 left join sources_consent c on c.record_id = {record} and {consent_holds}
  and c.given_on <= %(on)s and (c.until is null or c.until > %(on)s)
where {record} = any(%(records)s::bigint[]) and {source} = any(%(sources)s)
  and (c.id is not null or {source} <> all(%(needing)s))
"""


def _may_be_seen(record: str, source: str) -> str:
    return _MAY_BE_SEEN.format(record=record, source=source, consent_holds=_holds("c"))


def _holds(row: str) -> str:
    return f"{row}.starts <= %(on)s and ({row}.ends is null or {row}.ends > %(on)s)"


_DEBTS = f"""
from sources_liable l
join sources_debt d on d.id = l.debt_id
join sources_debtstate t on t.debt_id = d.id and {_holds("t")}
{_may_be_seen("l.record_id", "d.source")} and {_holds("l")}
"""
_BALANCE = """coalesce((select sum(p.pence) from ledger_posting p
 join ledger_journal j on j.id = p.journal_id
 where p.sub_account_id = d.sub_account_id and j."on" <= %(on)s), 0)"""
_AWARDS = f"""
from sources_awardstate t
join sources_award a on a.id = t.award_id
{_may_be_seen("t.record_id", "a.source")} and {_holds("t")}
  and (t.awarded_from is null or t.awarded_from <= %(on)s)
  and (t.awarded_until is null or t.awarded_until > %(on)s)
"""
_CONTACTS = f"""
select t.record_id, t.reference, t."on", t.code = 'cannot_pay'
from (select distinct on (o.record_id, o.reference) o.* from sources_contact o
      join sources_feed f on f.id = o.feed_id
      left join sources_withdrawal w on w.id = f.withdrawal_id
      where f.taken_in_on <= %(on)s and (w.id is null or w."on" > %(on)s)
        and o."on" > %(after)s and o."on" <= %(on)s
      order by o.record_id, o.reference, o.id) t
join sources_record r on r.id = t.record_id
{_may_be_seen("t.record_id", "r.source")} order by t.record_id, t.reference
"""  # noqa: S608  ours


@dataclass(frozen=True)
class Debts:
    """Debts to others, a row for each record that owes one, (n,), by record.

    Attributes:
        record, debt: ids.
        kind, stage, regular_every: our words, "" where not told.
        pence: what is owed on the day.
        oldest_due: datetime64[D], NaT where not told.
        regular_pence: 0 where not told.
        notice_served: whether notice seeking possession was served.
    """

    record: Ints
    debt: Ints
    kind: NDArray[np.str_]
    pence: Ints
    oldest_due: NDArray[np.datetime64]
    stage: NDArray[np.str_]
    regular_pence: Ints
    regular_every: NDArray[np.str_]
    notice_served: NDArray[np.bool_]


@dataclass(frozen=True)
class Awards:
    """What records are given on a day, a row an award, (n,), by record.

    Attributes:
        record: ids; a record is of one source.
        kind: our words. weekly_pence: of the award.
        deductions_pence, allowance_pence: of an assessment period; -1 where not told.
    """

    record: Ints
    kind: NDArray[np.str_]
    weekly_pence: Ints
    deductions_pence: Ints
    allowance_pence: Ints


@dataclass(frozen=True)
class Contacts:
    """Who got in touch about paying, a row a contact, (n,), by record.

    Attributes:
        record: ids. thing: what each is known by, whichever feed tells it.
        on: datetime64[D]. cannot_pay: whether that is what they said.
    """

    record: Ints
    thing: list[str]
    on: NDArray[np.datetime64]
    cannot_pay: NDArray[np.bool_]


def debts(records: Ints, *, purpose: str, on: date) -> Debts:
    """Return what these records owe to others on a day, as far as the purpose (a slug) shows it."""
    asked = _asked(records, purpose, on) | {
        "kinds": DEBT_KINDS[1:].tolist(),
        "stages": STAGES[1:].tolist(),
        "every": EVERY[1:].tolist(),
    }
    record, debt, kind, pence, due, stage, regular, every, served = arrays.read(
        [
            "l.record_id",
            "d.id",
            _code("kinds", "t.kind"),
            _BALANCE,
            f"coalesce(t.oldest_due - {EPOCH}, {NEVER})",
            _code("stages", "t.stage"),
            "coalesce(t.regular_pence, 0)",
            _code("every", "t.regular_every"),
            "(t.notice_served is not null)::int",
        ],
        _DEBTS,
        asked,
        in_order="order by l.record_id, d.id",
    )
    days = np.where(due == NEVER, np.datetime64("NaT", "D"), due.astype("datetime64[D]"))
    return Debts(
        *(record, debt, DEBT_KINDS[kind], pence, days, STAGES[stage], regular, EVERY[every]),
        served == 1,
    )


def awards(records: Ints, *, purpose: str, on: date) -> Awards:
    """Return what these records are given on a day, as far as the purpose (a slug) shows it."""
    record, kind, weekly, deductions, allowance = arrays.read(
        [
            "t.record_id",
            _code("kinds", "t.kind"),
            "t.weekly_pence",
            "coalesce(t.deductions_pence, -1)",
            "coalesce(t.allowance_pence, -1)",
        ],
        _AWARDS,
        _asked(records, purpose, on) | {"kinds": AWARD_KINDS[1:].tolist()},
        in_order="order by t.record_id, a.id",
    )
    return Awards(record, AWARD_KINDS[kind], weekly, deductions, allowance)


def contacts(records: Ints, *, purpose: str, after: date, on: date) -> Contacts:
    """Return who got in touch about paying after a day, up to ``on``."""
    asked = _asked(records, purpose, on) | {"after": after}
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, asked)
        several = cursor.fetchall()
    return Contacts(
        np.array([row[0] for row in several], np.int64),
        [f"resident.contact/{row[0]}/{row[1]}" for row in several],
        np.array([row[2] for row in several], "datetime64[D]"),
        np.array([row[3] for row in several], np.bool_),
    )


def _code(names: str, column: str) -> str:
    """Return the place of a word among words, 0 where it is none of them."""
    return f"coalesce(array_position(%({names})s::text[], {column}::text), 0)"


def _asked(records: Ints, purpose: str, on: date) -> dict[str, Any]:
    standing = queries.newest_feeds(on)
    told = {slug: one for slug, one in known.sources().items() if purpose in one.purposes}
    return {
        "records": arrays.of_ids(records),
        "on": on,
        "sources": [slug for slug in told if slug in standing],
        "needing": [slug for slug, one in told.items() if one.consent_needed],
    }
