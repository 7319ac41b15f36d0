"""Schemes run over the rows of a file: anyone can check our sums.

A calculation reads text and writes text; it opens nothing. A row that cannot be read or worked
out gets a sentence in the `error` column, and the others go on. Money is in pounds, two decimals.
"""

import csv
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TextIO

import numpy as np
from numpy.typing import NDArray

from borough.rules import engine, money, parameters, years
from borough.rules.money import Unit

Row = dict[str, str]
ERROR = "error"
EXPLAINED = ("starts", "ends", "name", "amount", "says", "law", "unverified")
YES = {"1", "y", "yes", "true", "t"}
NO = {"", "0", "n", "no", "false", "f"}


class Calculation(Protocol):
    """What the calculate command needs of each entry of its register."""

    @property
    def slug(self) -> str:
        """Its name on the command line."""
        ...

    @property
    def title(self) -> str:
        """What it works out."""
        ...

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """What the law says and it does not do."""
        ...

    def columns(self) -> list[tuple[str, str, str]]:
        """Return each input column: its name, what may stand in it, and what it asks."""
        ...

    def run(self, source: TextIO, out: TextIO, *, year: years.Year | None, explain: bool) -> bool:
        """Read the source, write the results; return True when every row could be worked out."""
        ...


@dataclass(frozen=True)
class Worked:
    """The results of rows that could be worked out.

    Attributes:
        results: by output column, the values (n,) and what they are counted in.
        explain: gives the sentences of one of the rows.
    """

    results: Mapping[str, tuple[NDArray[Any], Unit]]
    explain: Callable[[int], list[engine.Line]]


@dataclass(frozen=True)
class RowByRow:
    """A calculation whose rows know nothing of each other.

    Attributes:
        facts: the columns that it reads; the text is read by the fact's unit.
        defaults: what an absent column or an empty cell means, where the law or the form says.
        work_out: takes columns of n rows and their year, and gives n results.
        year_from: the date column from which a row's year is read when nobody says which.
        otherwise: the year to take when there is no such column either.
        keys: columns that are written back unread, so that a row can be found again.
    """

    slug: str
    title: str
    facts: tuple[engine.Fact, ...]
    work_out: Callable[[engine.Columns, years.Year], Worked]
    defaults: Mapping[str, str] = field(default_factory=dict)
    year_from: str | None = None
    otherwise: years.Year | None = None
    keys: tuple[str, ...] = ("id", "case", "row", "reference", "account")
    not_modelled: tuple[str, ...] = ()

    def columns(self) -> list[tuple[str, str, str]]:
        """Return each input column: its name, what may stand in it, and what it asks."""
        when = [("year", "a financial year like 2025-26", "Which year, if not said by --year?")]
        return when + [(fact.name, _allowed(fact, self.defaults), fact.asks) for fact in self.facts]

    def run(self, source: TextIO, out: TextIO, *, year: years.Year | None, explain: bool) -> bool:
        """Read CSV rows, write one result a row, or with `explain` one sentence a line."""
        reader = csv.DictReader(source)
        rows = [{key: cell or "" for key, cell in row.items() if key} for row in reader]
        answers = self.answers(rows, year)
        keys = [key for key in self.keys if key in (reader.fieldnames or ())] or ["row"]
        names = list(dict.fromkeys(name for one in answers for name in one.figures))
        head = [*keys, *(EXPLAINED if explain else names), ERROR]
        writer = csv.DictWriter(out, head, lineterminator="\n")
        writer.writeheader()
        for number, (row, answer) in enumerate(zip(rows, answers, strict=True), start=1):
            named = {key: row.get(key, str(number)) for key in keys}
            told = answer.told() if explain and not answer.error else [answer.figures]
            writer.writerows({**named, **figures, ERROR: answer.error} for figures in told)
        return not any(answer.error for answer in answers)

    def answers(self, rows: Sequence[Row], year: years.Year | None) -> list["Answer"]:
        """Return the answer to each row, in order."""
        answers = [Answer() for _ in rows]
        read = [self._read(row, year) for row in rows]
        by_year: dict[years.Year, list[int]] = {}
        for number, (_, held, error) in enumerate(read):
            if error or held is None:
                answers[number] = Answer(error=error)
            else:
                by_year.setdefault(held, []).append(number)
        for held, numbers in by_year.items():
            self._work(held, numbers, [read[number][0] for number in numbers], answers)
        return answers

    def _work(
        self,
        year: years.Year,
        numbers: list[int],
        values: list[dict[str, Any]],
        answers: list["Answer"],
    ) -> None:
        """Work out the rows together; where that is refused, halve them to find the culprit."""
        columns = {
            fact.name: np.array([row[fact.name] for row in values], _dtype(fact))
            for fact in self.facts
        }
        try:
            worked = self.work_out(columns, year)
        except (ValueError, parameters.NoSuchFigure) as refusal:
            if len(numbers) == 1:
                answers[numbers[0]] = Answer(error=_sentence(refusal))
                return
            half = len(numbers) // 2
            self._work(year, numbers[:half], values[:half], answers)
            self._work(year, numbers[half:], values[half:], answers)
            return
        for place, number in enumerate(numbers):
            figures = {
                name: written(column[place], unit)
                for name, (column, unit) in worked.results.items()
            }
            answers[number] = Answer(figures, place, worked)

    def _read(
        self, row: Row, year: years.Year | None
    ) -> tuple[dict[str, Any], years.Year | None, str]:
        """Return the row's values and its year, or why it cannot be read."""
        values: dict[str, Any] = {}
        try:
            for fact in self.facts:
                text = row.get(fact.name, "").strip() or self.defaults.get(fact.name, "")
                values[fact.name] = read(fact, text)
            return values, self._year(row, values, year), ""
        except ValueError as fault:
            return values, None, str(fault)

    def _year(self, row: Row, values: dict[str, Any], year: years.Year | None) -> years.Year:
        named = row.get("year", "").strip()
        if named:
            return years.Year.named(named)
        if year is not None:
            return year
        day = values.get(self.year_from or "")
        if isinstance(day, np.datetime64) and not np.isnat(day):
            return years.Year.holding(day.astype("datetime64[D]").item())
        if self.otherwise is not None:
            return self.otherwise
        raise ValueError("No year is given. Add a column “year” or say --year 2025-26.")


@dataclass(frozen=True)
class Answer:
    """What became of one row: figures to write, or the reason why there are none."""

    figures: Mapping[str, str] = field(default_factory=dict)
    place: int = 0
    worked: Worked | None = None
    error: str = ""

    def told(self) -> list[Row]:
        """Return the sentences behind the figures, one a line of the file."""
        lines = self.worked.explain(self.place) if self.worked else []
        return [
            {
                "starts": str(line.starts or ""),
                "ends": str(line.ends or ""),
                "name": line.name,
                "amount": line.amount,
                "says": line.says,
                "law": line.law,
                "unverified": " ".join(line.unverified),
            }
            for line in lines
        ]


def of_scheme(
    scheme: engine.Scheme,
    figures: Callable[[years.Year], Mapping[str, Any]],
    results: Mapping[str, str],
) -> Callable[[engine.Columns, years.Year], Worked]:
    """Return how to work out a plain scheme: its figures by year, its results by output column."""

    def work_out(columns: engine.Columns, year: years.Year) -> Worked:
        given = figures(year)
        ran = scheme.run(columns, given)

        def explain(row: int) -> list[engine.Line]:
            one = {name: columns[name][row : row + 1] for name in scheme.facts}
            return scheme.explain(one, given)

        return Worked(
            {shown: (ran[name], scheme.units[name]) for shown, name in results.items()}, explain
        )

    return work_out


def read(fact: engine.Fact, text: str) -> Any:
    """Return the value that a cell holds.

    Raises:
        ValueError: with a sentence that names the column and says what it may hold.
    """
    if not text and fact.missing is not None:
        return fact.missing
    try:
        value = _plain(fact, text)
    except ValueError as fault:
        raise ValueError(f"{fact.name} is {_quoted(text)}. {fault}") from None
    if bool(fact.wrong(np.array([value], _dtype(fact)))[0]):
        raise ValueError(f"{fact.name} is {_quoted(text)}. It must be {fact.range()}.")
    return value


def _plain(fact: engine.Fact, text: str) -> Any:
    if fact.words is not None:
        return _word(fact.words, text)
    if fact.unit is Unit.CODE:
        spelled = {str(choice).lower(): choice for choice in fact.choices or ()}
        return spelled.get(text.lower(), text)
    return PLAIN[fact.unit](text)


def _word(words: Mapping[str, int], text: str) -> int:
    if text.lower() not in words:
        raise ValueError(f"It must be one of {', '.join(words)}.")
    return words[text.lower()]


def _day(text: str) -> np.datetime64:
    try:
        return np.datetime64(datetime.date.fromisoformat(text), "D")
    except ValueError:
        raise ValueError("Write a date like 2025-04-01.") from None


def _flag(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError("Write yes or no.")
    return text.lower() in YES


def _amount(text: str) -> int:
    try:
        return money.from_pounds(text)
    except ValueError:
        raise ValueError("Write an amount in pounds like 1234.56.") from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("Write a whole number.") from None


PLAIN: Mapping[Unit, Callable[[str], Any]] = {
    Unit.PENCE: _amount,
    Unit.DAY: _day,
    Unit.FLAG: _flag,
    Unit.COUNT: _whole,
    Unit.PERCENT: _whole,
    Unit.EXACT: _whole,
}


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "empty"


def written(value: Any, unit: Unit) -> str:
    """Return a result as a file holds it: pounds with two decimals, dates as 2025-04-01."""
    if unit is Unit.PENCE:
        return money.in_pounds(int(value))
    if unit is Unit.DAY:
        return "" if np.isnat(value) else str(value)
    return ("yes" if value else "no") if unit is Unit.FLAG else str(value)


def _dtype(fact: engine.Fact) -> Any:
    if fact.unit is Unit.DAY:
        return "datetime64[D]"
    return {Unit.CODE: np.str_, Unit.FLAG: np.bool_}.get(fact.unit, np.int64)


def _allowed(fact: engine.Fact, defaults: Mapping[str, str]) -> str:
    kind = {Unit.PENCE: "pounds, ", Unit.FLAG: "yes or no"}.get(fact.unit, "")
    words = kind if fact.unit is Unit.FLAG else kind + fact.range()
    if fact.name in defaults:
        return f"{words}; {defaults[fact.name] or 'nothing'} if left out"
    return f"{words}; may be left out" if fact.missing is not None else words


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, engine.BadFacts):
        return next(str(fault) for fault in refusal.faults if fault)
    return str(refusal.args[0]) if refusal.args else str(refusal)
