from datetime import date
from pathlib import Path

import pytest

from borough.kernel import feeds
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, models, receiving
from borough.lines.revenues.commands import receipts
from borough.rules import years
from tests import makers

ON = date(2025, 5, 1)
FOLDER = Path(receiving.__file__).parent / "layouts"
LAYOUT = feeds.layouts(FOLDER)["bank-receipts"]


def a_billed_account(**fields):
    account = makers.an_account(**fields)
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="x"
    )
    return account


def a_file(*rows: str) -> bytes:
    return "\n".join(["Account,Amount,Paid on,Year", *rows]).encode()


def load(content: bytes, **changed):
    options = {"layout": LAYOUT, "by": makers.everything(), "on": ON, **changed}
    return receipts.load_receipts(content=content, **options)


def test_a_receipt_makes_the_debt_smaller_and_the_bank_larger(db):
    account = a_billed_account(band="B")
    file = load(a_file(f"{account.reference},£100.00,28/04/2025,"))
    assert (file.posted, file.posted_pence, file.set_aside) == (1, 10_000, 0)
    assert ledger.balance(billing.KIND, account.reference) == 179_993
    by_code = {one.code: one.pence for one in ledger.trial_balance()}
    assert by_code["BANK"] == 10_000
    assert by_code["CT-CASH-WITH-GF"] == 10_000
    assert by_code["OWED-TO-CF"] == -10_000


def test_the_same_file_is_loaded_once(db):
    account = a_billed_account()
    content = a_file(f"{account.reference},1.00,28/04/2025,")
    load(content)
    with pytest.raises(receipts.AlreadyLoaded):
        load(content)
    assert ledger.balance(billing.KIND, account.reference) == 189_893


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{ref},ten,28/04/2025,", "Amount is not an amount"),
        ("{ref},10.005,28/04/2025,", "Amount is not an amount"),
        ("{ref},1e999999,28/04/2025,", "Amount is not an amount"),
        ("{ref},1e3,28/04/2025,", "Amount is not an amount"),
        ("{ref},1_0,28/04/2025,", "Amount is not an amount"),
        ("{ref},0.0099999999999999999999999999999999,28/04/2025,", "Amount is not an amount"),
        ("{ref},1000000000000000,28/04/2025,", "Amount is not an amount"),
        ("{ref},1000000000.01,28/04/2025,", "Amount is too large"),
        ("{ref},0.00,28/04/2025,", "Amount is nothing"),
        ("{ref},-10,28/04/2025,", "Amount is negative"),
        ("{ref},10,31/02/2025,", "Paid on is not a real date as 01/04/2025"),
        ("{ref},10,02/05/2025,", "Paid on is in the future"),
        (",10,28/04/2025,", "Account is empty"),
        ("{ref}", "Amount is empty"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_good_rows_go_in(db, row, reason):
    account = a_billed_account()
    good = f"{account.reference},1.00,28/04/2025,"
    file = load(a_file(row.format(ref=account.reference), good))
    assert [one.reason for one in file.set_aside_rows.all()] == [reason]
    assert file.posted == 1


def test_money_for_an_unknown_account_waits_where_it_is_seen(db):
    a_billed_account()
    file = load(a_file("999999999,12.34,28/04/2025,"))
    assert (file.posted, file.set_aside_pence) == (0, 1_234)
    by_code = {one.code: one.pence for one in ledger.trial_balance()}
    assert by_code["CT-UNALLOCATED"] == -1_234


def test_a_row_set_aside_shows_what_stood_in_the_file(db):
    a_billed_account()
    file = load(a_file("999999999,£12.34,28/04/2025,", "999999998,£0.00,28/04/2025,"))
    assert [one.row["Amount"] for one in file.set_aside_rows.order_by("line")] == [
        "£12.34",
        "£0.00",
    ]
    assert {one.row["Paid on"] for one in file.set_aside_rows.all()} == {"28/04/2025"}


def test_totals_that_differ_from_the_banks_load_nothing(db):
    account = a_billed_account()
    with pytest.raises(receipts.TotalsDiffer, match=r"come to £1\.00, and you entered £2\.00"):
        load(a_file(f"{account.reference},1.00,28/04/2025,"), announced_pence=200)
    assert not models.ReceiptFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "not utf-8"),
        (b"Account,Amount\n1,2", "no column Paid on"),
        (b"Account,Amount,Paid on", "no rows"),
        (b"Account,Account,Amount,Paid on\n1,1,1,1", "same heading"),
        (b"", "no column"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(db, content, words):
    with pytest.raises(feeds.UnreadableFile, match=words):
        load(content)


def test_the_payers_own_wish_comes_first():
    owed = {"2024-25": 5_000, "2025-26": 100}
    assert receiving.year_of("2024-25", owed) == "2024-25"
    assert receiving.year_of(None, owed) == "2025-26"
    assert receiving.year_of(None, {"2024-25": 5_000, "2025-26": 0}) == "2024-25"
    assert receiving.year_of(None, {"2024-25": 0, "2025-26": 0}) == "2025-26"
    assert receiving.year_of(None, {}) is None


def test_one_payment_at_the_counter_counts_once(db):
    account = a_billed_account()
    for _ in range(2):
        receipts.record_payment(
            account=account,
            pence=5_000,
            key="counter/1",
            year=years.Year(2025),
            by=makers.everything(),
            on=ON,
        )
    assert ledger.balance(billing.KIND, account.reference) == 184_993
