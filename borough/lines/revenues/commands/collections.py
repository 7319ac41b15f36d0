"""Collecting by Direct Debit as officers ask for it: one prepares, another commits."""

from datetime import date
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.bank import queries as bank
from borough.kernel.bank import working_days
from borough.kernel.facts import commands as facts
from borough.kernel.ledger.payload import Line
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import (
    arriving,
    capabilities,
    collecting,
    collections,
    lodging,
    models,
    transit,
)


class NobodyToCollectFrom(commanding.Refusal):
    """There is no account."""


MOST_DAYS_AHEAD = 366  # no rule of Bacs: bills ask for no day further ahead


class TooEarly(commanding.Refusal):
    """The day is so far away that its year must be mistyped."""


class TooLate(commanding.Refusal):
    """The banks would not have the file in time."""


class NotPreviewed(commanding.Refusal):
    """The preview is not finished."""


class SamePerson(commanding.Refusal):
    """Whoever prepared a collection may not commit it."""


class NothingToTell(commanding.Refusal):
    """No instruction waits to be sent."""


class NotYet(commanding.Refusal):
    """The day of entry has not come, or the file is not made."""


class AmountDiffers(commanding.Refusal):
    """The bank has credited another amount than was collected."""


@commanding.command(capabilities.PREPARE_COLLECTION)
def prepare_collection(*, entry_day: date, by: commanding.Actor, on: date) -> Run:
    """Ask for a preview of the collection whose money moves on a day; nothing is sent.

    Args:
        entry_day: the day; when banks do not work on it, the next one on which they do.
        by: who prepares.
        on: today.

    Raises:
        TooLate: it has passed, or the file would have had to be with the banks before today.
        TooEarly: it is more than a year away.
        NobodyToCollectFrom: there are no accounts.
        runs.AlreadyAsked: this day's collection was committed.
    """
    if (entry_day - on).days > MOST_DAYS_AHEAD:
        raise TooEarly("That is more than a year away. Look at the year again.")
    if entry_day < on:
        raise _too_late(on)
    asked = collecting.days(entry_day)
    _refuse_late(asked.cycle, on)
    _refuse_made(asked.on)
    parts = collections.divide()
    if not parts:
        raise NobodyToCollectFrom("There is no account to collect from.")
    return runs.ask(
        collections.PREVIEW,
        f"{collections.PREVIEW}/{asked.on}/{uuid4().hex}",
        asked={"entry_day": asked.on.isoformat(), "parts": parts},
        parts=len(parts),
        by=by,
        on=on,
    )


@commanding.command(capabilities.COMMIT_COLLECTION)
def commit_collection(*, preview: Run, by: commanding.Actor, on: date) -> Run:
    """Commit the collection that a colleague prepared; items follow the records of the moment.

    Raises:
        NotPreviewed: the preview has not ended.
        SamePerson: the same officer prepared it.
        TooLate: the file would have had to be with the banks before today.
        runs.AlreadyAsked: this day's collection was committed before.
    """
    if preview.kind != collections.PREVIEW or not preview.endings.filter(outcome="done").exists():
        raise NotPreviewed("The preview is not finished. Wait until it is, then look at it.")
    if preview.by == by.reference:
        raise SamePerson("You prepared this collection. Ask a colleague to look and commit it.")
    asked = collecting.days(date.fromisoformat(preview.asked["entry_day"]))
    _refuse_late(asked.cycle, on)
    parts = collections.divide()
    run = runs.ask(
        collections.COLLECTION,
        f"{collections.COLLECTION}/{asked.on}",
        asked={"entry_day": asked.on.isoformat(), "parts": parts, "preview": preview.pk},
        parts=len(parts) + 1,
        by=by,
        on=on,
    )
    models.Collection.objects.create(
        run=run,
        due_from=asked.due_from,
        input_day=asked.cycle.input_day,
        processing_day=asked.cycle.processing_day,
        entry_day=asked.on,
    )
    facts.record(
        "revenues.collection_committed",
        thing=f"run/{run.pk}",
        by=by,
        on=on,
        entry_day=asked.on,
    )
    return run


@commanding.command(capabilities.COMMIT_COLLECTION)
def fetch_file(*, run: Run, by: commanding.Actor, on: date) -> models.SentFile:
    """Return the file of a run for sending to the banks; that it was fetched is recorded.

    Raises:
        NotYet: the file is not made.
    """
    file = models.SentFile.objects.filter(pk=run.pk).first()
    if file is None:
        raise NotYet("The file is not made yet.")
    facts.record("revenues.file_fetched", thing=f"run/{run.pk}", by=by, on=on, serial=file.serial)
    return file


@commanding.command(capabilities.COMMIT_COLLECTION)
def send_instructions(*, by: commanding.Actor, on: date) -> Run:
    """Make the day's file of new and cancelled instructions for the banks.

    Raises:
        NothingToTell: none waits.
        runs.AlreadyAsked: today's file is made; what came since goes with the next.
    """
    if not lodging.waiting(on):
        raise NothingToTell("No instruction waits to be sent to the banks.")
    return runs.ask(lodging.LODGING, f"{lodging.LODGING}/{on}", asked={}, parts=1, by=by, on=on)


@commanding.command(capabilities.PREPARE_COLLECTION)
def post_collection(*, collection: models.Collection, by: commanding.Actor, on: date) -> Run:
    """Ask for a collection to be posted as received; once, on its day of entry or later.

    Raises:
        NotYet: the money has not moved yet, or the file is not made.
        runs.AlreadyAsked: it was asked for before.
    """
    if collection.entry_day > on:
        day = collection.entry_day
        raise NotYet(f"The money moves on {day.day} {day:%B %Y}. It is posted then.")
    if not collection.run.endings.filter(outcome="done").exists():
        raise NotYet("The file of this collection is not made yet.")
    parts = collections.divide_items(collection.pk)
    return runs.ask(
        transit.POSTING,
        f"{transit.POSTING}/{collection.pk}",
        asked={"collection": collection.pk, "parts": parts},
        parts=len(parts),
        by=by,
        on=on,
    )


@commanding.command(capabilities.TAKE_PAYMENTS)
def record_credit(
    *, collection: models.Collection, pence: int, by: commanding.Actor, on: date
) -> models.Credited:
    """Record that the bank has credited a collection: what was on its way is in the bank.

    Args:
        collection: which.
        pence: as it stands on the bank's statement.
        by: who saw it there.
        on: the day of the statement.

    Raises:
        NotYet: it is not posted, is recorded, or a statement brought it, and it waits in suspense.
        AmountDiffers: it is not what was collected; nothing is recorded.
    """
    if collection.pk in transit.unposted():
        raise NotYet("This collection is not posted as received yet.")
    file = models.SentFile.objects.get(pk=collection.pk)
    if pence != file.pence:
        raise AmountDiffers(
            f"The file came to {wording.money(file.pence)}. Look for the difference first: "
            "returned collections are debited on their own."
        )
    if models.Credited.objects.filter(collection=collection).exists():
        raise NotYet("The bank’s credit of this collection is recorded already.")
    if any(one.pence == pence and one.on >= collection.input_day for one in bank.waiting()):
        raise NotYet(
            f"An entry of {wording.money(pence)} waits in suspense. Give it to this collection "
            f"there, file {file.serial}: recorded here, the bank would have it twice."
        )
    return arriving.credit(collection, pence=pence, origin=Line("BANK", pence), by=by, on=on)


def _refuse_late(cycle: working_days.Cycle, on: date) -> None:
    if cycle.input_day < on:
        raise _too_late(on)


def _too_late(on: date) -> TooLate:
    soonest = working_days.cycle_from(on).entry_day
    return TooLate(
        "The banks would not have the file in time. "
        f"Choose {soonest.day} {soonest:%B %Y} or a later day."
    )


def _refuse_made(entry_day: date) -> None:
    first = models.Collection.objects.filter(entry_day=entry_day).first()
    if first is not None:
        raise runs.AlreadyAsked(
            f"The collection of {entry_day.day} {entry_day:%B %Y} has been committed. "
            "Nothing is collected twice."
        )
