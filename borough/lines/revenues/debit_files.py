"""The file of a run for the banks: made from its rows, read back by the other reader, kept.

A file may be fetched only when what was read back is, item by item, what the rows say.
"""

import hashlib
from datetime import date

from django.db import connection

from borough.kernel import commanding
from borough.kernel.bank import service_user, standard18
from borough.kernel.runs.models import Run
from borough.lines.revenues import models

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SERIALS = len(_DIGITS) ** 5

_COLLECTED = """
select d.sort_code, d.account_number, d.name, c.pence, i.reference, c.code
from revenues_collectionitem c
join revenues_instruction i on i.id = c.instruction_id
join bank_bankdetails d on d.id = i.details_id
where c.collection_id = %s order by c.id
"""

_TOLD_BANKS = """
select d.sort_code, d.account_number, d.name, 0, i.reference, m.code
from revenues_instructionmessage m
join revenues_instruction i on i.id = m.instruction_id
join bank_bankdetails d on d.id = i.details_id
where m.run_id = %s order by m.id
"""


class FileDiffers(commanding.Refusal):
    """What was read back from a file is not what the run holds; nothing may be sent."""


def collections(run: Run, *, made_on: date, processing_day: date) -> models.SentFile | None:
    """Make, prove and keep the file of a collection; return None when it has no items."""
    return _make(run, _COLLECTED, made_on, processing_day)


def instructions(run: Run, *, made_on: date, processing_day: date) -> models.SentFile | None:
    """Make, prove and keep the file of new and cancelled instructions; None when there are none."""
    return _make(run, _TOLD_BANKS, made_on, processing_day)


def _make(run: Run, rows: str, made_on: date, processing_day: date) -> models.SentFile | None:
    with connection.cursor() as cursor:
        cursor.execute(rows, [run.pk])
        items = tuple(standard18.Item(*row) for row in cursor.fetchall())
    if not items:
        return None
    submission = standard18.as_sent(
        standard18.Submission(
            serial=serial(run.pk),
            originator=service_user.ours(),
            made_on=made_on,
            processing_day=processing_day,
            items=items,
        )
    )
    content = standard18.write(submission)
    pence = sum(item.pence for item in items)
    _prove(content, submission, pence)
    return models.SentFile.objects.create(
        run=run,
        serial=submission.serial,
        processing_day=processing_day,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        items=len(items),
        pence=pence,
    )


def serial(number: int) -> str:
    """Return the serial number of a run's file: six letters or figures, each run's its own.

    The first is a letter, so that it is never all noughts; five more repeat after sixty million.
    """
    left, text = number % _SERIALS, ""
    for _ in range(5):
        left, digit = divmod(left, len(_DIGITS))
        text = _DIGITS[digit] + text
    return f"B{text}"


def _prove(content: bytes, sent: standard18.Submission, pence: int) -> None:
    """Refuse a file that does not read back as what was meant, or not to the same total."""
    found = standard18.read(content)
    if found.submission != sent or found.debit_pence != pence:
        raise FileDiffers("The file does not read back as it was meant. It was not kept.")
