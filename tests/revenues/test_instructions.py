"""Direct Debit instructions: two officers, one at a time, and the payer is told first."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from borough.kernel.bank import commands as bank
from borough.kernel.facts.models import Fact
from borough.lines.revenues import billing, instructing, lodging, models
from borough.lines.revenues.commands import collections as sending
from borough.lines.revenues.commands import instructions as commands
from borough.lines.revenues.queries import instalments, instructions
from borough.rules import years
from tests import makers
from tests.revenues import debits

pytestmark = pytest.mark.django_db
ON = date(2025, 4, 22)
GIVEN = instructing.Given("00-00-00", "12345678", "M RIMMER")


def billed(**account: object) -> models.Account:
    made = makers.an_account(**account)
    billing.bill_accounts(
        [made.pk], makers.YEAR, on=debits.BILLED, by=makers.everything(), because="annual billing"
    )
    return made


def set_up(
    account: models.Account, *, payment_day: int = 1, on: date = ON, agreed_on: date = ON
) -> models.Instruction:
    return commands.set_up(
        account=account,
        payer=account.liabilities.get().person,
        given=GIVEN,
        source="telephone",
        agreed_on=agreed_on,
        payment_day=payment_day,
        by=debits.ANN,
        on=on,
    )


def confirmed(instruction: models.Instruction, on: date = ON) -> models.Instruction:
    bank.confirm_details(details=instruction.details, by=debits.TOM, on=on)
    instruction.refresh_from_db()
    return instruction


def lodged(on: date = ON) -> None:
    by = makers.everything()
    lodging.carry_out(sending.send_instructions(by=by, on=on), by=by)


def due_days(account: models.Account) -> list[tuple[date | None, int]]:
    year = years.Year(2025)
    asked = instalments.of(account.pk, year, charged_pence=189_993, received_pence=0)
    return [(one.due_on, one.pence) for one in asked]


def test_from_a_form_to_the_first_collection():
    account = billed(band="B")
    instruction = set_up(account)
    assert instruction.reference == f"CT{account.reference:0>8}01"
    assert instructions.state(instruction, ON) == "Waits for a second officer"
    with pytest.raises(sending.NothingToTell):
        lodged()
    confirmed(instruction)
    assert instructions.state(instruction, ON) == "To be sent to the bank"
    lodged()
    instruction.refresh_from_db()
    assert instruction.live_from == date(2025, 4, 30)
    assert instructions.state(instruction, ON) == "Sent to the bank"
    assert instructions.state(instruction, date(2025, 4, 30)) == "In use"
    assert debits.collected(date(2025, 6, 2), on=date(2025, 5, 20)).items.get().code == "01"


def test_the_account_pays_by_direct_debit_from_then_on():
    account = billed(band="B")
    set_up(account)
    assert account.plans.get(ends=None).method == "direct_debit"


def test_whoever_keyed_the_bank_details_may_not_confirm_them():
    instruction = set_up(billed(band="B"))
    with pytest.raises(bank.SamePerson):
        bank.confirm_details(details=instruction.details, by=debits.ANN, on=ON)


def test_an_account_has_one_instruction_at_a_time():
    account = billed(band="B")
    first = set_up(account)
    with pytest.raises(commands.AlreadyInstructed, match="Cancel it first"):
        set_up(account)
    first.pk, first.reference = None, "CT9999999999"
    with pytest.raises(IntegrityError, match="one_instruction_at_a_time"), transaction.atomic():
        first.save()


def test_after_cancelling_the_next_has_a_reference_of_its_own_and_the_bank_is_told():
    account = billed(band="B")
    first = confirmed(set_up(account))
    lodged()
    later = date(2025, 5, 20)
    first.refresh_from_db()
    commands.cancel(instruction=first, by=debits.ANN, on=later)
    assert account.plans.get(ends=None).method == "cash"
    assert lodging.waiting(later) == [(first.pk, "0C")]
    second = set_up(account, on=later)
    assert second.reference == f"CT{account.reference:0>8}02"
    assert second.details == first.details  # the same account is not keyed twice
    with pytest.raises(instructing.NotInForce):
        commands.cancel(instruction=first, by=debits.ANN, on=later)


def test_what_never_went_to_the_bank_is_not_cancelled_there():
    instruction = confirmed(set_up(billed(band="B")))
    commands.cancel(instruction=instruction, by=debits.ANN, on=date(2025, 4, 23))
    assert lodging.waiting(date(2025, 5, 1)) == []


def test_another_day_moves_the_instalments_to_come_and_not_their_sum():
    account = billed(band="B")
    confirmed(set_up(account))
    commands.change_day(account=account, payment_day=15, by=debits.ANN, on=ON)
    rows = due_days(account)
    assert rows[0] == (None, 18_993 + 19_000)  # April, and 1 May: too soon to move
    assert [day for day, _ in rows[1:3]] == [date(2025, 6, 15), date(2025, 7, 15)]
    assert len(rows) == 9
    assert sum(pence for _, pence in rows) == 189_993
    assert models.Bill.objects.get(account=account, version=2).charge_pence == 189_993


def test_a_day_that_has_no_room_left_in_its_month_goes_to_the_next():
    account = billed(band="B", payment_day=28)
    instruction = set_up(account, payment_day=28)
    commands.change_day(account=account, payment_day=1, by=debits.ANN, on=date(2025, 5, 20))
    rows = due_days(account)
    assert next(day for day, _ in rows if day) == date(2025, 7, 1)
    assert sum(pence for _, pence in rows) == 189_993
    assert instruction.advance_notices.count() == 2


def test_the_day_of_a_moved_instalment_was_told_in_time_and_is_collected():
    account = billed(band="B")
    confirmed(set_up(account))
    lodged()
    commands.change_day(account=account, payment_day=15, by=debits.ANN, on=ON)
    june = debits.collected(date(2025, 6, 16), on=date(2025, 6, 3))  # the 15th is a Sunday
    assert june.items.get().due_on == date(2025, 6, 15)


@pytest.mark.parametrize("day", [0, 29, 31])
def test_a_day_that_some_months_lack_is_refused(day):
    with pytest.raises(commands.NotADay, match="1 to 28"):
        set_up(billed(band="B"), payment_day=day)


def test_a_payer_did_not_agree_a_century_ago():
    with pytest.raises(commands.NotADay, match="ask the payer for a new one"):
        set_up(billed(band="B"), agreed_on=date(1925, 9, 24))


def test_stopping_and_going_on():
    account = debits.a_payer(band="B")
    instruction = account.instructions.get()
    commands.stop(instruction=instruction, by=debits.ANN, on=ON)
    assert instructions.state(instruction, ON) == "Stopped"
    assert list(debits.prepared().parts.get().result["reasons"]) == ["STOPPED"]
    commands.resume(instruction=instruction, by=debits.ANN, on=date(2025, 4, 23))
    assert debits.collected(on=date(2025, 4, 23)).items.count() == 1


def test_bank_numbers_are_in_no_fact():
    account = billed(band="B")
    confirmed(set_up(account))
    assert "12345678" not in str(list(Fact.objects.values_list("detail", "thing")))


def test_what_comes_next_is_what_the_collection_would_take():
    account = debits.a_payer(band="B")
    first, *others = instructions.coming(account, ON)
    assert (first.due_on, first.pence, first.reason) == (
        debits.MAY,
        19_000,
        "Will be collected",
    )
    assert [one.collects_on for one in others[:2]] == [date(2025, 6, 2), date(2025, 7, 1)]
    debits.posted(debits.collected())
    assert [one.state for one in instructions.past(account)] == ["Received"]
    assert instructions.coming(account, debits.MAY)[0].due_on == date(2025, 6, 1)
