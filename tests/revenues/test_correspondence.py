"""Letters made from rows: each row has one, what cannot be written waits with its reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borough.kernel import clock, commanding
from borough.kernel.bank.models import BankDetails, Payment, PaymentFile, Sent
from borough.kernel.documents.models import Addressee, Document, Print
from borough.kernel.facts.models import Fact
from borough.kernel.ledger.models import SubAccount
from borough.kernel.people.models import Residence
from borough.kernel.places.models import Address
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, correspondence, models
from borough.lines.revenues.commands import accounts, arrangements
from borough.lines.revenues.commands import correspondence as commands
from borough.lines.revenues.letters import waiting as queries
from borough.lines.revenues.letters.made_from import (
    all_sorts,
    closings,
    debits,
    refunds,
    reviews,
    steps,
)
from tests import makers

YEAR = makers.YEAR
BILLED = makers.BILLING_DAY
ON = date(2025, 6, 10)
BY = makers.everything()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


def billed(**how) -> models.Account:
    account = makers.an_account(**how)
    billing.bill_accounts([account.pk], YEAR, on=BILLED, by=BY, because="test")
    return account


def a_step(account, kind="reminder", **changes) -> models.Step:
    """Take a step with an account of which nothing is paid: asked for so far is all overdue."""
    bill = account.bills.get(year=YEAR.first)
    number = models.Step.objects.filter(account=account).count() + 1
    overdue = bill.first_pence + 2 * bill.other_pence  # April, May and June
    whole = kind not in ("reminder", "second_reminder")
    fields = {
        "issued": ON,
        "act_pence": bill.charge_pence if whole else overdue,
        "balance_pence": bill.charge_pence,
        "level_pence": bill.charge_pence if whole else overdue,
        "complied_by": date(2025, 6, 16),
        "falls_due": None if whole else date(2025, 6, 24),
        "bill_version": 1,
    }
    return models.Step.objects.create(
        account=account, year=YEAR.first, number=number, kind=kind, **(fields | changes)
    )


def written(on: date = ON) -> Run:
    run = commands.ask_letters(by=BY, on=on)
    correspondence.carry_out(run, by=BY, processes=1)
    return run


def the_letter(account) -> dict:
    [document] = Document.objects.filter(thing=account.thing)
    return document.data


# Once and only once


def test_each_row_becomes_one_letter_and_one_pdf(db):
    accounts = [billed(band=band) for band in "ABD"]
    made = [a_step(account) for account in accounts]
    counts = queries.counts(written())
    assert (counts.rows, counts.issued, counts.left_out, counts.printed) == (3, 3, 0, 3)
    assert counts.reconciles
    assert Print.objects.count() == 3
    sources = set(Document.objects.values_list("source", flat=True))
    assert sources == {f"revenues.step/{one.pk}" for one in made}
    [fact] = Fact.objects.filter(what="revenues.letters_written")
    assert (fact.detail["rows"], fact.detail["letters"]) == (3, 3)


def test_what_is_written_waits_no_more(db):
    a_step(billed())
    written()
    assert all(one.count == 0 for one in queries.all_waiting())
    with pytest.raises(commands.NothingToWrite):
        commands.ask_letters(by=BY, on=ON)


def test_carrying_a_run_out_again_writes_nothing_twice(db):
    a_step(billed())
    run = written()
    correspondence.carry_out(run, by=BY, processes=1)
    assert Document.objects.count() == Print.objects.count() == 1
    assert Fact.objects.filter(what="revenues.letters_written").count() == 1


def test_a_row_that_came_while_the_run_was_asked_for_is_written_once(db):
    account = billed()
    first = a_step(account)
    run = commands.ask_letters(by=BY, on=ON)
    correspondence.write(steps.SORT, [first.pk], by=BY, on=ON)  # somebody else was quicker
    correspondence.carry_out(run, by=BY, processes=1)
    counts = queries.counts(run)
    assert (counts.rows, counts.issued) == (0, 0)
    assert Document.objects.count() == 1


def test_letters_are_not_asked_for_while_others_are_being_made(db):
    a_step(billed())
    commands.ask_letters(by=BY, on=ON)
    with pytest.raises(commands.StillWriting):
        commands.ask_letters(by=BY, on=ON)


def test_who_may_not_send_letters_is_refused(db):
    with pytest.raises(commanding.NotAllowed):
        commands.ask_letters(by=makers.nobody(), on=ON)


def test_what_cannot_be_written_waits_with_its_reason_and_stops_nobody_else(db):
    good, homeless = billed(), billed()
    a_step(good)
    a_step(homeless)
    Address.objects.filter(dwelling=homeless.dwelling).update(line="", town="", postcode="")
    run = written()
    counts = queries.counts(run)
    assert (counts.issued, counts.left_out, counts.reconciles) == (1, 1, True)
    [left] = queries.left_out(queries.rows_left_out(run))
    assert (left.account, "no address" in left.reason) == (homeless.reference, True)
    Address.objects.filter(dwelling=homeless.dwelling).update(line="1 Found Street")
    assert queries.counts(written()).issued == 1


def test_any_number_of_letters_takes_the_same_queries_as_one(db):
    made = [a_step(billed()) for _ in range(4)]
    steps.fill([made[0].pk], ON)
    with CaptureQueriesContext(connection) as one:
        steps.fill([made[0].pk], ON)
    with CaptureQueriesContext(connection) as many:
        assert len(steps.fill([step.pk for step in made], ON)) == 4
    assert len(many) == len(one)


def test_every_sort_of_letter_can_be_asked_what_waits(db):
    waiting = queries.all_waiting()
    assert [one.sort for one in waiting] == list(all_sorts.ALL)
    assert all(one.count == 0 and one.oldest is None for one in waiting)


# Recovery


def test_a_reminder_lists_each_payment_that_is_late_and_what_follows(db):
    account = billed()
    step = a_step(account)
    written()
    said = the_letter(account)
    assert [one["words"] for one in said["owed"]] == [
        "Payment due by 1 April 2025",
        "Payment due by 1 May 2025",
        "Payment due by 1 June 2025",
    ]
    assert said["owed_pence"] == step.act_pence
    assert (said["pay_by"], said["rest_from"]) == ("2025-06-16", "2025-06-24")
    assert said["rest_pence"] == step.balance_pence


def test_what_was_paid_comes_off_the_oldest_payment(db):
    account = billed()
    bill = account.bills.get()
    overdue = bill.first_pence + 2 * bill.other_pence
    a_step(account, act_pence=overdue - 5_000, balance_pence=bill.charge_pence - 5_000)
    written()
    first, *others = the_letter(account)["owed"]
    assert first["words"] == "Rest of the payment due by 1 April 2025"
    assert first["pence"] == bill.first_pence - 5_000
    assert [one["pence"] for one in others] == [bill.other_pence] * 2


def test_a_reminder_that_was_not_written_on_its_day_is_not_written_at_all(db):
    a_step(billed())
    run = written(on=date(2025, 6, 11))
    [left] = queries.left_out(queries.rows_left_out(run))
    assert "too few days. Withdraw it" in left.reason


def test_a_step_that_was_withdrawn_has_no_letter(db):
    account = billed()
    a_step(account)
    a_step(account, "withdrawn", act_pence=0, complied_by=None, falls_due=None)
    assert queries.waiting(steps.SORT) == []


def test_the_court_and_its_costs_are_told_from_the_steps(db):
    account = billed()
    a_step(account, "summons", costs_pence=4_250, hearing=date(2025, 7, 14), complied_by=None)
    written()
    said = the_letter(account)
    assert said["hearing"]["day"] == "2025-07-14"
    assert [one["words"] for one in said["owed"]] == [
        "Council Tax for the year",
        "Costs of the summons",
    ]
    order = a_step(
        account,
        "liability_order",
        issued=date(2025, 7, 14),
        hearing=date(2025, 7, 14),
        costs_pence=1_500,
        complied_by=date(2025, 7, 28),
    )
    written(on=date(2025, 7, 15))
    said = Document.objects.get(source=f"revenues.step/{order.pk}").data
    assert said["decided_on"] == "2025-07-14"
    assert said["costs_pence"] == 5_750
    assert said["owed_pence"] == order.act_pence + 5_750


def test_a_joint_debt_is_one_letter_to_all_of_them(db):
    both = [makers.a_person("Mary"), makers.a_person("Joan", "Sutton")]
    account = billed(people=both)
    a_step(account)
    written()
    assert the_letter(account)["addressees"] == ["Mary Rimmer", "Joan Sutton"]
    assert set(Addressee.objects.values_list("person_id", flat=True)) == {one.pk for one in both}


# Arrangements


def agreed(account) -> models.Arrangement:
    return arrangements.agree(
        account=account,
        parts=[YEAR.name],
        offer=arrangements.Offer(20_000, "monthly", date(2025, 7, 1)),
        by=BY,
        on=ON,
    )


def test_an_agreement_is_confirmed_with_each_of_its_payments(db):
    account = billed()
    arrangement = agreed(account)
    written()
    said = the_letter(account)
    assert said["title"] == "Your plan to pay Council Tax"
    assert len(said["payments"]) == arrangement.number
    assert said["payments_pence"] == said["debts_pence"] == arrangement.debt_pence
    assert said["payments"][1]["due_on"] == "2025-08-01"


def test_a_warning_and_the_end_have_a_letter_each(db):
    account = billed()
    arrangement = agreed(account)
    models.ArrangementWarning.objects.create(
        arrangement=arrangement,
        issued=date(2025, 7, 12),
        short_pence=arrangement.first_pence,
        put_right_by=date(2025, 7, 26),
    )
    written(on=date(2025, 7, 12))
    worry = Document.objects.get(kind="revenues.arrangement_worry").data
    assert (worry["payments_pence"], worry["pay_by"]) == (arrangement.first_pence, "2025-07-26")
    models.Arrangement.objects.filter(pk=arrangement.pk).update(
        ends=date(2025, 7, 28), why_ended="not_kept"
    )
    written(on=date(2025, 7, 28))
    broken = Document.objects.get(kind="revenues.arrangement_broken").data
    assert broken["ended_on"] == "2025-07-28"
    assert broken["debts_pence"] == arrangement.debt_pence
    assert Document.objects.count() == 3


# Direct Debit


def an_instruction(account, payer) -> models.Instruction:
    details = BankDetails.objects.create(
        person=payer,
        sort_code="000000",
        account_number="12345678",
        name="M RIMMER",
        check_made="valid",
        keyed_by="officer/1",
        keyed_on=ON,
    )
    return models.Instruction.objects.create(
        account=account,
        details=details,
        reference=f"BOROUGH{account.reference}",
        source="paper",
        agreed_on=ON,
        starts=ON,
    )


def test_the_payer_is_told_each_collection_and_what_is_due_before_them(db):
    account = billed()
    payer = account.liabilities.get().person
    models.AdvanceNotice.objects.create(
        instruction=an_instruction(account, payer),
        bill=account.bills.get(),
        told_on=ON,
        by_bill=False,
    )
    written(on=date(2025, 6, 24))
    said = the_letter(account)
    assert said["ending"] == "5678"
    assert "12345678" not in str(said)
    # Ten working days from 24 June end on 8 July: what falls due on the 1st is paid otherwise.
    assert [one["due_on"] for one in said["sooner"]] == ["2025-07-01"]
    assert said["payments"][0]["due_on"] == "2025-08-01"


def test_a_bill_that_tells_the_payer_itself_has_no_notice(db):
    account = billed()
    models.AdvanceNotice.objects.create(
        instruction=an_instruction(account, account.liabilities.get().person),
        bill=account.bills.get(),
        told_on=BILLED,
        by_bill=True,
    )
    assert queries.waiting(debits.TOLD) == []


# Reviews, and accounts that close


def a_review_letter(account, number=1) -> models.ReviewLetter:
    run, _ = Run.objects.get_or_create(
        kind="revenues.review", key="r", defaults={"by": "x", "on": ON, "started_at": clock.now()}
    )
    review, _ = models.Review.objects.get_or_create(
        run=run, account=account, defaults={"why": "random", "on": ON}
    )
    return models.ReviewLetter.objects.create(review=review, number=number, on=ON)


def test_a_review_asks_once_and_once_more_and_not_after_an_answer(db):
    account = billed(adults=1)
    a_review_letter(account)
    written()
    said = the_letter(account)
    assert (said["discount_percent"], said["since"]) == (25, "2024-04-01")
    assert (said["answer_by"], said["asked_before"]) == ("2025-07-01", False)
    again = a_review_letter(account, number=2)
    models.ReviewAnswer.objects.create(review=again.review, kind="one_adult", on=ON, by="x")
    assert queries.waiting(reviews.SORT) == []


def closed(account, on=ON) -> None:
    accounts.close_account(account=account, ends=date(2025, 6, 1), by=BY, on=on)
    account.refresh_from_db()


def test_an_account_that_closes_has_one_statement_that_adds_up(db):
    account = billed()
    Residence.objects.create(
        person=account.liabilities.get().person,
        dwelling=makers.a_dwelling(line="2 New Street"),
        starts=date(2025, 6, 1),
    )
    closed(account)
    written()
    said = the_letter(account)
    assert said["address"][0] == "2 New Street"
    assert said["ended_on"] == "2025-06-01"
    assert said["left"] == "owed"
    assert sum(one["pence"] for one in said["payments"]) == said["left_pence"]
    assert queries.waiting(closings.SORT) == []


def test_without_a_new_address_the_statement_waits(db):
    account = billed()
    closed(account)
    run = written()
    [left] = queries.left_out(queries.rows_left_out(run))
    assert "has no address to write to" in left.reason
    assert left.account == account.reference


# Money back


def a_refund_that_went(account) -> models.Refund:
    payer = account.liabilities.get().person
    details = BankDetails.objects.create(
        person=payer, sort_code="000000", account_number="12345678", name="M RIMMER",
        check_made="valid", keyed_by="officer/1", keyed_on=ON,
    )  # fmt: skip
    refund = models.Refund.objects.create(
        account=account,
        sub_account=SubAccount.objects.get(reference=account.reference, part=YEAR.name),
        details=details,
        pence=12_345,
        asked_by="officer/2",
        keyed_by="officer/1",
        on=ON,
    )
    payment = Payment.objects.create(
        details=details, thing=f"revenues.refund/{refund.pk}", kind=billing.KIND,
        reference=account.reference, pence=refund.pence, asked_by="officer/2",
        keyed_by="officer/1", decided_by="officer/3", decided_on=ON,
    )  # fmt: skip
    models.RefundDecision.objects.create(
        refund=refund, payment=payment, asked_by="officer/2", keyed_by="officer/1",
        by="officer/3", on=ON,
    )  # fmt: skip
    assert queries.waiting(refunds.PAID) == []  # granted, but not sent yet
    file = PaymentFile.objects.create(
        serial="000001", sha256="0" * 64, content=b"x", payments=1, pence=refund.pence,
        processing_day=ON, made_on=ON, by="officer/3",
    )  # fmt: skip
    Sent.objects.create(payment=payment, file=file)
    return refund


def test_a_refund_is_told_when_it_was_sent_with_four_figures_of_the_account(db):
    account = billed()
    a_refund_that_went(account)
    written()
    said = the_letter(account)
    assert (said["pence"], said["paid_on"], said["ending"]) == (12_345, "2025-06-10", "5678")
    assert "12345678" not in str(said)
    assert queries.waiting(refunds.PAID) == []
