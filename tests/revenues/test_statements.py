"""Statements taken in: what is posted where, what waits and why, and whose it may be."""

from datetime import date

import pytest

from borough.kernel import feeds
from borough.kernel.bank import commands, importing, matching, models, queries, statements
from borough.kernel.commanding import NotAllowed
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import commands as ledger_commands
from borough.kernel.ledger import queries as ledger
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, recognising
from tests import makers
from tests.kernel.bank.statement_makers import camt, entry
from tests.revenues.test_receipts import billed

pytestmark = pytest.mark.django_db
ON = date(2025, 5, 1)
ANN, BOB = makers.an_officer(1), makers.an_officer(2)
HEAD = "Account,Amount,Paid on,Year,Bank reference"
BANKS = "Date,Paid in,Paid out,Description,Reference,Name,Sort code,Account number,Bank reference"


def a_file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def load(content: bytes, layout: str = "bank-receipts", **changed) -> Run:
    run = commands.load_statement(
        content=content, layout=layout, **{"by": ANN, "on": ON, **changed}
    )
    importing.carry_out(run, by=makers.everything())
    return run


def balances() -> dict[str, int]:
    return {one.code: one.pence for one in ledger.trial_balance()}


def test_a_credit_with_an_accounts_number_is_received_there():
    account = billed(band="B")
    run = load(a_file(f"{account.reference},£100.00,28/04/2025,,"))
    assert importing.totals(run)["received_pence"] == 10_000
    assert ledger.balance(billing.KIND, account.reference) == 179_993
    assert (balances()["BANK"], balances()["SUSPENSE"]) == (10_000, 0)
    assert Fact.objects.filter(what="revenues.payment_received").count() == 1


def test_a_credit_that_nobody_knows_is_in_suspense_the_same_day():
    billed()
    load(a_file("999999999,12.34,28/04/2025,,"))
    [waits] = queries.waiting()
    assert (waits.pence, waits.on) == (1_234, date(2025, 4, 28))
    assert (balances()["BANK"], balances()["SUSPENSE"]) == (1_234, -1_234)


@pytest.mark.parametrize(
    ("reference", "is_certain"),
    [
        ("{ref}", True),
        (" {ref} ", True),
        ("CT{ref}", True),
        ("Council Tax {ref}", True),
        ("CTAX REF: {ref}", True),
        ("{ref} MAY", False),
        ("9{ref}", False),
        ("{ref}/{ref}", False),
        ("rent {ref}", False),
        ("", False),
    ],
)
def test_certain_is_only_a_number_that_stands_alone(reference, is_certain):
    account = billed()
    given = reference.format(ref=account.reference)
    number = recognising.lone(given)
    assert (number == account.reference) == is_certain


def test_the_same_file_is_loaded_once():
    account = billed()
    content = a_file(f"{account.reference},1.00,28/04/2025,,")
    load(content)
    with pytest.raises(commands.AlreadyLoaded):
        load(content)
    assert ledger.balance(billing.KIND, account.reference) == 189_893


def test_the_same_bank_reference_in_another_file_is_not_posted_again():
    account = billed()
    load(a_file(f"{account.reference},1.00,28/04/2025,,B77"))
    run = load(
        a_file(
            f"{account.reference},1.00,28/04/2025,,B77",
            f"{account.reference},9.00,28/04/2025,,B77",
            f"{account.reference},2.00,28/04/2025,,B78",
        )
    )
    assert ledger.balance(billing.KIND, account.reference) == 189_993 - 100 - 900 - 200
    [again] = models.SetAside.objects.all()
    assert again.reason == "Another file brought it before"
    assert importing.totals(run)["received"] == 2


def test_references_longer_than_a_key_are_told_apart_and_known_again():
    account, long = billed(), "B" * 150
    load(
        a_file(
            f"{account.reference},1.00,28/04/2025,,{long}1",
            f"{account.reference},9.00,28/04/2025,,{long}2",
        )
    )
    load(a_file(f"{account.reference},9.00,28/04/2025,,{long}2"))
    assert ledger.balance(billing.KIND, account.reference) == 189_993 - 100 - 900
    [again] = models.SetAside.objects.all()
    assert again.reason == "Another file brought it before"


def test_a_reference_given_twice_never_takes_the_name_of_another_entry():
    account = billed()
    rows = [f"{account.reference},{number}.00,28/04/2025,,B77" for number in (1, 2)]
    load(a_file(*rows, f"{account.reference},4.00,28/04/2025,,B77/2"))
    assert ledger.balance(billing.KIND, account.reference) == 189_993 - 700
    assert not models.SetAside.objects.exists()


def test_a_bank_reference_that_comes_with_another_amount_is_told():
    account = billed()
    load(a_file(f"{account.reference},1.00,28/04/2025,,B77"))
    load(a_file(f"{account.reference},5.00,28/04/2025,,B77"))
    [again] = models.SetAside.objects.all()
    assert "another day or amount" in again.reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{ref},ten,28/04/2025,,", "Amount is not an amount"),
        ("{ref},10.005,28/04/2025,,", "Amount is not an amount"),
        ("{ref},1e999999,28/04/2025,,", "Amount is not an amount"),
        ("{ref},1_0,28/04/2025,,", "Amount is not an amount"),
        ("{ref},1000000000.01,28/04/2025,,", "Amount is too large"),
        ("{ref},0.00,28/04/2025,,", "Amount is nothing"),
        ("{ref},-10,28/04/2025,,", "Amount is negative"),
        ("{ref},10,31/02/2025,,", "Paid on is not a real date: write it like 01/04/2025"),
        ("{ref},10,02/05/2025,,", "Its day is in the future"),
        (",10,28/04/2025,,", "Account is empty"),
        ("{ref}", "Amount is empty"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_good_rows_go_in(row, reason):
    account = billed()
    run = load(a_file(row.format(ref=account.reference), f"{account.reference},1.00,28/04/2025,,"))
    assert [one.reason for one in models.SetAside.objects.all()] == [reason]
    assert importing.totals(run)["received"] == 1


@pytest.mark.parametrize(
    ("content", "layout", "words"),
    [
        (b"\xff\xfe\x00", "bank-receipts", "not utf-8"),
        (b"Account,Paid on\n1,2\n", "bank-receipts", "no column Amount"),
        (b"x" * 60_000_000, "bank-receipts", "larger than 50 MiB"),
        (b"Account,Amount,Paid on\n", "bank-receipts", "no rows"),
        (b'Account,Amount,Paid on\n1,"2,3\n4,5,6\n', "bank-receipts", "Line 3 is not CSV"),
        (b"Account,Amount,Paid on\n", "camt.053", "not XML"),
        (b"<a/>", "camt.053", "no statement"),
        (b"x", "unknown", "what kind"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(content, layout, words):
    with pytest.raises(feeds.UnreadableFile, match=words):
        load(content, layout)
    assert not Run.objects.exists()


@pytest.mark.parametrize("ending", [b"\r", b"\r\n", b"\n"])
def test_lines_may_end_as_any_machine_ends_them(ending):
    billed()
    content = a_file("999999999,1.00,28/04/2025,,", "999999998,2.00,28/04/2025,,")
    load(content.replace(b"\n", ending))
    assert [one.pence for one in queries.waiting()] == [100, 200]


def test_totals_that_differ_from_the_banks_take_nothing_in():
    account = billed()
    with pytest.raises(statements.TotalsDiffer, match=r"come to £1\.00, and you entered £2\.00"):
        load(a_file(f"{account.reference},1.00,28/04/2025,,"), announced_pence=200)
    assert not models.StatementFile.objects.exists()


def test_a_day_for_which_the_ledger_is_not_open_stops_that_row_alone():
    account = billed()
    run = load(
        a_file(f"{account.reference},1.00,28/04/2019,,", f"{account.reference},2.00,28/04/2025,,")
    )
    assert importing.totals(run)["received_pence"] == 200
    [stopped] = models.Stopped.objects.all()
    assert stopped.why == models.Stopped.Why.NO_PERIOD
    commands.take_up_entry(entry=stopped.entry, by=ANN, on=ON)
    assert [row.pence for row in queries.waiting()] == [100]
    with pytest.raises(commands.AlreadyTakenUp):
        commands.take_up_entry(entry=stopped.entry, by=ANN, on=ON)


def test_a_closed_month_stops_what_was_booked_in_it():
    account = billed()
    ledger_commands.close_period(month=202504, because="month end", by=makers.everything(), on=ON)
    load(a_file(f"{account.reference},1.00,28/04/2025,,"))
    assert models.Stopped.objects.get().why == models.Stopped.Why.NO_PERIOD


def test_a_thousand_million_pounds_need_a_second_look():
    account = billed()
    load(a_file(f"{account.reference},1000000000.00,28/04/2025,,"))
    assert balances()["BANK"] == 0
    large = models.Entry.objects.get()
    with pytest.raises(commands.AnotherMustLook, match="Ask a colleague"):
        commands.take_up_entry(entry=large, by=ANN, on=ON)
    commands.take_up_entry(entry=large, by=BOB, on=ON)
    assert balances()["SUSPENSE"] == -100_000_000_000


def test_money_that_went_out_is_kept_and_never_received():
    billed()
    load(a_file("28/04/2025,,25.00,CHEQUE,100001,,,,", head=BANKS), layout="statement")
    out = models.Entry.objects.get()
    assert (out.pence, out.stopped.why) == (-2_500, models.Stopped.Why.OUT)
    with pytest.raises(commands.NotMoneyIn):
        commands.take_up_entry(entry=out, by=BOB, on=ON)


def test_a_camt_statement_is_taken_in_and_a_reversal_is_left_to_a_person():
    account = billed()
    run = load(
        camt(
            entry(10_000, ref="A1", said=account.reference, name="M RIMMER"),
            entry(2_000, ref="A2", said=account.reference, reversal=True),
            entry(-500, ref="A3"),
        ),
        layout="camt.053",
    )
    sums = importing.totals(run)
    assert (sums["received"], sums["suspense"], sums["stopped"]) == (1, 1, 1)
    assert checks.check() == []


def waiting_entry(reference: str = "", **fields: str) -> models.Entry:
    cells = [
        "28/04/2025",
        fields.get("amount", "12.34"),
        "",
        fields.get("narrative", ""),
        reference,
        fields.get("name", ""),
        fields.get("sort_code", ""),
        fields.get("number", ""),
        fields.get("bank", ""),
    ]
    load(a_file(",".join(cells), head=BANKS), layout="statement")
    return models.Entry.objects.latest("pk")


def proposals(found: models.Entry) -> list[matching.Proposal]:
    return matching.proposed([found], on=ON).get(0, [])


def test_who_paid_is_proposed_with_reasons_and_never_taken_for_certain():
    mary = makers.a_person("Mary", "Rimmer")
    account = billed(people=[mary])
    found = waiting_entry(f"tax {account.reference} may", name="MRS M RYMER", amount="1899.93")
    [best] = proposals(found)
    assert best.target == matching.Target(billing.KIND, account.reference)
    assert best.certainty_percent == recognising.SUREST
    assert len(best.reasons) == 3
    assert queries.waits_of(found) == 189_993


def test_a_bank_account_that_paid_before_is_remembered():
    account = billed()
    first = waiting_entry("?", sort_code="20-45-53", number="31926819", bank="1")
    target = matching.Target(billing.KIND, account.reference)
    commands.place_entry(entry=first, parts=[commands.Part(target, 1_234)], by=ANN, on=ON)
    again = waiting_entry("", sort_code="204553", number="31926819", bank="2", amount="5.55")
    [best] = proposals(again)
    assert best.reasons == ("the same bank account paid for it before",)


def test_the_postcode_of_a_dwelling_is_a_weak_reason():
    account = billed()
    found = waiting_entry("", narrative="RENT AND TAX zz1 1aa")
    [best] = [one for one in proposals(found) if one.target.reference == account.reference]
    assert best.certainty_percent == recognising.POSTCODE


def test_a_namesake_alone_is_a_weak_reason_and_another_name_none():
    billed(people=[makers.a_person("Mary", "Rimmer")])
    assert [one.certainty_percent for one in proposals(waiting_entry(name="M RIMMER"))] == [
        recognising.NAME
    ]
    assert proposals(waiting_entry(name="J SMITH", bank="2")) == []


def test_what_waits_is_split_between_those_whose_it_is():
    one, other = billed(), billed()
    found = waiting_entry(amount="100.00")
    parts = [
        commands.Part(matching.Target(billing.KIND, one.reference), 6_000),
        commands.Part(matching.Target(billing.KIND, other.reference), 3_000),
    ]
    commands.place_entry(entry=found, parts=parts, by=ANN, on=ON)
    assert queries.waits_of(found) == 1_000
    assert ledger.balance(billing.KIND, one.reference) == 183_993
    assert ledger.balance(billing.KIND, other.reference) == 186_993
    assert balances()["BANK"] == 10_000
    assert checks.check() == []


@pytest.mark.parametrize("pence", [1_235, 0, -1])
def test_no_more_than_waits_is_given_away(pence):
    account = billed()
    found = waiting_entry()
    target = matching.Target(billing.KIND, account.reference)
    with pytest.raises(commands.MoreThanIsThere, match=r"£12\.34 of this entry waits"):
        commands.place_entry(entry=found, parts=[commands.Part(target, pence)], by=ANN, on=ON)


def test_what_is_placed_is_placed_once():
    account = billed()
    found = waiting_entry()
    part = commands.Part(matching.Target(billing.KIND, account.reference), 1_234)
    commands.place_entry(entry=found, parts=[part], by=ANN, on=ON)
    with pytest.raises(commands.NothingLeft):
        commands.place_entry(entry=found, parts=[part], by=ANN, on=ON)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [(billing.KIND, matching.UnknownTarget), ("nobody.knows", matching.NobodyReceives)],
)
def test_money_is_given_to_no_account_that_is_not_there(kind, refusal):
    billed()
    found = waiting_entry()
    part = commands.Part(matching.Target(kind, "1"), 1_234)
    with pytest.raises(refusal):
        commands.place_entry(entry=found, parts=[part], by=ANN, on=ON)
    assert queries.waits_of(found) == 1_234


def test_what_waits_is_counted_once_by_its_age():
    billed()
    for day in ("01/05/2025", "24/04/2025", "23/04/2025", "01/04/2024"):
        load(a_file(f"x,1.00,{day},,"))
    ages = queries.ages(queries.waiting(), on=ON)
    assert [(age.title, age.count) for age in ages] == [
        ("0 to 7 days", 2),
        ("8 to 30 days", 1),
        ("31 to 90 days", 0),
        ("91 to 365 days", 0),
        ("366 days or more", 1),
    ]
    assert sum(age.pence for age in ages) == 400


def test_an_officer_without_the_capability_is_refused():
    with pytest.raises(NotAllowed):
        load(a_file("1,1.00,28/04/2025,,"), by=makers.nobody())


def test_parts_hold_all_entries_whatever_their_number(monkeypatch):
    monkeypatch.setattr(importing, "PART", 2)
    account = billed()
    run = load(a_file(*(f"{account.reference},1.00,28/04/2025,,{n}" for n in range(7))))
    assert importing.totals(run)["received"] == 7
    assert run.parts.count() == run.parts_expected > 3


def test_a_row_of_tomorrow_is_taken_in_once_when_its_day_has_come():
    account = billed()
    load(a_file(f"{account.reference},10.00,02/05/2025,,", "x,1.00,28/04/2025,,"))
    row = models.SetAside.objects.get()
    with pytest.raises(commands.NotToBeTakenIn, match="2 May 2025"):
        commands.take_in_row(row=row, by=ANN, on=ON)
    commands.take_in_row(row=row, by=ANN, on=date(2025, 5, 2))
    assert ledger.balance(billing.KIND, account.reference) == 189_993 - 1_000
    with pytest.raises(commands.NotToBeTakenIn, match="has been taken in"):
        commands.take_in_row(row=row, by=ANN, on=date(2025, 5, 3))
    assert not queries.may_take_in(row, date(2025, 5, 3))
