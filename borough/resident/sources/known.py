"""The systems that send feeds, one file each: who holds what, why we may see it, how it is laid.

Another source is another file in ``known/``; ``docs/sources.md`` says how to write one.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from borough.kernel import feeds
from borough.resident.sources import words

FOLDER = Path(__file__).parent / "known"


class Control(BaseModel):
    """The last line of a file, that says what the others come to."""

    model_config = ConfigDict(extra="forbid")

    heading: str
    word: str
    pence: str = ""
    rows: str = ""

    @model_validator(mode="after")
    def _controls(self) -> "Control":
        if not self.pence and not self.rows:
            raise ValueError("a control line gives an amount or a number of rows")
        return self


OWN = "resident.self"
"""For which everybody may see what is kept of them (UK GDPR Article 15), whatever its source."""
COUNCIL = "The council"
"""The holder of what the council keeps itself, in a system of its own."""


class Source(BaseModel):
    """A system outside, its holder, and by what right it tells us.

    Attributes:
        brings: what its rows hold. Deaths, moratoria and contacts are news: each row says something
            new, and what a later file leaves out still holds. All else is how things stand: what a
            later file leaves out has ended.
        purposes: slugs of the purposes for which what it brings may be seen.
        verified: who confirmed the lawful basis and when; empty until somebody has.
        total: where the control total comes from: the ``file``'s last line, or ``typed``.
        total_of: whether a debt of several people counts once, or once a row.
        constants: fields that are the same in every row.
        codes: the source's own words for a field, and ours.
        name_order: how ``full_name`` is written, where the name is one column.
        turned: whether a debt is written as a negative amount.
        helper: what the holder calls who looks after somebody, where the source tells of them.
        not_days: days that the source writes where it knows none, such as 01/01/1900.
    """

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z][a-z0-9-]{1,23}$")
    title: str
    holder: str
    invented: bool = False
    brings: frozenset[Literal["people", "debts", "awards", "deaths", "moratoria", "contacts"]]
    lawful_basis: str
    purposes: tuple[str, ...]
    consent_needed: bool
    verified: tuple[str, ...] = ()
    total: Literal["file", "typed", "none"]
    total_of: Literal["debts", "rows"] = "debts"
    control: Control | None = None
    constants: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    name_order: Literal["given family", "family, given"] = "given family"
    turned: bool = False
    helper: str = "Looks after them"
    not_days: frozenset[str] = frozenset()
    layout: feeds.Layout

    @property
    def is_news(self) -> bool:
        """Whether each row says something new, rather than how things stand."""
        return bool(self.brings & {"deaths", "moratoria", "contacts"})

    @property
    def amount(self) -> str:
        """The field that the control total adds up; "" when the rows hold no amount."""
        if "debts" in self.brings:
            return "pence"
        return "weekly_pence" if "awards" in self.brings else ""

    @model_validator(mode="after")
    def _fits(self) -> "Source":
        faults = [*self._of_fields(), *self._of_totals()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _of_fields(self) -> Iterator[str]:
        given = set(self.layout.columns) | set(self.constants)
        if unknown := given - words.FIELDS:
            yield f"{', '.join(sorted(unknown))}: no field has this name"
        for thing in sorted(self.brings):
            if missing := words.NEEDED[thing] - given:
                yield f"{thing} need {', '.join(sorted(missing))}"
        if self.consent_needed and "consent_from" not in given:
            yield "consent is needed, so a column must say since when: consent_from"
        ours = {**self.codes, **{name: {"": word} for name, word in self.constants.items()}}
        for field, meant in ours.items():
            if strange := set(meant.values()) - set(words.CHOICES.get(field, meant.values())):
                yield f"{field}: {', '.join(sorted(strange))} is no word of ours"

    def _of_totals(self) -> Iterator[str]:
        if (self.total == "file") != (self.control is not None):
            yield "a total in the file needs its control line described, and no other does"
        if self.total == "typed" and not self.amount:
            yield "there is no amount to type a total of"
        if self.is_news and self.brings & {"debts", "awards"}:
            yield "news and how things stand come in files of their own"


def read(file: Path) -> Source:
    """Return the source that a file describes.

    Raises:
        pydantic.ValidationError: it does not say all that it must.
    """
    return Source.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def sources() -> dict[str, Source]:
    """Return every known source by its slug, in order of title."""
    found = [read(file) for file in FOLDER.glob("*.yaml")]
    return {one.slug: one for one in sorted(found, key=lambda one: one.title)}
