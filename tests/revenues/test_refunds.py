"""Refunds: never more than the credit, never by one person, and back when the bank says so."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing, models, paying, standard18
from borough.kernel.commanding import NotAllowed
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing
from borough.lines.revenues.commands import receipts, refunds
from borough.lines.revenues.models import Refund, RefundDecision
from borough.lines.revenues.queries import refunds as queries
from tests import makers
from tests.revenues.test_receipts import LAST, THIS, billed

ON = date(2025, 5, 1)
ANN, BOB, TOM, HINA = (makers.an_officer(number) for number in (1, 2, 3, 4))
CREDIT = 10_007


def in_credit(*years, paid: int = 200_000):
    """Return an account that paid £100.07 too much for 2025-26, and its payer's bank details."""
    mary = makers.a_person()
    account = billed(*(years or (THIS,)), people=[mary])
    receipts.record_payment(
        account=account, pence=paid, key=f"R{account.reference}", year=THIS, by=ANN, on=ON
    )
    return account, confirmed(mary)


def confirmed(person) -> models.BankDetails:
    details = bank.key_details(
        person=person,
        sort_code="204553",
        account_number="31926819",
        name="M Rimmer",
        by=BOB,
        on=ON,
    )
    return bank.confirm_details(details=details, by=TOM, on=ON)


def ask(account, details, pence: int = CREDIT, **changed) -> Refund:
    asked = {"year": "2025-26", "by": ANN, "on": ON, **changed}
    return refunds.ask_refund(account=account, details=details, pence=pence, **asked)


def balances() -> dict[str, int]:
    return {one.code: one.pence for one in ledger.trial_balance()}


def test_a_credit_is_asked_for_granted_and_sent(db):
    account, details = in_credit()
    before = balances()["BANK"]
    payment = refunds.grant_refund(refund=ask(account, details), by=HINA, on=ON)
    assert ledger.balance(billing.KIND, account.reference) == 0
    assert (balances()["PAYABLE"], balances()["BANK"]) == (-CREDIT, before)
    file = bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON)
    assert (balances()["PAYABLE"], balances()["BANK"]) == (0, before - CREDIT)
    [item] = standard18.read(bytes(file.content)).submission.items
    assert (item.code, item.pence, item.name) == ("99", CREDIT, "M RIMMER")
    assert item.reference == f"{account.reference} REFUND"
    assert payment.sent.file == file
    assert checks.check() == []


@pytest.mark.parametrize("pence", [CREDIT + 1, 0, -1])
def test_no_more_than_the_credit_is_paid_back(db, pence):
    account, details = in_credit()
    with pytest.raises(refunds.NoCredit, match=r"£100\.07 of 2025-26 can be paid back"):
        ask(account, details, pence)


def test_what_is_asked_for_is_not_asked_for_twice(db):
    account, details = in_credit()
    ask(account, details, 10_000)
    with pytest.raises(refunds.NoCredit, match=r"£0\.07"):
        ask(account, details, 8)


def test_whoever_asked_may_not_grant_it(db):
    account, details = in_credit()
    with pytest.raises(refunds.SamePerson, match="You asked for this refund"):
        refunds.grant_refund(refund=ask(account, details), by=ANN, on=ON)


def test_whoever_keyed_the_bank_details_may_not_grant_it(db):
    account, details = in_credit()
    with pytest.raises(refunds.SamePerson, match="You keyed the bank details"):
        refunds.grant_refund(refund=ask(account, details), by=BOB, on=ON)


@pytest.mark.parametrize("decider", [ANN, BOB])
def test_the_database_itself_refuses_one_person_doing_both(db, decider):
    account, details = in_credit()
    refund = ask(account, details)
    with pytest.raises(DatabaseError, match="decided_by_another"), transaction.atomic():
        models.Payment.objects.create(
            details=details,
            thing="x",
            kind=billing.KIND,
            reference="1",
            pence=1,
            asked_by=refund.asked_by,
            keyed_by=refund.keyed_by,
            decided_by=decider.reference,
            decided_on=ON,
        )


def test_nothing_goes_to_details_that_nobody_confirmed(db):
    account, _ = in_credit()
    person = account.liabilities.get().person
    details = bank.key_details(
        person=person, sort_code="204553", account_number="11111111", name="M", by=BOB, on=ON
    )
    with pytest.raises(refunds.NotConfirmed):
        ask(account, details)


def test_nothing_goes_to_somebody_who_is_not_liable(db):
    account, _ = in_credit()
    with pytest.raises(refunds.NotTheirs):
        ask(account, confirmed(makers.a_person("John", "Other")))


def test_where_other_years_are_owed_for_the_payer_is_asked_first(db):
    account, details = in_credit(LAST, THIS)
    with pytest.raises(refunds.AskThePayer, match="is owed for other years"):
        ask(account, details)
    refund = ask(account, details, chose_refund=True)
    assert refund.other_debts_pence > 0


def test_a_refusal_leaves_the_credit_and_frees_it(db):
    account, details = in_credit()
    refund = ask(account, details)
    refunds.refuse_refund(refund=refund, because="paid by somebody else", by=HINA, on=ON)
    assert [one.left_pence for one in queries.credits_of(account.reference)] == [CREDIT]
    with pytest.raises(refunds.AlreadyDecided):
        refunds.grant_refund(refund=refund, by=HINA, on=ON)


def test_a_credit_that_shrank_meanwhile_is_not_paid(db):
    account, details = in_credit(LAST, THIS)
    refund = ask(account, details, chose_refund=True)
    receipts.set_against_year(
        account=account,
        key=f"R{account.reference}",
        from_year="2025-26",
        to_year="2024-25",
        pence=1,
        by=ANN,
        on=ON,
    )
    with pytest.raises(refunds.NoCredit, match=r"Only £100\.06 is in credit now. Refuse it"):
        refunds.grant_refund(refund=refund, by=HINA, on=ON)


def test_withdrawn_details_stop_a_refund_and_no_other_payment(db):
    account, details = in_credit()
    other, theirs = in_credit()
    refund = ask(account, details, 5_000)
    granted = ask(account, details, 5_000)
    refunds.grant_refund(refund=granted, by=HINA, on=ON)
    bank.withdraw_details(details=details, by=BOB, on=ON)
    with pytest.raises(refunds.NotConfirmed):
        refunds.grant_refund(refund=refund, by=HINA, on=ON)
    with pytest.raises(bank.NothingToSend):
        bank.send_payments(seen_count=1, seen_pence=5_000, by=HINA, on=ON)
    sent = refunds.grant_refund(refund=ask(other, theirs), by=HINA, on=ON)
    assert (
        bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON).sent.get().payment
        == sent
    )


def test_what_never_went_is_taken_back_once_and_can_be_asked_for_again(db):
    account, details = in_credit(LAST, THIS)
    refund = ask(account, details, chose_refund=True)
    with pytest.raises(refunds.NotGranted):
        refunds.take_back_refund(refund=refund, by=HINA, on=ON)
    refunds.grant_refund(refund=refund, by=HINA, on=ON)
    refunds.take_back_refund(refund=refund, by=TOM, on=ON)
    [credit] = queries.credits_of(account.reference)
    assert (credit.year, credit.left_pence) == ("2025-26", CREDIT)
    assert balances()["PAYABLE"] == 0
    assert checks.check() == []
    with pytest.raises(paying.HasGone):
        refunds.take_back_refund(refund=refund, by=HINA, on=ON)
    assert paying.waiting() == []
    again = ask(account, details, chose_refund=True)
    refunds.grant_refund(refund=again, by=HINA, on=ON)
    bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON)
    with pytest.raises(paying.HasGone):
        refunds.take_back_refund(refund=again, by=HINA, on=ON)


def test_what_is_sent_is_what_was_seen(db):
    account, details = in_credit()
    refunds.grant_refund(refund=ask(account, details), by=HINA, on=ON)
    with pytest.raises(bank.ChangedMeanwhile, match=r"£100\.07 waits now, in 1 payment\."):
        bank.send_payments(seen_count=2, seen_pence=CREDIT, by=HINA, on=ON)
    bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON)
    with pytest.raises(bank.NothingToSend):
        bank.send_payments(seen_count=0, seen_pence=0, by=HINA, on=ON)


def test_a_payment_that_comes_back_is_in_credit_again(db):
    account, details = in_credit()
    payment = refunds.grant_refund(refund=ask(account, details), by=HINA, on=ON)
    bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON)
    content = b"Account,Amount,Paid on\nRETURNED PAYMENT,100.07,30/04/2025\n"
    run = bank.load_statement(content=content, layout="bank-receipts", by=ANN, on=ON)
    importing.carry_out(run, by=makers.everything())
    entry = models.Entry.objects.get()
    bank.payment_came_back(payment=payment, entry=entry, by=ANN, on=ON)
    assert ledger.balance(billing.KIND, account.reference) == -CREDIT
    assert balances()["SUSPENSE"] == 0
    assert models.CameBack.objects.get().entry == entry
    assert checks.check() == []
    with pytest.raises((bank.DoesNotMatch, bank.NothingLeft)):
        bank.payment_came_back(payment=payment, entry=entry, by=ANN, on=ON)


def test_what_comes_back_pays_no_other_year_that_the_payer_did_not_choose(db):
    account, details = in_credit(LAST, THIS)
    payment = refunds.grant_refund(refund=ask(account, details, chose_refund=True), by=HINA, on=ON)
    bank.send_payments(seen_count=1, seen_pence=CREDIT, by=HINA, on=ON)
    content = b"Account,Amount,Paid on\nRETURNED PAYMENT,100.07,30/04/2025\n"
    run = bank.load_statement(content=content, layout="bank-receipts", by=ANN, on=ON)
    importing.carry_out(run, by=makers.everything())
    bank.payment_came_back(payment=payment, entry=models.Entry.objects.get(), by=ANN, on=ON)
    [credit] = queries.credits_of(account.reference)
    assert (credit.year, credit.left_pence) == ("2025-26", CREDIT)


def test_an_entry_of_another_amount_is_not_that_payment(db):
    account, details = in_credit()
    payment = refunds.grant_refund(refund=ask(account, details), by=HINA, on=ON)
    content = b"Account,Amount,Paid on\nRETURNED,100.07,30/04/2025\n"
    run = bank.load_statement(content=content, layout="bank-receipts", by=ANN, on=ON)
    importing.carry_out(run, by=makers.everything())
    with pytest.raises(bank.DoesNotMatch, match="not sent"):
        bank.payment_came_back(payment=payment, entry=models.Entry.objects.get(), by=ANN, on=ON)


def test_of_two_who_ask_at_once_for_the_same_credit_one_is_told(own_database):
    account, details = in_credit()
    together, made, told = threading.Barrier(2), [], []

    def run(officer) -> None:
        together.wait()
        try:
            made.append(ask(account, details, by=officer))
        except refunds.NoCredit as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(officer,)) for officer in (ANN, TOM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(told)) == (1, 1)


def test_of_two_who_send_at_once_one_finds_nothing(own_database):
    account, details = in_credit()
    refunds.grant_refund(refund=ask(account, details), by=HINA, on=ON)
    together, sent, told = threading.Barrier(2), [], []

    def run(officer) -> None:
        together.wait()
        try:
            sent.append(bank.send_payments(seen_count=1, seen_pence=CREDIT, by=officer, on=ON))
        except (bank.NothingToSend, bank.ChangedMeanwhile) as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(officer,)) for officer in (HINA, TOM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(sent), len(told)) == (1, 1)
    assert paying.waiting() == []
    assert checks.check() == []


def test_an_officer_without_the_capability_is_refused(db):
    account, details = in_credit()
    with pytest.raises(NotAllowed):
        ask(account, details, by=makers.nobody())
    assert not RefundDecision.objects.exists()
