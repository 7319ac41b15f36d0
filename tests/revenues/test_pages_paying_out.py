"""Refunds, payments, bank details and write-offs as officers see them, and what they are told."""

from datetime import date

import pytest

from borough.kernel.bank import importing, paying
from borough.kernel.bank import models as bank
from borough.kernel.bank.commands import load_statement, withdraw_details
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Person
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import receipts, write_offs
from tests import makers, markup, officers
from tests.revenues.test_receipts import LAST, THIS, billed

ON = date(2025, 3, 10)


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


@pytest.fixture
def bob(db):
    return officers.a_visitor(officers.an_officer("Bob Example", *officers.every_capability()))


@pytest.fixture
def tom(db):
    return officers.a_visitor(officers.an_officer("Tom Example", *officers.every_capability()))


def in_credit() -> tuple[models.Account, Person]:
    mary = makers.a_person()
    account = billed(THIS, people=[mary])
    receipts.record_payment(account=account, pence=200_000, key="R1", by=makers.everything(), on=ON)
    return account, mary


def key(client, person: Person, number: str = "31926819"):
    answers = {"name": "M Rimmer", "sort_code": "20-45-53", "account_number": number}
    return client.post(f"/residents/{person.pk}/bank-details", officers.posted(**answers))


def confirm(client, person: Person, number: str = "31926819"):
    details = bank.BankDetails.objects.get()
    where = f"/residents/{person.pk}/bank-details/{details.pk}/confirmation"
    markup.check(client.get(where).content.decode())
    return client.post(where, officers.posted(sort_code="204553", account_number=number))


def test_bank_details_are_keyed_twice_and_shown_by_their_last_figures(ann, bob):
    mary = makers.a_person()
    assert key(ann, mary).status_code == 302
    shown = ann.get(f"/residents/{mary.pk}/bank-details").content.decode()
    markup.check(shown)
    assert "account ending 6819" in shown
    assert "31926819" not in shown
    assert "Confirm them" not in shown
    assert "Confirm them" in bob.get(f"/residents/{mary.pk}/bank-details").content.decode()
    assert confirm(bob, mary).status_code == 302
    assert bank.BankDetails.objects.get().may_be_used


def test_a_figure_keyed_otherwise_the_second_time_is_noticed(ann, bob):
    mary = makers.a_person()
    key(ann, mary)
    page = confirm(bob, mary, "31926810").content.decode()
    assert "not what your colleague keyed" in page
    assert "31926819" not in page
    markup.check(page, in_error=True)


def test_what_is_no_account_is_told_beside_the_question(ann):
    page = key(ann, makers.a_person(), "12").content.decode()
    assert "eight figures" in page
    markup.check(page, in_error=True)


def asked(ann, bob, tom) -> tuple[models.Account, models.Refund]:
    account, mary = in_credit()
    page = ann.get(f"/revenues/accounts/{account.reference}/refund").content.decode()
    assert "bank details" in page
    markup.check(page)
    key(bob, mary)
    confirm(tom, mary)
    page = ann.get(f"/revenues/accounts/{account.reference}/refund").content.decode()
    markup.check(page)
    answers = {"year": "2025-26", "pence": "100.07"}
    details = str(bank.BankDetails.objects.get().pk)
    sent = ann.post(
        f"/revenues/accounts/{account.reference}/refund",
        officers.posted(details=details, **answers),
    )
    assert sent.status_code == 302, sent.content.decode()
    return account, models.Refund.objects.get()


def test_whoever_asked_or_keyed_the_details_is_told_in_words(ann, bob, tom):
    _, refund = asked(ann, bob, tom)
    for client, words in ((ann, "You asked for this refund"), (bob, "You keyed the bank details")):
        page = client.post(f"/revenues/refunds/{refund.pk}/grant", officers.posted())
        assert words in page.content.decode()
        markup.check(page.content.decode(), in_error=True)
        shown = client.get(f"/revenues/refunds/{refund.pk}").content.decode()
        assert words in shown
        assert "Grant it" not in shown
    assert not bank.Payment.objects.exists()
    assert "Grant it" in tom.get(f"/revenues/refunds/{refund.pk}").content.decode()


def test_a_refund_is_granted_and_sent_in_a_file(ann, bob, tom):
    _, refund = asked(ann, bob, tom)
    markup.check(tom.get("/revenues/refunds").content.decode())
    assert "Decide on a refund" in tom.get("/").content.decode()
    markup.check(tom.get(f"/revenues/refunds/{refund.pk}").content.decode())
    done = tom.post(f"/revenues/refunds/{refund.pk}/grant", officers.posted())
    assert "goes with the next file" in tom.get(done.url).content.decode()
    waiting = tom.get("/bank/payments").content.decode()
    assert "£100.07" in waiting
    assert "31926819" not in waiting
    markup.check(waiting)
    where = "/bank/payments/sending/1/10007"
    markup.check(tom.get(where).content.decode())
    assert tom.post(where, officers.posted(seen="yes")).status_code == 302, "the file is made"
    file = bank.PaymentFile.objects.get()
    answer = tom.get(f"/bank/payments/files/{file.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content == bytes(file.content)
    assert paying.waiting() == []


@pytest.mark.parametrize("way", ["grant", "refusal"])
def test_a_refund_that_is_decided_asks_nothing_more(ann, bob, tom, way):
    _, refund = asked(ann, bob, tom)
    tom.post(f"/revenues/refunds/{refund.pk}/grant", officers.posted())
    answer = ann.get(f"/revenues/refunds/{refund.pk}/{way}")
    assert answer.status_code == 302
    assert "has been granted or refused already" in ann.get(answer.url).content.decode()


def test_a_second_officer_finds_the_bank_details_to_confirm_and_the_first_does_not(ann, bob):
    mary = makers.a_person()
    key(ann, mary)
    assert "Confirm the bank details of one person" in bob.get("/").content.decode()
    assert "Confirm the bank details" not in ann.get("/").content.decode()
    waiting = bob.get("/bank/details").content.decode()
    markup.check(waiting)
    assert "Account ending 6819" in waiting
    assert "Rimmer" not in waiting
    where = f"/residents/{mary.pk}/bank-details/{bank.BankDetails.objects.get().pk}/confirmation"
    told = ann.get(ann.get(where).url).content.decode()
    assert "You keyed these bank details" in told
    confirm(bob, mary)
    assert "confirmed these bank details" in bob.get(bob.get(where).url).content.decode()


def test_a_closed_account_still_leads_to_its_refund(ann):
    account, _ = in_credit()
    account.liabilities.update(ends=ON)
    models.Account.objects.filter(pk=account.pk).update(ends=ON)
    page = ann.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert f"/revenues/accounts/{account.reference}/refund" in page
    assert f"/revenues/accounts/{account.reference}/closing" not in page


def test_a_payment_that_came_back_is_found_by_its_amount(ann, bob, tom):
    account, refund = asked(ann, bob, tom)
    tom.post(f"/revenues/refunds/{refund.pk}/grant", officers.posted())
    tom.post("/bank/payments/sending/1/10007", officers.posted(seen="yes"))
    content = b"Account,Amount,Paid on\nRETURNED,100.07,10/03/2025\n"
    run = load_statement(content=content, layout="bank-receipts", by=makers.everything(), on=ON)
    importing.carry_out(run, by=makers.everything())
    entry = bank.Entry.objects.get()
    page = ann.get(f"/bank/entries/{entry.pk}").content.decode()
    assert "may have come back" in page
    markup.check(page)
    where = f"/bank/entries/{entry.pk}/payments/{bank.Payment.objects.get().pk}"
    markup.check(ann.get(where).content.decode())
    assert ann.post(where, officers.posted()).status_code == 302
    assert ledger.balance(billing.KIND, account.reference) == -10_007
    assert ann.get(where).status_code == 302, "it cannot come back twice"
    shown = tom.get(f"/revenues/refunds/{refund.pk}").content.decode()
    assert "sent it back: it is back on the account since 10 March 2025" in shown
    statement = ann.get(f"/revenues/accounts/{account.reference}/statement").content.decode()
    assert "Our payment to you came back" in statement


def test_what_cannot_be_sent_keeps_no_other_payment_and_is_taken_back(ann, bob, tom):
    account, refund = asked(ann, bob, tom)
    tom.post(f"/revenues/refunds/{refund.pk}/grant", officers.posted())
    details = bank.BankDetails.objects.get()
    withdraw_details(details=details, by=makers.everything(), on=ON)
    page = tom.get("/bank/payments").content.decode()
    assert "0 payments wait" in page
    assert "Their bank details were withdrawn" in page
    markup.check(page)
    listed = tom.get("/revenues/refunds").content.decode()
    assert f"/revenues/refunds/{refund.pk}" in listed
    markup.check(listed)
    where = f"/revenues/refunds/{refund.pk}/taking-back"
    assert where in tom.get(f"/revenues/refunds/{refund.pk}").content.decode()
    markup.check(tom.get(where).content.decode())
    assert tom.post(where, officers.posted()).status_code == 302
    assert "does not wait to be sent" in tom.get(tom.get(where).url).content.decode()
    assert ledger.balance(billing.KIND, account.reference) == -10_007
    assert "It never went" in tom.get(f"/revenues/refunds/{refund.pk}").content.decode()


def test_a_refund_is_refused_with_a_reason(ann, bob, tom):
    _, refund = asked(ann, bob, tom)
    answers = officers.posted(because="paid by somebody else")
    done = tom.post(f"/revenues/refunds/{refund.pk}/refusal", answers)
    page = tom.get(done.url).content.decode()
    assert "paid by somebody else" in page
    markup.check(page)


def test_who_owes_for_another_year_is_asked_first(ann, bob, tom):
    mary = makers.a_person()
    account = billed(LAST, THIS, people=[mary])
    receipts.record_payment(
        account=account, pence=200_000, key="R", year=THIS, by=makers.everything(), on=ON
    )
    key(bob, mary)
    confirm(tom, mary)
    where = f"/revenues/accounts/{account.reference}/refund"
    assert "for the payer to choose" in ann.get(where).content.decode()
    answers = {
        "year": "2025-26",
        "pence": "1.00",
        "details": str(bank.BankDetails.objects.get().pk),
        "chose_refund": "no",
    }
    page = ann.post(where, officers.posted(**answers)).content.decode()
    assert "Ask the payer" in page
    markup.check(page, in_error=True)


def test_a_debt_is_written_off_decided_on_and_written_back(ann, bob):
    account = billed(LAST)
    where = f"/revenues/accounts/{account.reference}/write-off"
    page = ann.get(where).content.decode()
    assert "Something stands against" not in page
    markup.check(page)
    answers = {"year": "2024-25", "pence": "500.00", "reason": "absconded"}
    assert ann.post(where, officers.posted(**answers)).status_code == 302
    asked_for = models.WriteOff.objects.get()
    told = ann.post(f"/revenues/write-offs/{asked_for.pk}/grant", officers.posted())
    assert "You asked for this write-off" in told.content.decode()
    shown = ann.get(f"/revenues/write-offs/{asked_for.pk}").content.decode()
    assert "You asked for this write-off" in shown
    assert "Write it off" not in shown
    markup.check(bob.get("/revenues/write-offs").content.decode())
    markup.check(bob.get(f"/revenues/write-offs/{asked_for.pk}").content.decode())
    bob.post(f"/revenues/write-offs/{asked_for.pk}/grant", officers.posted())
    assert models.WriteOffDecision.objects.get().granted
    listed = ann.get(f"/revenues/accounts/{account.reference}/write-offs").content.decode()
    assert "Written off" in listed
    markup.check(listed)
    back = officers.posted(because="found in Bootle")
    bob.post(f"/revenues/write-offs/{asked_for.pk}/back", back)
    assert models.WriteBack.objects.count() == 1
    shown = bob.get(f"/revenues/write-offs/{asked_for.pk}").content.decode()
    assert "found in Bootle" in shown


def test_what_stands_against_collecting_is_shown_before_a_debt_is_given_up(ann):
    john = makers.a_person("John", "Rimmer", date_of_death=date(2025, 1, 2))
    account = billed(LAST, people=[john])
    where = f"/revenues/accounts/{account.reference}/write-off"
    page = ann.get(where).content.decode()
    assert "Something stands against collecting this" in page
    answers = {"year": "2024-25", "pence": "1.00", "reason": "deceased", "stays_seen": "no"}
    told = ann.post(where, officers.posted(**answers)).content.decode()
    assert "Look at what stands against" in told
    markup.check(told, in_error=True)


def test_a_write_off_that_is_decided_asks_nothing_more(ann, bob):
    debt = billed(THIS, people=[makers.a_person("Quentin", "Blotter")])
    from_debt = {"account": debt, "year": "2025-26", "pence": 50_000, "reason": "absconded"}
    made = write_offs.ask_write_off(**from_debt, by=makers.an_officer(901), on=ON)
    where = f"/revenues/write-offs/{made.pk}"
    told = ann.get(ann.get(f"{where}/back").url).content.decode()
    assert "This debt was not written off" in told
    write_offs.refuse_write_off(write_off=made, by=makers.everything(), on=ON)
    told = ann.get(ann.get(f"{where}/grant").url).content.decode()
    assert "has been decided already" in told


def test_an_account_that_owes_nothing_has_nothing_to_give_up(ann):
    account = makers.an_account()
    page = ann.get(f"/revenues/accounts/{account.reference}/write-off").content.decode()
    assert "Write-offs of account" in page
