"""camt.053: every version, every shape of entry, and what is refused, not read as nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.kernel import commanding
from borough.kernel.bank import camt, statements
from tests.kernel.bank import statement_makers as makers


def lines(content: bytes) -> list[statements.Line]:
    return camt.read(content).lines


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "13"])
def test_every_version_is_read_by_local_name(version):
    [line] = lines(makers.camt(makers.entry(1_234, ref="A1", said="100001"), version=version))
    assert (line.pence, line.reference, line.on) == (1_234, "100001", date(2025, 4, 28))
    assert line.key == "camt/1/A1"
    assert (line.payer_sort_code, line.payer_account) == ("601613", "31926819")


def test_the_name_stands_in_another_place_in_older_versions():
    details = "<TxDtls><RltdPties><Dbtr><Nm>M Rimmer</Nm></Dbtr></RltdPties></TxDtls>"
    [line] = lines(makers.camt(makers.entry(100, details=details)))
    assert line.payer_name == "M Rimmer"


def test_a_status_without_a_code_of_its_own_is_read():
    assert len(lines(makers.camt(makers.entry(100, status="<Sts>BOOK</Sts>")))) == 1


def test_what_is_pending_is_not_taken():
    pending = makers.entry(999, status="<Sts><Cd>PDNG</Cd></Sts>")
    assert [one.pence for one in lines(makers.camt(makers.entry(100), pending))] == [100]


def test_an_entry_that_moves_nothing_is_set_aside_and_stops_no_other():
    read = camt.read(makers.camt(makers.entry(100), makers.entry(0, ref="N")))
    assert [one.pence for one in read.lines] == [100]
    assert [(one.line, one.reason) for one in read.bad] == [(2, "Amount is nothing")]


def test_a_batch_becomes_its_transactions():
    details = makers.transaction(said="1", pence=100) + makers.transaction(said="2", pence=200)
    found = lines(makers.camt(makers.entry(300, ref="B", details=details)))
    assert [(one.pence, one.reference, one.key) for one in found] == [
        (100, "1", "camt/1/B/1"),
        (200, "2", "camt/1/B/2"),
    ]


def test_a_batch_that_does_not_add_up_stays_in_one_piece():
    details = makers.transaction(said="1", pence=100) + makers.transaction(said="2", pence=201)
    [line] = lines(makers.camt(makers.entry(300, ref="B", details=details)))
    assert (line.pence, line.reference) == (300, "")


@pytest.mark.parametrize("closing", [100 + 20, 100 - 20])
def test_a_reversal_goes_the_way_that_the_balances_tell(closing):
    content = makers.camt(makers.entry(100), makers.entry(20, reversal=True), closing=closing)
    assert [one.pence for one in lines(content)] == [100, closing - 100]
    assert [one.is_reversal for one in lines(content)] == [False, True]


def test_entries_that_do_not_come_to_the_closing_balance_are_refused():
    with pytest.raises(statements.TotalsDiffer, match=r"£0\.01 too much"):
        camt.read(makers.camt(makers.entry(100), closing=99))


def test_several_statements_are_read_and_each_must_agree():
    one = makers.statement(makers.entry(100, ref="A"), closing=100, account="1")
    other = makers.statement(makers.entry(200, ref="A"), opening=5, closing=205, account="2")
    assert [line.key for line in lines(makers.document(one + other))] == ["camt/1/A", "camt/2/A"]
    with pytest.raises(statements.TotalsDiffer):
        camt.read(makers.document(one + other.replace("2.05", "2.06")))


def test_a_number_that_begins_anew_each_day_tells_entries_of_two_days_apart():
    """NtryRef is unique within its statement only; the same entry in two files is still known."""
    monday, again, tuesday = (
        makers.document(makers.statement(makers.entry(100, within="1", day=day), closing=100))
        for day in ("2025-04-28", "2025-04-28", "2025-04-29")
    )
    [first], [repeated], [second] = lines(monday), lines(again), lines(tuesday)
    assert first.key != second.key
    assert repeated.key == first.key


def test_a_reference_that_the_bank_repeats_is_the_first_and_the_second_in_every_file():
    content = makers.camt(makers.entry(100, ref="A"), makers.entry(200, ref="A"))
    keys = [one.key for one in statements.named(lines(content), content)]
    assert keys == ["camt/1/A", "camt/1/A/2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (makers.document("").replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt"), "no statement"),
        (makers.document(""), "no statement"),
        (makers.camt(makers.entry(100, currency="EUR")), "not in pounds"),
        (makers.camt(makers.entry(100, day="28.4.2025")), "on which day"),
        (makers.camt(makers.entry(100)).replace(b"OPBD", b"ITAV"), "cannot be checked"),
        (makers.camt(makers.entry(100)).replace(b"CRDT", b"X"), "which way"),
        (makers.camt(makers.entry(100)).replace(b">1.00<", b">1e9<"), "cannot be read"),
        (makers.camt(makers.entry(100))[:-20], "not whole"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + makers.document("&b;")[21:], "document type"),
    ],
)
def test_what_cannot_be_checked_or_read_is_refused_in_words(content, words):
    with pytest.raises(commanding.Refusal, match=words):
        camt.read(content)


_MOVED = st.integers(1, 10**9) | st.integers(-(10**9), -1)


@given(st.lists(_MOVED, max_size=12), st.integers(0, 10**9))
def test_every_entry_is_read_once_and_they_come_to_the_balance(amounts, opening):
    entries = [makers.entry(pence, ref=str(n)) for n, pence in enumerate(amounts)]
    whole = makers.statement(*entries, opening=opening, closing=opening + sum(amounts))
    found = lines(makers.document(whole))
    assert [one.pence for one in found] == amounts
    assert len({one.key for one in found}) == len(amounts)
