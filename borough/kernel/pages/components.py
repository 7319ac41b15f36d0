"""The parts of a page as plain data. A view fills them in; a tag draws them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from borough.kernel.pages import cells


@dataclass(frozen=True)
class Row:
    """A row of a summary list: what, its value, and what can be done about it."""

    key: str
    value: Any
    actions: Sequence[cells.Link] = ()


@dataclass(frozen=True)
class Task:
    """A task of a task list; one without ``href`` cannot be started yet."""

    title: str
    status: str | cells.Tag
    href: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Event:
    """A happening on a timeline: a sentence in the past tense, when, by whom, and more if any."""

    title: str
    on: date | datetime
    by: str = ""
    detail: str = ""
    href: str = ""
    service: str = ""


@dataclass(frozen=True)
class Slice:
    """A line of working: a sentence, its amount, the law it follows, and the lines behind it."""

    sentence: str
    pence: int | None
    law: str = ""
    within: Sequence["Slice"] = ()


@dataclass(frozen=True)
class Working:
    """How an amount was worked out; ``not_modelled`` says honestly what the sum leaves out."""

    lines: Sequence[Slice]
    total_pence: int | None
    result: str = "Result"
    summary: str = "How is this worked out?"
    not_modelled: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """A link of a record's own navigation."""

    title: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Identity:
    """Whom or what a record is about: a name, what is told apart by, and flags to notice."""

    name: str
    rows: Sequence[Row] = ()
    flags: Sequence[cells.Tag] = field(default_factory=tuple)
