"""What a Standard 18 file says: who sends, what is paid or collected, and on which day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CREDITS = frozenset({"99"})
"""Bank giro credit: we pay."""
DEBITS = frozenset({"01", "17", "18", "19"})
"""First, regular, re-presented and last collection of a Direct Debit."""
INSTRUCTIONS = frozenset({"0N", "0C", "0S"})
"""A new, a cancelled and a converted Direct Debit instruction: no money."""

MOST_ITEM_PENCE = 20_000_000_00  # the scheme's limit for one item: twenty million pounds
CONTRA = "CONTRA"
"""The reference of the records that balance a file, and of no other."""
CONTRA_OF_CREDITS, CONTRA_OF_DEBITS = "17", "99"

SORT_CODE = re.compile(r"[0-9]{6}")
ACCOUNT_NUMBER = re.compile(r"[0-9]{8}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_SERIAL = re.compile(r"[A-Z0-9]{6}")


class NotStandard18(ValueError):
    """It cannot be sent, or what was read is no Standard 18; the sentence says where and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One payment, collection or instruction.

    Attributes:
        sort_code: six figures, of the payee or payer.
        account_number: eight figures.
        name: whose account it is.
        pence: more than nothing; nothing for an instruction.
        reference: what they read on their statement; of a Direct Debit, its core reference.
        code: one of ``CREDITS``, ``DEBITS`` or ``INSTRUCTIONS``.
        day: processing day, in a file of several days; None in a file of one day.
    """

    sort_code: str
    account_number: str
    name: str
    pence: int
    reference: str
    code: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Originator:
    """Who sends: the service user's number and the account that is debited or credited."""

    service_user_number: str
    sort_code: str
    account_number: str
    name: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One file.

    Attributes:
        serial: six letters or figures, not all nought; not used in the last three months.
        originator: who sends.
        made_on: the day on which the file is made.
        processing_day: of all items; in a file of several days, the first.
        items: without the contra records, which the writer adds.
        file_number: 0 to 999.
    """

    serial: str
    originator: Originator
    made_on: date
    processing_day: date
    items: tuple[Item, ...]
    file_number: int = 1

    @property
    def is_of_several_days(self) -> bool:
        """Tell whether items carry their own processing day."""
        return any(item.day is not None for item in self.items)


def refuse(submission: Submission) -> None:
    """Raise unless a submission can be sent as it is.

    Raises:
        NotStandard18: naming the item, counted from 1, and what is wrong with it.
    """
    _refuse_head(submission)
    if not submission.items:
        raise NotStandard18("There is nothing to send.")
    several = submission.is_of_several_days
    for number, item in enumerate(submission.items, 1):
        fault = _fault(item) or _fault_of_day(item, submission, several=several)
        if fault:
            raise NotStandard18(f"Item {number}: {fault}")


def _refuse_head(submission: Submission) -> None:
    sender = submission.originator
    if not _SERIAL.fullmatch(submission.serial) or submission.serial == "000000":
        raise NotStandard18("The serial number is six letters or figures, and not all noughts.")
    if not _SIX_DIGITS.fullmatch(sender.service_user_number):
        raise NotStandard18("The service user number is six figures.")
    if not SORT_CODE.fullmatch(sender.sort_code):
        raise NotStandard18("The originating sort code is six figures.")
    if not ACCOUNT_NUMBER.fullmatch(sender.account_number):
        raise NotStandard18("The originating account number is eight figures.")
    if not 0 <= submission.file_number <= 999:
        raise NotStandard18("The file number is 0 to 999.")
    if submission.processing_day < submission.made_on:
        raise NotStandard18("The processing day is before the day on which the file is made.")


def _fault(item: Item) -> str:
    """Return what is wrong with an item; "" when nothing is."""
    if item.code not in CREDITS | DEBITS | INSTRUCTIONS:
        return f"transaction code {item.code} is not one that we send."
    return _fault_of_account(item) or _fault_of_amount(item)


def _fault_of_account(item: Item) -> str:
    if not SORT_CODE.fullmatch(item.sort_code):
        return "the sort code is not six figures."
    if not ACCOUNT_NUMBER.fullmatch(item.account_number):
        return "the account number is not eight figures."
    return ""


def _fault_of_amount(item: Item) -> str:
    if item.reference == CONTRA:
        return "its reference is the one of the records that balance the file."
    if item.code in INSTRUCTIONS:
        return "an instruction carries no amount." if item.pence else _fault_of_reference(item)
    if not 0 < item.pence <= MOST_ITEM_PENCE:
        return "the amount is not between £0.01 and £20,000,000.00."
    return _fault_of_reference(item) if item.code in DEBITS else ""


def _fault_of_reference(item: Item) -> str:
    """Return what is wrong with the core reference of a Direct Debit."""
    reference = item.reference
    if not 6 <= len(reference) <= 18 or not reference[0].isalnum():
        return "a Direct Debit reference is 6 to 18 characters and begins with a letter or figure."
    if len(set(reference)) == 1 or reference.startswith("DDIC"):
        return "a Direct Debit reference is not one character again and again, nor begins DDIC."
    return ""


def _fault_of_day(item: Item, submission: Submission, *, several: bool) -> str:
    if several and item.day is None:
        return "it has no processing day, and others of the file have one."
    if item.day is not None and item.day < submission.processing_day:
        return "its processing day is before the first of the file."
    return ""


def days(items: Sequence[Item]) -> list[date | None]:
    """Return the processing days of items in order; [None] in a file of one day."""
    return sorted({item.day for item in items}, key=lambda day: day or date.min)
