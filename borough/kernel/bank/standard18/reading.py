"""From the bytes of a file back to what it says; every total is counted again.

Positions stand here a second time, on purpose: were they the writer's, a slip would prove itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from borough.kernel.bank.standard18 import items
from borough.kernel.bank.standard18.items import Item, NotStandard18, Originator, Submission

MOST_BYTES = 100 * 1024 * 1024
_HEAD = ("VOL1", "HDR1", "HDR2", "UHL1")
_TAIL = ("EOF1", "EOF2", "UTL1")


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read and found whole.

    Attributes:
        submission: what it asks for.
        contras: the records that balance it, on our own account.
        debit_pence: all debits, contra records included; equal to all credits.
    """

    submission: Submission
    contras: tuple[Item, ...]
    debit_pence: int


def read(content: bytes) -> Read:
    """Return what a file says.

    Raises:
        NotStandard18: a label, a length, a total or a contra record is not as it must be; the
            sentence names the line.
    """
    lines = _lines(content)
    head, body, tail = lines[:4], lines[4:-3], lines[-3:]
    _refuse_labels(head, tail)
    length = _length(head[2])
    rows = [_item(line, number, length) for number, line in enumerate(body, 5)]
    own = [row for row in rows if row.reference == "CONTRA"]
    sent = tuple(row for row in rows if row.reference != "CONTRA")
    if not sent:
        raise NotStandard18("The file holds no item.")
    _refuse_totals(tail[2], rows)
    sender = _sender(head, body)
    _refuse_contras(sent, own, sender)
    submission = Submission(
        serial=head[0][4:10],
        originator=sender,
        made_on=_day(head[1][41:47], "HDR1"),
        processing_day=_day(head[3][4:10], "UHL1"),
        items=sent,
        file_number=_number(head[3][37:40], "UHL1"),
    )
    debits = sum(row.pence for row in rows if row.code in items.DEBITS)
    return Read(submission, tuple(own), debits)


def _lines(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        raise NotStandard18("The file is larger than 100 MiB.")
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as error:
        raise NotStandard18("The file holds characters that Bacs does not know.") from error
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) < len(_HEAD) + len(_TAIL) + 1:
        raise NotStandard18("The file is too short: labels or items are missing.")
    return lines


def _refuse_labels(head: list[str], tail: list[str]) -> None:
    for label, line in zip((*_HEAD, *_TAIL), (*head, *tail), strict=True):
        if line[:4] != label or len(line) != 80:
            raise NotStandard18(f"Where {label} of 80 characters must stand is something else.")
    if head[1][4:] != tail[0][4:] or head[2][4:] != tail[1][4:]:
        raise NotStandard18("EOF1 and EOF2 do not repeat HDR1 and HDR2.")
    if head[0][4:10] != head[1][21:27]:
        raise NotStandard18("VOL1 and HDR1 have different serial numbers.")
    numbers = {head[0][41:47], head[1][5:11], head[1][15:21]}
    if len(numbers) != 1:
        raise NotStandard18("The labels name different service users.")


def _length(hdr2: str) -> int:
    length = _number(hdr2[10:15], "HDR2")
    if length not in {100, 106}:
        raise NotStandard18(f"HDR2 says records of {length} characters; they have 100 or 106.")
    return length


def _item(line: str, number: int, length: int) -> Item:
    if len(line) != length:
        raise NotStandard18(f"Line {number} has {len(line)} characters; HDR2 says {length}.")
    return Item(
        sort_code=line[0:6],
        account_number=line[6:14],
        code=line[15:17],
        pence=_number(line[35:46], f"Line {number}"),
        reference=line[64:82].rstrip(),
        name=line[82:100].rstrip(),
        day=_day(line[100:106], f"Line {number}") if length == 106 else None,
    )


def _sender(head: list[str], body: list[str]) -> Originator:
    own = {(line[17:23], line[23:31], line[46:64].rstrip()) for line in body}
    if len(own) != 1:
        raise NotStandard18("The items come from different originating accounts.")
    [(sort_code, account_number, name)] = own
    return Originator(head[0][41:47], sort_code, account_number, name)


def _refuse_totals(utl1: str, rows: list[Item]) -> None:
    found = [0, 0, 0, 0, 0]
    for row in rows:
        if row.code in items.DEBITS:
            found[0], found[2] = found[0] + row.pence, found[2] + 1
        elif row.code in items.CREDITS:
            found[1], found[3] = found[1] + row.pence, found[3] + 1
        elif row.code in items.INSTRUCTIONS:
            found[4] += 1
        else:
            raise NotStandard18(f"Transaction code {row.code} is not one that we send.")
    parts = (utl1[4:17], utl1[17:30], utl1[30:37], utl1[37:44], utl1[52:59])
    said = [_number(part, "UTL1") for part in parts]
    if said != found:
        raise NotStandard18(f"UTL1 says {said}, and the records come to {found}.")
    if found[0] != found[1]:
        raise NotStandard18("Debits and credits differ: a contra record is missing or wrong.")


def _refuse_contras(sent: tuple[Item, ...], own: list[Item], sender: Originator) -> None:
    """Refuse contra records that are not the other side of each day's items on our own account."""
    wanted: Counter[tuple[date | None, str]] = Counter()
    for item in sent:
        if item.code in items.DEBITS:
            wanted[item.day, items.CONTRA_OF_DEBITS] += item.pence
        elif item.code in items.CREDITS:
            wanted[item.day, items.CONTRA_OF_CREDITS] += item.pence
    if Counter({(one.day, one.code): one.pence for one in own}) != wanted or len(own) != len(
        wanted
    ):
        raise NotStandard18("The contra records do not balance the items of each day.")
    for one in own:
        if (one.sort_code, one.account_number) != (sender.sort_code, sender.account_number):
            raise NotStandard18("A contra record is on another account than the originating one.")


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise NotStandard18(f"{where}: {text!r} is not a number.")
    return int(text)


def _day(text: str, where: str) -> date:
    try:
        return datetime.strptime(text, " %y%j").date()  # noqa: DTZ007  a day only
    except ValueError as error:
        raise NotStandard18(f"{where}: {text!r} is not a day as bYYDDD.") from error
