"""The runs of a feed: it is read and counted, taken in, and perhaps taken back.

A feed is in or it is not: all that it says is made so in one transaction. Killed at any moment and
started again, a run goes on with the part that it had not finished, and nothing is doubled.
"""

import zlib
from datetime import date
from typing import Any

from django.db import connection, transaction

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.sources import becoming, known, models, order, owing, reading

READING, TAKING, WITHDRAWING = "resident.reading", "resident.taking", "resident.withdrawing"
PARTS = 2
_LOCKS = 0x46_45_45_44  # "FEED": the space of the locks, so that they meet no other


def carry_out_reading(run: Run) -> None:
    """Read the file of a feed; then count what it would change.

    Raises:
        commanding.Refusal: the file cannot be read, or does not come to its total.
    """
    feed = models.Feed.objects.get(reading=run)
    runs.carry_out(run, lambda number: (_read, _count)[number](feed))
    runs.end(run)


def carry_out_taking(run: Run, *, by: commanding.Actor) -> None:
    """Take in a feed that was read, all at once; then let go of what it was staged in.

    Raises:
        commanding.Refusal: a newer feed was taken in meanwhile, or the ledger is closed.
    """
    feed = models.Feed.objects.get(taking=run)
    runs.carry_out(
        run, lambda number: _take_in(feed, by=by, on=run.on) if number == 0 else _let_go(feed)
    )
    runs.end(run)


def carry_out_withdrawing(run: Run, *, by: commanding.Actor) -> None:
    """Take back the feeds of a withdrawal: make what held before them so again.

    Raises:
        commanding.Refusal: a newer feed was taken in meanwhile, or the ledger is closed.
    """
    withdrawal = models.Withdrawal.objects.get(run=run)
    runs.carry_out(run, lambda _: _withdraw(withdrawal, run, by=by))
    runs.end(run)


def discard(feed: models.Feed) -> None:
    """Let go of all that was read of a feed which is not taken in."""
    models.FeedFile.objects.filter(feed=feed).delete()
    models.SetAside.objects.filter(feed=feed).delete()
    _unstage(feed)


def _read(feed: models.Feed) -> runs.Result:
    source = known.sources()[feed.source]
    content = bytes(feed.file.content)
    told = reading.read(content, source, announced_pence=feed.announced_pence, on=feed.loaded_on)
    reading.stage(feed, told.rows)
    reading.set_aside(feed, told.bad)
    models.Feed.objects.filter(pk=feed.pk).update(
        rows=told.rows.num_rows,
        set_aside=len(told.bad),
        total_pence=told.pence - told.aside_pence,
        aside_pence=told.aside_pence,
    )
    models.FeedFile.objects.filter(feed=feed).delete()  # its hash says which file it was
    return told.count, {}


def _count(feed: models.Feed) -> runs.Result:
    source = known.sources()[feed.source]
    changes = becoming.counts(feed.pk, feed.source, is_news=source.is_news)
    models.Feed.objects.filter(pk=feed.pk).update(changes=changes)
    return 0, {}


def _take_in(feed: models.Feed, *, by: commanding.Actor, on: date) -> runs.Result:
    source = known.sources()[feed.source]
    _alone_with(feed.source)
    feed.refresh_from_db()
    order.refuse_disorder(feed, source, on=on)
    given: dict[str, Any] = {"source": feed.source, "feed": feed.pk}
    with connection.cursor() as cursor:
        cursor.execute(becoming.NEW_RECORDS, given)
        cursor.execute(becoming.NEW_AWARDS, given)
    owing.open_debts(feed)
    becoming.say(feed.pk, feed.source, on=on, is_news=source.is_news)
    if "debts" in source.brings:
        owing.record_ended(source, by=by, on=on)
        because = f"Told by {source.holder} as at {wording.day(feed.as_at)}"
        wanted, key = owing.told(feed), f"feed/{feed.pk}"
        owing.post(source.slug, wanted, key=key, because=because, by=by, on=on)
    _give_notice(feed, on)
    _keep_contacts(feed)
    models.Feed.objects.filter(pk=feed.pk).update(taken_in_on=on)
    facts.record(
        "resident.feed_taken_in",
        thing=feed.thing,
        by=by,
        on=on,
        source=source.title,
        rows=feed.rows,
        set_aside=feed.set_aside,
        total_pence=feed.total_pence,
    )
    return feed.rows or 0, {}


def _let_go(feed: models.Feed) -> runs.Result:
    _unstage(feed)
    return 0, {}


def _unstage(feed: models.Feed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from sources_staged where feed_id = %s", [feed.pk])


def _give_notice(feed: models.Feed, on: date) -> None:
    """Keep each death and each breathing space that is told for the first time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sources_notice (feed_id, record_id, reference, kind, notice_from,"
            " notice_until, received_on) select %(feed)s, r.id, s.notice_reference, s.notice_kind,"
            " s.notice_from, s.notice_until, %(on)s from sources_staged s"
            " join sources_record r on r.source = %(source)s and r.key = s.key"
            " where s.feed_id = %(feed)s and s.notice_kind <> '' order by s.line"
            " on conflict do nothing",
            {"feed": feed.pk, "source": feed.source, "on": on},
        )


def _keep_contacts(feed: models.Feed) -> None:
    """Keep each contact that no feed which stands has told."""
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into sources_contact (feed_id, record_id, reference, code, "on")'
            " select %(feed)s, r.id, s.contact_reference, s.contact_code, s.contact_on"
            " from sources_staged s"
            " join sources_record r on r.source = %(source)s and r.key = s.key"
            " where s.feed_id = %(feed)s and s.contact_reference <> '' and not exists ("
            "  select from sources_contact c join sources_feed f on f.id = c.feed_id"
            "  where c.record_id = r.id and c.reference = s.contact_reference"
            "    and f.withdrawal_id is null) order by s.line",
            {"feed": feed.pk, "source": feed.source},
        )


def _withdraw(withdrawal: models.Withdrawal, run: Run, *, by: commanding.Actor) -> runs.Result:
    source, on = known.sources()[withdrawal.source], withdrawal.on
    _alone_with(source.slug)
    feeds = order.standing(source.slug)
    going = feeds if run.asked["feed"] is None else feeds[:1]
    order.refuse_other(going, run.asked["feed"])
    before = feeds[len(going)] if len(feeds) > len(going) else None
    day = before.taken_in_on if before else None
    becoming.say_as_on(day, source.slug, on=on, only=_ids(going) if source.is_news else None)
    debts = 0
    if "debts" in source.brings:
        owing.record_ended(source, by=by, on=on)
        wanted = owing.held_on(source.slug, day) if before else owing.none()
        because, key = f"What {source.holder} told taken back", f"withdrawal/{withdrawal.pk}"
        debts = owing.post(source.slug, wanted, key=key, because=because, by=by, on=on)
    models.Feed.objects.filter(pk__in=_ids(going)).update(withdrawal=withdrawal)
    facts.record(
        "resident.feeds_withdrawn",
        thing=f"resident.source/{source.slug}",
        by=by,
        on=on,
        source=source.title,
        feeds=len(going),
        debts=debts,
        reason=withdrawal.reason,
    )
    return len(going), {}


def _ids(feeds: list[models.Feed]) -> list[int]:
    return [feed.pk for feed in feeds]


def _alone_with(source: str) -> None:
    """Let no other session say anything of the source until this transaction ends."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("held until a transaction ends, so within one")
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(%s, %s)", [_LOCKS, zlib.crc32(source.encode()) >> 1]
        )
