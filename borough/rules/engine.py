"""Rules are plain functions over columns; the names of their arguments are what they read.

A scheme resolves those names once, when its module is imported, into an order of calculation.
Bills and explanations are the same run: an explanation is the run with the sentences filled in.
"""

import datetime
import graphlib
import inspect
import string
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import letters, money

Columns = dict[str, NDArray[Any]]


class UnlawfulScheme(Exception):
    """A scheme that does not hold together; found at import, never on somebody's bill."""


class BadFacts(ValueError):
    """Facts that no rule may be run on; `faults` holds a sentence a row, "" where all is well."""

    def __init__(self, faults: NDArray[np.str_]) -> None:
        row = int(np.flatnonzero(faults != "")[0])
        super().__init__(f"Row {row + 1}: {faults[row]}")
        self.faults = faults


@dataclass(frozen=True)
class Fact:
    """Something known about a row, and what may be true of it.

    Attributes:
        name: the argument name by which rules read it.
        unit: what it is counted in.
        asks: the question a form or a file's heading would ask.
        low, high: the range of an amount or number, both included.
        choices: the values of a code, where there is a closed list.
        missing: the value that means "not known", where the law says what follows from that.
        words: what each number stands for, where a number stands for a word.
    """

    name: str
    unit: money.Unit
    asks: str
    low: int | None = None
    high: int | None = None
    choices: tuple[Any, ...] | None = None
    missing: Any = None
    words: Mapping[str, int] | None = None

    def wrong(self, column: NDArray[Any]) -> NDArray[np.bool_]:
        """Return True for each value that is out of range, (n,)."""
        bad = np.zeros(len(column), np.bool_)
        if self.unit is money.Unit.DAY and not _is_nat(self.missing):
            bad |= np.isnat(column)
        if self.low is not None:
            bad |= column < self.low
        if self.high is not None:
            bad |= column > self.high
        allowed = self.words.values() if self.words is not None else self.choices
        if allowed is not None:
            bad |= ~letters.among(column, allowed)
        if self.missing is not None and bad.any():
            bad &= ~(np.isnat(column) if _is_nat(self.missing) else column == self.missing)
        return bad

    def range(self) -> str:
        """Return the allowed values in words."""
        if self.words is not None:
            return "one of " + ", ".join(self.words)
        if self.choices is not None:
            words = [str(choice) or "(none)" for choice in self.choices]
            return "one of " + ", ".join(words)
        low, high = (say(bound, self.unit) for bound in (self.low, self.high))
        if self.low is None and self.high is None:
            return {money.Unit.DAY: "a date"}.get(self.unit, "any")
        return f"{low} or more" if self.high is None else f"{low} to {high}"


@dataclass(frozen=True)
class Rule:
    """A function of columns with its law and its sentence; made by :func:`rule`."""

    name: str
    gives: Callable[..., NDArray[Any]]
    reads: tuple[str, ...]
    unit: money.Unit
    law: str
    says: str
    when: str | None

    @property
    def needs(self) -> tuple[str, ...]:
        """Every name that must be known before this rule can be run and told."""
        return self.reads if self.when in (None, self.name) else (*self.reads, str(self.when))


@dataclass(frozen=True)
class Line:
    """One sentence of an explanation: one rule, one row.

    Attributes:
        row: the row of the run that it speaks of, 0 onward.
        starts, ends: that row's period, where the rows are periods.
        unverified: the parameters read that have no second source, or are invented.
    """

    name: str
    value: Any
    unit: money.Unit
    says: str
    law: str
    row: int
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    unverified: tuple[str, ...] = ()

    @property
    def amount(self) -> str:
        """The value as a resident reads it."""
        return say(self.value, self.unit)


F = typing.TypeVar("F", bound=Callable[..., Any])


def rule(law: str, says: str = "", *, when: str | None = None) -> Callable[[F], F]:
    """Mark a function of columns as a rule of law.

    Args:
        law: the Act or Regulations and the section that say so.
        says: the sentence told to the resident, with `{names}` of facts, parameters and rules;
            left empty for a step that is not worth a sentence of its own.
        when: the rule, fact or parameter that must be non-zero for the sentence to apply; the
            rule's own name for "only when there is any".

    Raises:
        UnlawfulScheme: when the law, the docstring or the kind of the result is not stated.
    """

    def mark(function: F) -> F:
        name = function.__name__
        if not law.strip():
            raise UnlawfulScheme(f"The rule “{name}” does not say which law it follows.")
        if not (function.__doc__ or "").strip():
            raise UnlawfulScheme(f"The rule “{name}” has no docstring: say what it returns.")
        kind = typing.get_type_hints(function, include_extras=True).get("return")
        units = [part for part in getattr(kind, "__metadata__", ()) if part in money.Unit]
        if not units:
            raise UnlawfulScheme(f"The rule “{name}” does not say what it returns, such as Pence.")
        reads = tuple(inspect.signature(function).parameters)
        made = Rule(name, function, reads, units[0], law, says, when)
        function.__rule__ = made  # type: ignore[attr-defined]
        return function

    return mark


class Scheme:
    """Rules, the facts and parameters they read, and what they leave out.

    Args:
        title: what the scheme is called.
        facts: what must be known of each row.
        parameters: the unit of each figure of law read, by name.
        rules: functions marked by :func:`rule`, or modules of them.
        not_modelled: what the law says and these rules do not do, a sentence each.

    Raises:
        UnlawfulScheme: at once, for an unknown name, a name meant twice, a cycle, or a fact or
            parameter that nothing reads.
    """

    def __init__(
        self,
        title: str,
        *,
        facts: Sequence[Fact],
        parameters: Mapping[str, money.Unit],
        rules: Iterable[types.ModuleType | Callable[..., Any]],
        not_modelled: Sequence[str],
    ) -> None:
        self.title = title
        self.facts = {fact.name: fact for fact in facts}
        self.parameters = dict(parameters)
        self.not_modelled = tuple(not_modelled)
        found = [one for source in rules for one in _rules_of(source)]
        self.rules = _in_order(title, found, self.facts, self.parameters)
        self.units = {name: fact.unit for name, fact in self.facts.items()} | self.parameters
        self.units |= {name: one.unit for name, one in self.rules.items()}

    def faults(self, columns: Mapping[str, NDArray[Any]]) -> NDArray[np.str_]:
        """Return a sentence for each row that no rule may be run on, "" for the others, (n,)."""
        rows, found = _length(columns, self.facts), self._found_wrong(columns)
        faults = np.zeros(rows, f"U{max(map(len, found.values()), default=1)}")
        for row, sentence in found.items():
            faults[row] = sentence
        return faults

    def _found_wrong(self, columns: Mapping[str, NDArray[Any]]) -> dict[int, str]:
        found: dict[int, str] = {}
        for name, fact in self.facts.items():
            for row in np.flatnonzero(fact.wrong(columns[name])).tolist():
                value = say(columns[name][row], fact.unit) or "empty"
                found.setdefault(row, f"{name} is {value}, but must be {fact.range()}.")
        return found

    def run(
        self,
        columns: Mapping[str, NDArray[Any]],
        parameters: Mapping[str, Any],
        *,
        only: Iterable[str] | None = None,
    ) -> Columns:
        """Return the facts and the results, each (n,), by name.

        Args:
            columns: every fact, (n,). Others are ignored.
            parameters: every parameter's value in force.
            only: the results that are asked for, None for all: no other rule is run than those
                that lead to them.

        Raises:
            BadFacts: when any fact is out of its range.
            KeyError: when a fact or a parameter is not given.
        """
        rows = _length(columns, self.facts)
        if self._found_wrong(columns):
            raise BadFacts(self.faults(columns))
        known: dict[str, Any] = {name: columns[name] for name in self.facts}
        known |= {name: parameters[name] for name in self.parameters}
        for one, done_with in self._plan(self.rules if only is None else only):
            result = one.gives(*(known[read] for read in one.reads))
            if getattr(result, "dtype", np.dtype(float)).kind == "f" or result.shape != (rows,):
                raise TypeError(
                    f"The rule “{one.name}” must give {rows} whole figures, not {result!r}."
                )
            known[one.name] = result
            for step in done_with:
                del known[step]
        return {name: known[name] for name in known if name not in self.parameters}

    def _plan(self, results: Iterable[str]) -> list[tuple[Rule, list[str]]]:
        """Return the rules that lead to the results, in the order of calculation.

        Each with the steps that it is the last to read: the next ones may have their memory.
        """
        needed = {*results}
        plan = []
        for name, one in reversed(self.rules.items()):
            if name in needed:
                plan.append((one, [step for step in {*one.reads} - needed if step in self.rules]))
                needed |= {*one.reads}
        return plan[::-1]

    def explain(
        self, columns: Mapping[str, NDArray[Any]], parameters: Mapping[str, Any]
    ) -> list[Line]:
        """Return the same run as sentences, row by row, in the order of calculation."""
        ran = self.run(columns, parameters)
        rows = _length(columns, self.facts)
        doubtful: frozenset[str] = getattr(parameters, "unverified", frozenset())
        return [
            self._line(one, ran, parameters, row, doubtful)
            for row in range(rows)
            for one in self.rules.values()
            if one.says and self._applies(one, ran, parameters, row)
        ]

    def _applies(self, one: Rule, ran: Columns, parameters: Mapping[str, Any], row: int) -> bool:
        if one.when is None:
            return True
        return bool(ran[one.when][row] if one.when in ran else parameters[one.when])

    def _line(
        self,
        one: Rule,
        ran: Columns,
        parameters: Mapping[str, Any],
        row: int,
        doubtful: frozenset[str],
    ) -> Line:
        words = {name: say(column[row], self.units[name]) for name, column in ran.items()}
        words |= {name: say(parameters[name], self.units[name]) for name in self.parameters}
        period = [ran[name][row].item() if name in self.facts else None for name in PERIOD]
        return Line(
            name=one.name,
            value=ran[one.name][row].item(),
            unit=one.unit,
            says=one.says.format(**words),
            law=one.law,
            row=row,
            starts=period[0],
            ends=period[1],
            unverified=tuple(sorted(self._doubts(one, ran, row, doubtful))),
        )

    def _doubts(
        self, one: Rule, ran: Columns, row: int, doubtful: frozenset[str]
    ) -> frozenset[str]:
        """Return the doubtful parameters behind a line, also through steps that are not told.

        A step that came to nought for this row added nothing, so no doubt either.
        """
        doubts = doubtful & frozenset(one.reads)
        for name in one.reads:
            step = self.rules.get(name)
            if doubtful and step is not None and not step.says and ran[name][row]:
                doubts |= self._doubts(step, ran, row, doubtful)
        return doubts


PERIOD = ("starts", "ends")


def say(value: Any, unit: money.Unit) -> str:
    """Return a figure as a resident reads it: "£1,234.56", "1 April 2025", "25"."""
    if value is None or _is_nat(value):
        return ""
    if unit is money.Unit.PENCE and isinstance(value, int | np.integer):
        return money.pounds(int(value))
    if unit is money.Unit.DAY:
        day: datetime.date = value if isinstance(value, datetime.date) else value.item()
        return f"{day.day} {day:%B %Y}"
    if unit is money.Unit.FLAG:
        return "yes" if value else "no"
    return str(value)


def _is_nat(value: Any) -> bool:
    return isinstance(value, np.datetime64) and bool(np.isnat(value))


def _rules_of(source: types.ModuleType | Callable[..., Any]) -> list[Rule]:
    if isinstance(source, types.ModuleType):
        return [
            member.__rule__
            for member in vars(source).values()
            if hasattr(member, "__rule__") and member.__module__ == source.__name__
        ]
    made: Rule | None = getattr(source, "__rule__", None)
    if made is None:
        raise UnlawfulScheme(f"“{source.__name__}” is not marked as a rule.")
    return [made]


def _in_order(
    title: str,
    rules: Sequence[Rule],
    facts: Mapping[str, Fact],
    parameters: Mapping[str, money.Unit],
) -> dict[str, Rule]:
    named = {one.name: one for one in rules}
    every = [*facts, *parameters, *(one.name for one in rules)]
    twice = sorted({name for name in every if every.count(name) > 1})
    if twice:
        raise UnlawfulScheme(f"{title}: {_list(twice)} means two things. Rename one of each.")
    for one in rules:
        words = [*one.needs, *_fields(one.says)]
        unknown = sorted({name for name in words if name not in every})
        if unknown:
            raise UnlawfulScheme(
                f"{title}: the rule “{one.name}” reads {_list(unknown)}, "
                "which is no fact, parameter or rule of the scheme."
            )
    read = {name for one in rules for name in one.needs}
    unread = sorted(({*facts} | {*parameters}) - read)
    if unread:
        raise UnlawfulScheme(f"{title}: nothing reads {_list(unread)}. Take it out.")
    graph = {one.name: [name for name in one.needs if name in named] for one in rules}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as cycle:
        raise UnlawfulScheme(f"{title}: {_list(cycle.args[1])} wait for each other.") from cycle
    order: dict[str, Rule] = {}
    for one in rules:
        _place(one.name, graph, named, order)
    return order


def _place(
    name: str, graph: Mapping[str, list[str]], named: Mapping[str, Rule], order: dict[str, Rule]
) -> None:
    """Put the rule after all that it needs, and otherwise where its author wrote it."""
    if name not in order:
        for earlier in graph[name]:
            _place(earlier, graph, named, order)
        order[name] = named[name]


def _fields(says: str) -> list[str]:
    return [field for _, field, _, _ in string.Formatter().parse(says) if field]


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _length(columns: Mapping[str, NDArray[Any]], facts: Mapping[str, Fact]) -> int:
    missing = [name for name in facts if name not in columns]
    if missing:
        raise KeyError(f"The facts {_list(missing)} are not given.")
    lengths = {len(columns[name]) for name in facts}
    if len(lengths) > 1:
        raise ValueError(f"The columns have different lengths: {sorted(lengths)}.")
    return lengths.pop() if lengths else 0
