"""Refunds: asked for from a credit, granted or refused by a second officer.

Local Government Finance Act 1992, Schedule 2 and SI 1992/613: what was paid too much is repaid if
the payer requires it, or else credited against what is to come.
"""

from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.bank import paying
from borough.kernel.bank.models import BankDetails, Payment
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.ledger.models import Journal
from borough.kernel.pages import wording
from borough.lines.revenues import allotting, billing, capabilities, models, receiving
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import refunds as queries

SOURCE = "revenues.refunds"


class NoCredit(commanding.Refusal):
    """The year is not in credit by so much."""


class NotConfirmed(commanding.Refusal):
    """No second officer has confirmed the bank details, or they were withdrawn."""


class NotTheirs(commanding.Refusal):
    """The bank details are of somebody who is not liable on the account."""


class AskThePayer(commanding.Refusal):
    """Other years are owed for: the payer chooses which comes first."""


class SamePerson(commanding.Refusal):
    """Whoever asked for a refund, or keyed its bank details, may not grant it."""


class NotGranted(commanding.Refusal):
    """The refund was not granted, so there is nothing to take back."""


DECIDED = "This refund has been granted or refused already."


class AlreadyDecided(commanding.Refusal):
    """The refund has been granted or refused meanwhile."""


@commanding.command(capabilities.ASK_REFUND)
def ask_refund(
    *,
    account: models.Account,
    year: str,
    pence: int,
    details: BankDetails,
    chose_refund: bool = False,
    by: commanding.Actor,
    on: date,
) -> models.Refund:
    """Ask that a credit be paid back; nothing is paid before a second officer grants it.

    Args:
        account: whose credit it is.
        year: the part that is in credit, such as ``2025-26``.
        pence: how much, never more than the credit.
        details: where it goes; keyed by one officer and confirmed by another.
        chose_refund: the payer knows of what is owed for other years, and wants the refund.
        by: who asks.
        on: today.

    Raises:
        NoCredit: the year is in credit by less, or what is left is asked for already.
        NotConfirmed: the bank details may not be used.
        NotTheirs: they are of somebody else.
        AskThePayer: other years are owed for, and nobody has asked the payer.
    """
    if not details.may_be_used:
        raise NotConfirmed("A second officer has to confirm these bank details first.")
    if not account.liabilities.filter(person_id=details.person_id).exists():
        raise NotTheirs("These bank details belong to nobody who is liable on this account.")
    subs = allotting.sub_accounts([account.reference]).get(account.reference, {})
    sub_account, _ = subs.get(year, (None, 0))
    free = queries.credit_left(sub_account) if sub_account is not None else 0
    if sub_account is None or not 0 < pence <= free:
        raise NoCredit(f"{wording.money(max(free, 0))} of {year} can be paid back, and no more.")
    owed = sum(balance for part, (_, balance) in subs.items() if part != year and balance > 0)
    if owed and not chose_refund:
        raise AskThePayer(
            f"{wording.money(owed)} is owed for other years. Ask the payer whether the credit "
            "shall pay that first. It is theirs to choose."
        )
    refund = models.Refund.objects.create(
        account=account,
        sub_account_id=sub_account,
        details=details,
        pence=pence,
        other_debts_pence=owed,
        chose_refund=chose_refund,
        asked_by=by.reference,
        keyed_by=details.keyed_by,
        on=on,
    )
    changing.record("revenues.refund_asked", account, on=on, by=by, pence=pence, year=year)
    return refund


@commanding.command(capabilities.DECIDE_REFUND)
def grant_refund(*, refund: models.Refund, by: commanding.Actor, on: date) -> Payment:
    """Grant a refund that a colleague asked for; it goes with the next file of payments.

    Raises:
        SamePerson: the officer asked for it, or keyed its bank details.
        AlreadyDecided: it was decided meanwhile.
        NoCredit: the credit has become less.
        NotConfirmed: the bank details were withdrawn.
    """
    if why_not := queries.why_not_theirs(refund, by):
        raise SamePerson(why_not)
    if models.RefundDecision.objects.filter(refund=refund).exists():
        raise AlreadyDecided(DECIDED)
    details = BankDetails.objects.get(pk=refund.details_id)
    if not details.may_be_used:
        raise NotConfirmed("The bank details have been withdrawn. Refuse it, and ask again.")
    opening.lock_sub_account(refund.sub_account_id)
    credit = -ledger.balances([refund.sub_account_id])[refund.sub_account_id]
    if credit < refund.pence:
        raise NoCredit(f"Only {wording.money(max(credit, 0))} is in credit now. Refuse it.")
    payment = Payment.objects.create(
        details=details,
        thing=_thing(refund),
        kind=billing.KIND,
        reference=refund.account.reference,
        part=refund.sub_account.part,
        pence=refund.pence,
        asked_by=refund.asked_by,
        keyed_by=refund.keyed_by,
        decided_by=by.reference,
        decided_on=on,
    )
    _decide(refund, payment, "", by=by, on=on)
    _post(refund, payment, by=by, on=on)
    changing.record("revenues.refund_granted", refund.account, on=on, by=by, pence=refund.pence)
    return payment


@commanding.command(capabilities.DECIDE_REFUND)
def refuse_refund(*, refund: models.Refund, because: str, by: commanding.Actor, on: date) -> None:
    """Refuse a refund; the credit stays where it is.

    Raises:
        AlreadyDecided: it was decided meanwhile.
    """
    _decide(refund, None, because, by=by, on=on)
    changing.record("revenues.refund_refused", refund.account, on=on, by=by, pence=refund.pence)


@commanding.command(capabilities.DECIDE_REFUND)
def take_back_refund(*, refund: models.Refund, by: commanding.Actor, on: date) -> None:
    """Take back a refund that was granted and has not gone; the credit can be asked for again.

    Raises:
        NotGranted: it was never granted.
        paying.HasGone: it went with a file, or was taken back before.
    """
    payment = Payment.objects.filter(thing=_thing(refund)).first()
    if payment is None:
        raise NotGranted("This refund was not granted.")
    paying.take_back(payment, by=by, on=on)
    journal = Journal.objects.get(source=SOURCE, key=str(refund.pk))
    posting.reverse(journal, on=on, because="Refund taken back before it went", by=by)
    changing.record("revenues.refund_taken_back", refund.account, on=on, by=by, pence=refund.pence)


def _thing(refund: models.Refund) -> str:
    """Return what the payment of a refund says that it is for."""
    return f"revenues.refund/{refund.pk}"


def _decide(
    refund: models.Refund,
    payment: Payment | None,
    because: str,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    try:
        with transaction.atomic():
            models.RefundDecision.objects.create(
                refund=refund,
                payment=payment,
                asked_by=refund.asked_by,
                keyed_by=refund.keyed_by,
                by=by.reference,
                on=on,
                because=because[:200],
            )
    except IntegrityError as error:
        raise AlreadyDecided(DECIDED) from error


def _post(refund: models.Refund, payment: Payment, *, by: commanding.Actor, on: date) -> None:
    """Post that the credit is payable: the Collection Fund has the General Fund pay it."""
    posting.post(
        source=SOURCE,
        key=str(refund.pk),
        on=on,
        narrative="Refund",
        lines=[
            payload.Line(receiving.TO_PAYER, refund.pence, refund.sub_account_id),
            payload.Line("CT-CASH-WITH-GF", -refund.pence),
            payload.Line("OWED-TO-CF", refund.pence),
            payload.Line(paying.CONTROL, -refund.pence, paying.sub_account(payment)),
        ],
        by=by,
    )
