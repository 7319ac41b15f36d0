"""What was typed into the town's figures is what was published."""

import csv
import gzip
import json
from pathlib import Path

import pytest
import yaml

from borough.rules import years
from borough.rules.council_tax import bill
from borough.town import figures

ORACLES = Path(__file__).parents[3] / "shared" / "oracles"
SEFTON = "E08000014"


def oracle(name: str) -> Path:
    path = ORACLES / name
    if not path.exists():
        pytest.skip(f"NOT CHECKED against the publication: {path} is not here")
    return path


def test_the_return_of_2022_is_typed_as_published():
    published: dict[str, dict[str, float]] = {}
    with gzip.open(oracle("revenues/ctb2022_lines.csv.gz"), "rt") as rows:
        for row in csv.DictReader(rows):
            if row["authority_code"] == SEFTON and row["band"] != "percent":
                published.setdefault(row["line"], {})[row["band"]] = float(row["value"])
    typed = figures.read("return_2022")
    lines = {"single": "8", "one_counted": "9", "none_counted": "10", "empty": "E0"}
    lines |= {"first_month": "E50", "empty_2_years": "P2_100", "empty_5_years": "P5_200"}
    lines |= {"empty_10_years": "P10_200", "second_home": "S0", "second_home_half": "S50"}
    lines |= {"annexe": "annexe_count"}
    assert set(lines) == set(typed["terms"])
    for name, line in lines.items():
        assert typed["terms"][name] == published[line], name
    for name, line in {"dwellings": "1", "exempt": "2", "disabled": "5"}.items():
        assert typed[name] == published[line], name
    assert typed["empty_6_months"] == published["16"]
    classes = {f"Class {letter}": count for letter, count in typed["exempt_classes"].items()}
    assert classes == published["X_class"]
    for kind, row in typed["support_thousandths"].items():
        exact = published[f"CTS_base_{kind}"]
        assert row.keys() == exact.keys()
        assert all(abs(row[band] / 1000 - exact[band]) < 0.0006 for band in row), kind


def test_the_stock_of_2025_is_typed_as_published():
    with oracle("revenues/voa_stock_2025.csv").open() as rows:
        [row] = [one for one in csv.DictReader(rows) if one["authority_code"] == SEFTON]
    typed = figures.read("stock_2025")
    assert typed["bands"] == {band: int(row[band]) for band in "ABCDEFGH"}
    assert typed["total"] == int(row["total"])


def test_the_wards_are_seftons():
    with gzip.open(oracle("partnership/sefton_wards.geojson.gz")) as file:
        shapes = json.load(file)["features"]
    published = {one["properties"]["WD25CD"]: one["properties"]["WD25NM"] for one in shapes}
    wards = figures.read("wards")["wards"]
    assert {ward["code"]: ward["name"] for ward in wards} == published
    assert sum(ward["areas"] for ward in wards) == 189


def test_deprivation_adds_up_to_the_boroughs_own():
    with oracle("partnership/sefton_lsoa11_imd2019.csv").open() as rows:
        scores = [float(row["income_score"]) for row in csv.DictReader(rows)]
    wards = figures.read("wards")["wards"]
    weighed = sum(ward["areas"] * ward["deprived_permille"] for ward in wards)
    assert abs(weighed / 10 - sum(scores)) < 0.05 * len(scores)


def test_every_parish_has_an_amount_that_is_marked_as_invented():
    overlay = yaml.safe_load((figures.FOLDER / "local_amounts.yaml").read_text())
    parishes = overlay["parishes"]
    values = [value for one in parishes.values() for value in one["values"].values()]
    assert all(value["invented"] and not value["verified"] for value in values)
    assert set(parishes) == set(figures.read("wards")["parish_names"])
    for name in ("2024-25", "2025-26"):
        law = bill.law(years.Year.named(name), "sefton", overlay=overlay)
        assert set(law.amounts.parishes) == {"", *parishes}
        assert (law.amounts.set_pence > 0).all()
