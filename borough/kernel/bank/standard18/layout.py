"""Where each field stands. Positions are counted from 1, both ends included, as in the guides.

Read in several guides and writers, which agree except on HDR1 13 to 15 and 36 to 41, where the
bank's own guide decides: change the table. What is not named in a record is blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

LABEL, SINGLE, MULTI = 80, 100, 106


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record.

    Attributes:
        first: position of its first character, from 1.
        last: position of its last.
        kind: ``text`` is filled with blanks behind, ``number`` with noughts before, ``day`` is a
            blank, the year in two figures and the day of the year in three.
        always: what always stands there; "" when it is given.
    """

    name: str
    first: int
    last: int
    kind: Literal["text", "number", "day"] = "text"
    always: str = ""


def _always(first: int, last: int, text: str) -> Field:
    return Field("", first, last, always=text)


_HDR1 = (
    Field("label", 1, 4),
    _always(5, 5, "A"),
    Field("service_user_number", 6, 11),
    _always(12, 12, "S"),
    _always(13, 15, "  1"),
    Field("service_user_number", 16, 21),
    Field("serial", 22, 27),
    _always(28, 35, "00010001"),
    Field("made_on", 42, 47, "day"),
    Field("expires_on", 48, 53, "day"),
    _always(55, 60, "000000"),
)
_HDR2 = (
    Field("label", 1, 4),
    _always(5, 10, "F02000"),
    Field("record_length", 11, 15, "number"),
    _always(51, 52, "00"),
)
RECORDS: Mapping[str, tuple[Field, ...]] = {
    "VOL1": (
        Field("label", 1, 4),
        Field("serial", 5, 10),
        Field("service_user_number", 42, 47),
        _always(80, 80, "1"),
    ),
    "HDR1": _HDR1,
    "HDR2": _HDR2,
    "UHL1": (
        Field("label", 1, 4),
        Field("processing_day", 5, 10, "day"),
        _always(11, 16, "999999"),
        _always(21, 28, "00000000"),  # sterling, and no country
        Field("work_code", 29, 37),
        Field("file_number", 38, 40, "number"),
    ),
    "item": (
        Field("sort_code", 1, 6),
        Field("account_number", 7, 14),
        _always(15, 15, "0"),
        Field("code", 16, 17),
        Field("own_sort_code", 18, 23),
        Field("own_account_number", 24, 31),
        Field("pence", 36, 46, "number"),
        Field("own_name", 47, 64),
        Field("reference", 65, 82),
        Field("name", 83, 100),
    ),
    "EOF1": _HDR1,
    "EOF2": _HDR2,
    "UTL1": (
        Field("label", 1, 4),
        Field("debit_pence", 5, 17, "number"),
        Field("credit_pence", 18, 30, "number"),
        Field("debits", 31, 37, "number"),
        Field("credits", 38, 44, "number"),
        Field("instructions", 53, 59, "number"),
    ),
}
WORK_CODES = {False: "1 DAILY  ", True: "4 MULTI  "}
"""By whether items carry their own processing day."""


def lay(record: str, values: Mapping[str, str | int | date], length: int = LABEL) -> str:
    """Return a record of exactly ``length`` characters.

    Raises:
        ValueError: a value does not fit its field: it would shift every field behind it.
    """
    characters = [" "] * length
    for field in RECORDS[record]:
        width = field.last - field.first + 1
        text = field.always or _text(values[field.name], field, width)
        if len(text) != width:
            raise ValueError(f"{record}: {field.name} does not fit {width} characters")
        characters[field.first - 1 : field.last] = text
    return "".join(characters)


def a_day(day: date) -> str:
    """Return a day as Bacs writes it: blank, year, day of the year."""
    return f" {day:%y%j}"


def _text(value: str | int | date, field: Field, width: int) -> str:
    if isinstance(value, date):
        return a_day(value)
    if field.kind == "number":
        return str(value).zfill(width)
    return str(value).ljust(width)
