"""What is written several to a box, a line each: index values, steps, shares."""

from collections.abc import Sequence

from borough.kernel import commanding
from borough.kernel.pages import parsing
from borough.rules import money, years
from borough.rules.partnership import savings, waterfall


class NotReadable(commanding.Refusal):
    """A line of a box cannot be read; the sentence says how to write it."""


class NoYear(NotReadable):
    """That is not how a financial year is called."""


class NoLastYear(NotReadable):
    """That is not how a financial year is called, and one would end the contract."""


class NoIndexLines(NotReadable):
    """The index values cannot be read."""


class NoShareLines(NotReadable):
    """The partner's shares cannot be read."""


class NoStepLines(NotReadable):
    """The steps cannot be read."""


class NoInitiativeLines(NotReadable):
    """The initiatives and their shares cannot be read."""


def percent_bp(text: str) -> int:
    """Read a percentage as hundredths of one per cent: ``12.5`` is 1250.

    Raises:
        NotReadable: it is no percentage.
    """
    try:
        return money.from_pounds(text.strip().removesuffix("%").strip())
    except ValueError:
        raise NotReadable(f"“{text}” is not a percentage. Write it like 12.5.") from None


def year(text: str) -> years.Year:
    """Read a financial year: ``2025-26``.

    Raises:
        NoYear: it is none.
    """
    try:
        return years.Year.named(text)
    except ValueError as fault:
        raise NoYear(str(fault)) from None


def last_year(text: str) -> years.Year | None:
    """Read the year in which a contract ends; None where nothing is written.

    Raises:
        NoLastYear: it is none.
    """
    if not text.strip():
        return None
    try:
        return years.Year.named(text)
    except ValueError as fault:
        raise NoLastYear(str(fault)) from None


def index_values(text: str) -> dict[str, int]:
    """Read a year and a value a line: ``2023-24 133.80``; kept in hundredths.

    Raises:
        NoIndexLines: a line is not so.
    """
    found = {}
    for line in _lines(text):
        name, _, value = line.partition(" ")
        try:
            found[years.Year.named(name).name] = money.from_pounds(value.strip())
        except ValueError:
            raise NoIndexLines(f"“{line}” is not a year and a value: 2023-24 133.8.") from None
    return found


def bands(text: str) -> list[waterfall.Band]:
    """Read a limit and a share a line: ``up to 100000: 20``, and ``more: 30`` at last.

    Raises:
        NoShareLines: a line is not so.
    """
    found = []
    for line in _lines(text):
        try:
            limit, share = _limit(line)
            upto = None if limit is None else parsing.pence(limit)
            found.append(waterfall.Band(upto, percent_bp(share)))
        except (ValueError, parsing.NotMoney, NotReadable):
            raise NoShareLines(f"“{line}” is no share. Write: up to 100000: 20.") from None
    return found


def steps(text: str) -> list[savings.Step]:
    """Read a limit and an amount a line: ``up to 5000: 100000``, and ``more: 150000`` at last.

    Raises:
        NoStepLines: a line is not so.
    """
    found = []
    for line in _lines(text):
        try:
            limit, amount = _limit(line)
            upto = None if limit is None else int(limit.replace(",", ""))
            found.append(savings.Step(upto, parsing.pence(amount)))
        except (ValueError, parsing.NotMoney):
            raise NoStepLines(f"“{line}” is no step. Write: up to 5000: 100000.") from None
    return found


def shares(text: str) -> dict[str, int]:
    """Read an initiative and its percentage a line: ``12 60``.

    Raises:
        NoInitiativeLines: a line is not so, or names an initiative twice.
    """
    found: dict[str, int] = {}
    for line in _lines(text):
        number, _, share = line.partition(" ")
        thing = f"change.initiative/{number}"
        if not number.isdigit() or not share or thing in found:
            raise NoInitiativeLines(f"“{line}” is not a number of an initiative and its share.")
        found[thing] = percent_bp(share)
    return found


def _lines(text: str) -> Sequence[str]:
    return [" ".join(one.split()) for one in text.splitlines() if one.strip()]


def _limit(line: str) -> tuple[str | None, str]:
    """Return the limit (None where there is none) and what follows the colon."""
    limit, colon, rest = line.partition(":")
    words = limit.lower().strip()
    if not colon or not (words == "more" or words.startswith("up to ")):
        raise ValueError(line)
    return (None if words == "more" else words.removeprefix("up to ")), rest.strip()
