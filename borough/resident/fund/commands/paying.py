"""What happens to an award after the decision: taken back before it goes, or paid again."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.bank.models import BankDetails
from borough.kernel.people.models import Person
from borough.resident.fund import capabilities, models, money, telling
from borough.resident.fund.commands import asking, deciding
from borough.resident.fund.queries import applications

State = applications.State


class NotToBePaid(commanding.Refusal):
    """Nothing waits to be paid, or nothing came back."""


@commanding.command(capabilities.DECIDE_AWARD)
def reverse_award(
    *, application: models.Application, because: str, by: commanding.Actor, on: date
) -> None:
    """Take back an award that was given by mistake and has not gone to the bank.

    Raises:
        NotToBePaid: it has gone, or was taken back before.
        asking.NoReason: there is no reason.
    """
    now = _held(application)
    if now.state is not State.TO_BE_PAID or now.paying is None:
        raise NotToBePaid(
            "Nothing of it waits to go. What has gone is not taken back here: the council decides "
            "what to do about it."
        )
    if not because.strip():
        raise asking.NoReason("Write why it is taken back.")
    money.take_back(now.paying, because=because.strip(), by=by, on=on)
    pence = now.decisions[-1].pence
    telling.tell("resident.fund_reversed", application, by=by, on=on, pence=pence)


@commanding.command(capabilities.DECIDE_AWARD)
def pay_again(
    *, application: models.Application, details: BankDetails, by: commanding.Actor, on: date
) -> models.Paying:
    """Pay an award again that the bank sent back, to bank details that hold.

    Raises:
        NotToBePaid: nothing came back.
        deciding.NotTheirs, deciding.SamePerson, money.NothingLeft: with what to do.
    """
    now = _held(application)
    if now.state is not State.CAME_BACK or now.paying is None:
        raise NotToBePaid("No payment of it came back.")
    fresh = BankDetails.objects.get(pk=details.pk)
    if fresh.person_id != application.payee_id or not fresh.may_be_used:
        raise deciding.NotTheirs(
            "Choose bank details of the payee that a second officer has confirmed."
        )
    asked_by = now.paying.payment.asked_by
    if by.reference in {fresh.keyed_by, asked_by}:
        raise deciding.SamePerson(
            "You keyed these bank details, or proposed the award. A colleague pays it again."
        )
    decision = now.decisions[-1]
    made = money.pay(decision, fresh, asked_by=asked_by, by=by, on=on)
    telling.tell("resident.fund_paid_again", application, by=by, on=on, pence=decision.pence)
    return made


def _held(application: models.Application) -> applications.Standing:
    Person.objects.select_for_update().get(pk=application.person_id)
    now = applications.of_application(application.pk)
    if now is None:
        raise NotToBePaid("There is no such application.")
    return now
