"""The arithmetic of the Council Taxbase return (CTB, October 2022 form), exact to the last cell.

The return is a long table of cells (authority, line, band, value). Bands are "A-" (Band A with a
disabled band reduction), "A" to "H", "total"; an absent input is nought. Values are decimals of
up to five places, held as whole hundred-thousandths. Where nothing else is said a total is the
sum of the bands as shown.

Two authorities hand in an input that is not rounded as the form shows it: Lincoln gives its
contributions in lieu (line 25) as 62.11, so lines 26 and 33 are rounded again to a tenth; and
Portsmouth gives its £ of council tax support with five decimals, a hundred-thousandth of a pound
away from the total that it prints.
"""

import decimal
import itertools
import re
import sys
from collections.abc import Iterable, Mapping

import numpy as np

from borough.rules import engine, money
from borough.rules.council_tax import bands
from borough.rules.engine import rule
from borough.rules.money import Exact, Unit

Cell = tuple[str, str, str]
"""authority code, line, band."""

FORM = "MHCLG Council Taxbase return 2022, line "
PLACES = 5
ONE = 100_000
TENTH = 10_000
LARGEST = 10**15  # ten thousand million: pounds of support, and 18 ninths of it still fit
TOTAL = "total"
PERCENT = "percent"
MAIN = bands.BANDS
EVERY = bands.WITH_REDUCTION
NINTHS = dict(zip(EVERY, (5, 6, 7, 8, 9, 11, 13, 15, 18), strict=True))


@rule(FORM + "4: lines 1 - 2 - 3")
def line_4(line_1: Exact, line_2: Exact, line_3: Exact) -> Exact:
    """Return the chargeable dwellings, (n,)."""
    return line_1 - line_2 - line_3


@rule(FORM + "6: line 5 of the band above")
def line_6(line_5_of_the_band_above: Exact) -> Exact:
    """Return the dwellings charged in this band because of a disabled band reduction, (n,)."""
    return line_5_of_the_band_above


@rule(FORM + "7: lines 4 - 5 + 6; for A-, line 6")
def line_7(line_4: Exact, line_5: Exact, line_6: Exact, ninths: Exact) -> Exact:
    """Return the chargeable dwellings in the band they are charged in, (n,)."""
    return np.where(ninths == NINTHS["A-"], line_6, line_4 - line_5 + line_6)


@rule(FORM + "11: second homes, with or without a discount")
def line_11(second_homes: Exact, second_homes_discounted: Exact) -> Exact:
    """Return the second homes, (n,)."""
    return second_homes + second_homes_discounted


@rule(FORM + "12: empty dwellings without a discount")
def line_12(empty_full: Exact) -> Exact:
    """Return the empty dwellings charged in full, (n,)."""
    return empty_full * 1


@rule(FORM + "13: empty dwellings with a discount")
def line_13(empty_discounted: Exact) -> Exact:
    """Return the empty dwellings with a discount, (n,)."""
    return empty_discounted * 1


@rule(FORM + "14: empty dwellings with a premium")
def line_14(empty_premium: Exact) -> Exact:
    """Return the empty dwellings with a premium, (n,)."""
    return empty_premium * 1


@rule(FORM + "15: lines 12 + 13 + 14")
def line_15(line_12: Exact, line_13: Exact, line_14: Exact) -> Exact:
    """Return the empty dwellings, (n,)."""
    return line_12 + line_13 + line_14


@rule(FORM + "18: lines 16 - 16a - 16b - 17")
def line_18(line_16: Exact, line_16a: Exact, line_16b: Exact, line_17: Exact) -> Exact:
    """Return the dwellings empty for more than six months, but for floods and Class D, (n,)."""
    return line_16 - line_16a - line_16b - line_17


@rule(FORM + "20: lines 8 + 9 + 10 + 13 + 14 and second homes with a discount")
def line_20(
    line_8: Exact,
    line_9: Exact,
    line_10: Exact,
    line_13: Exact,
    line_14: Exact,
    second_homes_discounted: Exact,
) -> Exact:
    """Return the dwellings with a discount or a premium, (n,)."""
    return line_8 + line_9 + line_10 + line_13 + line_14 + second_homes_discounted


@rule(FORM + "19: lines 7 - 20")
def line_19(line_7: Exact, line_20: Exact) -> Exact:
    """Return the dwellings charged in full, (n,)."""
    return line_7 - line_20


@rule(FORM + "22: line 7, less discounts, plus premiums, less line 21")
def line_22(
    line_7: Exact,
    line_8: Exact,
    line_9: Exact,
    line_10: Exact,
    discounts: Exact,
    premiums: Exact,
    line_21: Exact,
) -> Exact:
    """Return the dwelling equivalents, (n,): a quarter off lines 8 and 9, a half off line 10."""
    quarters = money.pence(line_8 + line_9 + 2 * line_10, 4)
    return line_7 - quarters - discounts + premiums - line_21


@rule(FORM + "24: line 22 in ninths of Band D, half up to a tenth")
def line_24(line_22: Exact, ninths: Exact) -> Exact:
    """Return the Band D equivalents before council tax support, (n,)."""
    return _nearest(TENTH, line_22 * ninths, 9)


@rule(FORM + "29: lines 22 - 28")
def line_29(line_22: Exact, line_28: Exact) -> Exact:
    """Return the dwelling equivalents after council tax support, (n,)."""
    return line_22 - line_28


@rule(FORM + "31: line 29 in ninths of Band D, half up to a tenth")
def line_31(line_29: Exact, ninths: Exact) -> Exact:
    """Return the Band D equivalents after council tax support, (n,)."""
    return _nearest(TENTH, line_29 * ninths, 9)


@rule("MHCLG Council Taxbase return 2022, table 3.03")
def line_support(support_pensioner: Exact, support_working_age: Exact) -> Exact:
    """Return the £ of council tax support, (n,)."""
    return support_pensioner + support_working_age


@rule("MHCLG Council Taxbase return 2022, table 3.07, half up to a hundredth")
def line_support_base(base_pensioner: Exact, base_working_age: Exact) -> Exact:
    """Return council tax support in dwelling equivalents, (n,)."""
    return _nearest(ONE // 100, base_pensioner + base_working_age)


def _nearest(step: int, numerator: Exact, denominator: int = 1) -> Exact:
    """Return the fraction to the nearest multiple of the step, half up, (n,)."""
    nearest: Exact = step * money.pence(numerator, denominator * step)
    return nearest


GROUPS: Mapping[str, str] = {
    "empty_full": r"E0",
    "empty_discounted": r"E(10|25|50|100|V)",
    "empty_premium": r"P(2|5|10)_(\d+|V)",
    "second_homes": r"S0",
    "second_homes_discounted": r"S(10|50|V)",
}
"""Which lines of the return are counted together."""

FORM_INPUTS = ("1", "2", "3", "5", "8", "9", "10", "16", "16a", "16b", "17", "21", "28")
LINES: Mapping[str, str] = {
    **{f"line_{n}": n for n in FORM_INPUTS},
    "support_pensioner": "CTS_gbp_pensioner",
    "support_working_age": "CTS_gbp_working_age",
    "base_pensioner": "CTS_base_pensioner",
    "base_working_age": "CTS_base_working_age",
}
ASIDE = r"25|charge_gbp|X_class|[MN]_(may|oct)|annexe_(base|count)"
"""Lines of the return that are read for a total, or not at all."""

OUTPUT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{f"line_{n}": (n, MAIN) for n in ("4", "11", "12", "13", "14", "15", "18")},
    **{f"line_{n}": (n, EVERY) for n in ("6", "7", "19", "20", "22", "24", "29", "31")},
    "line_support": ("CTS_gbp_total", EVERY),
    "line_support_base": ("CTS_base_total", EVERY),
}
SUMMED = FORM + "26 and 33: lines 24 and 31 summed, plus line 25, half up to a tenth"
TAX_BASES = {"26": "line_24", "33": "line_31"}
_KNOWN = frozenset({*LINES.values(), *TAX_BASES, *(shown for shown, _ in OUTPUT.values())})
_COUNTED_OR_ASIDE = re.compile("|".join([*GROUPS.values(), ASIDE]))

SCHEME = engine.Scheme(
    "Council Taxbase return",
    facts=[
        engine.Fact(name, Unit.EXACT, f"Line {line} of the return, in hundred-thousandths")
        for name, line in LINES.items()
    ]
    + [engine.Fact(name, Unit.EXACT, f"Lines {lines} together") for name, lines in GROUPS.items()]
    + [
        engine.Fact("line_5_of_the_band_above", Unit.EXACT, "Line 5 of the next higher band"),
        engine.Fact("discounts", Unit.EXACT, "Dwellings times per cent of every discount group"),
        engine.Fact("premiums", Unit.EXACT, "Dwellings times per cent of every premium group"),
        engine.Fact("ninths", Unit.EXACT, "What the band pays, in ninths of Band D", low=5),
    ],
    parameters={},
    rules=[sys.modules[__name__]],
    not_modelled=(
        "Deriving line 28 from awards: it is read as handed in.",
        "Forms of other years, such as the tiers of empty homes from 2024.",
    ),
)


def derived(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return every derived cell of every authority, in hundred-thousandths.

    Args:
        cells: the inputs, as :func:`hundred_thousandths` makes them; an absent cell is nought.
    """
    authorities = list(dict.fromkeys(authority for authority, _, _ in cells))
    keys = [(authority, band) for authority in authorities for band in EVERY]
    columns = {
        name: np.array([cells.get((who, line, band), 0) for who, band in keys], np.int64)
        for name, line in LINES.items()
    }
    columns |= _grouped(cells, authorities, keys)
    above = dict(itertools.pairwise(EVERY))
    columns["line_5_of_the_band_above"] = np.array(
        [cells.get((who, "5", above.get(band, "")), 0) for who, band in keys], np.int64
    )
    columns["ninths"] = np.array([NINTHS[band] for _, band in keys], np.int64)
    ran = SCHEME.run(columns, {})
    tables = {name: ran[name].reshape(len(authorities), len(EVERY)) for name in OUTPUT}
    table: dict[Cell, int] = {}
    for row, who in enumerate(authorities):
        for name, (line, shown) in OUTPUT.items():
            values = dict(zip(EVERY, tables[name][row].tolist(), strict=True))
            table |= {(who, line, band): values[band] for band in shown}
            table[who, line, TOTAL] = sum(values[band] for band in shown)
        for line, name in TAX_BASES.items():
            whole = int(tables[name][row].sum()) + cells.get((who, "25", TOTAL), 0)
            table[who, line, TOTAL] = TENTH * money.pence(whole, TENTH)
    return table


def hundred_thousandths(text: str) -> int:
    """Return a value of the return as a whole number of hundred-thousandths.

    Raises:
        ValueError: when it is not a decimal of at most five places, or beyond all dwellings.
    """
    try:
        scaled = decimal.Decimal(text.strip()).scaleb(PLACES)
    except decimal.InvalidOperation:
        raise ValueError(f"“{text}” is not a number.") from None
    if not scaled.is_finite() or abs(scaled) > LARGEST:
        raise ValueError(f"“{text}” is not a number that a return can hold.")
    if scaled != scaled.to_integral_value():
        raise ValueError(f"“{text}” has more than {PLACES} decimals.")
    return int(scaled)


def as_text(value: int) -> str:
    """Return hundred-thousandths as the return shows them: "22689.3", "172"."""
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(value), ONE)
    return f"{sign}{whole}.{part:0{PLACES}}".rstrip("0").rstrip(".")


def without_percent(cells: Mapping[Cell, int]) -> list[tuple[str, str]]:
    """Return the (authority, line) of each group whose per cent is neither given nor named."""
    return sorted(
        {
            (who, line)
            for who, line, band in cells
            if re.fullmatch(r"EV|SV|P\d+_V", line)
            and band != PERCENT
            and (who, line, PERCENT) not in cells
        }
    )


def fault(line: str, band: str) -> str:
    """Return why a cell is no cell of the return, "" when it is one (or a derived one)."""
    if line not in _KNOWN and not _COUNTED_OR_ASIDE.fullmatch(line):
        return f"“{line}” is not a line of the return."
    if band not in {*EVERY, TOTAL, PERCENT} and not re.fullmatch(r"Class [A-Z]", band):
        return f"“{band}” is not a band: write A-, A to H, total or percent."
    return ""


def _grouped(
    cells: Mapping[Cell, int], authorities: Iterable[str], keys: list[tuple[str, str]]
) -> engine.Columns:
    """Return the counts of each group, and dwellings times per cent of discounts and premiums."""
    place = {key: row for row, key in enumerate(keys)}
    group = {line: _group(line) for line in {line for _, line, _ in cells}}
    names = [*GROUPS, "discounts", "premiums"]
    columns = {name: np.zeros(len(keys), np.int64) for name in names}
    for (who, line, band), count in cells.items():
        row, name = place.get((who, band)), group[line]
        if row is None or name is None:
            continue
        columns[name][row] += count
        weighed = "premiums" if name == "empty_premium" else "discounts"
        columns[weighed][row] += money.pence(count * _percent(cells, who, line), 100 * ONE)
    return columns


def _group(line: str) -> str | None:
    return next((name for name, lines in GROUPS.items() if re.fullmatch(lines, line)), None)


def _percent(cells: Mapping[Cell, int], who: str, line: str) -> int:
    """Return the per cent of a group: as handed in, else as its name says."""
    if (who, line, PERCENT) in cells:
        return cells[who, line, PERCENT]
    named = re.search(r"\d+$", line)
    if named is None:
        raise ValueError(f"{who} counts dwellings in line {line} but gives no per cent for it.")
    return int(named[0]) * ONE
