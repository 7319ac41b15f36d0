"""Collecting by Direct Debit: what is taken, what is not, and that the file is the ledger."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from borough.kernel.bank import standard18
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.runs import commands as runs
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import collections as commands
from borough.lines.revenues.commands import receipts
from borough.lines.revenues.queries import accounts
from borough.lines.revenues.queries import collections as queries
from tests import makers
from tests.revenues import debits

pytestmark = pytest.mark.django_db
INSTALMENT = 19_000  # of £1,899.93 in ten: £189.93 first, then nine of £190


def balance_of(code: str) -> int:
    return next(row.pence for row in ledger.trial_balance() if row.code == code)


def owed(account: models.Account) -> int:
    [year] = accounts.owed_by_year(account.reference)
    return year.balance_pence


def test_a_collection_takes_the_instalments_that_fall_due_and_says_so_in_a_file():
    payers = [debits.a_payer(band="B") for _ in range(3)]
    makers.an_account(band="B")  # pays by its bill
    collection = debits.collected()
    assert (collection.input_day, collection.processing_day) == (
        date(2025, 4, 29),
        date(2025, 4, 30),
    )
    items = list(collection.items.order_by("id"))
    assert [(one.pence, one.due_on, one.code) for one in items] == [
        (INSTALMENT, debits.MAY, "01")
    ] * 3
    file = models.SentFile.objects.get(pk=collection.pk)
    read = standard18.read(bytes(file.content))
    assert read.debit_pence == file.pence == 3 * INSTALMENT
    assert {one.reference for one in read.submission.items} == {
        f"CT{account.reference:0>8}01" for account in payers
    }
    assert read.submission.processing_day == collection.processing_day


def test_it_counts_as_received_on_the_day_of_entry_and_not_before():
    account = debits.a_payer(band="B")
    collection = debits.collected()
    assert owed(account) == 189_993
    with pytest.raises(commands.NotYet, match="1 May 2025"):
        commands.post_collection(collection=collection, by=debits.ANN, on=date(2025, 4, 30))
    debits.posted(collection)
    assert owed(account) == 189_993 - INSTALMENT
    assert balance_of("DD-IN-TRANSIT") == INSTALMENT
    [fact] = Fact.objects.filter(what="revenues.payment_collected")
    assert fact.detail == {"account": account.reference, "year": "2025-26", "pence": INSTALMENT}
    assert checks.check() == []


def test_the_banks_credit_clears_what_was_on_its_way():
    debits.a_payer(band="B")
    collection = debits.posted(debits.collected())
    with pytest.raises(commands.AmountDiffers):
        commands.record_credit(collection=collection, pence=1, by=debits.ANN, on=debits.MAY)
    commands.record_credit(collection=collection, pence=INSTALMENT, by=debits.ANN, on=debits.MAY)
    assert balance_of("DD-IN-TRANSIT") == 0
    assert balance_of("BANK") == INSTALMENT
    with pytest.raises(commands.NotYet, match="recorded already"):
        commands.record_credit(
            collection=collection, pence=INSTALMENT, by=debits.ANN, on=debits.MAY
        )


def test_the_second_collection_is_17_and_the_first_on_its_way_is_not_taken_again():
    account = debits.a_payer(band="B")
    debits.collected()  # not posted: the money has not moved yet
    second = debits.collected(date(2025, 6, 1), on=date(2025, 5, 20))
    [item] = second.items.all()
    assert (item.code, item.pence, item.due_on) == ("17", INSTALMENT, date(2025, 6, 1))
    assert second.entry_day == date(2025, 6, 2)  # 1 June 2025 is a Sunday
    assert account.instructions.get().items.count() == 2


def test_what_was_paid_in_another_way_is_not_collected():
    account = debits.a_payer(band="B")
    receipts.record_payment(
        account=account, pence=18_993 + 5_000, key="1", by=debits.ANN, on=date(2025, 4, 1)
    )
    collection = debits.collected()
    assert collection.items.get().pence == INSTALMENT - 5_000


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"live_from": None}, "NOT_YET_LIVE"),
        ({"live_from": date(2025, 5, 2)}, "NOT_YET_LIVE"),
        ({"ends": date(2025, 5, 1), "why_ended": "payer"}, "NO_INSTRUCTION"),
    ],
)
def test_who_cannot_be_collected_from_stands_in_the_preview_with_the_reason(change, reason):
    account = debits.a_payer(band="B")
    account.instructions.update(**change)
    result = debits.prepared().parts.get().result
    assert result == {
        "codes": {},
        "reasons": {reason: {"accounts": [account.pk], "pence": INSTALMENT}},
    }


def test_nothing_is_collected_that_the_payer_was_not_told_of_ten_working_days_before():
    account = makers.an_account(band="B")
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=debits.BILLED, by=makers.everything(), because="x"
    )
    debits.an_instruction(account, starts=date(2025, 4, 22), agreed_on=date(2025, 4, 22))
    result = debits.prepared().parts.get().result
    assert list(result["reasons"]) == ["TOLD_TOO_LATE"]
    [notice] = models.AdvanceNotice.objects.all()
    assert (notice.told_on, notice.by_bill) == (debits.PREPARED, False)
    june = debits.collected(date(2025, 6, 1), on=date(2025, 5, 20))
    assert june.items.get().pence == INSTALMENT


def test_a_bill_issued_while_the_instruction_held_is_the_notice_itself():
    debits.a_payer(band="B")
    [notice] = models.AdvanceNotice.objects.all()
    assert (notice.told_on, notice.by_bill) == (debits.BILLED, True)


def test_nothing_is_collected_from_the_dead():
    account = debits.a_payer(band="B")
    person = account.liabilities.get().person
    person.date_of_death = date(2025, 4, 1)
    person.save()
    assert list(debits.prepared().parts.get().result["reasons"]) == ["DECEASED"]


def test_after_a_rebill_the_instalment_that_stands_is_collected_as_the_old_bill_told_it():
    account = debits.a_payer(band="B")
    account.households.update(adults=1)
    billing.rebill([account], on=date(2025, 4, 22), by=makers.everything(), because="one adult")
    may = debits.collected()
    assert may.items.get().pence == INSTALMENT
    june = debits.collected(date(2025, 6, 1), on=date(2025, 5, 20))
    newest = models.Bill.objects.get(version=2)
    assert newest.first_due == date(2025, 6, 1)
    assert june.items.get().pence == newest.first_pence < INSTALMENT


def test_an_instalment_cannot_be_collected_twice_whoever_tries():
    debits.a_payer(band="B")
    item = debits.collected().items.get()
    item.pk = None
    with (
        pytest.raises(IntegrityError, match="an_instalment_is_collected_once"),
        transaction.atomic(),
    ):
        item.save()


def test_whoever_prepared_it_may_not_commit_it():
    debits.a_payer(band="B")
    preview = debits.prepared()
    with pytest.raises(commands.SamePerson, match="Ask a colleague"):
        commands.commit_collection(preview=preview, by=debits.ANN, on=debits.PREPARED)


def test_a_day_is_collected_once():
    debits.a_payer(band="B")
    preview = debits.prepared()
    debits.collected()
    with pytest.raises(runs.AlreadyAsked):
        commands.commit_collection(preview=preview, by=debits.TOM, on=debits.PREPARED)
    with pytest.raises(runs.AlreadyAsked, match="Nothing is collected twice"):
        commands.prepare_collection(entry_day=debits.MAY, by=debits.ANN, on=debits.PREPARED)


def test_a_file_that_would_come_too_late_is_refused_with_the_soonest_day():
    debits.a_payer(band="B")
    with pytest.raises(commands.TooLate, match="2 May 2025"):
        commands.prepare_collection(entry_day=debits.MAY, by=debits.ANN, on=date(2025, 4, 30))
    with pytest.raises(commands.TooEarly, match="Look at the year"):
        commands.prepare_collection(entry_day=date(2055, 5, 1), by=debits.ANN, on=debits.PREPARED)
    for day in (date(1, 1, 1), date(1977, 5, 1)):
        with pytest.raises(commands.TooLate):
            commands.prepare_collection(entry_day=day, by=debits.ANN, on=debits.PREPARED)


def a_last_bill(account: models.Account) -> None:
    """Make the newest bill ask for one payment on 1 May, and nothing after it."""
    models.Bill.objects.create(
        account=account,
        year=2025,
        version=2,
        issued=date(2025, 4, 1),
        charge_pence=38_993,
        earlier_pence=18_993,
        instalments=1,
        first_pence=20_000,
        other_pence=0,
        first_due=debits.MAY,
        payment_day=1,
    )


def test_the_last_collection_of_an_account_that_has_ended_is_19_and_ends_the_instruction():
    account = debits.a_payer(band="B")
    account.instructions.update(source="before")  # collected from for years
    models.Account.objects.filter(pk=account.pk).update(ends=date(2025, 4, 20))
    a_last_bill(account)
    assert debits.collected().items.get().code == "19"
    ended = account.instructions.get()
    assert (ended.ends, ended.why_ended) == (date(2025, 5, 2), "last")


def test_the_last_instalment_of_a_year_is_no_last_collection_for_the_next_year_follows():
    account = debits.a_payer(band="B")
    account.instructions.update(source="before")
    a_last_bill(account)
    assert debits.collected().items.get().code == "17"
    assert account.instructions.get().ends is None


def test_what_has_moved_by_today_is_posted_by_itself_and_asked_for_once():
    debits.a_payer(band="B")
    collection = debits.collected()
    assert queries.due_for_posting(date(2025, 4, 30)) == []
    assert queries.due_for_posting(debits.MAY) == [collection]
    commands.post_collection(collection=collection, by=debits.ANN, on=debits.MAY)
    assert queries.due_for_posting(debits.MAY) == []
