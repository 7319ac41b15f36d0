"""The hardship fund: asked, tested, decided by those who may, paid once, and back to the penny."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from borough.kernel import commanding, joining, offers
from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing
from borough.kernel.bank import models as banking
from borough.kernel.bank import paying as kernel_paying
from borough.kernel.documents import printing
from borough.kernel.documents.models import Document
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Person, Residence
from borough.resident.fund import models, money, taking
from borough.resident.fund.commands import asking, budgets, deciding, paying
from borough.resident.fund.queries import applications, counts
from borough.resident.fund.queries import budgets as spending
from tests import makers
from tests.resident.fund import fund_makers
from tests.resident.fund.fund_makers import AT, HINA, LEE, ON, SUE, TOM

HELP = joining.purposes()["resident.support"]
COLLECTING = joining.purposes()["revenues.collecting"]
State = applications.State


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    fund_makers.a_budget()
    mary = makers.a_person("Mary", "Rimmer")
    Residence.objects.create(person=mary, dwelling=makers.a_dwelling(), starts=ON)
    return mary


@pytest.fixture
def asked(mary):
    found = fund_makers.an_application(mary)
    fund_makers.a_test(found)
    return found


def give(application, pence=12_000, *, details=None, by=SUE, at=AT):
    award = deciding.Award(
        pence, details or fund_makers.bank_details(application.payee), "No money for food"
    )
    return deciding.give(application=application, award=award, at=at, by=by, on=ON)


def propose(application, pence=50_000, *, details=None, by=SUE):
    award = deciding.Award(
        pence, details or fund_makers.bank_details(application.payee), "A bed and a cooker"
    )
    return deciding.propose(application=application, award=award, by=by, on=ON)


def state(application):
    return applications.of_application(application.pk).state


def send(by=HINA):
    waiting = kernel_paying.waiting()
    return bank.send_payments(
        seen_count=len(waiting), seen_pence=sum(one.pence for one in waiting), by=by, on=ON
    )


def left(strand=fund_makers.CRISIS):
    return spending.of_strand(strand, ON).left_pence


@pytest.fixture
def a_statement(mary):
    """Return what makes an entry of a bank statement that waits in suspense."""

    def make(pence):
        content = f"Date,Paid in,Paid out,Reference\n02/06/2026,{pence / 100:.2f},,back\n"
        run = bank.load_statement(
            content=content.encode(), layout="statement", by=makers.everything(), on=ON
        )
        importing.carry_out(run, by=makers.everything())
        return banking.Entry.objects.get()

    return make


def test_one_officer_gives_up_to_the_limit_and_it_waits_for_the_payment_file(asked):
    give(asked)
    [payment] = kernel_paying.waiting()
    assert (payment.pence, payment.reference) == (12_000, asked.reference)
    assert ledger.account_balance("FUND-AWARDS") == 12_000
    assert -ledger.account_balance("PAYABLE") == 12_000
    assert left() == 1_000_000 - 12_000
    assert state(asked) is State.TO_BE_PAID
    file = send()
    assert f"{asked.reference:<18}".encode() in bytes(file.content)
    assert b"REFUND" not in bytes(file.content)
    assert (state(asked), ledger.account_balance("PAYABLE")) == (State.SENT, 0)


def test_an_award_is_given_once(asked):
    details = fund_makers.bank_details(asked.person)
    give(asked, details=details)
    with pytest.raises(asking.NotWaiting):
        give(asked, details=details)
    with pytest.raises(paying.NotToBePaid):
        paying.pay_again(application=asked, details=details, by=LEE, on=ON)
    assert len(kernel_paying.waiting()) == 1


def test_above_the_limit_a_second_officer_who_keyed_nothing_decides(asked):
    details = fund_makers.bank_details(asked.person, by=LEE)
    with pytest.raises(deciding.AboveLimit):
        give(asked, 30_001, details=details)
    proposed = propose(asked, 30_001, details=details)
    assert (state(asked), kernel_paying.waiting()) == (State.PROPOSED, [])
    for officer in (SUE, LEE):  # who proposed it; who keyed the bank details
        with pytest.raises(deciding.SamePerson):
            deciding.agree(proposed=proposed, at=AT, by=officer, on=ON)
    made = deciding.agree(proposed=proposed, at=AT, by=HINA, on=ON)
    assert (made.pence, made.proposed_by, made.by) == (30_001, SUE.reference, HINA.reference)
    with pytest.raises(asking.NotWaiting):
        deciding.agree(proposed=proposed, at=AT, by=TOM, on=ON)


def test_the_database_refuses_what_the_command_refuses(asked):
    def decision(**fields):
        given = {
            "application": asked, "pence": 100, "limit_pence": 500, "because": "x",
            "keyed_by": "officer/1", "by": "officer/2", "on": ON, "decided_at": AT,
        }  # fmt: skip
        return models.Decision.objects.create(**given | fields)

    for fault in (
        {"by": "officer/1"},
        {"pence": 501},
        {"pence": 501, "proposed_by": "officer/2"},
        {"keyed_by": ""},
        {"because": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            decision(**fault)
    decision()
    with pytest.raises(IntegrityError), transaction.atomic():
        decision()
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Decision.objects.update(pence=1)


def test_nothing_is_given_before_a_need_was_found_and_written_down(mary):
    found = fund_makers.an_application(mary)
    with pytest.raises(deciding.TestFirst):
        give(found)
    with pytest.raises(deciding.TestFirst):
        deciding.refuse(application=found, because="x", at=AT, by=SUE, on=ON)
    fund_makers.a_test(found, in_need=False)
    with pytest.raises(deciding.TestFirst):
        give(found, details=banking.BankDetails.objects.get())
    with pytest.raises(asking.NoReason):
        asking.record_test(application=found, test=asking.Test(True, " ", True, "x"), by=SUE, on=ON)


def test_nothing_goes_beyond_the_budget_or_to_details_that_nobody_confirmed(asked):
    details = fund_makers.bank_details(asked.person)
    fund_makers.a_budget(11_999)
    with pytest.raises(money.NothingLeft):
        give(asked, details=details)
    assert (state(asked), kernel_paying.waiting()) == (State.WAITING, [])
    other = fund_makers.bank_details(makers.a_person("Joan", "Ledger"))
    with pytest.raises(deciding.NotTheirs):
        give(asked, 100, details=other)
    bank.withdraw_details(details=details, by=TOM, on=ON)
    with pytest.raises(deciding.NotTheirs):
        give(asked, 100, details=details)


def test_housing_pays_a_landlord_for_who_gets_help_with_the_rent(mary):
    landlord = makers.a_person("", "Northway Homes", kind=Person.Kind.ORGANISATION)
    with pytest.raises(taking.NotTheirLandlord):
        fund_makers.an_application(mary, payee=landlord)
    found = fund_makers.an_application(mary, fund_makers.HOUSING, payee=landlord)
    details = fund_makers.bank_details(landlord)
    fund_makers.a_test(found, has_rent_help=False)
    with pytest.raises(deciding.TestFirst):
        give(found, details=details)
    fund_makers.a_test(found, has_rent_help=True)
    give(found, details=details)
    assert kernel_paying.waiting()[0].details.person == landlord
    assert (left(), left(fund_makers.HOUSING)) == (1_000_000, 1_000_000 - 12_000)


def test_another_asks_for_somebody_with_a_name_and_consent_alone(mary):
    others = {"how": taking.HOW.OTHERS}
    for missing in ({}, {"asked_for_by": "Pat Advice, Citizens Advice"}, {"consent": True}):
        with pytest.raises(taking.NoConsent):
            fund_makers.an_application(mary, **others, **missing)
    who = "Pat Advice, Citizens Advice"
    fund_makers.an_application(mary, **others, asked_for_by=who, consent=True)
    with pytest.raises(taking.AlreadyAsked):
        fund_makers.an_application(mary)
    [fact] = Fact.objects.filter(what="resident.fund_asked")
    assert "Pat" not in str(fact.detail)


def test_a_refusal_tells_why_and_another_officer_looks_again(asked):
    deciding.refuse(application=asked, because="Paid yesterday.", at=AT, by=SUE, on=ON)
    letter = Document.objects.get(kind="resident.fund_decided")
    assert (letter.data["because"], letter.data["until"]) == ("Paid yesterday.", "2026-07-02")
    assert printing.pdf_of(letter).startswith(b"%PDF")
    with pytest.raises(deciding.NothingToLookAt):
        deciding.ask_review(application=asked, by=SUE, on=ON + timedelta(31))
    deciding.ask_review(application=asked, words="It was not", by=SUE, on=ON + timedelta(30))
    assert state(asked) is State.REVIEW
    with pytest.raises(deciding.SamePerson):
        give(asked)
    give(asked, by=LEE, details=banking.BankDetails.objects.get())
    assert state(asked) is State.TO_BE_PAID


def test_a_withdrawn_application_is_no_application_any_more(mary):
    found = fund_makers.an_application(mary)
    asking.withdraw(application=found, by=SUE, on=ON)
    assert state(found) is State.WITHDRAWN
    with pytest.raises(asking.NotWaiting):
        fund_makers.a_test(found)
    assert applications.waiting() == []


def test_an_award_taken_back_before_it_goes_never_goes_and_leaves_no_penny(asked):
    give(asked)
    [payment] = kernel_paying.waiting()
    paying.reverse_award(application=asked, because="Another Mary", by=LEE, on=ON)
    assert (state(asked), kernel_paying.waiting()) == (State.REVERSED, [])
    assert left() == 1_000_000
    assert ledger.account_balance("FUND-AWARDS") == ledger.account_balance("PAYABLE") == 0
    with pytest.raises(bank.NothingToSend):
        send()
    with pytest.raises(paying.NotToBePaid):
        paying.reverse_award(application=asked, because="again", by=LEE, on=ON)
    file = banking.PaymentFile.objects.create(
        serial="P00009", sha256="0" * 64, content=b"", payments=1, pence=1,
        processing_day=ON, made_on=ON, by="x",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        banking.Sent.objects.create(payment=payment, file=file)


def test_what_has_gone_is_not_taken_back(asked):
    give(asked)
    send()
    with pytest.raises(paying.NotToBePaid):
        paying.reverse_award(application=asked, because="Another Mary", by=LEE, on=ON)


def test_a_payment_that_fails_is_back_with_the_fund_and_is_paid_again_once(asked, a_statement):
    give(asked)
    send()
    [first] = banking.Payment.objects.all()
    entry = a_statement(first.pence)
    bank.payment_came_back(payment=first, entry=entry, by=TOM, on=ON)
    assert (state(asked), left()) == (State.CAME_BACK, 1_000_000)
    assert ledger.account_balance("SUSPENSE") == 0
    right = fund_makers.bank_details(asked.person, number="31926820")
    paying.pay_again(application=asked, details=right, by=SUE, on=ON)
    with pytest.raises(paying.NotToBePaid):
        paying.pay_again(application=asked, details=right, by=SUE, on=ON)
    [again] = kernel_paying.waiting()
    assert (again.pence, again.details, left()) == (12_000, right, 1_000_000 - 12_000)


def test_the_picture_shows_what_was_asked_to_help_and_to_nobody_else(asked):
    person = asked.person_id
    [one] = applications.for_person(person, purpose=HELP, on=ON)
    assert (one.state, one.due) == (State.WAITING, AT + timedelta(hours=48))
    assert applications.for_person(person, purpose=COLLECTING, on=ON) == []
    other = makers.a_person("Joan", "Ledger").pk
    offered = offers.offers([person, other], ON)
    assert [one.title for one in offered[other]] == ["Crisis and Resilience Fund"]
    assert offered[person] == ()


def test_a_second_application_in_six_months_is_seen_as_such(mary):
    [signal] = [one for one in joining.cards()[1].signals if one.code == "S6"]
    people = np.array([mary.pk], np.int64)
    first = fund_makers.an_application(mary)
    asking.withdraw(application=first, by=SUE, on=ON)
    assert signal.look(people, ON).thing == []
    for days in (0, 100):
        found = fund_makers.an_application(mary, on=ON + timedelta(days))
        fund_makers.a_test(found)
        deciding.refuse(application=found, because="x", at=AT, by=SUE, on=ON)
    assert len(signal.look(people, ON + timedelta(100)).thing) == 2
    assert len(signal.look(people, ON + timedelta(181)).thing) == 1


def test_counts_leave_small_numbers_out_with_all_that_hangs_on_them(mary):
    quarter = counts.Quarter.holding(ON)
    assert (quarter.starts.month, quarter.ends.month) == (4, 7)
    for number in range(11):
        found = fund_makers.an_application(makers.a_person(f"P{number}"))
        fund_makers.a_test(found)
        at = AT + timedelta(hours=number)
        if number:
            deciding.refuse(application=found, because="x", at=at, by=SUE, on=ON)
        else:
            give(found, 100, at=at)
    told = {(one.strand, one.outcome): one for one in counts.of_quarter(quarter, on=ON)}
    refused, given = (told[fund_makers.CRISIS, one] for one in ("Refused", "Given"))
    assert (refused.applications, refused.hours) == (10, 6)  # 1 to 10: 5.5, and round half to even
    assert (given.applications, given.pence, given.hours) == (None, None, None)
    assert told[fund_makers.HOUSING, "Given"].applications == 0


def test_a_budget_file_says_which_line_is_wrong():
    lines = budgets.read('year,strand,pounds\n2026-27,crisis,"1,000.50"\n')
    assert [(one.strand, one.pence) for one in lines] == [("crisis", 100_050)]
    for row, words in (
        ("2026,crisis,1", "Line 2: write the year"),
        ("2026-27,food,1", "Line 2: the strand"),
        ("2026-27,crisis,some", "Line 2: write the amount"),
    ):
        with pytest.raises(budgets.NotABudget, match=words):
            budgets.read(f"year,strand,pounds\n{row}\n")
    with pytest.raises(budgets.NotABudget, match="twice"):
        budgets.read("year,strand,pounds\n" + "2026-27,crisis,1\n" * 2)


def test_after_the_scheme_nothing_is_asked_for(mary):
    with pytest.raises(taking.NotOpen):
        fund_makers.an_application(mary, on=ON.replace(year=2029))
    with pytest.raises(taking.NotOpen):
        fund_makers.an_application(mary, models.Strand.RESILIENCE)
    with pytest.raises(commanding.NotAllowed):
        fund_makers.an_application(mary, by=makers.nobody())
