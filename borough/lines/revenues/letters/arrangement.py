"""The letters of a payment arrangement: it is agreed, a payment seems late, it has ended."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from borough.lines.revenues.letters import frame

Kind = Literal["agreed", "worry", "broken"]

TITLES: dict[Kind, str] = {
    "agreed": "Your plan to pay Council Tax",
    "worry": "Your plan to pay: is all well?",
    "broken": "Your plan to pay has ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A letter about an arrangement.

    Attributes:
        agreed_on: the day on which it was agreed.
        debts: what the plan is for, a line for each year; adds up to the plan when it is agreed,
            and to what is left of it afterwards.
        payments: of an agreed plan, all of them; of one that seems late or has ended, those that
            were due by then and are not paid in full, with what is missing of each.
        pay_by: the day by which to pay what is missing, or to call.
        ended_on: the day on which the plan ended.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/arrangement.typ"

    head: frame.Head
    kind: Kind
    agreed_on: date
    debts: tuple[frame.Sum, ...]
    payments: tuple[frame.Payment, ...]
    pay_by: date | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a plan whose payments do not come to what it is for.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        frame.check_days(self.payments)
        if self.debts_pence <= 0 or not (self.payments or self.kind == "broken"):
            raise frame.DoesNotAddUp("A letter about a plan says what is owed and which payments.")
        if self.kind == "agreed" and self.payments_pence != self.debts_pence:
            raise frame.DoesNotAddUp(
                f"The payments come to {frame.pounds(self.payments_pence)}, "
                f"but the plan is for {frame.pounds(self.debts_pence)}."
            )
        if self.kind != "agreed":
            self._check_missing()

    @property
    def debts_pence(self) -> int:
        """Return what the plan is for, or what is left of it."""
        return sum(one.pence for one in self.debts)

    @property
    def payments_pence(self) -> int:
        """Return the sum of the payments shown."""
        return sum(one.pence for one in self.payments)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return f"revenues.arrangement_{self.kind}"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(
            self,
            title=TITLES[self.kind],
            debts_pence=self.debts_pence,
            payments_pence=self.payments_pence,
            plan=frame.plan(self.payments),
        )

    def _check_missing(self) -> None:
        if self.payments_pence > self.debts_pence:
            raise frame.DoesNotAddUp("No more can be missing than is left of the plan.")
        if self.pay_by is None or self.pay_by < self.head.issued_on:
            raise frame.DoesNotAddUp("The letter gives a day to pay or call by, not yet gone.")
        if (self.kind == "broken") != (self.ended_on is not None):
            raise frame.DoesNotAddUp("A plan that has ended has the day on which it did.")
