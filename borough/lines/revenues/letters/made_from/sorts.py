"""What a sort of letter is: the rows that it is made from, and how they are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.lines.revenues.letters import addressing, frame

CannotBeWritten = (commanding.Refusal, frame.DoesNotAddUp)


class TooLate(commanding.Refusal):
    """The days that the letter would give have gone."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that can be issued, the ids of those to whom it is addressed, and the year it is of.

    ``part`` is empty where it is about all of the account.
    """

    letter: frame.Letter
    people: tuple[int, ...]
    part: str = ""


Filled = dict[int, Ready | Exception]
"""A letter, or why it cannot be written, by the id of its row."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of letter.

    Attributes:
        slug: of the sort, for a run's record.
        title: what an officer calls these letters.
        rows: a query for ``id``, ``account_id`` and ``day`` of every row that has such a letter.
        source: the name of a row, with its id put in, as documents keep it.
        fill: what the letters of some rows say, dated on a day; the queries do not grow with them.
    """

    slug: str
    title: str
    rows: str
    source: str
    fill: Callable[[Sequence[int], date], Filled]

    def name(self, row: int) -> str:
        """Return the name of a row: no two letters bear it."""
        return self.source.format(row)


def told(
    rows: Sequence[int],
    asked: Sequence[addressing.Asked],
    write: Callable[[int, frame.Head], frame.Letter],
    *,
    parts: Sequence[str] = (),
    on: date,
) -> Filled:
    """Address and write the letter of each row; what cannot be written is returned as its reason.

    Args:
        rows: ids of the rows.
        asked: to whom each letter goes, in the same order.
        write: writes the letter at a place in that order under its head.
        parts: the year that each is about, in the same order; none where they are of all years.
        on: the day that the letters bear.
    """
    filled: Filled = {}
    heads = addressing.heads(asked, on=on)
    for place, (row, head) in enumerate(zip(rows, heads, strict=True)):
        if isinstance(head, Exception):
            filled[row] = head
            continue
        try:
            part = parts[place] if parts else ""
            filled[row] = Ready(write(place, head.head), head.people, part)
        except CannotBeWritten as refusal:
            filled[row] = refusal
    return filled
