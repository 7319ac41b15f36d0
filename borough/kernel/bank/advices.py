"""What Bacs tells us about Direct Debits: unpaid ones (ARUDD), instructions that came back
(AUDDIS) and instructions that changed at the payer's bank (ADDACS).

The same code means different things in different files, so a reason always knows its file. A code
that is not in the table goes by its description, and then a person looks.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from borough.kernel import commanding
from borough.kernel.bank import hostile_xml
from borough.kernel.bank.hostile_xml import Element
from borough.rules import money, parameters

MOST_BYTES = 20 * 1024 * 1024
_MOST_PENCE = 10**11
_POUNDS = re.compile(r"(?P<pounds>[0-9]{1,12})(\.(?P<pence>[0-9]{2}))?")
_RECORD_TYPES = {"A": "ADDACS"}  # that of AUDDIS was read in no source: whoever loads it says so
_CODES = parameters.load_file("bank/return_codes.yaml")


class Then(StrEnum):
    """What must be done about an advice."""

    REPRESENT = "represent"
    CANCEL = "cancel"
    DECEASED = "deceased"
    DISPUTE = "dispute"
    MEND = "mend"
    AMEND = "amend"
    REINSTATE = "reinstate"
    ASK = "ask"  # nobody knows what it means: a person looks


class UnknownAdvice(commanding.Refusal):
    """The file is XML, and no advice that we know."""


class TotalsDiffer(commanding.Refusal):
    """The items of an advice do not come to the totals that it gives."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words, and what must be done.

    ``is_certain`` is false when the code is not in the table and its beginning does not agree with
    its words: a person confirms before it is acted upon, whatever ``then`` proposes.
    """

    code: str
    words: str
    then: Then
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """One Direct Debit that was not paid, or came back."""

    position: int
    reference: str
    pence: int
    transaction_code: str
    reason: Reason
    processed_on: date | None
    sort_code: str
    account_number: str
    payer_name: str


@dataclass(frozen=True, slots=True)
class Change:
    """One instruction that came back or changed; new details are empty where they did not."""

    position: int
    reference: str
    transaction_code: str
    reason: Reason
    effective_on: date | None
    sort_code: str
    account_number: str
    payer_name: str
    new_sort_code: str
    new_account_number: str
    new_payer_name: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A file of advices. ``sha256`` and an item's position make its key."""

    kind: str
    sha256: str
    service_user_number: str
    made_on: date | None
    returned: tuple[Returned, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def pence(self) -> int:
        """What the returned items come to."""
        return sum(one.pence for one in self.returned)


def reason_of(kind: str, code: str, description: str, *, on: date) -> Reason:
    """Return what a code means in a kind of file, by its description where nobody knows it.

    Args:
        kind: ``ARUDD``, ``AUDDIS`` or ``ADDACS``.
        code: as it stands in the file.
        description: the words beside it; may be empty.
        on: the day of the file.
    """
    known = _codes(kind, on)
    if code in known:
        return Reason(code, known[code]["words"], Then(known[code]["then"]), is_certain=True)
    plain = _plain(description)
    for short, meaning in known.items():
        if plain and plain == _plain(meaning["words"]):
            # Four figures (1012 instruction cancelled, 0128 refer to payer) begin with the code.
            agrees = len(code) > 1 and code.startswith(short)
            return Reason(code, meaning["words"], Then(meaning["then"]), is_certain=agrees)
    return Reason(code, description.strip().lower()[:80], Then.ASK, is_certain=False)


def is_lodged_anew(kind: str, code: str, *, on: date) -> bool:
    """Tell whether new bank details are those of another bank, which has to be told first.

    Within a bank the instruction moves with the account, and must not be lodged a second time.
    """
    return bool(_codes(kind, on).get(code, {}).get("lodge") == "anew")


def _codes(kind: str, on: date) -> Mapping[str, Any]:
    """Return what the codes of a kind of file mean on a day, with the first table before it.

    A bank that knows no day may write 1 January 1900: that is no reason to leave the file unread.
    """
    table = _CODES[f"{kind.lower()}_codes"]
    found: Mapping[str, Any] = table.at(max(on, min(table.values))).value
    return found


def read(content: bytes, *, on: date, said: str = "") -> Advice:
    """Return what a file of advices says.

    Args:
        content: the file.
        on: the day by which codes are read when the file carries none.
        said: ``AUDDIS`` or ``ADDACS``, where whoever loads the file knows it: the same code means
            different things in each, and the file does not always tell.

    Raises:
        hostile_xml.UnreadableXml: not XML, too large, or with a document type.
        UnknownAdvice: its root is none that we know; say so to the bureau.
        TotalsDiffer: its items do not come to its own totals.
    """
    root = hostile_xml.root(content, most_bytes=MOST_BYTES)
    sha256 = hashlib.sha256(content).hexdigest()
    data = hostile_xml.find(root, "Data")
    if hostile_xml.local(root) != "BACSDocument" or data is None:
        raise UnknownAdvice("This is no advice of Bacs: its first element is not BACSDocument.")
    for child in data:
        if hostile_xml.local(child) == "ARUDD":
            return _arudd(child, sha256, on)
        if hostile_xml.local(child) == "MessagingAdvices":
            return _messaging(child, sha256, on, said)
    raise UnknownAdvice(
        "This is a Bacs document, but neither ARUDD nor AUDDIS nor ADDACS. It was not read."
    )


def _arudd(arudd: Element, sha256: str, on: date) -> Advice:
    header = hostile_xml.find(arudd, "Header")
    made_on = _day(header.get("currentProcessingDate", "")) if header is not None else None
    licence = hostile_xml.find(arudd, "ServiceLicenseInformation")
    returned: list[Returned] = []
    for record in arudd.iter():
        if hostile_xml.local(record) != "OriginatingAccountRecord":
            continue
        items = list(_items(record, made_on or on, len(returned)))
        _refuse_totals(record, items)
        returned += items
    return Advice(
        kind="ARUDD",
        sha256=sha256,
        service_user_number=licence.get("userNumber", "") if licence is not None else "",
        made_on=made_on,
        returned=tuple(returned),
    )


def _items(record: Element, on: date, before: int) -> Iterator[Returned]:
    # Converters that give one item as an object and several as a list have misled others.
    rows = hostile_xml.children(record, "ReturnedDebitItem")
    for position, row in enumerate(rows, before + 1):
        payer = hostile_xml.find(row, "PayerAccount")
        theirs: dict[str, str] = dict(payer.attrib) if payer is not None else {}
        if row.get("currency", "GBP") != "GBP":
            raise UnknownAdvice(f"Item {position} is not in pounds. Ask the bureau.")
        yield Returned(
            position=position,
            reference=(row.get("ref") or theirs.get("ref", "")).strip(),
            pence=_pence(row.get("valueOf", ""), position),
            transaction_code=row.get("transCode", ""),
            reason=reason_of(
                "ARUDD",
                row.get("returnCode", "").strip(),
                row.get("returnDescription", ""),
                on=on,
            ),
            processed_on=_day(row.get("originalProcessingDate", "")),
            sort_code=_figures(theirs.get("sortCode", "")),
            account_number=_figures(theirs.get("number", "")),
            payer_name=theirs.get("name", "").strip(),
        )


def _refuse_totals(record: Element, items: list[Returned]) -> None:
    totals = hostile_xml.find(record, "Totals")
    if totals is None:
        raise TotalsDiffer("The advice gives no totals, so nobody can say that it is whole.")
    pence = _pence(totals.get("valueOf", ""), 0)
    if totals.get("numberOf", "") != str(len(items)) or pence != sum(one.pence for one in items):
        raise TotalsDiffer(
            f"The totals of the advice are {totals.get('numberOf', 'no')} items of "
            f"{totals.get('valueOf', 'no sum')}; {len(items)} were read, and come to "
            f"{money.pounds(sum(one.pence for one in items))}. Nothing was taken from it. Ask for "
            "the file again."
        )


def _messaging(advices: Element, sha256: str, on: date, said: str) -> Advice:
    header = hostile_xml.find(advices, "MessagingHeader")
    rows = list(hostile_xml.children(advices, "MessagingAdvice"))
    kind = _kind(header, rows, said)
    users = {row.get("user-number", "") for row in rows} - {""}
    made_on = None if header is None else _any(header, "report-generation-date")
    return Advice(
        kind=kind,
        sha256=sha256,
        service_user_number=users.pop() if len(users) == 1 else "",
        made_on=_day(made_on or ""),
        changes=tuple(_change(row, n, kind, on) for n, row in enumerate(rows, 1)),
    )


def _kind(header: Element | None, rows: list[Element], said: str) -> str:
    """Return which of the two a file of messages is: what it shows and what was said must agree."""
    kinds = {_RECORD_TYPES[row.get("record-type", "")] for row in rows if _has_type(row)}
    words = " ".join(header.attrib.values()).upper() if header is not None else ""
    kinds |= {kind for kind in ("ADDACS", "AUDDIS") if kind in words}
    kinds |= {said} - {""}
    if not kinds:
        raise UnknownAdvice("The file does not say whether it is AUDDIS or ADDACS. Say which.")
    if len(kinds) > 1:
        raise UnknownAdvice("The file is of another kind than was said. Choose its kind again.")
    return kinds.pop()


def _has_type(row: Element) -> bool:
    return row.get("record-type", "") in _RECORD_TYPES


def _change(row: Element, position: int, kind: str, on: date) -> Change:
    effective = _day(row.get("effective-date", ""))
    return Change(
        position=position,
        reference=row.get("reference", "").strip(),
        transaction_code=row.get("transaction-code", ""),
        reason=reason_of(
            kind,
            row.get("reason-code", "").strip(),
            _any(row, "reason", "reason-description"),
            on=effective or on,
        ),
        effective_on=effective,
        sort_code=_figures(row.get("payer-sort-code", "")),
        account_number=_figures(row.get("payer-account-number", "")),
        payer_name=row.get("payer-name", "").strip(),
        new_sort_code=_figures(row.get("payer-new-sort-code", "")),
        new_account_number=_figures(row.get("payer-new-account-number", "")),
        new_payer_name=row.get("payer-new-name", "").strip(),
    )


def _any(element: Element, *names: str) -> str:
    return next((element.attrib[name] for name in names if name in element.attrib), "")


def _pence(text: str, position: int) -> int:
    found = _POUNDS.fullmatch(text.strip())
    whole = int(found["pounds"]) * 100 + int(found["pence"] or 0) if found else _MOST_PENCE + 1
    if whole > _MOST_PENCE or (position and not whole):
        where = f"Item {position}" if position else "The total"
        raise UnknownAdvice(f"{where} has no amount that can be read. Ask for the file again.")
    return whole


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _figures(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _plain(words: Any) -> str:
    return re.sub(r"[^a-z]+", " ", str(words).lower()).strip()
