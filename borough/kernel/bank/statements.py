"""What a statement says, whatever its format: its entries, and what could not be read."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from borough.kernel import commanding, feeds

LAYOUTS = feeds.layouts(Path(__file__).parent / "layouts")
CAMT = "camt.053"
NOTHING = "Amount is nothing"
_MOST_KEY = 140


class TotalsDiffer(commanding.Refusal):
    """The entries do not come to what the file, or the bank, says."""


@dataclass(frozen=True, slots=True)
class Line:
    """One movement on our bank account.

    Attributes:
        number: of its row in the file, or its place among the entries.
        key: the bank's own name for it, the same in every file that carries it; "" when none.
        on: the day on which the bank booked it.
        pence: + in, - out.
        reference: what the payer gave to be known by.
        year: which part of a debt the payer named, such as ``2025-26``; "" when none.
        is_reversal: it undoes an earlier movement, so a person looks at it.
    """

    number: int
    key: str
    on: date
    pence: int
    reference: str = ""
    narrative: str = ""
    payer_name: str = ""
    payer_sort_code: str = ""
    payer_account: str = ""
    year: str = ""
    is_reversal: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its movements in order, and the rows that could not be."""

    lines: list[Line]
    bad: list[feeds.Bad] = field(default_factory=list)


def named(lines: list[Line], content: bytes) -> list[Line]:
    """Return the lines with a key each: the bank's, or else the file's and the row's.

    A bank that uses one reference for several entries gives them in the same order again, so the
    second of them is known as the second wherever it comes. No two lines of a file have one key.
    """
    sha256 = hashlib.sha256(content).hexdigest()[:24]
    theirs = {line.key for line in lines}
    seen: Counter[str] = Counter()
    keyed = []
    for line in lines:
        seen[line.key] += 1
        while seen[line.key] > 1 and f"{line.key}/{seen[line.key]}" in theirs:
            seen[line.key] += 1  # another entry is called that by the bank itself
        again = f"/{seen[line.key]}" if seen[line.key] > 1 else ""
        key = f"{line.key}{again}" if line.key else f"{sha256}/{line.number}"
        keyed.append(replace(line, key=_fitting(key)))
    return keyed


def _fitting(key: str) -> str:
    """Return a key as it can be kept: one that is too long by its beginning and its hash."""
    if len(key) <= _MOST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"{key[: _MOST_KEY - len(digest) - 1]}/{digest}"


def read_csv(content: bytes, layout: feeds.Layout) -> Read:
    """Return what a CSV statement says.

    Raises:
        feeds.UnreadableFile: the file as a whole cannot be read.
    """
    read = feeds.read(content, layout)
    lines, bad = [], list(read.bad)
    for row in read.rows:
        pence = _pence(row.values)
        if pence is None:
            bad.append(feeds.Bad(row.line, "It has both an amount in and one out", row.cells))
        elif not pence:
            bad.append(feeds.Bad(row.line, NOTHING, row.cells))
        else:
            lines.append(_line(row, pence, layout))
    return Read(lines, sorted(bad, key=lambda one: one.line))


def _pence(values: dict[str, Any]) -> int | None:
    """Return the movement of a row; None when it goes both ways."""
    if "pence" in values:
        return int(values["pence"])
    paid_in, paid_out = values["paid_in"] or 0, values["paid_out"] or 0
    return None if paid_in and paid_out else paid_in - paid_out


def _line(row: feeds.Row, pence: int, layout: feeds.Layout) -> Line:
    def text(name: str) -> str:
        return str(row.values.get(name) or "")

    reference = text("bank_reference")
    return Line(
        number=row.line,
        key=f"{layout.name}/{reference}" if reference else "",
        on=row.values["booked_on"],
        pence=pence,
        reference=text("reference"),
        narrative=text("narrative"),
        payer_name=text("payer_name"),
        payer_sort_code=re.sub(r"[^0-9]", "", text("payer_sort_code"))[:6],
        payer_account=re.sub(r"[^0-9]", "", text("payer_account"))[:8],
        year=text("year"),
    )
