"""The money of the fund: from its budget to a payment, and back when that fails.

An award is an expense of the General Fund that waits on PAYABLE until the kernel's file of payments
takes it. What comes back makes the expense less again, and so the budget whole.
"""

from datetime import date

from django.db import connection

from borough.kernel import commanding
from borough.kernel.bank import matching, paying
from borough.kernel.bank.models import BankDetails, Payment
from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.pages import wording
from borough.resident.fund import accounts, models, telling
from borough.resident.fund.queries import budgets

SOURCE = "resident.fund"
_SPENDING = 0x46_55_4E_44  # "FUND": the number of the lock, so that it meets no other


class NothingLeft(commanding.Refusal):
    """The strand's budget of the year has less left, or nobody has loaded one."""


def pay(
    decision: models.Decision,
    details: BankDetails,
    *,
    asked_by: str,
    by: commanding.Actor,
    on: date,
) -> models.Paying:
    """Post that an award is payable, and have it wait for the next file of payments.

    Raises:
        NothingLeft: the budget does not hold it.
    """
    application = decision.application
    _refuse_beyond_budget(application, decision.pence, on)
    nth = decision.payings.count() + 1
    payment = Payment.objects.create(
        details=details,
        thing=f"resident.fund_award/{decision.pk}/{nth}",
        kind=accounts.AWARDS.slug,
        reference=application.reference,
        pence=decision.pence,
        asked_by=asked_by,
        keyed_by=details.keyed_by,
        decided_by=by.reference,
        decided_on=on,
    )
    made = models.Paying.objects.create(decision=decision, nth=nth, payment=payment)
    [sub] = opening.open_sub_accounts(
        kind=accounts.AWARDS.slug,
        references=[application.reference],
        part=budgets.part(application.strand, on),
    )
    posting.post(
        source=SOURCE,
        key=key(made),
        on=on,
        narrative="Given from the hardship fund",
        lines=[
            payload.Line(accounts.CONTROL, decision.pence, int(sub)),
            payload.Line(paying.CONTROL, -decision.pence, paying.sub_account(payment)),
        ],
        by=by,
    )
    return made


def receive_back(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> models.Returned:
    """Post that a payment of an award came back: the fund has the money again.

    Raises:
        matching.UnknownTarget: no payment of that amount of that application is out.
    """
    rows = models.Paying.objects.filter(
        payment__kind=receipt.target.kind,
        payment__reference=receipt.target.reference,
        payment__pence=receipt.pence,
        payment__sent__isnull=False,
        returned=None,
    )
    out = rows.order_by("-pk").first()
    if out is None:
        raise matching.UnknownTarget(
            f"No payment of {wording.money(receipt.pence)} of {receipt.target.reference} is out."
        )
    origin = "BANK" if receipt.suspense is None else "SUSPENSE"
    posting.post(
        source=SOURCE,
        key=receipt.key,
        on=receipt.on,
        narrative="Came back from the bank",
        lines=[
            payload.Line(origin, receipt.pence, receipt.suspense),
            payload.Line(accounts.CONTROL, -receipt.pence, _sub_account(out)),
        ],
        by=by,
    )
    telling.tell(
        "resident.fund_came_back", out.decision.application, by=by, on=on, pence=receipt.pence
    )
    return models.Returned.objects.create(
        paying=out, why=models.Returned.Why.CAME_BACK, by=by.reference, on=on
    )


def take_back(one: models.Paying, *, because: str, by: commanding.Actor, on: date) -> None:
    """Take an award back that has not gone: its posting is reversed, to the penny.

    Raises:
        paying.HasGone: it went with a file.
    """
    paying.take_back(one.payment, by=by, on=on)
    journal = ledger.Journal.objects.get(source=SOURCE, key=key(one))
    posting.reverse(journal, on=on, because="Taken back before it went", by=by)
    models.Returned.objects.create(
        paying=one, why=models.Returned.Why.REVERSED, because=because, by=by.reference, on=on
    )


def key(one: models.Paying) -> str:
    """Return the key under which a payment of an award is posted."""
    return f"{one.decision_id}/{one.nth}"


def _sub_account(one: models.Paying) -> int | None:
    """Return the sub-account to which an award was charged: of the year in which it was given."""
    posted = ledger.Posting.objects.get(
        journal__source=SOURCE, journal__key=key(one), account__code=accounts.CONTROL
    )
    return posted.sub_account_id


def _refuse_beyond_budget(application: models.Application, pence: int, on: date) -> None:
    """Hold the fund until the transaction ends: two who give at once follow one another."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SPENDING])
    spending = budgets.of_strand(models.Strand(application.strand), on)
    left = spending.left_pence
    if left is None:
        raise NothingLeft(
            f"No budget of {spending.year} is loaded for {application.get_strand_display()}s. "
            "Ask whoever keeps the fund’s budget."
        )
    if pence > left:
        raise NothingLeft(
            f"{wording.money(left)} of {spending.year} is left for "
            f"{application.get_strand_display()}s. Ask whoever keeps the fund’s budget."
        )
