"""Sending what has been decided, and what comes back."""

from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.bank import capabilities, matching, models, paying, standard18
from borough.kernel.bank.commands import suspense
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording

CAME_BACK = "Our payment to you came back"


class NothingToSend(commanding.Refusal):
    """No payment waits to be sent."""


class ChangedMeanwhile(commanding.Refusal):
    """What waits is not what the officer looked at."""


class CannotBeSent(commanding.Refusal):
    """A payment does not fit a file of Bacs."""


class DoesNotMatch(commanding.Refusal):
    """The entry is not that payment come back."""


@commanding.command(capabilities.SEND_PAYMENTS)
def send_payments(
    *, seen_count: int, seen_pence: int, by: commanding.Actor, on: date
) -> models.PaymentFile:
    """Write the file of all that waits, post that it leaves the bank, and return it.

    What would go to bank details that were withdrawn stays: whoever asked for it takes it back.

    Args:
        seen_count: how many payments the officer was shown.
        seen_pence: what they came to.
        by: who sends.
        on: today; the file is processed on the next working day.

    Raises:
        NothingToSend: nothing waits.
        ChangedMeanwhile: a payment has come or gone since the officer looked.
        CannotBeSent: a payment cannot be written; the sentence says which and why.
    """
    paying.alone()
    payments = [one for one in paying.waiting() if one.details.may_be_used]
    if not payments:
        raise NothingToSend("No payment waits to be sent.")
    pence = sum(payment.pence for payment in payments)
    if (len(payments), pence) != (seen_count, seen_pence):
        raise ChangedMeanwhile(
            f"{wording.money(pence)} waits now, in {len(payments)} "
            f"payment{'' if len(payments) == 1 else 's'}. Look at them again."
        )
    try:
        number = models.PaymentFile.objects.count() + 1
        file = paying.file_of(payments, number=number, by=by, on=on)
    except standard18.NotStandard18 as error:
        raise CannotBeSent(str(error)) from error
    models.Sent.objects.bulk_create(models.Sent(payment=payment, file=file) for payment in payments)
    paying.post(payments, file, by=by, on=on)
    facts.record(
        "kernel.payments_sent",
        thing=f"kernel.payment_file/{file.pk}",
        by=by,
        on=on,
        payments=file.payments,
        pence=file.pence,
        serial=file.serial,
    )
    return file


@commanding.command(capabilities.PLACE_RECEIPTS)
def payment_came_back(
    *, payment: models.Payment, entry: models.Entry, by: commanding.Actor, on: date
) -> None:
    """Say that an entry in suspense is a payment come back; it goes back to its account.

    Raises:
        DoesNotMatch: the payment was not sent, has come back, or is of another amount.
        suspense.NothingLeft: the entry has been placed meanwhile.
    """
    sent = models.Sent.objects.filter(payment=payment).exists()
    if not sent or entry.pence != payment.pence:
        raise DoesNotMatch("This entry is not that payment: it was not sent, or is another amount.")
    target = matching.Target(payment.kind, payment.reference)
    part = suspense.Part(target, payment.pence, year=payment.part, words=CAME_BACK)
    suspense.place_entry(entry=entry, parts=[part], by=by, on=on)
    try:
        with transaction.atomic():
            models.CameBack.objects.create(payment=payment, entry=entry, by=by.reference, on=on)
    except IntegrityError as error:
        raise DoesNotMatch("That payment has come back before.") from error
    facts.record(
        "kernel.payment_came_back",
        about=[payment.details.person_id],
        thing=f"kernel.payment/{payment.pk}",
        by=by,
        on=on,
        pence=payment.pence,
    )
