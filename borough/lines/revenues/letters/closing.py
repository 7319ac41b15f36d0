"""The statement when somebody has moved out: what the old account came to and what it leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from borough.lines.revenues.letters import frame

Left = Literal["nothing", "owed", "refund", "details", "transferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A closing statement.

    Attributes:
        ended_on: the first day on which nothing more is charged for the home.
        lines: charges and payments by year, in the order of the sum; adds up to what is left.
        left: what becomes of it: nothing is left; it is owed; a credit is on its way; a credit
            waits for bank details; it was moved to the new account.
        payments: of what is owed, each with its day.
        new_account: where it was moved to.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/closing.typ"

    head: frame.Head
    ended_on: date
    lines: tuple[frame.Sum, ...]
    left: Left
    payments: tuple[frame.Payment, ...] = ()
    new_account: str = ""
    died: bool = False

    def __post_init__(self) -> None:
        """Refuse a statement whose sum and whose ending contradict one another.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        frame.check_days(self.payments)
        signs = {"nothing": (0,), "owed": (1,), "refund": (-1,), "details": (-1,)}
        sign = (self.left_pence > 0) - (self.left_pence < 0)
        if sign not in signs.get(self.left, (1, -1)):
            raise frame.DoesNotAddUp(
                f"{frame.pounds(self.left_pence)} is left, which is not what the letter says of it."
            )
        asked = sum(one.pence for one in self.payments)
        if asked != (self.left_pence if self.left == "owed" else 0):
            raise frame.DoesNotAddUp(
                f"The payments come to {frame.pounds(asked)}, "
                f"but {frame.pounds(self.left_pence)} is left."
            )
        if (self.left == "transferred") != bool(self.new_account):
            raise frame.DoesNotAddUp("What was moved to a new account names that account.")

    @property
    def left_pence(self) -> int:
        """Return what is left to pay; negative when we owe it back."""
        return sum(one.pence for one in self.lines)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return "revenues.closing_statement"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(
            self,
            title="Your Council Tax account is closed",
            left_pence=self.left_pence,
            plan=frame.plan(self.payments),
        )
