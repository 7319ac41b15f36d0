import csv

import numpy as np
import pytest

from borough.rules import money, years
from borough.rules.council_tax import bands, bill
from tests.rules import oracles

LAW = bill.law(years.Year(2025))


def invented(pence, year=2025):
    source = {"value": pence, "reference": "made up", "verified": [], "invented": True}
    return {
        "title": "Formby Parish Council",
        "unit": "pence",
        "reference": "LGFA 1992 s.41",
        "values": {f"{year}-04-01": source},
    }


def test_seftons_published_bands_to_the_penny():
    path = oracles.file("revenues/sefton_published_charges.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert len(rows) == 3
    for row in rows:
        place = bands.BANDS.index(row["band"])
        parts = dict(zip(LAW.amounts.bodies, LAW.amounts.parts[:, place].tolist(), strict=True))
        for body in ("police", "fire", "mayor"):
            assert parts[body] == money.from_pounds(row[body])
        own = money.from_pounds(row["sefton_excl_asc"]) + money.from_pounds(row["asc"])
        assert parts["sefton"] == own
        assert LAW.amounts.set_pence[0, place] == money.from_pounds(row["total_excl_parish"])


@pytest.mark.parametrize(
    ("band", "amount", "ninths_of_the_total"),
    [("B", "1899.93", "1899.92"), ("E", "2985.59", "2985.60"), ("F", "3528.44", "3528.43")],
)
def test_each_body_is_rounded_before_they_are_added(band, amount, ninths_of_the_total):
    place = bands.BANDS.index(band)
    assert LAW.amounts.set_pence[0, place] == money.from_pounds(amount)
    total = LAW.amounts.set_pence[0, bands.BANDS.index("D")] * LAW.amounts.ratios[place + 1]
    assert money.pence(int(total), 9) == money.from_pounds(ninths_of_the_total)


def test_band_a_with_a_reduction_is_five_ninths_of_the_amount_set_for_band_d():
    assert LAW.amounts.set_ninths[0, 0] == 5 * money.from_pounds("2442.76")
    body_by_body = sum(money.pence(5 * int(part), 9) for part in LAW.amounts.parts[:, 3])
    assert money.pence(int(LAW.amounts.set_ninths[0, 0]), 9) == money.from_pounds("1357.09")
    assert body_by_body == money.from_pounds("1357.08")  # why it is taken from the amount set


def test_the_year_before_is_known_and_says_where_it_is_weak():
    amounts = bill.law(years.Year(2024)).amounts
    sefton_c = amounts.parts[amounts.bodies.index("sefton"), bands.BANDS.index("C")]
    assert sefton_c == money.from_pounds("1730.14")
    assert amounts.unverified == {"police"}
    assert LAW.amounts.unverified == frozenset()


def test_last_years_amounts_never_run_on():
    with pytest.raises(bands.AmountNotKnown, match="2026-27 is not known"):
        bill.law(years.Year(2026))


def test_a_parish_without_a_known_amount_is_refused_and_one_with_is_charged():
    with pytest.raises(
        bands.AmountNotKnown, match="Formby Parish Council asks of Band D in 2025-26"
    ):
        LAW.amounts.rows_of(np.array(["", "formby"]))
    with pytest.raises(bands.AmountNotKnown, match="“atlantis”"):
        LAW.amounts.rows_of(np.array(["atlantis"]))
    richer = bill.law(years.Year(2025), overlay={"parishes": {"formby": invented(1001)}}).amounts
    row, none = richer.rows_of(np.array(["formby", ""]))
    assert richer.set_pence[row].tolist() == [
        excluding + money.pence(1001 * ninths, 9)
        for excluding, ninths in zip(
            richer.set_pence[none].tolist(), (6, 7, 8, 9, 11, 13, 15, 18), strict=True
        )
    ]
    assert "parish:formby" in richer.unverified


@pytest.mark.parametrize(
    ("name", "value", "section"),
    [
        ("long_term_empty_premium_percent", {1: 101}, "s.11B"),
        ("long_term_empty_premium_percent", {0: 50}, "s.11B"),
        ("long_term_empty_premium_percent", {1: 100, 5: 201}, "s.11B"),
        ("second_home_premium_percent", 101, "s.11C"),
    ],
)
def test_a_council_may_add_no_more_than_the_act_allows(name, value, section):
    choice = invented(value) | {"unit": "percent"}
    with pytest.raises(bill.UnlawfulChoice, match=section):
        bill.law(years.Year(2025), overlay={"choices": {name: choice}})


def test_a_made_up_year_is_an_overlay_of_data():
    bodies = {
        slug: invented(amount, 2026)
        for slug, amount in {
            "sefton": 214000,
            "police": 29000,
            "fire": 10000,
            "mayor": 2400,
        }.items()
    }
    law = bill.law(years.Year(2026), overlay={"bodies": bodies})
    assert law.amounts.set_pence[0, bands.BANDS.index("D")] == 255400
    assert "amounts_ninths" in law.figures.unverified
