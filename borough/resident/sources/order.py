"""Which feed may follow which: no older one after a newer, one a day, each file once."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.pages import wording
from borough.resident.sources import known, models


class AlreadyTakenIn(commanding.Refusal):
    """The same file was taken in before, and stands."""


class OutOfOrder(commanding.Refusal):
    """A newer feed was taken in before, or one today."""


class NotTheNewest(commanding.Refusal):
    """Feeds are taken back from the newest on."""


def standing(source: str) -> list[models.Feed]:
    """Return the feeds of a source that were taken in and stand, the newest first."""
    rows = models.Feed.objects.filter(
        source=source, taken_in_on__isnull=False, withdrawal=None
    ).order_by("-taken_in_on", "-pk")
    return list(rows)


def refuse_known(source: str, sha256: str) -> None:
    """Refuse a file that was taken in before.

    Raises:
        AlreadyTakenIn: the sentence says when.
    """
    for feed in standing(source):
        if feed.sha256 == sha256:
            raise AlreadyTakenIn(
                f"This file was taken in on {wording.day(feed.taken_in_on)}. Nothing was done a "
                "second time."
            )


def refuse_disorder(feed: models.Feed, source: known.Source, *, on: date) -> None:
    """Refuse a feed that cannot follow those that stand.

    Raises:
        AlreadyTakenIn: the same file stands.
        OutOfOrder: it speaks of an earlier day than the newest, or there was one today.
    """
    refuse_known(feed.source, feed.sha256)
    feeds = standing(feed.source)
    taken_back = models.Withdrawal.objects.filter(source=feed.source, on__gt=on).exists()
    if taken_back or any(one.taken_in_on and one.taken_in_on > on for one in feeds):
        raise OutOfOrder("A later day has been worked on already. Take this feed in today.")
    if source.is_news or not feeds:
        return
    newest = feeds[0]
    if feed.as_at < newest.as_at:
        raise OutOfOrder(
            f"This feed speaks of {wording.day(feed.as_at)}, and one of "
            f"{wording.day(newest.as_at)} stands. Take back the newer one first."
        )
    if newest.taken_in_on == on:
        raise OutOfOrder(
            "A feed of this source was taken in today. Take it back first, if this one is right."
        )


def refuse_other(going: Sequence[models.Feed], asked: int | None) -> None:
    """Refuse to take back another feed than the one that was asked for.

    Raises:
        NotTheNewest: none stands, or a newer one does.
    """
    if not going or (asked is not None and going[0].pk != asked):
        raise NotTheNewest("Only the newest feed that stands can be taken back. Look again.")
