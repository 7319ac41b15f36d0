"""Money that was counted before the bank had it: its entry clears it, and pays nobody twice."""

from datetime import date

import pytest

from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing, matching, queries
from borough.kernel.bank.models import Entry
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import arriving, billing, costs, models
from borough.lines.revenues.commands import attachments
from borough.lines.revenues.commands import collections as commands
from tests import makers
from tests.revenues import debits, ordering
from tests.revenues.test_collections import INSTALMENT, balance_of
from tests.revenues.test_returned import BACK, arudd, loaded

pytestmark = pytest.mark.django_db
BY = makers.everything()
HEAD = b"Date,Paid in,Paid out,Description\n"


def suspended(pence: int, on: date) -> Entry:
    """Return an entry of a statement that nobody recognises."""
    ways = (f"{abs(pence) / 100:.2f}", "")[:: 1 if pence > 0 else -1]
    row = f"{on:%d/%m/%Y},{','.join(ways)},from the bank\n".encode()
    run = bank.load_statement(content=HEAD + row, layout="statement", by=BY, on=on)
    importing.carry_out(run, by=BY)
    return Entry.objects.get(file__run=run)


def give(entry: Entry, kind: str, reference: str, pence: int, on: date, year: str = "") -> None:
    part = bank.Part(matching.Target(kind, reference), pence, year)
    bank.place_entry(entry=entry, parts=[part], by=BY, on=on)


def test_the_entry_of_a_collection_clears_what_was_on_its_way_and_the_bank_has_it_once():
    debits.a_payer(band="B")
    collection = debits.posted(debits.collected())
    serial = models.SentFile.objects.get(pk=collection.pk).serial
    entry = suspended(INSTALMENT, debits.MAY)
    [first, *_] = matching.proposed([entry], on=debits.MAY)[0]
    assert first.target == matching.Target(arriving.COLLECTION, serial)
    with pytest.raises(commands.NotYet, match="the bank would have it twice"):
        commands.record_credit(collection=collection, pence=INSTALMENT, by=BY, on=debits.MAY)
    with pytest.raises(arriving.NotOnItsWay, match="Look for the difference"):
        give(entry, arriving.COLLECTION, serial, INSTALMENT - 1, debits.MAY)
    give(entry, arriving.COLLECTION, serial, INSTALMENT, debits.MAY)
    assert (balance_of("DD-IN-TRANSIT"), balance_of("SUSPENSE")) == (0, 0)
    assert balance_of("BANK") == INSTALMENT
    assert models.Credited.objects.get().collection == collection
    again = suspended(INSTALMENT, date(2025, 5, 2))
    with pytest.raises(arriving.NotOnItsWay, match="recorded already"):
        give(again, arriving.COLLECTION, serial, INSTALMENT, date(2025, 5, 2))


def test_what_an_employer_told_of_is_on_its_way_until_the_statement_brings_it():
    mary, pay_day = makers.a_person("Mary", "Rimmer"), date(2025, 9, 5)
    account = ordering.an_account_under_order(people=[mary])
    order = attachments.order_attachment(
        account=account,
        year=ordering.YEAR,
        person=mary,
        employer=ordering.an_employer(),
        frequency="weekly",
        by=BY,
        on=date(2025, 9, 1),
    )
    owed, held = ledger.balance(billing.KIND, account.reference), balance_of("BANK")
    attachments.record_deduction(
        attachment=order, pay_day=pay_day, deducted_pence=5_000, by=BY, on=pay_day
    )
    assert (balance_of("REMITTED"), balance_of("BANK")) == (5_000, held)
    entry = suspended(5_000, pay_day)
    [proposal] = matching.proposed([entry], on=pay_day)[0]
    give(entry, arriving.REMITTED, proposal.target.reference, 5_000, pay_day)
    assert (balance_of("REMITTED"), balance_of("BANK")) == (0, held + 5_000)
    assert ledger.balance(billing.KIND, account.reference) == owed - 5_000
    again = suspended(5_000, date(2025, 9, 6))
    with pytest.raises(arriving.NotOnItsWay, match="has not reached the bank"):
        give(again, arriving.REMITTED, "employer", 5_000, date(2025, 9, 6))


def test_money_given_to_the_costs_pays_the_costs_and_never_the_tax():
    mary, on = makers.a_person("Mary", "Rimmer"), date(2025, 9, 1)
    account = ordering.an_account_under_order(people=[mary], costs_pence=8_000)
    tax = ledger.balance(billing.KIND, account.reference)
    entry = suspended(9_000, on)
    with pytest.raises(matching.UnknownTarget, match="no more than the costs"):
        give(entry, costs.KIND, account.reference, 9_000, on)
    give(entry, costs.KIND, account.reference, 8_000, on)
    assert ledger.balance(costs.KIND, account.reference) == 0
    assert ledger.balance(billing.KIND, account.reference) == tax
    assert queries.waits_of(entry) == 1_000


def test_a_year_that_an_officer_names_is_honoured_or_refused_and_never_passed_over():
    mary, on = makers.a_person("Mary", "Rimmer"), date(2025, 9, 1)
    account = ordering.an_account_under_order(people=[mary])
    entry = suspended(9_000, on)
    for year in ("banana", "2019-20"):
        with pytest.raises(matching.UnknownPart, match=year):
            give(entry, billing.KIND, account.reference, 9_000, on, year)
    give(entry, billing.KIND, account.reference, 9_000, on, ordering.YEAR.name.replace("-", "/"))
    assert models.Allotment.objects.get().rule == "payer"


def test_what_the_bank_debited_for_returned_direct_debits_is_matched_with_their_file_once():
    debits.a_payer(band="B")
    item = debits.posted(debits.collected()).items.get()
    file = loaded(arudd(item, code="0"))
    assert balance_of("DD-IN-TRANSIT") == 0
    entry, again = suspended(-INSTALMENT, BACK), suspended(-INSTALMENT, date(2025, 5, 7))
    with pytest.raises(arriving.NotOnItsWay, match="is called"):
        match(entry, arriving.RETURNED, "00000000")
    with pytest.raises(matching.UnknownTarget, match="No file of payments"):
        match(entry, bank.PAYMENTS, "P00001")
    match(entry, arriving.RETURNED, file.sha256[:8])
    assert (balance_of("DD-IN-TRANSIT"), balance_of("BANK")) == (INSTALMENT, -INSTALMENT)
    with pytest.raises(bank.AlreadyTakenUp):
        match(entry, arriving.RETURNED, "11111111")
    with pytest.raises(bank.NotThatMoney, match="Another entry"):
        match(again, arriving.RETURNED, file.sha256[:8])


def test_a_file_is_matched_once_however_its_name_is_written():
    debits.a_payer(band="B")
    item = debits.posted(debits.collected()).items.get()
    file = loaded(arudd(item, code="0"))
    entry, again = suspended(-INSTALMENT, BACK), suspended(-INSTALMENT, date(2025, 5, 7))
    match(entry, arriving.RETURNED, file.sha256[:8].upper())
    with pytest.raises(bank.NotThatMoney, match="Another entry"):
        match(again, arriving.RETURNED, file.sha256[:8])
    assert balance_of("BANK") == -INSTALMENT


def test_what_a_bank_took_back_by_mistake_and_paid_again_is_given_to_it():
    debits.a_payer(band="B")
    item = debits.posted(debits.collected()).items.get()
    loaded(arudd(item, code="0").replace(item.instruction.reference.encode(), b"UNKNOWN9"))
    entry = suspended(INSTALMENT, BACK)
    with pytest.raises(arriving.NotOnItsWay, match="UNKNOWN8"):
        give(entry, arriving.UNKNOWN_RETURN, "UNKNOWN8", INSTALMENT, BACK)
    give(entry, arriving.UNKNOWN_RETURN, "unknown9", INSTALMENT, BACK)
    assert (balance_of("CT-UNALLOCATED"), balance_of("SUSPENSE")) == (0, 0)
    assert models.Advice.objects.get().settled.outcome == "done"
    assert checks.check() == []


def match(entry: Entry, kind: str, reference: str) -> None:
    target = matching.Target(kind, reference)
    bank.match_paid_out(entry=entry, target=target, by=BY, on=date(2025, 5, 8))
