"""Council Tax as calculations over files: bills, bands, instalments and the taxbase return."""

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

import numpy as np

from borough.rules import engine, files, years
from borough.rules.council_tax import bands, bill, charge, clocks, instalments, taxbase
from borough.rules.money import Unit
from borough.rules.periods import DAY, Timeline

OPEN = np.datetime64("NaT", "D")
SUMS = (
    "days",
    "gross",
    "resident_discount",
    "empty_discount",
    "long_term_premium",
    "second_home_premium",
    "annexe_reduction",
    "reduction",
    "relief",
    "due",
)
NOTHING = {
    "band": "",
    "adults": charge.UNKNOWN,
    "exempt_class": "",
    "disabled": False,
    "annexe": False,
    "reduction_year": 0,
    "relief_year": 0,
}
"""What a row tells of its whole period, and what the days beside it hold."""
PARISH = engine.Fact("parish", Unit.CODE, "The parish's code; empty where there is none")
_CHARGE = charge.SCHEME.facts


@functools.lru_cache(maxsize=32)
def _law(year: years.Year) -> bill.Law:
    return bill.law(year)


def _charge(columns: engine.Columns, year: years.Year) -> files.Worked:
    """Work out one row as one account; the clocks cut it where a figure changes."""
    starts = _or(columns["starts"], np.datetime64(year.starts))
    ends = _or(columns["ends"], np.datetime64(year.ends))
    if (starts >= ends).any() or (starts < np.datetime64(year.starts)).any():
        raise ValueError(f"The period must begin in {year} and end after it begins.")
    if (ends > np.datetime64(year.ends)).any():
        raise ValueError(f"The period must end by {year.ends}, the day after the year {year}.")
    worked = bill.work_out(_accounts(columns, starts, ends), _law(year))
    results = {}
    for name in SUMS:
        total = np.zeros(len(starts), np.int64)
        np.add.at(total, worked.owner, worked.columns[name])
        results[name] = total, charge.SCHEME.units[name]
    return files.Worked(results, worked.explain)


def _accounts(columns: engine.Columns, starts: np.ndarray, ends: np.ndarray) -> bill.Accounts:
    rows = np.arange(len(starts))
    held = {
        name: Timeline(rows, starts, ends, columns[name], missing=missing)
        for name, missing in NOTHING.items()
    }
    since = _or(columns["exception_since"], starts)
    people = np.repeat(rows, columns["disregarded"])
    return bill.Accounts(
        count=len(rows),
        parish=columns["parish"],
        liability=Timeline(rows, starts, ends, rows, missing=0),
        band=held["band"],
        adults=held["adults"],
        disregards=Timeline.counts(people, starts[people], ends[people]),
        occupation=_occupation(columns, starts),
        exemption=held["exempt_class"],
        exception=Timeline(rows, since, np.full(len(rows), OPEN), columns["exception"], missing=""),
        disabled=held["disabled"],
        annexe=held["annexe"],
        reduction=held["reduction_year"],
        relief=held["relief_year"],
    )


def _occupation(columns: engine.Columns, starts: np.ndarray) -> Timeline:
    """Return the dwelling's history as the row tells it: empty since, and works since."""
    rows, state = np.arange(len(starts)), columns["occupation"]
    begun = np.where(np.isin(state, clocks.EMPTY), _or(columns["empty_since"], starts), starts)
    if (begun > starts).any():
        raise ValueError("empty_since is after the first day: give the period from then on a row.")
    works = np.where(state == clocks.Occupation.WORKS, _or(columns["works_since"], begun), OPEN)
    if (works > starts).any():
        raise ValueError("works_since is after the first day: give the period from then on a row.")
    before = works > begun
    first = np.where(before, int(clocks.Occupation.UNFURNISHED), state)
    return Timeline(
        np.append(rows, rows[before]),
        np.append(begun, works[before]).astype(DAY),
        np.append(np.where(before, works, OPEN), np.full(before.sum(), OPEN)).astype(DAY),
        np.append(first, state[before]),
        missing=int(clocks.Occupation.OCCUPIED),
    )


def _or(days: np.ndarray, otherwise: np.ndarray | np.datetime64) -> np.ndarray:
    return np.where(np.isnat(days), otherwise, days).astype(DAY)


def _optional(name: str, asks: str) -> engine.Fact:
    return engine.Fact(name, Unit.DAY, asks, missing=OPEN)


COUNCIL_TAX = files.RowByRow(
    slug="council-tax",
    title="Council Tax for a period or a year, one row each (Sefton)",
    facts=(
        _optional("starts", "The first day; 1 April if left out"),
        _optional("ends", "The first day after the period; 1 April if left out"),
        _CHARGE["band"],
        PARISH,
        *(_CHARGE[name] for name in ("adults", "disregarded", "occupation")),
        _CHARGE["empty_since"],
        _CHARGE["works_since"],
        *(_CHARGE[name] for name in ("exempt_class", "exception")),
        _optional("exception_since", "Since when the exception's condition holds"),
        *(_CHARGE[name] for name in ("disabled", "annexe", "reduction_year", "relief_year")),
    ),
    defaults={
        "parish": "",
        "disregarded": "0",
        "occupation": "occupied",
        "reduction_year": "0",
        "relief_year": "0",
    },
    work_out=_charge,
    year_from="starts",
    not_modelled=charge.NOT_MODELLED,
)


def _band(columns: engine.Columns, year: years.Year) -> files.Worked:
    amounts = _law(year).amounts
    parish = amounts.rows_of(columns["parish"])
    place = np.searchsorted(bands.BANDS, columns["band"])
    parts = {body: amounts.parts[row, place] for row, body in enumerate(amounts.bodies)}
    parts["parish_part"] = amounts.parish_parts[parish, place]
    parts["total_excl_parish"] = amounts.parts[:, place].sum(axis=0)
    parts["total"] = amounts.set_pence[parish, place]

    def explain(row: int) -> list[engine.Line]:
        lines = []
        for name, column in parts.items():
            title = amounts.titles.get(name, name.replace("_", " ").capitalize())
            says = f"Band {columns['band'][row]}: {title}"
            doubt = (name,) if name in amounts.unverified else ()
            law = charge.LGFA + "ss.30, 36 and 47"
            value = int(column[row])
            lines.append(engine.Line(name, value, Unit.PENCE, says, law, row, unverified=doubt))
        return lines

    return files.Worked({name: (column, Unit.PENCE) for name, column in parts.items()}, explain)


BANDS = files.RowByRow(
    slug="council-tax-bands",
    title="What each body sets for a band, and the total (Sefton)",
    facts=(_CHARGE["band"], PARISH),
    defaults={"parish": ""},
    work_out=_band,
    keys=("id", "case", "year", "band"),
    not_modelled=("The split of the adult social care precept, which is presentation.",),
)


def _plan(columns: engine.Columns, year: years.Year) -> files.Worked:
    plan = instalments.plan(
        columns["total"],
        issued=columns["issued"],
        year=year,
        twelve=columns["twelve"],
        pay_day=columns["pay_day"],
    )
    units = instalments.SCHEME.units
    results = {name: (plan.columns[name], units[name]) for name in ("number", "first", "other")}
    results["first_due"] = plan.due_days()[:, 0], Unit.DAY
    return files.Worked(results, plan.explain)


INSTALMENTS = files.RowByRow(
    slug="instalments",
    title="Statutory instalments of a Council Tax bill",
    facts=tuple(instalments.SCHEME.facts.values()),
    defaults={"twelve": "no", "pay_day": "1"},
    work_out=_plan,
    not_modelled=instalments.SCHEME.not_modelled,
)


@dataclass(frozen=True)
class Taxbase:
    """The taxbase return: its long table in, the derived lines of every authority out."""

    slug: str = "taxbase"
    title: str = "The derived lines of the Council Taxbase return (long table)"
    not_modelled: tuple[str, ...] = taxbase.SCHEME.not_modelled

    def columns(self) -> list[tuple[str, str, str]]:
        """Return each input column: its name, what may stand in it, and what it asks."""
        return [
            ("authority_code", "any; authority is written back too", "Which authority?"),
            ("line", "a line of the return, such as 1, 16a, E50, P2_100, S0", "Which line?"),
            ("band", "A-, A to H, total or percent", "Which band?"),
            ("value", "a decimal of up to five places", "What does it hold?"),
        ]

    def run(self, source: TextIO, out: TextIO, *, year: years.Year | None, explain: bool) -> bool:
        """Derive every authority whose cells can all be read; `explain` names each line's rule."""
        del year  # the form of 2022
        cells, names, faults = _cells(csv.DictReader(source))
        good = {cell: value for cell, value in cells.items() if cell[0] not in faults}
        head = ["authority_code", "authority", "line", "band", "value", files.ERROR]
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*head[:5], "says", files.ERROR] if explain else head)
        rules = {shown: taxbase.SCHEME.rules[name] for name, (shown, _) in taxbase.OUTPUT.items()}
        for (who, line, band), value in taxbase.derived(good).items():
            words = [rules[line].law if line in rules else taxbase.SUMMED] if explain else []
            writer.writerow([who, names[who], line, band, taxbase.as_text(value), *words, ""])
        for who, (line, band, fault) in faults.items():
            writer.writerow([who, names[who], line, band, "", *([""] if explain else []), fault])
        return not faults


def _cells(
    rows: Iterable[files.Row],
) -> tuple[dict[taxbase.Cell, int], dict[str, str], dict[str, tuple[str, str, str]]]:
    """Return the cells, the authorities' names, and the first fault of each authority."""
    cells: dict[taxbase.Cell, int] = {}
    names: dict[str, str] = {}
    faults: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        who, line, band = (row.get(key) or "" for key in ("authority_code", "line", "band"))
        names.setdefault(who, row.get("authority") or "")
        fault = taxbase.fault(line, band)
        if not fault and (who, line, band) in cells:
            fault = "The same cell is given twice."
        try:
            cells[who, line, band] = taxbase.hundred_thousandths(row.get("value") or "")
        except ValueError as error:
            fault = fault or str(error)
        if fault:
            faults.setdefault(who, (line, band, fault))
    for who, line in taxbase.without_percent(cells):
        faults.setdefault(who, (line, taxbase.PERCENT, "The per cent of this group is missing."))
    return cells, names, faults


TAXBASE = Taxbase()
