import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules.council_tax import calculations, taxbase
from tests.rules import oracles

PORTSMOUTH = "E06000044"


def cells(path) -> dict[taxbase.Cell, int]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {
            (row["authority_code"], row["line"], row["band"]): taxbase.hundred_thousandths(
                row["value"]
            )
            for row in csv.DictReader(file)
        }


def test_every_derived_cell_of_every_authority():
    given_in = cells(oracles.file("revenues/ctb2022_lines.csv.gz"))
    expected = cells(oracles.file("revenues/ctb2022_expected.csv.gz"))
    found = taxbase.derived(given_in)
    assert found.keys() == expected.keys()
    assert len(expected) == 25_080
    off = {cell: found[cell] - value for cell, value in expected.items() if found[cell] != value}
    # Portsmouth hands in £ with five decimals; its printed total is 0.00001 away.
    assert off == {(PORTSMOUTH, "CTS_gbp_total", band): 1 for band in ("D", "total")}


def test_lincolns_unrounded_contributions_are_rounded_into_the_tax_base():
    given_in = cells(oracles.file("revenues/ctb2022_lines.csv.gz"))
    lincoln = {cell: value for cell, value in given_in.items() if cell[0] == "E07000138"}
    assert lincoln["E07000138", "25", "total"] == taxbase.hundred_thousandths("62.11")
    found = taxbase.derived(lincoln)
    assert found["E07000138", "26", "total"] % taxbase.TENTH == 0
    assert found["E07000138", "26", "total"] != found["E07000138", "24", "total"] + 6_211_000


def test_a_small_return_by_hand():
    inputs = {
        "1": ("B", "100"),
        "2": ("B", "4"),
        "5": ("B", "6"),
        "8": ("B", "40"),
        "10": ("A", "1"),
    }
    table = {
        ("X", line, band): taxbase.hundred_thousandths(value)
        for line, (band, value) in inputs.items()
    }
    table |= {("X", "P2_100", "B"): 2 * taxbase.ONE, ("X", "E50", "B"): 4 * taxbase.ONE}
    found = taxbase.derived(table)
    shown = {(line, band): taxbase.as_text(value) for (_, line, band), value in found.items()}
    assert shown["4", "B"] == "96"
    assert (shown["6", "A"], shown["7", "A"], shown["7", "B"]) == ("6", "6", "90")
    assert shown["22", "A"] == "5.5"  # half off one
    assert shown["22", "B"] == "80"  # 90 - 40 quarters - 4 halves + 2
    assert shown["24", "B"] == "62.2"  # 80 x 7/9 = 62.22
    assert shown["20", "B"] == "46"
    assert shown["26", "total"] == "65.9"  # 3.7 + 62.2


@given(st.decimals(-(10**6), 10**6, places=5))
def test_a_value_reads_back_as_it_was_shown(value):
    scaled = taxbase.hundred_thousandths(str(value))
    assert taxbase.hundred_thousandths(taxbase.as_text(scaled)) == scaled


def run(text: str) -> tuple[bool, list[dict[str, str]]]:
    out = io.StringIO()
    whole = calculations.TAXBASE.run(io.StringIO(text), out, year=None, explain=False)
    return whole, list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("Y,Why,99,A,1", "“99” is not a line"),
        ("Y,Why,1,Z,1", "“Z” is not a band"),
        ("Y,Why,1,A,many", "“many” is not a number"),
        ("Y,Why,1,A,0.000001", "more than 5 decimals"),
        ("Y,Why,P2_V,A,3", "per cent of this group is missing"),
        ("Y,Why,1,A,1\nY,Why,1,A,2", "given twice"),
        ("Y,Why,1,A,nan", "not a number"),
        ("Y,Why,1,A,1e30", "not a number that a return can hold"),
    ],
)
def test_an_authority_with_a_faulty_cell_is_named_and_the_others_go_on(row, complaint):
    whole, rows = run(f"authority_code,authority,line,band,value\nX,Ex,1,D,10\n{row}\n")
    assert not whole
    bases = [one["value"] for one in rows if one["authority_code"] == "X" and one["line"] == "26"]
    assert bases == ["10"]
    [fault] = [one for one in rows if one["error"]]
    assert fault["authority_code"] == "Y"
    assert complaint in fault["error"]
