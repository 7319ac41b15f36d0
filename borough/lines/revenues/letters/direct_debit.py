"""The letters of Direct Debit: what we will collect, what came back, and that it has ended.

The advance notice gives amount and day of each collection before the first of them. The words of
the Direct Debit Guarantee are the scheme's: the letter prints those that the letterhead holds, and
without them says only that the Guarantee protects the payer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from borough.lines.revenues.letters import frame

EndedBy = Literal["bank", "never begun", "council"]
Left = Literal["listed", "as told", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceNotice:
    """What we will collect.

    Attributes:
        payments: each amount and its day.
        ending: the last four figures of the bank account.
        reference: by which the payer's bank knows the instruction.
        notice_days: working days by which a notice comes before the first collection.
        replaces: whether an earlier notice gave other amounts or days.
        sooner: payments that are due before we may collect, to be paid in another way.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/advance_notice.typ"

    head: frame.Head
    payments: tuple[frame.Payment, ...]
    ending: str
    reference: str
    notice_days: int
    year: str = ""
    replaces: bool = False
    sooner: tuple[frame.Payment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a notice without payments, out of order, or with a whole account number.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if not self.payments:
            raise frame.DoesNotAddUp("An advance notice says what is collected, and when.")
        frame.check_days((*self.sooner, *self.payments))
        if self.payments[0].due_on <= self.head.issued_on:
            raise frame.DoesNotAddUp("The first collection must come after the notice of it.")
        _check_ending(self.ending)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return "revenues.advance_notice"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(
            self,
            title="Your Direct Debit for Council Tax",
            plan=frame.plan(self.payments),
            pence=sum(one.pence for one in self.payments),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A payment that came back.

    Attributes:
        pence, due_on: of the payment.
        because: the bank's reason in plain words.
        again_on: the day on which we will ask the bank for it once more; None when we will not.
        pay_by: when we will not: the day by which to pay it in another way.
        has_ended: whether the instruction itself is at an end.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/returned.typ"

    head: frame.Head
    pence: int
    due_on: date
    because: str
    ending: str = ""
    again_on: date | None = None
    pay_by: date | None = None
    has_ended: bool = False

    def __post_init__(self) -> None:
        """Refuse a letter that says neither when we ask again nor by when to pay, or both.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if self.pence <= 0:
            raise frame.DoesNotAddUp("A payment that came back was more than nothing.")
        if (self.again_on is None) == (self.pay_by is None):
            raise frame.DoesNotAddUp(
                "Either we ask the bank again, on a day, or it is paid in another way, by a day."
            )
        if self.has_ended and self.again_on is not None:
            raise frame.DoesNotAddUp("Nothing can be collected by an instruction that has ended.")
        _check_ending(self.ending)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return "revenues.direct_debit_returned"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(self, title="Your Direct Debit did not go through")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """That the instruction has ended, although nothing came back.

    Attributes:
        ended_by: the payer's bank; the bank, which never set it up; or we, after it wrote to us.
        because: the bank's reason in plain words.
        left: what is to be paid now: it is listed; it was told in another way, as by a plan or a
            letter of recovery, and stays as it was; or nothing is.
        payments: what is listed, each with its day.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/debit_ended.typ"

    head: frame.Head
    ended_by: EndedBy
    because: str
    left: Left
    ending: str = ""
    payments: tuple[frame.Payment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse payments that are out of order, or listed where the letter says that none are.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        frame.check_days(self.payments)
        if (self.left == "listed") != bool(self.payments):
            raise frame.DoesNotAddUp(
                "What is to be paid is listed, or the letter asks for nothing."
            )
        _check_ending(self.ending)

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return "revenues.direct_debit_ended"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(self, title="Your Direct Debit has ended", plan=frame.plan(self.payments))


def _check_ending(ending: str) -> None:
    if ending and (len(ending) != 4 or not ending.isdecimal()):
        raise frame.DoesNotAddUp("A letter shows the last four figures of a bank account only.")
