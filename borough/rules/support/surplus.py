"""What a household can spare in a month, from a statement with the source and age of every figure.

::

    surplus = income - essentials - ongoing bills - what is already taken for debts

Each figure is brought to a month on its own (weekly by 52 and by 12, four-weekly by 13 and by 12)
and rounded once, half a penny upward; totals are sums of what is shown, so that a statement adds
up on paper. A heading that nobody answered is missing: then there is no surplus, not one of
nought. An answer of nought is an answer.

Whatever is taken before the money arrives is subtracted here, so income is stated before it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pydantic

from borough.rules import arrangements, parameters

MOST_PENCE = 10**12


class BadStatement(ValueError):
    """A figure cannot stand in a statement; the sentence says what to put right."""


class Part(StrEnum):
    """What a heading does in the sum."""

    INCOME = "income"
    ESSENTIAL = "essential"
    ONGOING = "ongoing"
    DEDUCTION = "deduction"


class Form(StrEnum):
    """How much is asked: the short form first, the full one where it matters."""

    SHORT = "short"
    FULL = "full"


class Heading(pydantic.BaseModel):
    """One line of the statement, as the file of headings has it."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str = pydantic.Field(min_length=1)
    part: Part
    group: str
    short: bool


@dataclass(frozen=True)
class Figure:
    """One answer.

    Attributes:
        heading: the heading's slug; several figures may share one (two jobs).
        pence: how much each time, 0 or more; None when it was asked and is not known.
        every: how often: a key of `arrangements.A_YEAR`.
        source: where it is from: "told by the resident", "payslip", a feed's slug.
        observed: the day for which it was so.
    """

    heading: str
    pence: int | None
    every: str
    source: str
    observed: datetime.date


@dataclass(frozen=True)
class Line:
    """One answer brought to a month, with its age."""

    figure: Figure
    month_pence: int | None
    age_days: int


@dataclass(frozen=True)
class Budget:
    """A statement summed up; every amount is pence a month, None where a heading is missing.

    Attributes:
        missing: the headings of the form that are not answered, in the order of the form.
        age_days: of the oldest figure; None without any.
    """

    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    age_days: int | None
    income_pence: int | None
    essential_pence: int | None
    ongoing_pence: int | None
    deduction_pence: int | None

    @property
    def surplus_pence(self) -> int | None:
        """What is left, which may be below nought; None while anything is missing."""
        parts = (self.essential_pence, self.ongoing_pence, self.deduction_pence)
        if self.income_pence is None or self.missing:
            return None
        return self.income_pence - sum(part or 0 for part in parts)


def headings(on: datetime.date) -> dict[str, Heading]:
    """Return the headings in force on the day, in their order.

    Raises:
        parameters.NoSuchFigure: when there are none on that day.
        pydantic.ValidationError: when the file does not hold together.
    """
    sheet = parameters.InForce(parameters.load_file("support/statement.yaml"), on)
    return {slug: Heading.model_validate(one) for slug, one in sheet["statement_headings"].items()}


def work_out(
    figures: Sequence[Figure], *, form: Form, headings: Mapping[str, Heading], on: datetime.date
) -> Budget:
    """Return what the answers come to in a month.

    Args:
        figures: the answers, in any order.
        form: which headings must be answered; others may be, and count.
        headings: as :func:`headings` gives them.
        on: the day on which it is worked out.

    Raises:
        BadStatement: for an unknown heading or frequency, a negative amount, or a later day.
    """
    lines = tuple(_line(figure, headings, on) for figure in figures)
    unknown = {line.figure.heading for line in lines if line.month_pence is None}
    asked = {slug for slug, one in headings.items() if one.short or form is Form.FULL}
    missing = (asked - {line.figure.heading for line in lines}) | unknown
    return Budget(
        lines=lines,
        missing=tuple(slug for slug in headings if slug in missing),
        age_days=max((line.age_days for line in lines), default=None),
        **{f"{part}_pence": _total(part, lines, missing, headings) for part in Part},
    )


def _total(
    part: Part, lines: Sequence[Line], missing: set[str], headings: Mapping[str, Heading]
) -> int | None:
    if any(headings[slug].part is part for slug in missing):
        return None
    return sum(
        line.month_pence or 0 for line in lines if headings[line.figure.heading].part is part
    )


def _line(figure: Figure, headings: Mapping[str, Heading], on: datetime.date) -> Line:
    if figure.heading not in headings:
        raise BadStatement(f"“{figure.heading}” is no heading of the statement.")
    title = headings[figure.heading].title
    if figure.every not in arrangements.A_YEAR:
        often = ", ".join(arrangements.A_YEAR)
        raise BadStatement(f"{title}: say how often, one of {often}.")
    if figure.observed > on:
        raise BadStatement(f"{title}: the day of the figure has not come yet.")
    if not figure.source:
        raise BadStatement(f"{title}: say where the figure is from.")
    if figure.pence is None:
        return Line(figure, None, (on - figure.observed).days)
    if type(figure.pence) is not int or not 0 <= figure.pence <= MOST_PENCE:
        raise BadStatement(f"{title}: the amount must be whole pence, 0 or more.")
    month = arrangements.a_month(np.array([figure.pence], np.int64), figure.every)
    return Line(figure, int(month[0]), (on - figure.observed).days)
