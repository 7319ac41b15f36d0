"""`borough calculate`: the contract of a file in, a file out."""

import csv
import gzip
import io
import json
import subprocess
import sys

import pytest

from borough.wiring import calculating
from tests.rules import oracles

FORMBY = (
    "What Formby Parish Council asks of Band D in 2025-26 is not known. "
    "Add the amount, with its source, to the council's parishes."
)
HEAD = "id,starts,ends,band,adults,occupation,empty_since,reduction_year,parish,disabled,note"


def calculate(*argv: str, text: str = "") -> tuple[int, list[dict[str, str]]]:
    out = io.StringIO()
    code = calculating.main(argv, io.StringIO(text), out)
    return code, list(csv.DictReader(io.StringIO(out.getvalue())))


def said(*argv: str) -> str:
    out = io.StringIO()
    assert calculating.main(argv, io.StringIO(), out) == 0
    return out.getvalue()


def test_alone_it_lists_the_schemes():
    listed = said()
    for slug in (
        "council-tax",
        "council-tax-bands",
        "instalments",
        "taxbase",
        "attachment-of-earnings",
    ):
        assert f"\n{slug} " in f"\n{listed}"


@pytest.mark.parametrize("scheme", [one.slug for one in calculating.REGISTER])
def test_every_scheme_tells_its_columns_and_what_it_leaves_out(scheme):
    told = said(scheme, "--columns")
    columns, _, left_out = told.partition("Not modelled:")
    assert columns.count("\n") > 4
    assert "- " in left_out


def test_rows_go_through_and_a_faulty_one_says_why():
    text = "\n".join(
        [
            HEAD,
            "1,2025-04-01,,A,1,,,,,,read by nobody",
            "2,2025-04-01,2025-07-10,b,,unfurnished,2024-05-01,,,,",
            "3,2025-04-01,,Z,,,,,,,",
            "4,2025-04-01,,C,2,,,,formby,,",
            "5,2025-04-01,,A,2,,,1000.50,,yes,",
            "6,2025-04-01,,A,two,,,,,,",
            "7,01/04/2025,,A,2,,,,,,",
            "8,2025-04-01,,,2,,,,,,",
            "9,,,A,2,,,,,,",
            "10,2025-03-01,2025-05-01,A,2,,,,,,",
        ]
    )
    code, rows = calculate("council-tax", text=text)
    assert code == 2
    assert [(row["id"], row["due"]) for row in rows if not row["error"]] == [
        ("1", "1221.38"),
        ("2", "884.90"),
        ("5", "356.59"),
    ]
    assert [row["error"] for row in rows if row["error"]] == [
        "band is “Z”. It must be one of A, B, C, D, E, F, G, H.",
        FORMBY,
        "adults is “two”. Write a whole number.",
        "starts is “01/04/2025”. Write a date like 2025-04-01.",
        "band is empty. It must be one of A, B, C, D, E, F, G, H.",
        "No year is given. Add a column “year” or say --year 2025-26.",
        "The period must end by 2025-04-01, the day after the year 2024-25.",
    ]


def test_a_rows_lines_add_up_to_what_is_due():
    text = f"{HEAD}\n1,2025-04-01,,A,,unfurnished,2024-09-10,100.00,,,\n"
    _, [row] = calculate("council-tax", text=text)
    minus = ("resident_discount", "empty_discount", "annexe_reduction", "reduction", "relief")
    plus = ("gross", "long_term_premium", "second_home_premium")
    pence = {name: int(row[name].replace(".", "")) for name in (*minus, *plus, "due")}
    assert pence["due"] == sum(pence[n] for n in plus) - sum(pence[n] for n in minus)


def test_explained_the_due_lines_sum_to_the_due_column():
    text = f"{HEAD}\n1,,,A,1,unfurnished,2024-09-10,,,,\n2,,,B,1,,,100.00,,,\n"
    _, plain = calculate("council-tax", "--year", "2025-26", text=text)
    code, lines = calculate("council-tax", "--year", "2025-26", "--explain", text=text)
    assert code == 0
    for row in plain:
        told = [one for one in lines if one["id"] == row["id"] and one["name"] == "due"]
        pence = sum(int("".join(c for c in one["amount"] if c.isdigit())) for one in told)
        assert pence == int(row["due"].replace(".", ""))
    assert all(one["law"] and one["says"] for one in lines)


def test_the_published_bands_file_goes_through_as_it_stands():
    path = oracles.file("revenues/sefton_published_charges.csv")
    code, rows = calculate("council-tax-bands", str(path))
    assert code == 0
    published = list(csv.DictReader(path.open(encoding="utf-8")))
    for name in ("year", "band", "police", "fire", "mayor", "total_excl_parish"):
        assert [row[name] for row in rows] == [row[name] for row in published]


def test_the_taxbase_goes_through_packed_or_not_and_gives_the_long_table():
    path = oracles.file("revenues/ctb2022_lines.csv.gz")
    code, packed = calculate("taxbase", str(path))
    text = gzip.decompress(path.read_bytes()).decode()
    assert (code, packed) == calculate("taxbase", text=text)
    sefton = {(r["line"], r["band"]): r["value"] for r in packed if r["authority"] == "Sefton"}
    assert (sefton["26", "total"], sefton["33", "total"]) == ("100645.6", "88487.6")


def test_printed_attachments_go_through_as_they_stand():
    path = oracles.file("payroll/aeo_vectors_even.csv")
    code, rows = calculate("attachment-of-earnings", str(path))
    expected = [row["expected_deduction"] for row in csv.DictReader(path.open(encoding="utf-8"))]
    assert code == 0
    assert [row["deduction"] for row in rows] == expected


def test_instalments_of_a_file():
    text = "id,total,issued,twelve\na,1628.51,2025-03-10,no\nb,1628.51,2025-03-10,yes\n"
    code, rows = calculate("instalments", "--year", "2025-26", text=text)
    assert code == 0
    assert [(row["number"], row["first"], row["other"]) for row in rows] == [
        ("10", "161.51", "163.00"),
        ("12", "132.51", "136.00"),
    ]


@pytest.mark.parametrize(
    "argv", [("nothing",), ("council-tax", "--year", "2025"), ("council-tax", "/no/such/file")]
)
def test_a_wrong_command_is_told_and_ends_with_2(argv, capsys):
    assert calculating.main(argv, io.StringIO(), io.StringIO()) == 2
    assert capsys.readouterr().err


def test_it_needs_neither_django_nor_a_database():
    code = (
        "import io, json, sys; from borough.wiring import calculating; "
        "calculating.main([], io.StringIO(), io.StringIO()); "
        "print(json.dumps([name for name in ('django', 'psycopg') if name in sys.modules]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == []
