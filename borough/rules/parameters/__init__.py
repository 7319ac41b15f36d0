"""Figures of law and of local choice: dated, sourced, kept as data.

A figure is a name in a YAML file of this folder::

    single_adult_discount_percent:
      title: Discount where one adult is counted
      unit: percent
      reference: Local Government Finance Act 1992 s.11(1)(a) and (3)
      values:
        1993-04-01:
          value: 25
          reference: "... s.11(3): the appropriate percentage is 25"
          verified: ["https://..."]      # where else the same figure was read

`verified` may not be left out. An empty list is honest: the figure then carries *unverified*
through to every explanation that reads it. Sources that disagree stand in `conflicts`.
"""

import datetime
import functools
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

import pydantic
import yaml

from borough.rules import money

FOLDER = pathlib.Path(__file__).parent


class NoSuchFigure(LookupError):
    """A figure is not known for the day asked: it is added to a file, never guessed."""


class Conflict(pydantic.BaseModel):
    """A source that gives another value."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    value: Any
    source: str


class Value(pydantic.BaseModel):
    """One figure from the day it took effect.

    Attributes:
        value: an int, a text, or a mapping or list of them; never a float.
        reference: where it is laid down: the section, regulation or resolution.
        verified: the other places where the same figure was read.
        conflicts: the places that give another figure.
        note: what a reader should know, such as how the figure was derived.
        invented: made up for a made-up borough.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    value: Any
    reference: str = pydantic.Field(min_length=1)
    verified: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    note: str = ""
    invented: bool = False

    @property
    def unverified(self) -> bool:
        """True when nobody has read the figure in a second place."""
        return self.invented or not self.verified

    @pydantic.field_validator("value")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        if any(isinstance(part, float) for part in _parts(value)):
            raise ValueError("a figure of law is never a float: write pence, or a fraction")
        return value

    @pydantic.model_validator(mode="after")
    def _second_source(self) -> Self:
        if self.reference in self.verified:
            raise ValueError("`verified` repeats the reference: a second source is another one")
        if len(set(self.verified)) != len(self.verified):
            raise ValueError("`verified` names the same source twice")
        return self


class Parameter(pydantic.BaseModel):
    """A figure through time."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str = pydantic.Field(min_length=1)
    unit: money.Unit
    reference: str = pydantic.Field(min_length=1)
    values: dict[datetime.date, Value]

    def at(self, day: datetime.date) -> Value:
        """Return the value in force on the day.

        Raises:
            NoSuchFigure: when the first value is later than the day.
        """
        begun = [start for start in self.values if start <= day]
        if not begun:
            raise NoSuchFigure(f"“{self.title}” is not known on {day.day} {day:%B %Y}.")
        return self.values[max(begun)]


class InForce(Mapping[str, Any]):
    """The values in force on one day, by name; asking for one not known raises NoSuchFigure."""

    def __init__(self, sheet: Mapping[str, Parameter], day: datetime.date) -> None:
        self.sheet = sheet
        self.day = day

    def __getitem__(self, name: str) -> Any:
        return self.value(name).value

    def __iter__(self) -> Iterator[str]:
        return iter(self.sheet)

    def __len__(self) -> int:
        return len(self.sheet)

    def value(self, name: str) -> Value:
        """Return the figure with its reference and its second sources."""
        if name not in self.sheet:
            raise NoSuchFigure(f"There is no figure “{name}”. Add it to a file of parameters.")
        return self.sheet[name].at(self.day)

    @property
    def unverified(self) -> frozenset[str]:
        """The names whose value in force has no second source."""
        return frozenset(name for name in self.sheet if self._doubtful(name))

    def _doubtful(self, name: str) -> bool:
        try:
            return self.value(name).unverified
        except NoSuchFigure:
            return False


class Figures(dict[str, Any]):
    """Values by name for one run of a scheme, and which of them nobody has read twice."""

    def __init__(self, values: Mapping[str, Any], unverified: Iterable[str] = ()) -> None:
        super().__init__(values)
        self.unverified = frozenset(unverified)


_SHEET = pydantic.TypeAdapter(dict[str, Parameter])


def read(text: str) -> dict[str, Parameter]:
    """Return the parameters written in YAML.

    Raises:
        pydantic.ValidationError: naming each figure that lacks a unit, a reference or `verified`.
    """
    return _SHEET.validate_python(yaml.safe_load(text) or {})


def checked(sheet: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return the parameters given as plain mappings, such as an overlay of invented amounts."""
    return _SHEET.validate_python(dict(sheet))


def load_file(file: str) -> dict[str, Parameter]:
    """Return the parameters of one YAML file under `parameters`.

    Raises:
        NoSuchFigure: when there is no such file.
    """
    return dict(_file(file))


@functools.cache
def _file(file: str) -> dict[str, Parameter]:
    path = FOLDER / file
    if not path.is_file():
        raise NoSuchFigure(f"There is no file of parameters “{file}”.")
    return read(path.read_text(encoding="utf-8"))


def load(folder: str) -> dict[str, Parameter]:
    """Return the parameters of every YAML file of a folder under `parameters`, such as
    "council_tax" or "local/sefton".

    Raises:
        NoSuchFigure: when there is no such folder.
        ValueError: when two files give the same name.
    """
    files = sorted((FOLDER / folder).glob("*.yaml"))
    if not files:
        raise NoSuchFigure(f"There are no parameters in “{folder}”.")
    sheet: dict[str, Parameter] = {}
    for file in files:
        more = load_file(f"{folder}/{file.name}")
        twice = sorted(sheet.keys() & more.keys())
        if twice:
            raise ValueError(f"{file.name} gives {', '.join(twice)} a second time.")
        sheet |= more
    return sheet


def overlaid(
    sheet: Mapping[str, Parameter], overlay: Mapping[str, Parameter]
) -> dict[str, Parameter]:
    """Return the sheet with the overlay's values added, each day's value of the overlay winning."""
    merged = dict(sheet)
    for name, more in overlay.items():
        earlier = sheet[name].values if name in sheet else {}
        merged[name] = more.model_copy(update={"values": {**earlier, **more.values}})
    return merged


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from _parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _parts(part)
    else:
        yield value
