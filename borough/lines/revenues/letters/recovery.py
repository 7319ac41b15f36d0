"""The letters of recovery: reminders, final notice, notice of a summons and of a liability order.

What each must say: SI 1992/613 regulation 23(1)(i) to (iv) for reminders, regulation 33(1) for the
final notice. The summons and the order are the court's own papers; ours tell what is in them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from borough.lines.revenues.letters import frame

Kind = Literal["reminder", "second_reminder", "final_notice", "summons", "liability_order"]

TITLES: dict[Kind, str] = {
    "reminder": "Council Tax reminder",
    "second_reminder": "Second Council Tax reminder",
    "final_notice": "Council Tax final notice",
    "summons": "We have asked the court for an order",
    "liability_order": "The court has made an order",
}
REMINDERS = ("reminder", "second_reminder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """When and where the court hears the application. The time and the place as on the summons."""

    day: date
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A letter of recovery.

    Attributes:
        year: as a person says it, ``"2026 to 2027"``.
        owed: how the amount came about, a line each; adds up to ``owed_pence``.
        pay_by: the last day on which paying it settles the letter; None where none is set.
        rest_pence: what becomes payable if it is not paid (regulation 23(3)): the balance of the
            year, the overdue instalments included; None where the whole is asked for already.
        rest_from: the day on which that becomes payable.
        costs_pence: the costs in ``owed``: asked of the court, or ordered by it.
        hearing: of a summons.
        decided_on: the day of a liability order.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/recovery.typ"

    head: frame.Head
    kind: Kind
    year: str
    owed: tuple[frame.Sum, ...]
    pay_by: date | None = None
    rest_pence: int | None = None
    rest_from: date | None = None
    costs_pence: int = 0
    hearing: Hearing | None = None
    decided_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a letter that asks for nothing, or that lacks what the law has it say.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if self.owed_pence <= 0:
            raise frame.DoesNotAddUp("Nothing is owed, so there is nothing to write about.")
        if self.pay_by is not None and self.pay_by < self.head.issued_on:
            raise frame.DoesNotAddUp("The day to pay by has gone before the letter is written.")
        if self.kind in REMINDERS:
            self._check_reminder()
        if self.kind == "summons" and self.hearing is None:
            raise frame.DoesNotAddUp("The notice of a summons says on which day the court sits.")
        if self.kind == "liability_order" and self.decided_on is None:
            raise frame.DoesNotAddUp("The notice of an order says on which day it was made.")

    @property
    def owed_pence(self) -> int:
        """Return what this letter asks for."""
        return sum(one.pence for one in self.owed)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return f"revenues.{self.kind}"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(
            self,
            title=TITLES[self.kind],
            owed_pence=self.owed_pence,
            tax_pence=self.owed_pence - self.costs_pence,
        )

    def _check_reminder(self) -> None:
        if self.pay_by is None or self.rest_pence is None or self.rest_from is None:
            raise frame.DoesNotAddUp(
                "A reminder says by when to pay, and what becomes payable otherwise, and when."
            )
        if self.rest_pence < self.owed_pence:
            raise frame.DoesNotAddUp(
                f"The rest of the year, {frame.pounds(self.rest_pence)}, cannot be less than "
                f"what is overdue, {frame.pounds(self.owed_pence)}."
            )
        if self.rest_from <= self.pay_by:
            raise frame.DoesNotAddUp("The rest of the year falls due after the day to pay by.")
