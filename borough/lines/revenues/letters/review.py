"""The letter that asks whether a single person discount is still right."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from borough.lines.revenues.letters import frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A question about the discount for one adult.

    Attributes:
        answer_by: the day by which to answer.
        since: the day from which the discount has been given.
        discount_percent: of the discount, a whole number.
        asked_before: whether this is the second time of asking.
    """

    TEMPLATE: ClassVar[str] = "lines/revenues/letters/review.typ"

    head: frame.Head
    answer_by: date
    discount_percent: int
    since: date | None = None
    asked_before: bool = False

    def __post_init__(self) -> None:
        """Refuse a question that cannot be answered in time.

        Raises:
            frame.DoesNotAddUp: with what is wrong.
        """
        if self.answer_by <= self.head.issued_on:
            raise frame.DoesNotAddUp("The day to answer by must come after the letter.")

    @property
    def slug(self) -> str:
        """Return the kind of document that it is."""
        return "revenues.discount_review"

    def as_json(self) -> dict[str, Any]:
        """Return what the letter says, as JSON."""
        return frame.said(self, title="Does one adult live in your home?")
