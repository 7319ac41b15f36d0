"""Handing in a feed, taking it in once it was looked at, and taking it back."""

import hashlib
from datetime import date

from django.db import transaction

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.sources import capabilities, known, models, order, queries, taking_in


class UnknownSource(commanding.Refusal):
    """No source has this name."""


class NotOfThatDay(commanding.Refusal):
    """A feed cannot speak of a day to come."""


class NoTotal(commanding.Refusal):
    """The source's total is typed, and was not."""


class NotRead(commanding.Refusal):
    """The feed has not been read, or was not found fit."""


class NothingStands(commanding.Refusal):
    """No feed of the source stands, so none can be taken back."""


@commanding.command(capabilities.LOAD_FEED)
def prepare_feed(
    *,
    source: str,
    content: bytes,
    as_at: date,
    announced_pence: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Feed:
    """Hand in a file to be read and looked at; nothing of it counts before it is committed.

    Args:
        source: slug of the source.
        content: the file, as it came.
        as_at: the day of which it speaks.
        announced_pence: what the holder says it comes to.
        by: who hands it in.
        on: today.

    Raises:
        UnknownSource: there is none of this name.
        feeds.UnreadableFile: it is too large.
        NotOfThatDay: ``as_at`` is after today.
        NoTotal: the holder's total is needed.
        order.AlreadyTakenIn: the same file was taken in, and stands.
    """
    found = known.sources().get(source)
    if found is None:
        raise UnknownSource("Choose whose feed it is.")
    _refuse(found, content, as_at, announced_pence, on)
    sha256 = hashlib.sha256(content).hexdigest()
    order.refuse_known(source, sha256)
    for left in models.Feed.objects.filter(source=source, taking=None):
        taking_in.discard(left)  # one feed of a source is looked at at a time
    feed = models.Feed.objects.create(
        source=source,
        as_at=as_at,
        sha256=sha256,
        announced_pence=announced_pence,
        loaded_on=on,
        by=by.reference,
        reading=_ask_to_read(source, by=by, on=on),
    )
    models.FeedFile.objects.create(feed=feed, content=content)
    facts.record("resident.feed_loaded", thing=feed.thing, by=by, on=on, source=found.title)
    return feed


@commanding.command(capabilities.LOAD_FEED)
def commit_feed(*, feed: models.Feed, by: commanding.Actor, on: date) -> Run:
    """Ask for a feed that was read to be taken in; return the run that does it.

    Raises:
        NotRead: it was not read to its end, or was discarded.
        order.OutOfOrder: a newer feed stands, or one was taken in today.
        runs.AlreadyAsked: somebody did before.
    """
    feed = models.Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if not feed.reading.endings.filter(outcome="done").exists() or not queries.is_staged(feed):
        raise NotRead("This feed cannot be taken in: load its file again.")
    order.refuse_disorder(feed, known.sources()[feed.source], on=on)
    run = runs.ask(
        taking_in.TAKING,
        f"{taking_in.TAKING}/{feed.pk}",
        asked={"feed": feed.pk},
        parts=taking_in.PARTS,
        by=by,
        on=on,
    )
    models.Feed.objects.filter(pk=feed.pk).update(taking=run)
    return run


@commanding.command(capabilities.LOAD_FEED)
def discard_feed(*, feed: models.Feed, by: commanding.Actor, on: date) -> None:
    """Let go of a feed that was read and is not wanted; who it was about is forgotten.

    Raises:
        NotRead: it is being taken in, or was.
    """
    feed = models.Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if feed.taking_id is not None:
        raise NotRead("This feed was committed. Take it back instead.")
    taking_in.discard(feed)
    title = known.sources()[feed.source].title
    facts.record("resident.feed_discarded", thing=feed.thing, by=by, on=on, source=title)


@commanding.command(capabilities.WITHDRAW_FEED)
def withdraw_feed(*, feed: models.Feed, reason: str, by: commanding.Actor, on: date) -> Run:
    """Ask for the newest feed of a source to be taken back, to what stood before it.

    Raises:
        order.NotTheNewest: a newer one stands, or this one does not.
        runs.AlreadyAsked: somebody did before.
    """
    order.refuse_other(order.standing(feed.source), feed.pk)
    return _withdraw(feed.source, f"feed/{feed.pk}", feed.pk, reason, by=by, on=on)


@commanding.command(capabilities.WITHDRAW_FEED)
def withdraw_source(*, source: str, reason: str, by: commanding.Actor, on: date) -> Run:
    """Ask for all that a source has sent to be taken back: its records, debts and awards end.

    Raises:
        NothingStands: nothing is there to be taken back.
        runs.AlreadyAsked: somebody did before.
    """
    feeds_standing = order.standing(source)
    if not feeds_standing:
        raise NothingStands("Nothing of this source stands.")
    key = f"source/{source}/{feeds_standing[0].pk}"
    return _withdraw(source, key, None, reason, by=by, on=on)


def _refuse(
    source: known.Source, content: bytes, as_at: date, announced_pence: int | None, on: date
) -> None:
    if len(content) > feeds.MOST_BYTES:
        raise feeds.UnreadableFile(
            f"The file is larger than {feeds.MOST_BYTES // 1024 // 1024} MiB. Send it in parts."
        )
    if as_at > on:
        raise NotOfThatDay(f"The feed speaks of {wording.day(as_at)}, which is to come.")
    if source.total == "typed" and announced_pence is None:
        raise NoTotal(f"Enter the total that {source.holder} gave with the file.")


def _ask_to_read(source: str, *, by: commanding.Actor, on: date) -> Run:
    number = models.Feed.objects.filter(source=source).count() + 1
    return runs.ask(
        taking_in.READING,
        f"{taking_in.READING}/{source}/{number}",
        asked={"source": source},
        parts=taking_in.PARTS,
        by=by,
        on=on,
    )


def _withdraw(
    source: str, key: str, feed: int | None, reason: str, *, by: commanding.Actor, on: date
) -> Run:
    with transaction.atomic():
        run = runs.ask(
            taking_in.WITHDRAWING,
            f"{taking_in.WITHDRAWING}/{key}",
            asked={"feed": feed},
            parts=1,
            by=by,
            on=on,
        )
        models.Withdrawal.objects.create(
            source=source,
            reason=models.Withdrawal.Reason(reason),
            run=run,
            by=by.reference,
            on=on,
        )
    return run
