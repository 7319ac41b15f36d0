"""Passing on what is held for others: made ready by one officer, granted by another."""

from datetime import date

from django.db import IntegrityError, connection, transaction

from borough.kernel import commanding
from borough.kernel.bank import matching, paying
from borough.kernel.bank.models import BankDetails, Payment
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import posting
from borough.kernel.pages import wording
from borough.resident.plans import accounts, capabilities, models, splitting
from borough.resident.plans.queries import held

_PASSING_ON = 0x48_45_4C_44  # "HELD": the number of the lock, so that it meets no other


class NothingHeld(commanding.Refusal):
    """Nothing is held for them, or it waits to be passed on already."""


class NotConfirmed(commanding.Refusal):
    """The bank details may not be used."""


class SamePerson(commanding.Refusal):
    """Whoever made it ready, or keyed the bank details, may not grant it."""


class AlreadyDecided(commanding.Refusal):
    """It was granted or dropped meanwhile."""


@commanding.command(capabilities.ASK_REMITTANCE)
def ask_remittance(
    *, source: str, details: BankDetails, by: commanding.Actor, on: date
) -> models.Remittance:
    """Make ready all that is held for a source; debts of which too much was passed on wait.

    Raises:
        NothingHeld: nothing is held for it, or one waits already.
        NotConfirmed: the bank details may not be used.
    """
    _alone()
    holder = held.of_source(source)
    lines = [one for one in holder.lines if one.pence > 0]
    if holder.waits is not None or not lines:
        raise NothingHeld("Nothing is held for them, or it waits to be passed on already.")
    if not BankDetails.objects.get(pk=details.pk).may_be_used:
        raise NotConfirmed("A second officer has to confirm these bank details first.")
    made = models.Remittance.objects.create(
        source=source,
        details=details,
        pence=sum(one.pence for one in lines),
        asked_by=by.reference,
        keyed_by=details.keyed_by,
        on=on,
    )
    models.RemittanceLine.objects.bulk_create(
        models.RemittanceLine(
            remittance=made,
            sub_account_id=one.sub_account_id,
            reference=one.reference,
            pence=one.pence,
        )
        for one in lines
    )
    _tell("resident.remittance_asked", made, by=by, on=on)
    return made


@commanding.command(capabilities.GRANT_REMITTANCE)
def grant_remittance(
    *, remittance: models.Remittance, by: commanding.Actor, on: date
) -> models.Remitted:
    """Have a remittance paid with the next file of payments.

    Raises:
        SamePerson: the officer made it ready, or keyed its bank details.
        AlreadyDecided: it was decided meanwhile.
        NothingHeld: less is held now than is to be passed on: drop it, and make it ready anew.
        NotConfirmed: the bank details were withdrawn.
    """
    if by.reference in {remittance.asked_by, remittance.keyed_by}:
        raise SamePerson("You made this ready, or keyed its bank details. A colleague grants it.")
    _alone()
    if models.Remitted.objects.filter(remittance=remittance).exists():
        raise AlreadyDecided("It was granted or dropped meanwhile.")
    details = BankDetails.objects.get(pk=remittance.details_id)
    if not details.may_be_used:
        raise NotConfirmed("The bank details have been withdrawn. Drop it, and make it anew.")
    now = {one.sub_account_id: one.pence for one in held.of_source(remittance.source).lines}
    lines = list(remittance.lines.order_by("pk"))
    if any(now.get(one.sub_account_id, 0) < one.pence for one in lines):
        raise NothingHeld("Less is held now: a payment was taken back. Drop it, and make it anew.")
    payment = Payment.objects.create(
        details=details,
        thing=f"resident.remittance/{remittance.pk}",
        kind=accounts.HELD.slug,
        reference=remittance.reference,
        pence=remittance.pence,
        asked_by=remittance.asked_by,
        keyed_by=details.keyed_by,
        decided_by=by.reference,
        decided_on=on,
    )
    posting.post(
        source=splitting.SOURCE,
        key=f"remitted/{remittance.pk}",
        on=on,
        narrative="Passed on to whom it is owed",
        lines=[
            *(payload.Line(accounts.HELD.control, o.pence, o.sub_account_id) for o in lines),
            payload.Line(paying.CONTROL, -remittance.pence, paying.sub_account(payment)),
        ],
        by=by,
    )
    _tell("resident.remittance_granted", remittance, by=by, on=on)
    return _decide(remittance, payment, by=by, on=on)


@commanding.command(capabilities.GRANT_REMITTANCE)
def drop_remittance(*, remittance: models.Remittance, by: commanding.Actor, on: date) -> None:
    """Drop a remittance that is not to be paid; what is held stays held.

    Raises:
        AlreadyDecided: it was decided meanwhile.
    """
    _decide(remittance, None, by=by, on=on)


def receive_back(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> None:
    """Post that a remittance came back: its lines are held again.

    Raises:
        matching.UnknownTarget: no remittance of that amount is out.
    """
    out = models.Remitted.objects.filter(
        payment__reference=receipt.target.reference,
        payment__pence=receipt.pence,
        payment__sent__isnull=False,
        came_back=None,
    ).first()
    if out is None:
        raise matching.UnknownTarget(f"No {wording.money(receipt.pence)} passed on is out.")
    origin = "BANK" if receipt.suspense is None else "SUSPENSE"
    posting.post(
        source=splitting.SOURCE,
        key=receipt.key,
        on=receipt.on,
        narrative="Came back from the bank",
        lines=[
            payload.Line(origin, receipt.pence, receipt.suspense),
            *(
                payload.Line(accounts.HELD.control, -one.pence, one.sub_account_id)
                for one in out.remittance.lines.order_by("pk")
            ),
        ],
        by=by,
    )
    models.RemittanceBack.objects.create(remitted=out, by=by.reference, on=on)
    _tell("resident.remittance_came_back", out.remittance, by=by, on=on)


def _decide(
    remittance: models.Remittance, payment: Payment | None, *, by: commanding.Actor, on: date
) -> models.Remitted:
    try:
        with transaction.atomic():
            return models.Remitted.objects.create(
                remittance=remittance,
                payment=payment,
                asked_by=remittance.asked_by,
                keyed_by=remittance.keyed_by,
                by=by.reference,
                on=on,
            )
    except IntegrityError as error:
        raise AlreadyDecided("It was granted or dropped meanwhile.") from error


def _alone() -> None:
    """Pass on one at a time, so that nothing is passed on twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_PASSING_ON])


def _tell(what: str, one: models.Remittance, *, by: commanding.Actor, on: date) -> None:
    facts.record(what, thing=f"resident.remittance/{one.pk}", by=by, on=on, pence=one.pence)
