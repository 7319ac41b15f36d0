"""Taking in a row of a statement that was set aside, once the reason is gone."""

from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.bank import capabilities, importing, models, posting
from borough.kernel.facts import commands as facts


class NotToBeTakenIn(commanding.Refusal):
    """The row still cannot be taken in; the sentence says why."""


@commanding.command(capabilities.TAKE_UP_ENTRIES)
def take_in_row(*, row: models.SetAside, by: commanding.Actor, on: date) -> models.Entry:
    """Take in a row whose day has come: it is read again from its file, and posted like any other.

    Args:
        row: set aside because its day lay in the future.
        by: who takes it in.
        on: today.

    Raises:
        NotToBeTakenIn: its day is still to come, it was brought meanwhile, or the reason stands.
    """
    file = row.file
    if row.reason != importing.FUTURE:
        raise NotToBeTakenIn("What is wrong with this row is not mended by waiting. Ask the bank.")
    if not file.run.endings.filter(outcome="done").exists():
        raise NotToBeTakenIn("The file is still being taken in. Wait until that is done.")
    line = next(one for one in importing.lines(file) if one.number == row.line)
    if line.on > on:
        raise NotToBeTakenIn(f"Its day is {line.on.day} {line.on:%B %Y}. Take it in then.")
    if importing.known([line.key]):
        raise NotToBeTakenIn("This row has been taken in, by hand or with another file.")
    try:
        with transaction.atomic():
            importing.keep(file, [line])
    except IntegrityError as error:
        raise NotToBeTakenIn("Somebody has taken this row in meanwhile.") from error
    entry: models.Entry = models.Entry.objects.get(key=line.key)
    posting.post([entry], by=by, on=on)
    facts.record(
        "kernel.row_taken_in",
        thing=f"kernel.bank_entry/{entry.pk}",
        by=by,
        on=on,
        pence=entry.pence,
    )
    return entry
