"""How a year's charge is worked out, as lines that a page can open: the same run as the bill."""

from collections.abc import Iterable
from itertools import groupby

from borough.kernel.pages import components, wording
from borough.lines.revenues import working
from borough.rules import engine, money, years
from borough.rules.council_tax import charge

# Sentences whose figure is told in words and is no part of the sum.
TOLD = frozenset({"set_amount", "charged_band"})
DOUBTFUL = {"amounts_ninths": "the amounts set for the year"}


def explain(account_id: int, year: years.Year) -> components.Working:
    """Return the working of one account's year, by period, each with its days and its law.

    Raises:
        laws.LawNotKnown: that year's figures are not loaded.
    """
    bill = working.work_out([account_id], year)
    periods = groupby(bill.explain(0), key=lambda line: line.row)
    return components.Working(
        lines=[_period(list(lines)) for _, lines in periods],
        total_pence=int(bill.due_pence[0]),
        result=f"Council Tax for {year.name}",
        summary=f"How is {wording.money(int(bill.due_pence[0]))} worked out?",
        not_modelled=charge.NOT_MODELLED,
    )


def _period(lines: list[engine.Line]) -> components.Slice:
    starts, ends = lines[0].starts, lines[0].ends
    if starts is None or ends is None:
        raise TypeError("A period of a Council Tax bill has a first and a last day.")
    days = (ends - starts).days
    told: set[str] = set()
    return components.Slice(
        sentence=f"{wording.period(starts, ends)}: {days} {'day' if days == 1 else 'days'}",
        pence=next(line.value for line in lines if line.name == "due"),
        within=[_line(line, told) for line in lines if line.name != "due"],
    )


def _line(line: engine.Line, told: set[str]) -> components.Slice:
    """Return one line; what has no second source is told once a period, where it first counts."""
    counts = line.unit is money.Unit.PENCE and line.name not in TOLD
    sign = -1 if line.says.startswith("Less") else 1
    doubtful = [name for name in line.unverified if name not in told]
    told.update(doubtful)
    return components.Slice(
        sentence=line.says,
        pence=sign * line.value if counts else None,
        law=f"{line.law}{_doubt(doubtful)}",
    )


def _doubt(unverified: Iterable[str]) -> str:
    names = [DOUBTFUL.get(name, name.replace("_", " ")) for name in unverified]
    return f". Not verified by a second source: {', '.join(names)}" if names else ""
