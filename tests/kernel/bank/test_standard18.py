"""A Standard 18 file: every character where it must be, and nothing that cannot be read back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.kernel.bank import standard18
from borough.kernel.bank.standard18 import layout

TUESDAY = date(2026, 9, 15)
US = standard18.Originator("123456", "601613", "12345678", "Borough of Sefton")


def a_credit(**changes: object) -> standard18.Item:
    item = standard18.Item("204512", "12345678", "Ada Widget", 250_000, "100001 REFUND", "99")
    return replace(item, **changes)


def a_submission(*items: standard18.Item, **changes: object) -> standard18.Submission:
    whole = standard18.Submission("000007", US, TUESDAY, date(2026, 9, 16), items or (a_credit(),))
    return replace(whole, **changes)


def padded(text: str, width: int = 18) -> str:
    return text.ljust(width)


def test_every_character_stands_where_the_guides_put_it():
    lines = standard18.write(a_submission(file_number=42)).decode("ascii").split("\r\n")
    blanks = " ".__mul__
    assert lines == [
        "VOL1000007" + blanks(31) + "123456" + blanks(32) + "1",
        "HDR1A123456S  112345600000700010001" + blanks(6) + " 26258 26260 000000" + blanks(20),
        "HDR2F0200000100" + blanks(35) + "00" + blanks(28),
        "UHL1 26259999999" + blanks(4) + "000000001 DAILY  042" + blanks(40),
        padded("2045121234567809960161312345678    00000250000BOROUGH OF SEFTON 100001 REFUND", 82)
        + padded("ADA WIDGET"),
        padded("6016131234567801760161312345678    00000250000BOROUGH OF SEFTON CONTRA", 82)
        + padded("BOROUGH OF SEFTON"),
        "EOF1A123456S  112345600000700010001" + blanks(6) + " 26258 26260 000000" + blanks(20),
        "EOF2F0200000100" + blanks(35) + "00" + blanks(28),
        "UTL1" + "0000000250000" * 2 + "0000001" * 2 + blanks(8) + "0000000" + blanks(21),
        "",
    ]


def test_a_file_of_several_days_has_a_contra_for_each_day():
    first, second = date(2026, 9, 16), date(2026, 9, 17)
    collections = [
        a_credit(code="01", pence=100, reference="100001A", day=first),
        a_credit(code="17", pence=200, reference="100002A", day=first),
        a_credit(code="17", pence=400, reference="100003A", day=second),
        a_credit(code="0N", pence=0, reference="100004A", day=first),
    ]
    content = standard18.write(a_submission(*collections))
    read = standard18.read(content)
    assert {(one.day, one.code, one.pence) for one in read.contras} == {
        (first, "99", 300),
        (second, "99", 400),
    }
    assert read.debit_pence == 700
    assert {len(line) for line in content.decode().split("\r\n")[4:-4]} == {106}
    assert b"4 MULTI  " in content
    assert content.decode().split("\r\n")[-2][52:59] == "0000001"


@pytest.mark.parametrize(
    ("name", "text", "lost", "cut"),
    [
        ("Siân O’Connor", "SIAN OCONNOR", "", ""),
        ("Łukasz Müller-Weiß", "LUKASZ MULLER-WEIS", "", "S"),
        ("A*B", "A B", "*", ""),
        ("J Smith (Decd)", "J SMITH DECD", "()", ""),
        ("Bartholomew Featherstonehaugh", "BARTHOLOMEW FEATHE", "", "RSTONEHAUGH"),
        ("王小明", "", "王小明", ""),
    ],
)
def test_what_is_lost_of_a_name_is_seen(name, text, lost, cut):
    folded = standard18.fold(name)
    assert (folded.text, folded.lost, folded.cut) == (text, lost, cut)
    assert folded.is_whole == (not lost and not cut)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (a_credit(pence=0), "Item 1: the amount"),
        (a_credit(pence=20_000_000_01), "Item 1: the amount"),
        (a_credit(sort_code="20451"), "the sort code is not six figures"),
        (a_credit(sort_code="٢٠٤٥١٢"), "the sort code is not six figures"),
        (a_credit(account_number="1234567"), "the account number is not eight figures"),
        (a_credit(code="98"), "transaction code 98"),
        (a_credit(code="0N"), "an instruction carries no amount"),
        (a_credit(code="17", reference="12345"), "6 to 18 characters"),
        (a_credit(code="17", reference="AAAAAAA"), "one character again and again"),
        (a_credit(code="17", reference="DDIC1234"), "DDIC"),
        (a_credit(reference="Contra"), "the records that balance the file"),
        (a_credit(name="王"), "no letter that Bacs can carry"),
        (a_credit(day=date(2026, 9, 15)), "before the first of the file"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_reason(item, words):
    with pytest.raises(standard18.NotStandard18, match=words):
        standard18.write(a_submission(item))


def test_nothing_is_sent_on_a_day_on_which_banks_do_not_work():
    with pytest.raises(standard18.NotStandard18, match="25 December 2026"):
        standard18.write(a_submission(processing_day=date(2026, 12, 25)))


_FIGURES = "0123456789"
_NAMES = st.text("ABCDEFGHIJ &/.-", min_size=1).filter(lambda text: standard18.fold(text).text)
_ITEMS = st.builds(
    standard18.Item,
    sort_code=st.text(_FIGURES, min_size=6, max_size=6),
    account_number=st.text(_FIGURES, min_size=8, max_size=8),
    name=_NAMES,
    pence=st.integers(1, 20_000_000_00),
    reference=st.integers(100_000, 999_999).map(lambda number: f"{number}CT"),
    code=st.sampled_from(["99", "01", "17", "18", "19"]),
    day=st.none(),
)


@given(st.lists(_ITEMS, min_size=1, max_size=40), st.booleans())
def test_what_is_written_is_read_back_and_its_totals_agree(items, several):
    if several:
        items = [
            replace(one, day=date(2026, 9, 16 + number % 3)) for number, one in enumerate(items)
        ]
    submission = a_submission(*items)
    content = standard18.write(submission)
    read = standard18.read(content)
    assert read.submission == standard18.as_sent(submission)
    assert standard18.write(read.submission) == content
    assert read.debit_pence == sum(item.pence for item in items)


@given(st.data())
def test_a_figure_changed_anywhere_in_an_amount_is_noticed(data):
    content = standard18.write(a_submission(a_credit(), a_credit(pence=18_215_0)))
    line = data.draw(st.sampled_from([4, 5, 6]))
    place = 4 * 82 + (line - 4) * 102 + data.draw(st.integers(35, 45))
    other = data.draw(st.sampled_from([d for d in b"0123456789" if d != content[place]]))
    with pytest.raises(standard18.NotStandard18):
        standard18.read(content[:place] + bytes([other]) + content[place + 1 :])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: lines[:4] + lines[5:], "no item"),
        (lambda lines: [lines[0].replace("000007", "000008"), *lines[1:]], "serial"),
        (lambda lines: [*lines[:6], lines[6].replace("EOF1A1", "EOF1A2"), *lines[7:]], "repeat"),
        (lambda lines: [*lines[:4], lines[4] + " ", *lines[5:]], "101 characters"),
        (lambda lines: [*lines[:4], lines[4].replace("099", "098"), *lines[5:]], "code 98"),
        (lambda lines: [*lines[:5], lines[5].replace("601613", "601614", 1), *lines[6:]], "contra"),
        (lambda lines: [*lines[:5], *lines[4:]], "UTL1 says"),
        (lambda _: ["nothing of the kind"], "too short"),
    ],
)
def test_a_spoilt_file_is_refused(spoil, words):
    lines = standard18.write(a_submission()).decode().split("\r\n")
    with pytest.raises(standard18.NotStandard18, match=f"(?i){words}"):
        standard18.read("\r\n".join(spoil(lines)).encode())


@pytest.mark.parametrize("record", layout.RECORDS)
def test_the_fields_of_a_record_do_not_overlap(record):
    at = 0
    for field in layout.RECORDS[record]:
        assert at < field.first <= field.last
        assert not field.always or len(field.always) == field.last - field.first + 1
        at = field.last
    assert at <= (layout.SINGLE if record == "item" else layout.LABEL)
