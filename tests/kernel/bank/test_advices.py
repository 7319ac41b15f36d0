"""Files from Bacs: what came back, why, and what is refused before it is read."""

import warnings
from datetime import date
from pathlib import Path

import pytest

from borough.kernel.bank import advices, hostile_xml

ORACLE = Path(__file__).resolve().parents[4] / "shared/oracles/payables/bacs/arudd_sample.xml"
ON = date(2025, 6, 2)


def arudd(*items: str, totals: str = 'numberOf="1" valueOf="142.50"') -> bytes:
    rows = "".join(items) or item()
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><BACSDocument><Data><ARUDD>'
        '<Header currentProcessingDate="2025-06-02"/>'
        '<ServiceLicenseInformation userNumber="654321"/>'
        "<Advice><OriginatingAccountRecords><OriginatingAccountRecord>"
        f"{rows}<Totals {totals}/>"
        "</OriginatingAccountRecord></OriginatingAccountRecords></Advice>"
        "</ARUDD></Data></BACSDocument>"
    ).encode("iso-8859-1")


def item(code: str = "0", words: str = "REFER TO PAYER", pounds: str = "142.50") -> str:
    return (
        f'<ReturnedDebitItem ref="100001" transCode="17" returnCode="{code}" '
        f'returnDescription="{words}" originalProcessingDate="2025-05-30" valueOf="{pounds}" '
        'currency="GBP"><PayerAccount number="12345678" ref="100001" name="Siân Élan" '
        'sortCode="01-02-03"/></ReturnedDebitItem>'
    )


def messages(code: str, record_type: str = "A", **attributes: str) -> bytes:
    more = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return (
        "<BACSDocument><Data><MessagingAdvices>"
        f'<MessagingAdvice user-number="654321" record-type="{record_type}" reason-code="{code}" '
        f'reference="100001 " payer-sort-code="010203" payer-account-number="12345678" {more}/>'
        "</MessagingAdvices></Data></BACSDocument>"
    ).encode()


def test_the_published_sample_is_read_whole():
    if not ORACLE.exists():
        warnings.warn(f"NO ORACLE: {ORACLE.name} is not here", stacklevel=1)
        pytest.skip("the sample of an ARUDD advice is not here")
    advice = advices.read(ORACLE.read_bytes(), on=ON)
    assert (advice.kind, len(advice.returned), advice.pence) == ("ARUDD", 3, 22_500)
    assert {one.reason.code for one in advice.returned} == {"1012"}
    assert {one.reason.words for one in advice.returned} == {"instruction cancelled"}
    assert {one.reason.then for one in advice.returned} == {advices.Then.CANCEL}
    assert {one.processed_on for one in advice.returned} == {date(2017, 1, 12)}
    assert [one.sort_code for one in advice.returned] == ["010203", "020304", "030405"]


def test_one_item_is_read_as_many_are():
    advice = advices.read(arudd(), on=ON)
    [one] = advice.returned
    assert (one.reference, one.pence, one.position) == ("100001", 14_250, 1)
    assert one.payer_name == "Siân Élan"
    assert advice.service_user_number == "654321"


def test_nought_means_another_thing_in_another_file():
    unpaid = advices.reason_of("ARUDD", "0", "", on=ON)
    changed = advices.reason_of("ADDACS", "0", "", on=ON)
    assert (unpaid.then, changed.then) == (advices.Then.REPRESENT, advices.Then.CANCEL)


@pytest.mark.parametrize(
    ("code", "words", "then", "is_certain"),
    [
        ("2", "PAYER DECEASED", advices.Then.DECEASED, True),
        ("1012", "INSTRUCTION CANCELLED", advices.Then.CANCEL, True),
        ("0128", "REFER TO PAYER", advices.Then.REPRESENT, True),
        ("9012", "INSTRUCTION CANCELLED", advices.Then.CANCEL, False),
        ("Z", "PAYER DECEASED", advices.Then.DECEASED, False),
        ("Z", "SOMETHING NEW", advices.Then.ASK, False),
        ("", "", advices.Then.ASK, False),
    ],
)
def test_a_code_that_nobody_knows_goes_by_its_words_and_a_person_looks(
    code, words, then, is_certain
):
    reason = advices.reason_of("ARUDD", code, words, on=ON)
    assert (reason.then, reason.is_certain) == (then, is_certain)


@pytest.mark.parametrize(
    "totals", ['numberOf="2" valueOf="142.50"', 'numberOf="1" valueOf="142.51"', 'numberOf="1"']
)
def test_an_advice_that_does_not_come_to_its_totals_is_refused(totals):
    with pytest.raises((advices.TotalsDiffer, advices.UnknownAdvice)):
        advices.read(arudd(totals=totals), on=ON)


@pytest.mark.parametrize("pounds", ["1e3", "-5.00", "", "142.5", "1,000.00", "0.00", "9" * 20])
def test_an_amount_that_cannot_be_read_is_never_nought(pounds):
    with pytest.raises(advices.UnknownAdvice, match="no amount"):
        advices.read(arudd(item(pounds=pounds)), on=ON)


@pytest.mark.parametrize("day", ["1900-01-01", "0001-01-01"])
def test_a_day_before_all_tables_leaves_no_file_unread(day):
    returned = arudd().replace(b'Date="2025-06-02"', f'Date="{day}"'.encode())
    [one] = advices.read(returned, on=ON).returned
    assert one.reason.then == advices.Then.REPRESENT
    [change] = advices.read(messages("3", effective_date=day), on=ON).changes
    assert change.reason.then == advices.Then.AMEND


def test_a_changed_instruction_carries_its_new_details():
    content = messages(
        "3",
        effective_date="2025-06-05",
        payer_new_sort_code="04-05-06",
        payer_new_account_number="87654321",
    )
    advice = advices.read(content, on=ON)
    [one] = advice.changes
    assert (advice.kind, one.reference) == ("ADDACS", "100001")
    assert one.reason.then == advices.Then.AMEND
    assert (one.new_sort_code, one.new_account_number) == ("040506", "87654321")
    assert one.effective_on == date(2025, 6, 5)


def test_a_file_that_does_not_say_its_kind_is_not_guessed_at():
    with pytest.raises(advices.UnknownAdvice, match="Say which"):
        advices.read(messages("F", record_type="?"), on=ON)
    assert advices.read(messages("F", record_type="?"), on=ON, said="AUDDIS").kind == "AUDDIS"
    with pytest.raises(advices.UnknownAdvice, match="another kind"):
        advices.read(messages("3"), on=ON, said="AUDDIS")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><BACSDocument>&b;</BACSDocument>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><BACSDocument/>',
        b"<a>" * 100 + b"</a>" * 100,
        b"<BACSDocument>",
        b"",
        b"PK\x03\x04",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
    ],
    ids=["bomb", "bomb-utf-16", "external", "deep", "unclosed", "empty", "zip", "encoding"],
)
def test_hostile_xml_is_refused_in_words(content):
    with pytest.raises(hostile_xml.UnreadableXml, match="file"):
        advices.read(content, on=ON)


def test_a_file_larger_than_allowed_is_not_read(monkeypatch):
    monkeypatch.setattr(advices, "MOST_BYTES", 10)
    with pytest.raises(hostile_xml.UnreadableXml, match="larger"):
        advices.read(arudd(), on=ON)


@pytest.mark.parametrize(
    "content",
    [b"<html/>", b"<BACSDocument/>", b"<BACSDocument><Data><X/></Data></BACSDocument>"],
)
def test_a_root_that_nobody_knows_is_refused(content):
    with pytest.raises(advices.UnknownAdvice):
        advices.read(content, on=ON)
