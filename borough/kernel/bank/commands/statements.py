"""Handing in a statement, and taking up what was stopped."""

import hashlib
from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding, feeds
from borough.kernel.bank import camt, capabilities, importing, models, posting, statements
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

MOST_READ_AT_ONCE = 512 * 1024


class AlreadyLoaded(commanding.Refusal):
    """The same file was handed in before."""


class AnotherMustLook(commanding.Refusal):
    """Whoever handed in the file may not take up what is so large."""


class AlreadyTakenUp(commanding.Refusal):
    """The entry has been posted meanwhile."""


class NotMoneyIn(commanding.Refusal):
    """Money that went out cannot be received."""


@commanding.command(capabilities.LOAD_STATEMENTS)
def load_statement(
    *,
    content: bytes,
    layout: str,
    announced_pence: int | None = None,
    by: commanding.Actor,
    on: date,
) -> Run:
    """Hand in a statement; the run that takes it in is returned.

    A small file is read at once, so that whoever hands it in hears at once what is wrong with it.

    Args:
        content: the file, as it came.
        layout: ``camt.053``, or the name of a CSV layout.
        announced_pence: what the bank says it comes to, where it is known.
        by: who hands it in.
        on: today.

    Raises:
        feeds.UnreadableFile: it cannot be what it is said to be, or is too large.
        AlreadyLoaded: it was handed in before.
        commanding.Refusal: a small file cannot be read, or does not come to its totals.
    """
    _refuse(content, layout)
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) <= MOST_READ_AT_ONCE:
        _refuse_totals(importing.read(content, layout), announced_pence)
    try:
        with transaction.atomic():
            run = runs.ask(
                importing.KIND,
                f"{importing.KIND}/{sha256}",
                asked={"layout": layout},
                parts=importing.parts_for(content),
                by=by,
                on=on,
            )
            models.StatementFile.objects.create(
                sha256=sha256,
                layout=layout,
                content=content,
                announced_pence=announced_pence,
                run=run,
                loaded_on=on,
                by=by.reference,
            )
    except (runs.AlreadyAsked, IntegrityError) as error:
        raise AlreadyLoaded(
            "This file was loaded before. Nothing was posted a second time."
        ) from error
    facts.record("kernel.statement_loaded", thing=f"kernel.statement/{sha256[:8]}", by=by, on=on)
    return run


@commanding.command(capabilities.TAKE_UP_ENTRIES)
def take_up_entry(*, entry: models.Entry, by: commanding.Actor, on: date) -> None:
    """Post an entry that was stopped; it goes to suspense, dated today, to be placed from there.

    Raises:
        NotMoneyIn: money went out; it is matched with what we paid, and never received.
        AnotherMustLook: it is large, and the same officer handed in its file.
        AlreadyTakenUp: it was taken up before.
    """
    stopped = models.Stopped.objects.select_related("entry__file").filter(entry=entry).first()
    if stopped is None or models.TakenUp.objects.filter(stopped=stopped).exists():
        raise AlreadyTakenUp("This entry has been posted already.")
    if stopped.why == models.Stopped.Why.OUT:
        raise NotMoneyIn("Money went out by this entry. It is matched with what we paid.")
    large = stopped.why == models.Stopped.Why.LARGE
    if large and stopped.entry.file.by == by.reference:
        raise AnotherMustLook("You loaded this file. Ask a colleague to look at so large a sum.")
    try:
        with transaction.atomic():
            models.TakenUp.objects.create(
                stopped=stopped,
                needs_another=large,
                loaded_by=stopped.entry.file.by,
                by=by.reference,
                on=on,
            )
    except IntegrityError as error:
        raise AlreadyTakenUp("This entry has been posted already.") from error
    posting.suspend([stopped.entry], by=by, on=on)
    facts.record(
        "kernel.entry_taken_up",
        thing=f"kernel.bank_entry/{entry.pk}",
        by=by,
        on=on,
        pence=stopped.entry.pence,
    )


def _refuse(content: bytes, layout: str) -> None:
    if len(content) > feeds.MOST_BYTES:
        raise feeds.UnreadableFile(
            f"The file is larger than {feeds.MOST_BYTES // 1024 // 1024} MiB. Send it in parts."
        )
    if layout == statements.CAMT and not camt.looks_like_one(content):
        raise feeds.UnreadableFile("The file is not XML. A camt.053 statement is.")
    if layout != statements.CAMT and layout not in statements.LAYOUTS:
        raise feeds.UnreadableFile("Choose what kind of file it is.")


def _refuse_totals(read: statements.Read, announced_pence: int | None) -> None:
    total = sum(line.pence for line in read.lines)
    if announced_pence is not None and total != announced_pence:
        raise statements.TotalsDiffer(
            f"The rows that can be read come to {wording.money(total)}, and you entered "
            f"{wording.money(announced_pence)}. {len(read.bad)} rows cannot be read. "
            "Nothing was loaded."
        )
