"""Attachments of earnings: ordered, varied, paid under, ended (SI 1992/613 regs 37 to 42)."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.holds import commands as holds
from borough.kernel.people.models import Person
from borough.lines.revenues import (
    allotting,
    capabilities,
    models,
    recalling,
    remedy_receipts,
    remedying,
    steps,
)
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import attachments as queries
from borough.lines.revenues.queries import remedies
from borough.rules import money, years


class NotADebtor(commanding.Refusal):
    """The order is made against an individual who is liable for the year."""


class NotAnEmployer(commanding.Refusal):
    """Nobody is their own employer."""


class TwoInForce(commanding.Refusal):
    """Two orders are in force against the person."""


class AlreadyEnded(commanding.Refusal):
    """The order has ended."""


class NotAnAmount(commanding.Refusal):
    """The amount cannot be right."""


class AlreadyTakenBack(commanding.Refusal):
    """The deduction was taken back."""


class MovedSince(commanding.Refusal):
    """The money of the deduction pays another year now."""


class AlreadyReceived(commanding.Refusal):
    """The deduction of that pay day is recorded."""


@commanding.command(capabilities.ORDER_ATTACHMENT)
def order_attachment(
    *,
    account: models.Account,
    year: years.Year,
    person: Person,
    employer: Person,
    frequency: str,
    payroll_number: str = "",
    by: commanding.Actor,
    on: date,
) -> models.Attachment:
    """Order an employer to deduct what is outstanding under a liability order from earnings.

    Args:
        account: whose debt.
        year: the year of the order.
        person: against whom; the order is made against one of those liable.
        employer: to whom it is directed.
        frequency: how often earnings are paid, of ``models.Attachment.Frequency``.
        payroll_number: the employer's own number of the person, where it is known.
        by: who orders.
        on: the day of the order.

    Raises:
        remedying.NoOrder: there is no liability order, or nothing is outstanding.
        NotADebtor: the person is not liable for the year, or no individual.
        NotAnEmployer: debtor and employer are the same.
        TwoInForce: two orders are in force.
        remedying.StandsAgainst, remedying.AnotherRemedy: see there.
    """
    holds.asking()  # first, as whoever stands in the way takes it before the account
    models.Account.objects.select_for_update().get(pk=account.pk)
    found = _order(account, year, on)
    _refuse_debtor(account, year, person)
    if employer.pk == person.pk:
        raise NotAnEmployer("Somebody who works for themselves has no employer to order.")
    remedy = remedying.start(
        remedying.Kind.ATTACHMENT, found, person.pk, slot=_free_slot(person, on), on=on
    )
    attachment = models.Attachment.objects.create(
        remedy=remedy,
        employer=employer,
        payroll_number=payroll_number.strip(),
        frequency=models.Attachment.Frequency(frequency),
    )
    attachment.amounts.create(on=on, pence=remedy.owed_pence)
    remedying.tell("revenues.attachment_ordered", remedy, by=by, on=on, pence=remedy.owed_pence)
    return attachment


@commanding.command(capabilities.ORDER_ATTACHMENT)
def vary_attachment(
    *, attachment: models.Attachment, pence: int, by: commanding.Actor, on: date
) -> models.AttachedAmount:
    """Change what is still to be deducted; the employer is served with the order as varied.

    Raises:
        AlreadyEnded: it has ended.
        NotAnAmount: it is nothing, or more than is outstanding.
        remedying.StandsAgainst: it would take more, and something stands against that.
    """
    holds.asking()
    remedy = _held(attachment, on)
    if pence > _newest_pence(attachment):
        remedying.refuse_more(remedy, on=on)
    outstanding = queries.outstanding(remedy, on)
    if not 0 < pence <= outstanding:
        raise NotAnAmount(
            f"{money.pounds(outstanding)} is outstanding under the order. Enter that or less."
        )
    amount = attachment.amounts.create(on=on, pence=pence)
    remedying.tell("revenues.attachment_varied", remedy, by=by, on=on, pence=pence)
    return amount


@commanding.command(capabilities.ORDER_ATTACHMENT)
def end_attachment(
    *, attachment: models.Attachment, why: str, by: commanding.Actor, on: date
) -> models.Remedy:
    """End an order: discharged (regulation 41(2)), or the person left that employer.

    Raises:
        AlreadyEnded: it has ended.
    """
    remedy = _held(attachment, on)
    recalling.end(remedy, models.Remedy.Ended(why), by=by, on=on)
    return remedy


@commanding.command(capabilities.TAKE_PAYMENTS)
def record_deduction(
    *,
    attachment: models.Attachment,
    pay_day: date,
    deducted_pence: int,
    net_pence: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Deduction:
    """Record what an employer took on a pay day and passed on; the debt becomes as much smaller.

    Nothing taken is worth recording too: it says that the earnings were too small. What an employer
    passes on after the order ended is money all the same.

    Args:
        attachment: the order.
        pay_day: of the earnings.
        deducted_pence: what was taken and passed on.
        net_pence: the earnings after tax, National Insurance and pension, where the employer said.
        by: who records it.
        on: the day of receipt.

    Raises:
        AlreadyReceived: that pay day is recorded.
        NotAnAmount: more was taken than earned, or than the whole order was for.
        changing.NotADay: the pay day is yet to come, or before the order.
    """
    remedy = models.Remedy.objects.select_for_update().get(pk=attachment.remedy_id)
    _refuse_deduction(attachment, remedy, pay_day, deducted_pence, net_pence, on)
    number = attachment.deductions.filter(pay_day=pay_day).count() + 1
    deduction = attachment.deductions.create(
        pay_day=pay_day,
        number=number,
        net_pence=net_pence,
        expected_pence=queries.expected(attachment, net_pence),
        deducted_pence=deducted_pence,
        received_on=on,
    )
    if deducted_pence:
        money_in = remedy_receipts.Received(_key(deduction), remedy, deducted_pence, on)
        remedy_receipts.receive([money_in], by=by, on=on)
        remedying.tell("revenues.deduction_received", remedy, by=by, on=on, pence=deducted_pence)
    if remedy.ends is None and queries.outstanding(remedy, on) == 0:
        recalling.end(remedy, models.Remedy.Ended.PAID, by=by, on=on)
    return deduction


@commanding.command(capabilities.SET_RECEIPTS)
def take_back_deduction(
    *, deduction: models.Deduction, by: commanding.Actor, on: date
) -> models.DeductionTakenBack:
    """Take back a deduction that was keyed wrongly: the opposite is posted, nothing is deleted.

    What it paid is owed again, and its pay day can be keyed anew. An order that ended because of
    it stays ended: whether to order again is for an officer.

    Raises:
        AlreadyTakenBack: somebody took it back.
        MovedSince: an officer has set its money against another year meanwhile.
    """
    remedy = models.Remedy.objects.select_for_update().get(pk=deduction.attachment.remedy_id)
    if models.DeductionTakenBack.objects.filter(deduction=deduction).exists():
        raise AlreadyTakenBack("This deduction has been taken back. Nothing was posted again.")
    key = _key(deduction)
    if models.Allotment.objects.filter(key=key, rule=allotting.OFFICER).exists():
        raise MovedSince("Its money was set against another year. Set it back first.")
    taken_back: models.DeductionTakenBack = models.DeductionTakenBack.objects.create(
        deduction=deduction, by=by.reference, on=on
    )
    remedy_receipts.take_back(key, by=by, on=on)
    remedying.tell(
        "revenues.deduction_taken_back", remedy, by=by, on=on, pence=deduction.deducted_pence
    )
    return taken_back


def _key(deduction: models.Deduction) -> str:
    """Return what makes a deduction post once: its order, its pay day and which try it is."""
    again = f"/{deduction.number}" if deduction.number > 1 else ""
    return f"attachment/{deduction.attachment.remedy_id}/{deduction.pay_day.isoformat()}{again}"


def _order(account: models.Account, year: years.Year, on: date) -> remedies.Order:
    found = remedies.order_of(account, year, on)
    if found is None:
        raise remedying.NoOrder(f"There is no liability order in force for {year.name}.")
    if not found.outstanding_pence:
        raise remedying.NoOrder(f"Nothing is outstanding under the order for {year.name}.")
    return found


def _refuse_debtor(account: models.Account, year: years.Year, person: Person) -> None:
    liable = steps.liable([account.pk], year).get(account.pk, ())
    if person.kind != Person.Kind.PERSON or person.pk not in liable:
        raise NotADebtor(f"Choose somebody who is liable for {year.name}. Firms have no earnings.")


def _free_slot(person: Person, on: date) -> int:
    taken = {remedy.slot for remedy in remedies.against(person.pk, on)}
    slots = range(1, queries.duties(on).orders_at_most + 1)  # the database knows two
    free = [slot for slot in slots if slot not in taken]
    if not free:
        raise TwoInForce(
            "Two attachments of earnings are in force against this person: the most there may be. "
            "This debt waits until one of them is paid."
        )
    return free[0]


def _newest_pence(attachment: models.Attachment) -> int:
    return int(attachment.amounts.order_by("-on", "-pk").values_list("pence", flat=True)[0])


def _held(attachment: models.Attachment, on: date) -> models.Remedy:
    """Hold the remedy of an order still; refuse one that has ended."""
    remedy = models.Remedy.objects.select_for_update().get(pk=attachment.remedy_id)
    if remedy.ends is not None:
        raise AlreadyEnded("That order has ended. Open the account to see what holds now.")
    return remedy


def _refuse_deduction(
    attachment: models.Attachment,
    remedy: models.Remedy,
    pay_day: date,
    deducted_pence: int,
    net_pence: int | None,
    on: date,
) -> None:
    if pay_day > on:
        raise changing.NotADay("The pay day must be today or earlier.")
    if pay_day < remedy.starts:
        raise changing.NotADay("The pay day lies before the order was made.")
    if deducted_pence < 0 or (net_pence is not None and deducted_pence > net_pence):
        raise NotAnAmount("No more can be taken than was earned. Look at the two amounts again.")
    if deducted_pence > remedy.owed_pence:
        raise NotAnAmount(
            f"The whole order was for {money.pounds(remedy.owed_pence)}. Enter what was taken on "
            "this one pay day."
        )
    if attachment.deductions.filter(pay_day=pay_day, taken_back=None).exists():
        raise AlreadyReceived("The deduction of that pay day is recorded. Nothing was added.")
