"""From a submission to the bytes that are sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from borough.kernel.bank import working_days
from borough.kernel.bank.standard18 import folding, items, layout
from borough.kernel.bank.standard18.items import Item, NotStandard18, Submission

_END = "\r\n"


def as_sent(submission: Submission) -> Submission:
    """Return a submission with every text as it is sent: to be shown before it is approved.

    Raises:
        NotStandard18: nothing is left of a name.
    """
    sender = submission.originator
    return replace(
        submission,
        originator=replace(sender, name=_name(sender.name, "the originator")),
        items=tuple(_folded(item, number) for number, item in enumerate(submission.items, 1)),
    )


def write(submission: Submission) -> bytes:
    """Return the file, with contra records for every day and direction.

    Raises:
        NotStandard18: it cannot be sent; the sentence names the item and what is wrong with it.
    """
    sent = as_sent(submission)
    items.refuse(sent)
    _refuse_days(sent)
    length = layout.MULTI if sent.is_of_several_days else layout.SINGLE
    rows = [*sent.items, *_contras(sent)]
    lines = [
        *_head(sent, length),
        *(_line(one, sent, length) for one in rows),
        *_tail(sent, rows, length),
    ]
    return "".join(line + _END for line in lines).encode("ascii")


def _folded(item: Item, number: int) -> Item:
    name = _name(item.name, f"item {number}")
    return replace(item, name=name, reference=folding.fold(item.reference).text)


def _name(text: str, whose: str) -> str:
    folded = folding.fold(text).text
    if not folded:
        raise NotStandard18(
            f"The name of {whose} has no letter that Bacs can carry. Write it in Latin letters."
        )
    return folded


def _refuse_days(sent: Submission) -> None:
    for day in {sent.processing_day, *(item.day or sent.processing_day for item in sent.items)}:
        if not working_days.is_working_day(day):
            raise NotStandard18(f"Banks do not work on {day.day} {day:%B %Y}.")


def _contras(sent: Submission) -> Iterator[Item]:
    """Yield what balances the items of each day: our own account, the other way round."""
    sender = sent.originator
    for day in items.days(sent.items):
        of_day = [item for item in sent.items if item.day == day]
        for codes, contra in (
            (items.DEBITS, items.CONTRA_OF_DEBITS),
            (items.CREDITS, items.CONTRA_OF_CREDITS),
        ):
            pence = sum(item.pence for item in of_day if item.code in codes)
            if pence:
                yield Item(
                    sender.sort_code,
                    sender.account_number,
                    sender.name,
                    pence,
                    items.CONTRA,
                    contra,
                    day,
                )


def _head(sent: Submission, length: int) -> list[str]:
    several = length == layout.MULTI
    values = _values(sent, length)
    return [
        layout.lay("VOL1", {**values, "label": "VOL1"}),
        layout.lay("HDR1", {**values, "label": "HDR1"}),
        layout.lay("HDR2", {**values, "label": "HDR2"}),
        layout.lay("UHL1", {**values, "label": "UHL1", "work_code": layout.WORK_CODES[several]}),
    ]


def _values(sent: Submission, length: int) -> dict[str, str | int | date]:
    last = max(item.day or sent.processing_day for item in sent.items)
    return {
        "serial": sent.serial,
        "service_user_number": sent.originator.service_user_number,
        "made_on": sent.made_on,
        "expires_on": working_days.later(last, 1),
        "processing_day": sent.processing_day,
        "file_number": sent.file_number,
        "record_length": length,
    }


def _line(item: Item, sent: Submission, length: int) -> str:
    sender = sent.originator
    values: dict[str, str | int | date] = {
        "sort_code": item.sort_code,
        "account_number": item.account_number,
        "code": item.code,
        "own_sort_code": sender.sort_code,
        "own_account_number": sender.account_number,
        "pence": item.pence,
        "own_name": sender.name,
        "reference": item.reference,
        "name": item.name,
    }
    line = layout.lay("item", values, layout.SINGLE)
    return line + (layout.a_day(item.day) if length == layout.MULTI and item.day else "")


def _tail(sent: Submission, rows: list[Item], length: int) -> list[str]:
    values = _values(sent, length)
    debits = [row.pence for row in rows if row.code in items.DEBITS]
    credits_ = [row.pence for row in rows if row.code in items.CREDITS]
    totals: dict[str, str | int | date] = {
        "label": "UTL1",
        "debit_pence": sum(debits),
        "credit_pence": sum(credits_),
        "debits": len(debits),
        "credits": len(credits_),
        "instructions": sum(row.code in items.INSTRUCTIONS for row in rows),
    }
    return [
        layout.lay("EOF1", {**values, "label": "EOF1"}),
        layout.lay("EOF2", {**values, "label": "EOF2"}),
        layout.lay("UTL1", totals),
    ]
