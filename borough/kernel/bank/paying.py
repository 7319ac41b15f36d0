"""Payments in the ledger and in a file: what is payable, what is sent, what the file must say."""

import hashlib
from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db import connection

from borough.kernel import commanding, joining
from borough.kernel.bank import models, posting, service_user, standard18, working_days
from borough.kernel.ledger import payload, queries
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.commands import posting as ledger

PAYABLE, CONTROL = "kernel.payable", "PAYABLE"
SOURCE = "kernel.payments"
_SENDING = 0x50_41_59  # "PAY": the number of the lock, so that it meets no other


class HasGone(commanding.Refusal):
    """The payment went to the bank, or was taken back before."""


class FileDiffers(commanding.Refusal):
    """A file does not read back as it was meant."""


def sub_account(payment: models.Payment) -> int:
    """Return the sub-account on which a payment waits to go, opening it when it is new."""
    [number] = opening.open_sub_accounts(kind=PAYABLE, references=[str(payment.pk)])
    return int(number)


def waiting() -> list[models.Payment]:
    """Return the payments that are decided, have not gone and are to go, the oldest first."""
    rows = models.Payment.objects.filter(sent=None, taken_back=None).select_related("details")
    return list(rows.order_by("pk"))


def alone() -> None:
    """Hold the sending of payments until the transaction ends: a second officer finds none left."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SENDING])


def take_back(payment: models.Payment, *, by: commanding.Actor, on: date) -> None:
    """See that a payment never goes; whoever asked for it reverses what they posted.

    Raises:
        HasGone: it went with a file, or was taken back before.
    """
    alone()
    if not models.Payment.objects.filter(pk=payment.pk, sent=None, taken_back=None).exists():
        raise HasGone("It has gone to the bank, or was taken back before.")
    models.TakenBack.objects.create(payment=payment, by=by.reference, on=on)


def cycle(on: date) -> working_days.Cycle:
    """Return the days of a file that is handed in today, or on the next working day."""
    return working_days.cycle_from(on)


def file_of(
    payments: Sequence[models.Payment], *, number: int, by: commanding.Actor, on: date
) -> models.PaymentFile:
    """Write, prove and keep the file that pays some payments.

    Raises:
        standard18.NotStandard18: a payment cannot be sent; the sentence says which and why.
        FileDiffers: the file does not read back as it was meant.
    """
    submission = standard18.Submission(
        serial=f"P{number % 100_000:05d}",
        originator=service_user.ours(),
        made_on=on,
        processing_day=cycle(on).processing_day,
        items=tuple(_item(payment) for payment in payments),
    )
    content = standard18.write(submission)
    read = standard18.read(content)
    pence = sum(payment.pence for payment in payments)
    if read.submission != standard18.as_sent(submission) or read.debit_pence != pence:
        raise FileDiffers("The file does not read back as it was meant. Nothing was sent.")
    return models.PaymentFile.objects.create(
        serial=submission.serial,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        payments=len(payments),
        pence=pence,
        processing_day=submission.processing_day,
        made_on=on,
        by=by.reference,
    )


def post(
    payments: Sequence[models.Payment],
    file: models.PaymentFile,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    """Post that a file's payments leave the bank account; nothing of them is payable any more."""
    n = len(payments)
    accounts = queries.account_ids()
    pence = np.array([payment.pence for payment in payments], np.int64)
    subs = opening.open_sub_accounts(
        kind=PAYABLE, references=[str(payment.pk) for payment in payments]
    )
    ledger.post_batch(
        source=SOURCE,
        journals=payload.Journals(
            [f"sent/{payment.pk}" for payment in payments], on, f"Paid by file {file.serial}"
        ),
        postings=payload.Postings(
            journal=np.repeat(np.arange(n), 2),
            account=np.tile([accounts[CONTROL], accounts[posting.BANK]], n),
            sub_account=np.column_stack([subs, np.full(n, payload.NONE)]).ravel(),
            pence=np.column_stack([pence, -pence]).ravel(),
        ),
        by=by,
    )


def _item(payment: models.Payment) -> standard18.Item:
    details = payment.details
    return standard18.Item(
        sort_code=details.sort_code,
        account_number=details.account_number,
        name=details.name,
        pence=payment.pence,
        reference=_says(payment),
        code="99",
    )


def _says(payment: models.Payment) -> str:
    """Return what the payee reads: of what was paid on a debt too much, that it is a refund."""
    kind = joining.account_kinds().get(payment.kind)
    is_refund = kind is None or kind.is_debt
    return f"{payment.reference} REFUND" if is_refund else payment.reference
