"""Ratings, control charts, quartiles and peers, by sums that can be checked by hand."""

import csv
import math
from collections import defaultdict
from fractions import Fraction

import pytest

from borough.rules.partnership import control, quartiles, rating
from tests.rules import oracles

HIGHER = rating.Target(good=9700, approaching=9600, requires_improvement=9500)


@pytest.mark.parametrize(
    ("value", "rated"),
    [
        (9700, "Good"),
        (9699, "Approaching target"),
        (9500, "Requires improvement"),
        (9499, "Inadequate"),
    ],
)
def test_a_rating_begins_at_its_limit(value, rated):
    assert rating.rate(value, HIGHER, "higher") == rated


def test_lower_is_better_turns_the_limits():
    days = rating.Target(good=500, approaching=700, requires_improvement=1000)
    days.check("lower")
    assert [rating.rate(one, days, "lower") for one in (500, 501, 1001)] == [
        "Good",
        "Approaching target",
        "Inadequate",
    ]
    with pytest.raises(rating.BadTarget, match="no higher than the last"):
        days.check("higher")
    with pytest.raises(rating.BadTarget, match="neither good nor bad"):
        days.check("neither")


def test_no_data_is_not_rated_and_no_target_is_other():
    assert rating.rate(None, HIGHER, "higher") is None
    assert rating.rate(0, None, "higher") == "Other"
    assert rating.value_hundredths(1, 0, percent=True) is None
    assert rating.value_hundredths(1, 3, percent=True) == 3333
    assert rating.value_hundredths(-5, 1000, percent=False) == -1


def test_ups_and_downs_say_nothing():
    assert control.chart([10, 12, 11, 9, 10, 11, 12, 10, 9, 11]).is_steady
    assert control.chart([10, 12, 11, 9, 10, 11, 12]) is None


def test_one_month_far_out_stands_out():
    values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 30]
    said = control.chart(values)
    # Mean 12.4; moves of 1 eight times and 20 once, so 28 / 9 times 2.66 either way.
    assert said.high == Fraction(124, 10) + Fraction(266, 100) * Fraction(28, 9)
    assert said.outside == (9,)


def test_eight_on_one_side_are_a_shift():
    said = control.chart([10, 11, 10, 11, 10, 11, 10, 11, 14, 15, 14, 15, 14, 15, 14, 15])
    assert said.shifted == tuple(range(16))


def collected(year):
    rows = csv.DictReader(
        oracles.file("partnership/lancashire_council_tax_collection.csv").open(encoding="utf-8")
    )
    return [row for row in rows if row["year"] == year]


def test_rates_of_others_follow_from_their_amounts():
    years = defaultdict(int)
    for year in ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25"):
        for row in collected(year):
            value = rating.value_hundredths(
                int(row["collected_k"]), int(row["net_collectable_k"]), percent=True
            )
            assert value == round(float(row["rate_pct"]) * 100)
            years[year] += 1
    assert sum(years.values()) == 84


def test_the_quartiles_of_lancashire_by_both_methods():
    figures = [Fraction(row["rate_pct"]) for row in collected("2024-25")]
    inclusive = quartiles.quartiles(figures, "inclusive")
    assert [float(one) for one in (inclusive.lower, inclusive.median, inclusive.upper)] == (
        pytest.approx([94.07, 95.265, 96.585], abs=1e-9)
    )
    exclusive = quartiles.quartiles(figures, "exclusive")
    assert [float(one) for one in (exclusive.lower, exclusive.upper)] == (
        pytest.approx([93.985, 96.6275], abs=1e-9)
    )


def test_a_quarter_depends_on_whom_one_asks():
    good, poor = ([Fraction(base + n) for n in range(12)] for base in (90, 80))
    sets = {"good": good, "poor": poor, "few": good[:11]}
    found = quartiles.standing(Fraction(90), sets, higher_is_better=True, method="inclusive")
    assert found == {"good": 4, "poor": 1, "few": None}
    turned = quartiles.standing(Fraction(90), sets, higher_is_better=False, method="inclusive")
    assert turned == {"good": 1, "poor": 4, "few": None}


def test_the_councils_most_like_sefton():
    codes = {}
    with oracles.file("partnership/la_orgid_to_gss.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["active"] == "TRUE":
                codes[row["org_id"].removeprefix("GB-LAE-")] = row["gss_code"]
    peers = []
    with oracles.file("partnership/uk_la_deprivation.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            code = codes.get(row["local-authority-code"], "")
            if code[:3] in {"E06", "E08", "E09"}:
                shares = tuple(
                    float(row[f"{how}-deprivation"]) for how in ("low", "medium", "high")
                )
                peers.append(
                    quartiles.Peer(
                        code, row["official-name"], (*shares, math.log(float(row["density"])))
                    )
                )
    assert len(peers) == 128
    with oracles.file("partnership/open_neighbours_sefton.csv").open(encoding="utf-8") as rows:
        wanted = [(row["gss_code"], float(row["distance"])) for row in csv.DictReader(rows)]
    found = quartiles.nearest("E08000014", peers, len(wanted))
    assert [peer.code for peer, _ in found] == [code for code, _ in wanted]
    assert [far for _, far in found] == pytest.approx([far for _, far in wanted], abs=1e-6)
