"""Schemes whose rows are cases, kept as JSON: `{"cases": [{"case": "A1", ...}, ...]}`.

Out comes `{case: {...}}`. A case that cannot be worked out gets `{"error": "a sentence"}`, and the
others go on. Amounts are whole pence, as the names of the fields say (`_p`).
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from borough.rules import parameters, years

Case = Mapping[str, Any]
Answer = dict[str, Any]
NEITHER = "Write the cases as {“cases”: [{“case”: “A1”, …}]}."


class BadCase(ValueError):
    """A case does not hold what it must; the sentence says what to put there."""


class WorkOut(Protocol):
    """How one case is worked out."""

    def __call__(self, case: Case, year: years.Year, *, explain: bool) -> Answer:
        """Return the answer, with its reasons if asked; raise ValueError with a sentence."""
        ...


@dataclass(frozen=True)
class CaseByCase:
    """A calculation whose cases know nothing of each other.

    Attributes:
        fields: each field of a case: its name, what may stand in it, and what it asks.
        otherwise: the year to take when none is said.
    """

    slug: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    work_out: WorkOut
    otherwise: years.Year
    not_modelled: tuple[str, ...] = ()

    def columns(self) -> list[tuple[str, str, str]]:
        """Return each field of a case: its name, what may stand in it, and what it asks."""
        return [("case", "a text that no other case has", "What is the case called?"), *self.fields]

    def run(self, source: TextIO, out: TextIO, *, year: years.Year | None, explain: bool) -> bool:
        """Read the cases, write their answers; return True when every one could be worked out.

        Raises:
            ValueError: when the text is no JSON, or holds no list of cases.
        """
        cases = _cases(source)
        names = _names(cases)
        answers = {
            name: self._answer(case, name, year or self.otherwise, explain=explain)
            for name, case in zip(names, cases, strict=True)
        }
        text = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
        # Half a surrogate pair is no UTF-8; as an escape it is JSON.
        out.write(text.encode("utf-8", "backslashreplace").decode())
        return not any("error" in answer for answer in answers.values())

    def _answer(self, case: Any, name: str, year: years.Year, *, explain: bool) -> Answer:
        try:
            if not isinstance(case, dict):
                raise BadCase("A case is an object with named fields.")
            if case.get("case") != name:
                raise BadCase("Give the case a name, a text that no other case has.")
            return self.work_out(case, year, explain=explain)
        except (ValueError, parameters.NoSuchFigure) as refusal:
            return {"error": str(refusal.args[0] if refusal.args else refusal)}


def _cases(source: TextIO) -> list[Any]:
    try:
        read = json.load(source)
    except json.JSONDecodeError as fault:
        raise ValueError(f"This is not JSON: {fault}.") from None
    except RecursionError:
        raise ValueError(f"This is nested too deeply. {NEITHER}") from None
    cases = read.get("cases") if isinstance(read, dict) else None
    if cases is None or not isinstance(cases, list):
        raise BadCase(NEITHER)
    return cases


def _names(cases: list[Any]) -> list[str]:
    """Return a name for each case: its own, or its place where it has none of its own."""
    own = [case.get("case") if isinstance(case, dict) else None for case in cases]
    often = Counter(name for name in own if isinstance(name, str))
    return [
        name if isinstance(name, str) and name and often[name] == 1 else f"case number {place}"
        for place, name in enumerate(own, start=1)
    ]


def of(case: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return a field of a case that must be of one kind.

    Raises:
        BadCase: when it is not there or is of another kind. True and false are no numbers.
    """
    value = case.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        words = {int: "a whole number", list: "a list", str: "a text", bool: "true or false"}
        raise BadCase(f"{name} must be {words.get(kind, 'something else')}.")
    return value
