"""The letters of a refund: it has been paid, or we need to know where to pay it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from borough.lines.revenues.letters import frame

Kind = Literal["paid", "details"]

TITLES: dict[Kind, str] = {
    "paid": "Money back from your Council Tax",
    "details": "Money back: where shall we send it?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A letter about a refund.

    Attributes:
        parts: what is paid back, a line for each year.
        paid_on: the day on which the money was sent; of a refund that is paid.
        ending: the last four figures of the bank account; of a refund that is paid.
        why_again: why the details that we had did not do ("Your bank sent it back."), or "".
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/refund.typ"

    head: frame.Head
    kind: Kind
    parts: tuple[frame.Sum, ...]
    paid_on: date | None = None
    ending: str = ""
    why_again: str = ""

    def __post_init__(self) -> None:
        """Refuse a refund of nothing, a whole account number, or a payment without its day.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if self.pence <= 0:
            raise frame.DoesNotAddUp("Nothing is paid back, so there is nothing to write about.")
        if (self.kind == "paid") != (self.paid_on is not None):
            raise frame.DoesNotAddUp("A refund that was paid has the day on which it was.")
        if self.ending and (len(self.ending) != 4 or not self.ending.isdecimal()):
            raise frame.DoesNotAddUp("A letter shows the last four figures of a bank account only.")

    @property
    def pence(self) -> int:
        """Return what is paid back in all."""
        return sum(one.pence for one in self.parts)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return f"revenues.refund_{self.kind}"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(self, title=TITLES[self.kind], pence=self.pence)
