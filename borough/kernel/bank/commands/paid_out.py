"""Saying what money that left our bank account was: our payments, or what a service lost again."""

from datetime import date

from django.db import IntegrityError, connection, transaction

from borough.kernel import commanding
from borough.kernel.bank import bouncing, capabilities, matching, models
from borough.kernel.bank.commands import statements
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording

PAYMENTS = "kernel.payment_file"
_MATCHING = 0x4F_55_54  # "OUT": the number of the lock, so that it meets no other


class NotThatMoney(commanding.Refusal):
    """The entry is of another amount, or what it is said to be has gone out by another entry."""


@commanding.command(capabilities.PLACE_RECEIPTS)
def match_paid_out(
    *, entry: models.Entry, target: matching.Target, by: commanding.Actor, on: date
) -> None:
    """Say what an entry of money out was. Payments of ours were posted when their file was made.

    Args:
        entry: money out.
        target: what it was: a file of payments by its serial number, a payment to us that was
            taken back by the number of its entry, or what a service names.
        by: who has found out.
        on: the day on which it is posted, where it is not posted yet.

    Raises:
        statements.AlreadyTakenUp: somebody has said so meanwhile.
        NotThatMoney: it is another amount, or went out by another entry.
        matching.UnknownTarget: there is no such money.
    """
    _alone()
    stopped = models.Stopped.objects.filter(entry=entry, why=models.Stopped.Why.OUT).first()
    if stopped is None:
        raise NotThatMoney("This entry is no money out that waits to be matched.")
    # However it is written: who looks the name up may not mind capitals.
    same = models.Placed.objects.filter(kind=target.kind, reference__iexact=target.reference)
    if same.exists():
        raise NotThatMoney(f"Another entry has been matched with {target.reference}.")
    pence = -entry.pence
    _take(stopped, by=by, on=on)
    out = matching.Out(entry.key, target, pence)
    if target.kind == PAYMENTS:
        _refuse_payments(target.reference, pence)
    elif target.kind == bouncing.KIND:
        bouncing.undo(out, by=by, on=on)
    else:
        matching.pay_out(out, by=by, on=on)
    models.Placed.objects.create(
        entry=entry,
        kind=target.kind,
        reference=target.reference,
        pence=pence,
        by_hand=True,
        certainty_percent=100,
        by=by.reference,
        on=on,
    )
    facts.record(
        "kernel.paid_out_matched",
        thing=f"kernel.bank_entry/{entry.pk}",
        by=by,
        on=on,
        pence=pence,
        matched_with=target.reference,
    )


def _take(stopped: models.Stopped, *, by: commanding.Actor, on: date) -> None:
    try:
        with transaction.atomic():
            models.TakenUp.objects.create(
                stopped=stopped,
                needs_another=False,
                loaded_by=stopped.entry.file.by,
                by=by.reference,
                on=on,
            )
    except IntegrityError as error:
        raise statements.AlreadyTakenUp("Somebody has matched this entry meanwhile.") from error


def _refuse_payments(serial: str, pence: int) -> None:
    file = models.PaymentFile.objects.filter(serial=serial).first()
    if file is None:
        raise matching.UnknownTarget(f"No file of payments has the serial number {serial}.")
    if file.pence != pence:
        raise NotThatMoney(
            f"The file {serial} came to {wording.money(file.pence)}, and this entry is "
            f"{wording.money(pence)}. Look for the difference first."
        )


def _alone() -> None:
    """Match one at a time, so that nothing is matched with two entries."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_MATCHING])
