import csv

import numpy as np
import pytest

from borough.rules import attachment, money, parameters
from borough.rules.years import Year
from tests.rules import oracles

FIGURES = parameters.InForce(parameters.load("attachment"), Year(2025).starts)


def deduction(pounds, frequency="weekly", kind="CTAEO-ENG"):
    columns = {
        "order_type": np.array([kind]),
        "frequency": np.array([frequency]),
        "attachable_net_earnings": np.array([money.from_pounds(pounds)]),
    }
    return money.in_pounds(attachment.SCHEME.run(columns, FIGURES)["deduction"][0])


@pytest.mark.parametrize(
    ("pounds", "frequency", "taken"),
    [
        ("75.00", "weekly", "0.00"),
        ("75.01", "weekly", "2.25"),
        ("135.00", "weekly", "4.05"),
        ("505.00", "weekly", "85.85"),
        ("605.00", "weekly", "135.85"),  # 17% of 505 and 50% of 100
        ("2020.00", "monthly", "343.40"),
        ("2120.00", "monthly", "393.40"),
        ("72.00", "daily", "12.24"),
        ("0.00", "daily", "0.00"),
    ],
)
def test_the_upper_edge_belongs_to_the_band(pounds, frequency, taken):
    assert deduction(pounds, frequency) == taken


def test_the_published_table_of_england():
    path = oracles.file("revenues/ctaeo_tables_england.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    table = FIGURES["attachment_tables"]["CTAEO-ENG"]
    for often in attachment.FREQUENCIES:
        own = [row for row in rows if row["table"] == often]
        assert [int(row["upto"]) * 100 for row in own[:-1]] == table[often]["upto"]
        assert [int(row["percent"]) for row in own[:-1]] == table[often]["percent"]
        last = table[often]["upto"][-1] // 100
        above = table[often]["above"]
        assert (
            own[-1]["percent"] == f"{above['last']} of first {last} + {above['rest']} of remainder"
        )


def test_printed_deductions_to_the_penny():
    path = oracles.file("payroll/aeo_vectors_even.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert len(rows) >= 17
    for row in rows:
        found = deduction(
            row["attachable_net_earnings"], row["frequency"].lower(), row["order_type"]
        )
        assert found == row["expected_deduction"], row


def test_the_deduction_explains_itself():
    columns = {
        "order_type": np.array(["CTAEO-ENG"]),
        "frequency": np.array(["weekly"]),
        "attachable_net_earnings": np.array([60500]),
    }
    says = [(line.says, line.amount) for line in attachment.SCHEME.explain(columns, FIGURES)]
    assert says == [
        ("Deduct 17 per cent", "17"),
        ("and 50 per cent of what is above £505.00", "50"),
        ("To deduct from these earnings", "£135.85"),
    ]
