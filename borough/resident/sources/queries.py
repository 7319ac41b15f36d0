"""Questions to what other systems told. Every amount says whose it is, by what right, as at when.

What is only read and not yet taken in is nowhere here; nor is anybody whose consent is needed and
does not hold on the day. Whose purposes cover what is the asker's to see to (``purposes``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import Q, QuerySet

from borough.kernel import arrays, dated
from borough.resident.sources import known, models, words


@dataclass(frozen=True, slots=True)
class Right:
    """Whose a figure is, by what right we have it, and of which day it speaks."""

    source: str
    title: str
    holder: str
    lawful_basis: str
    purposes: tuple[str, ...]
    consent_needed: bool
    consent_given_on: date | None
    consent_until: date | None
    as_at: date

    def opens_for(self, purpose: str) -> bool:
        """Tell whether it may be seen for a purpose (its slug): what is one's own always may."""
        return purpose == known.OWN or purpose in self.purposes


@dataclass(frozen=True, slots=True)
class DebtHeld:
    """A debt to somebody else, under each record that owes it; positive pence are owed."""

    record_id: int
    debt_id: int
    reference: str
    kind: str
    title: str
    pence: int
    oldest_due: date | None
    stage: str
    costs_pence: int | None
    regular_pence: int | None
    regular_every: str
    notice_served: date | None
    right: Right


@dataclass(frozen=True, slots=True)
class AwardHeld:
    """Something given to somebody, pence a week on ``[awarded_from, awarded_until)``."""

    record_id: int
    award_id: int
    reference: str
    kind: str
    title: str
    weekly_pence: int
    awarded_from: date | None
    awarded_until: date | None
    landlord_paid: bool | None
    right: Right


@dataclass(frozen=True, slots=True)
class Helper:
    """Who of a holder's people looks after somebody, and how to reach them.

    ``what`` is what the holder calls them; ``contact`` is empty where none was told.
    """

    what: str
    name: str
    contact: str
    right: Right


_HOLDS = "{0}.starts <= %(on)s and ({0}.ends is null or {0}.ends > %(on)s)"
_AGREED = (
    " left join sources_consent c on c.record_id = {record} and " + _HOLDS.format("c") + ""
    " and c.given_on <= %(on)s and (c.until is null or c.until > %(on)s)"
)
_DEBTS = f"""
select l.record_id, d.id, d.reference, t.kind,
  (select coalesce(sum(p.pence), 0)::bigint from ledger_posting p
   join ledger_journal j on j.id = p.journal_id
   where p.sub_account_id = d.sub_account_id and j."on" <= %(on)s),
  t.oldest_due, t.stage, t.costs_pence, t.regular_pence, t.regular_every, t.notice_served,
  d.source, c.given_on, c.until
from sources_liable l
join sources_debt d on d.id = l.debt_id
join sources_debtstate t on t.debt_id = d.id and {_HOLDS.format("t")}
{_AGREED.format(record="l.record_id")}
where l.record_id = any(%(records)s::bigint[]) and {_HOLDS.format("l")}
order by l.record_id, d.source, d.reference
"""  # noqa: S608  ours
_AWARDS = f"""
select t.record_id, a.id, a.reference, t.kind, t.weekly_pence, t.awarded_from, t.awarded_until,
  t.landlord_paid, a.source, c.given_on, c.until
from sources_awardstate t
join sources_award a on a.id = t.award_id
{_AGREED.format(record="t.record_id")}
where t.record_id = any(%(records)s::bigint[]) and {_HOLDS.format("t")}
  and (t.awarded_from is null or t.awarded_from <= %(on)s)
  and (t.awarded_until is null or t.awarded_until > %(on)s)
order by t.record_id, a.source, a.reference
"""  # noqa: S608  ours
_HELPERS = f"""
select t.helper, t.helper_contact, r.source, c.given_on, c.until
from sources_recordstate t join sources_record r on r.id = t.record_id
{_AGREED.format(record="t.record_id")}
where t.record_id = any(%(records)s::bigint[]) and {_HOLDS.format("t")} and t.helper <> ''
order by r.source, t.record_id
"""  # noqa: S608  ours
_COLUMNS = f"""
select r.id, r.key, t.title, t.given_names, t.family_name, t.date_of_birth, t.nino, t.address,
  t.postcode, t.uprn
from sources_record r join sources_recordstate t on t.record_id = r.id and {_HOLDS.format("t")}
{_AGREED.format(record="r.id")}
where r.source = %(source)s and (not %(consent)s or c.id is not null) order by r.id
"""  # noqa: S608  ours
_TOTALS = f"""
select d.source, count(*), coalesce(sum(b.pence), 0)::bigint from sources_debt d
join sources_debtstate t on t.debt_id = d.id and {_HOLDS.format("t")}
left join (select p.sub_account_id, sum(p.pence) as pence from ledger_posting p
           join ledger_journal j on j.id = p.journal_id
           join sources_debt o on o.sub_account_id = p.sub_account_id
           where j."on" <= %(on)s group by 1) b on b.sub_account_id = d.sub_account_id
group by 1
"""  # noqa: S608  ours
SCHEMA = pa.schema(
    [
        ("record_id", pa.int64()),
        ("key", pa.string()),
        ("title", pa.string()),
        ("given_names", pa.string()),
        ("family_name", pa.string()),
        ("date_of_birth", pa.date32()),
        ("nino", pa.string()),
        ("address", pa.string()),
        ("postcode", pa.string()),
        ("uprn", pa.int64()),
    ]
)


def debts_of(record_ids: Iterable[int], on: date) -> list[DebtHeld]:
    """Return what these records owe to others on a day; one query for any number.

    A debt of several appears in full under each of them: each owes all of it. A debt that its
    holder no longer reports, or whom nobody agreed to tell of, is not there.
    """
    rights, found = _Rights(on), []
    for row in _rows(_DEBTS, {"records": arrays.of_ids(record_ids), "on": on}):
        *told, source, given, until = row
        if right := rights.of(source, given, until):
            kind = told[3]
            found.append(DebtHeld(*told[:4], words.DEBT_KINDS[kind], *told[4:], right))  # type: ignore[call-arg]
    return found


def awards_of(record_ids: Iterable[int], on: date) -> list[AwardHeld]:
    """Return what these records are given on a day; one query for any number."""
    rights, found = _Rights(on), []
    for row in _rows(_AWARDS, {"records": arrays.of_ids(record_ids), "on": on}):
        *told, source, given, until = row
        if right := rights.of(source, given, until):
            kind = told[3]
            found.append(AwardHeld(*told[:4], words.AWARD_KINDS[kind], *told[4:], right))  # type: ignore[call-arg]
    return found


def helpers_of(record_ids: Iterable[int], on: date) -> list[Helper]:
    """Return who looks after these records on a day, as their holders tell; each once."""
    rows = _rows(_HELPERS, {"records": arrays.of_ids(record_ids), "on": on})
    rights = _Rights(on) if rows else None
    found: dict[Helper, None] = {}
    for name, contact, source, given, until in rows:
        if rights and (right := rights.of(source, given, until)):
            found[Helper(known.sources()[source].helper, name, contact, right)] = None
    return list(found)


def written(record_ids: Iterable[int], on: date) -> dict[int, models.RecordState]:
    """Return who these records are, as their source writes it, by record.

    Whose consent is needed and does not hold on the day is not there, nor who is no longer sent.
    """
    ids = list(record_ids)
    rows = models.RecordState.objects.filter(dated.holds_on(on), record_id__in=ids)
    consents = models.Consent.objects.filter(dated.holds_on(on), record_id__in=ids)
    agreed = set(
        consents.filter(Q(until=None) | Q(until__gt=on), given_on__lte=on).values_list(
            "record_id", flat=True
        )
    )
    return {
        one.record_id: one
        for one in rows.select_related("record")
        if one.record_id in agreed or not known.sources()[one.record.source].consent_needed
    }


def columns(source: str, on: date) -> pa.Table:
    """Return everybody whom a source knows on a day, by ``SCHEMA``; text is "" where it is missing.

    Those whose consent is needed and does not hold are left out.
    """
    consent = known.sources()[source].consent_needed
    rows = _rows(_COLUMNS, {"source": source, "on": on, "consent": consent})
    cells = zip(*rows, strict=True) if rows else ([] for _ in SCHEMA)
    return pa.table(
        [pa.array(one, field.type) for one, field in zip(cells, SCHEMA, strict=True)], schema=SCHEMA
    )


def as_at(source: str, on: date) -> date | None:
    """Return of which day the newest feed that stood on a day speaks; None when none stood."""
    return newest_feeds(on).get(source)


def newest_feeds(on: date) -> dict[str, date]:
    """Return of which day the newest feed that stood on a day speaks, by source."""
    rows = _rows(
        "select distinct on (f.source) f.source, f.as_at from sources_feed f"
        " left join sources_withdrawal w on w.id = f.withdrawal_id"
        ' where f.taken_in_on <= %(on)s and (w.id is null or w."on" > %(on)s)'
        " order by f.source, f.taken_in_on desc, f.id desc",
        {"on": on},
    )
    return dict(rows)


def waiting_notices() -> QuerySet[models.Notice]:
    """Return the deaths and breathing spaces that wait for a decision, the oldest first."""
    rows = models.Notice.objects.filter(decision=None, feed__withdrawal=None)
    return rows.select_related("record", "feed").order_by("received_on", "pk")


def feeds_of(source: str) -> QuerySet[models.Feed]:
    """Return every feed of a source, the newest first."""
    rows = models.Feed.objects.filter(source=source)
    return rows.select_related("withdrawal", "taking", "reading").order_by("-pk")


def last_feeds() -> dict[str, models.Feed]:
    """Return the newest feed of each source that was taken in and stands."""
    rows = models.Feed.objects.filter(taken_in_on__isnull=False, withdrawal=None)
    newest = rows.order_by("source", "-taken_in_on", "-pk").distinct("source")
    return {feed.source: feed for feed in newest}


def is_newest(feed: models.Feed) -> bool:
    """Tell whether a feed stands and no newer one of its source does."""
    newest = last_feeds().get(feed.source)
    return newest is not None and newest.pk == feed.pk


def is_staged(feed: models.Feed) -> bool:
    """Tell whether a feed was read and what was read is still there."""
    if feed.rows is None:
        return False
    return not feed.rows or models.Staged.objects.filter(feed=feed).exists()


def totals(on: date) -> dict[str, tuple[int, int]]:
    """Return how many debts each source reports on a day, and what they come to."""
    rows = _rows(_TOTALS, {"on": on})
    return {source: (count, pence) for source, count, pence in rows}


class _Rights:
    """The rights of a day, made once for each source and consent."""

    def __init__(self, on: date) -> None:
        self.as_at = newest_feeds(on)

    def of(self, source: str, given: date | None, until: date | None) -> Right | None:
        """Return by what right we know it; None where a consent is needed and does not hold."""
        found = known.sources().get(source)
        if found is None or source not in self.as_at or (found.consent_needed and given is None):
            return None
        return Right(
            source=source,
            title=found.title,
            holder=found.holder,
            lawful_basis=found.lawful_basis,
            purposes=found.purposes,
            consent_needed=found.consent_needed,
            consent_given_on=given,
            consent_until=until,
            as_at=self.as_at[source],
        )


def _rows(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
