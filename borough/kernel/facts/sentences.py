"""Facts in words: the sentence on the card, filled from the detail."""

import string
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from borough.kernel import joining


class Incomplete(Exception):
    """The detail of a fact lacks a word that its sentence needs."""


def tell(what: str, detail: Mapping[str, Any]) -> str:
    """Return a fact as a sentence; a kind whose line is switched off is told by its name."""
    kind = joining.fact_kinds().get(what)
    if kind is None:
        return what.replace(".", ": ").replace("_", " ")
    return _WORDS.vformat(kind.sentence, (), detail)


def check(kind: joining.FactKind, details: Iterable[Mapping[str, Any]]) -> None:
    """Raise ``Incomplete`` when a detail lacks a word of the sentence."""
    needed = _fields(kind.sentence)
    for detail in details:
        missing = needed - detail.keys()
        if missing:
            raise Incomplete(f"{kind.slug} needs {', '.join(sorted(missing))}")


@cache
def _fields(sentence: str) -> frozenset[str]:
    return frozenset(
        name.split(".")[0].split("[")[0] for _, name, _, _ in _WORDS.parse(sentence) if name
    )


class _Words(string.Formatter):
    """``{pence:£}`` is told as money and ``{starts:day}`` as a date in full."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "£":
            return f"{'-' if value < 0 else ''}£{abs(value) // 100:,}.{abs(value) % 100:02d}"
        if format_spec == "day":
            day = date.fromisoformat(value) if isinstance(value, str) else value
            return f"{day.day} {day:%B %Y}" if day else "no end"
        return str(super().format_field(value, format_spec))


_WORDS = _Words()
