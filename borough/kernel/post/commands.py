"""Taking in the post, filing it where it belongs, and saying that it has been dealt with."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.documents import archive
from borough.kernel.facts import commands as facts
from borough.kernel.post import capabilities, looking, models


class NotADay(commanding.Refusal):
    """It cannot have come on that day."""


class NotAScan(commanding.Refusal):
    """The file cannot be kept."""


class AlreadyHere(commanding.Refusal):
    """The same file was taken in before."""


class AlreadyDone(commanding.Refusal):
    """Somebody has dealt with it."""


class NotFiled(commanding.Refusal):
    """Nobody has said yet what it is about."""


@commanding.command(capabilities.HANDLE_POST)
def take_in(
    *,
    content: bytes,
    how: str,
    about: str,
    received_on: date,
    folder: Path,
    by: commanding.Actor,
    on: date,
) -> models.Item:
    """Keep something that came in, so that it waits until it is dealt with.

    Args:
        content: the scan or file as it came.
        how: one of ``models.Item.How``.
        about: one of ``models.Item.About``.
        received_on: the day on which it reached us, which counts for every time limit.
        folder: of the archive.
        by: who takes it in.
        on: today.

    Raises:
        NotADay: it came after today.
        NotAScan: the file is not what it should be.
        AlreadyHere: the same file is kept already.
    """
    if received_on > on:
        raise NotADay("The day on which it came must be today or earlier.")
    try:
        media = looking.media(content)
    except looking.NotAScan as refusal:
        raise NotAScan(str(refusal)) from refusal
    item = _keep(content, media, how, about, received_on, by=by, on=on)
    archive.write(where(folder, item), content)
    _tell("kernel.post_received", item, (), item.thing, by=by, on=on)
    return item


@commanding.command(capabilities.HANDLE_POST)
def file_under(
    *, item: models.Item, thing: str, people: Sequence[int], by: commanding.Actor, on: date
) -> None:
    """Say whom or which account an item is about; said again, the newest holds.

    Args:
        item: what came in.
        thing: what it is about, e.g. ``revenues.account/100001``.
        people: ids of the persons on whose timelines it appears.
        by: who says so.
        on: today.

    Raises:
        AlreadyDone: it has been dealt with.
    """
    _refuse_done(item)
    item.filings.create(thing=thing, by=by.reference, on=on)
    _tell("kernel.post_filed", item, people, thing, by=by, on=on)


@commanding.command(capabilities.HANDLE_POST)
def finish(*, item: models.Item, people: Sequence[int], by: commanding.Actor, on: date) -> None:
    """Say that an item has been dealt with.

    Raises:
        NotFiled: it has not been filed, so nobody would find it again.
        AlreadyDone: somebody did so before.
    """
    filed = item.filings.order_by("-id").first()
    if filed is None:
        raise NotFiled("File it first: under the account or the person that it is about.")
    _refuse_done(item)
    try:
        with transaction.atomic():
            models.Done.objects.create(item=item, by=by.reference, on=on)
    except IntegrityError as error:
        raise AlreadyDone("A colleague has just dealt with it.") from error
    _tell("kernel.post_done", item, people, filed.thing, by=by, on=on)


def where(folder: Path, item: models.Item) -> Path:
    """Return where an item's file is kept."""
    ending = looking.ENDINGS[item.media]
    return folder / "post" / item.sha256[:2] / f"{item.sha256}.{ending}"


def _keep(
    content: bytes,
    media: str,
    how: str,
    about: str,
    received_on: date,
    *,
    by: commanding.Actor,
    on: date,
) -> models.Item:
    try:
        with transaction.atomic():
            return models.Item.objects.create(
                received_on=received_on,
                how=how,
                about=about,
                sha256=hashlib.sha256(content).hexdigest(),
                media=media,
                length_bytes=len(content),
                by=by.reference,
                on=on,
            )
    except IntegrityError as error:
        raise AlreadyHere("The same file was taken in before. Nothing was kept twice.") from error


def _refuse_done(item: models.Item) -> None:
    if models.Done.objects.filter(item=item).exists():
        raise AlreadyDone("It has been dealt with.")


def _tell(
    what: str,
    item: models.Item,
    people: Sequence[int],
    thing: str,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    facts.record(
        what,
        about=people,
        thing=thing,
        by=by,
        on=on,
        item=item.pk,
        about_words=models.Item.About(item.about).label.lower(),
        received_on=item.received_on,
    )
