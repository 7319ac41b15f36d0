"""The collection rate, against the rates that the government published."""

import csv

from borough.rules.council_tax import collection_rate
from tests.rules import oracles


def test_half_of_what_was_due_is_fifty_per_cent() -> None:
    assert collection_rate.rate_hundredths(50_00, 100_00) == 50_00
    assert collection_rate.as_percent(50_00) == "50.00%"


def test_nothing_to_collect_is_not_known_rather_than_nought() -> None:
    assert collection_rate.rate_hundredths(0, 0) is None
    assert collection_rate.as_percent(None) == "Not known"


def test_more_refunded_than_received_is_below_nought() -> None:
    assert collection_rate.as_percent(collection_rate.rate_hundredths(-5, 1_000)) == "-0.50%"


def test_every_published_rate_is_met() -> None:
    """Both sides are in thousands of pounds, as published, and the rate to two decimals."""
    published = oracles.file("partnership/lancashire_council_tax_collection.csv")
    rows = list(csv.DictReader(published.open(encoding="utf-8")))
    differ = [
        row
        for row in rows
        if collection_rate.rate_hundredths(int(row["collected_k"]), int(row["net_collectable_k"]))
        != round(float(row["rate_pct"]) * 100)
    ]
    assert rows
    assert not differ
