"""ISO 20022 bank statements, camt.053 of any version: matched by local name.

A file of intraday reports (camt.052) holds no statement and is refused, never read as empty. The
opening balance and the entries must come to the closing balance, or nothing of the file is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from borough.kernel import feeds
from borough.kernel.bank import hostile_xml, statements
from borough.kernel.bank.hostile_xml import Element
from borough.kernel.bank.statements import Line
from borough.kernel.pages import wording

MOST_ENTRIES = 500_000
_POUNDS = re.compile(r"(?P<pounds>[0-9]{1,13})(\.(?P<pence>[0-9]{1,2})0*)?")
_STATEMENT_DEPTH = 2
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_IBAN_OF_GB = re.compile(r"GB[0-9]{2}[A-Z]{4}(?P<sort>[0-9]{6})(?P<number>[0-9]{8})")


class NotAStatement(feeds.UnreadableFile):
    """The file is XML, and no statement of booked entries."""


@dataclass(frozen=True, slots=True)
class _Booked:
    """An entry of the statement: the lines it stands for, and its sign as the file gives it."""

    lines: tuple[Line, ...]
    pence: int
    is_reversal: bool


def looks_like_one(content: bytes) -> bool:
    """Tell whether a file is XML at all, so that it may be a statement."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0")[:1] == b"<"


def read(content: bytes) -> statements.Read:
    """Return what a file of statements says.

    Raises:
        hostile_xml.UnreadableXml: not XML, too large, too deep, or with a document type.
        NotAStatement: no statement, another currency, or a balance or entry that cannot be read.
        statements.TotalsDiffer: opening balance and entries do not come to the closing balance.
    """
    lines: list[Line] = []
    booked: list[_Booked] = []
    found = 0
    for depth, element in hostile_xml.elements(content, most_bytes=feeds.MOST_BYTES):
        name = hostile_xml.local(element)
        if name == "Ntry" and depth == _STATEMENT_DEPTH + 1:
            booked += _booked(element)
            element.clear()  # what has been read need not stay in the memory
            if len(booked) + len(lines) > MOST_ENTRIES:
                raise NotAStatement(f"The file has more than {MOST_ENTRIES:,} entries.")
        elif name == "Stmt" and depth == _STATEMENT_DEPTH:
            lines += _of_statement(element, booked, len(lines))
            booked, found = [], found + 1
    if not found:
        raise NotAStatement(
            "The file holds no statement. A camt.053 is wanted: a camt.052 lists entries that may "
            "still change, and a camt.054 has no balance by which to check it."
        )
    return statements.Read(
        [line for line in lines if line.pence],
        [_of_nothing(line) for line in lines if not line.pence],
    )


def _of_nothing(line: Line) -> feeds.Bad:
    """Return an entry that moves no money: a bank may send one to say something."""
    cells = {"Day": line.on.isoformat(), "Description": line.narrative}
    return feeds.Bad(line.number, statements.NOTHING, cells)


def _of_statement(statement: Element, booked: list[_Booked], before: int) -> Iterator[Line]:
    account = hostile_xml.text(statement, "Acct", "Id", "IBAN") or hostile_xml.text(
        statement, "Acct", "Id", "Othr", "Id"
    )
    name = hostile_xml.text(statement, "Id")
    sign = _sign_of_reversals(statement, booked)
    number = before
    for place, one in enumerate(booked, 1):
        for part, line in enumerate(one.lines, 1):
            number += 1
            inner = line.key or f"{name}/{place}"
            split = f"/{part}" if len(one.lines) > 1 else ""
            yield replace(
                line,
                number=number,
                key=f"camt/{account}/{inner}{split}",
                pence=line.pence * (sign if one.is_reversal else 1),
            )


def _sign_of_reversals(statement: Element, booked: list[_Booked]) -> int:
    """Return 1 where the indicator of a reversal is its own, -1 where it is the original's.

    ISO 20022 means its own; some banks mean the original's. The balances tell which.
    """
    moved = _balance(statement, _CLOSING) - _balance(statement, _OPENING)
    plain = sum(one.pence for one in booked if not one.is_reversal)
    reversed_ = sum(one.pence for one in booked if one.is_reversal)
    if plain + reversed_ == moved:
        return 1
    if plain - reversed_ == moved:
        return -1
    raise statements.TotalsDiffer(
        f"The opening balance and the entries do not come to the closing balance: "
        f"{wording.money(plain + reversed_ - moved)} too much. Nothing was taken from the file."
    )


def _balance(statement: Element, kinds: tuple[str, ...]) -> int:
    for kind in kinds:
        for balance in hostile_xml.children(statement, "Bal"):
            if hostile_xml.text(balance, "Tp", "CdOrPrtry", "Cd") == kind:
                return _signed(balance)
    raise NotAStatement("A statement without opening and closing balance cannot be checked.")


def _booked(entry: Element) -> Iterator[_Booked]:
    """Yield the entry, when it is booked: what is pending may still go away."""
    status = hostile_xml.text(entry, "Sts", "Cd") or hostile_xml.text(entry, "Sts")
    if status not in {"BOOK", ""}:
        return
    pence = _signed(entry)
    is_reversal = hostile_xml.text(entry, "RvslInd") in {"true", "1"}
    whole = Line(
        number=0,
        key=_name(entry, pence),
        on=_day(entry),
        pence=pence,
        narrative=hostile_xml.text(entry, "AddtlNtryInf")[: feeds.MOST_CELL],
        is_reversal=is_reversal,
    )
    yield _Booked(tuple(_parts(entry, whole)) or (whole,), pence, is_reversal)


def _name(entry: Element, pence: int) -> str:
    """Return what the bank calls an entry, the same in every file that carries it; "" when nothing.

    An NtryRef need only be unique within its statement, and many banks begin each day at 1: with
    day and amount it tells entries apart, and still finds one that two files carry.
    """
    own = hostile_xml.text(entry, "AcctSvcrRef")
    within = hostile_xml.text(entry, "NtryRef")
    return own or (within and f"{within}/{_day(entry)}/{pence}")


def _parts(entry: Element, whole: Line) -> list[Line]:
    """Return the transactions of an entry; a batch that does not add up stays in one piece."""
    details = [
        one
        for group in hostile_xml.children(entry, "NtryDtls")
        for one in hostile_xml.children(group, "TxDtls")
    ]
    if len(details) == 1:
        return [_detailed(whole, details[0], whole.pence)]
    sign = 1 if whole.pence > 0 else -1
    amounts = [_amount_of_part(one) for one in details]
    if not details or sum(amount or 0 for amount in amounts) * sign != whole.pence:
        return []
    return [
        _detailed(whole, one, sign * (amount or 0))
        for one, amount in zip(details, amounts, strict=True)
        if amount
    ]


def _detailed(whole: Line, detail: Element, pence: int) -> Line:
    text = hostile_xml.text
    side = "Dbtr" if pence > 0 else "Cdtr"
    parties = hostile_xml.find(detail, "RltdPties")
    sort_code, number = ("", "") if parties is None else _account(parties, f"{side}Acct")
    remittance = hostile_xml.find(detail, "RmtInf")
    words = [] if remittance is None else list(hostile_xml.children(remittance, "Ustrd"))
    said = " ".join((one.text or "").strip() for one in words)
    given = text(detail, "RmtInf", "Strd", "CdtrRefInf", "Ref")
    end_to_end = text(detail, "Refs", "EndToEndId").replace("NOTPROVIDED", "")
    return replace(
        whole,
        pence=pence,
        reference=(given or (said if len(said) <= 35 else "") or end_to_end)[: feeds.MOST_CELL],
        narrative=" ".join(part for part in (said, end_to_end, whole.narrative) if part)[
            : feeds.MOST_CELL
        ],
        payer_name=""
        if parties is None
        else (text(parties, side, "Nm") or text(parties, side, "Pty", "Nm"))[:140],
        payer_sort_code=sort_code,
        payer_account=number,
    )


def _account(parties: Element, which: str) -> tuple[str, str]:
    iban = hostile_xml.text(parties, which, "Id", "IBAN")
    other = hostile_xml.text(parties, which, "Id", "Othr", "Id")
    british = _IBAN_OF_GB.fullmatch(iban.replace(" ", ""))
    if british:
        return british["sort"], british["number"]
    figures = re.sub(r"[^0-9]", "", other)
    return (figures[:6], figures[6:]) if len(figures) == 14 else ("", "")


def _signed(element: Element) -> int:
    sign = {"CRDT": 1, "DBIT": -1}.get(hostile_xml.text(element, "CdtDbtInd"))
    amount = _amount(hostile_xml.find(element, "Amt"))
    if sign is None or amount is None:
        raise NotAStatement("An entry or balance has no amount, or does not say which way it goes.")
    return sign * amount


def _amount_of_part(detail: Element) -> int | None:
    found = hostile_xml.find(detail, "Amt")
    if found is None:
        found = hostile_xml.find(detail, "AmtDtls", "TxAmt", "Amt")
    return _amount(found)


def _amount(element: Element | None) -> int | None:
    if element is None:
        return None
    if element.get("Ccy") != "GBP":
        raise NotAStatement("The statement is not in pounds. Only pounds are read.")
    found = _POUNDS.fullmatch((element.text or "").strip())
    if found is None:
        raise NotAStatement("An amount of the statement cannot be read.")
    return int(found["pounds"]) * 100 + int((found["pence"] or "").ljust(2, "0"))


def _day(entry: Element) -> date:
    written = hostile_xml.text(entry, "BookgDt", "Dt") or hostile_xml.text(entry, "BookgDt", "DtTm")
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise NotAStatement("An entry does not say on which day it was booked.") from error
