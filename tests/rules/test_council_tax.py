"""What a year costs: examples that an officer can check, and what must hold for every account."""

import dataclasses
import datetime
import pathlib
import random
import textwrap

import numpy as np
import pytest
import yaml

from borough.rules import council_tax, engine, money, years
from borough.rules.council_tax import bill
from borough.rules.periods import DAY
from tests.rules import accounts
from tests.rules.by_hand import Record

LAW = bill.law(years.Year(2025))
EXAMPLES = yaml.safe_load(
    (pathlib.Path(__file__).parent / "council_tax_examples.yaml").read_text(encoding="utf-8")
)
LONG_AGO = years.Year(1993).starts
PARTS = (
    "resident_discount",
    "empty_discount",
    "annexe_reduction",
    "reduction",
    "relief",
)


def a_record(example) -> Record:
    def periods(kind):
        told = example.get(kind, [])
        told = told if isinstance(told, list) else [{"value": told}]
        pounds = kind in {"reduction", "relief"}
        return [
            (
                one.get("starts", LONG_AGO),
                one.get("ends"),
                money.from_pounds(one["value"]) if pounds else one.get("value", 1),
            )
            for one in told
        ]

    liable = example.get("liable", {})
    kinds = [field.name for field in dataclasses.fields(Record) if field.name != "liable"]
    held = {kind: periods(kind) for kind in kinds}
    return Record(liable=(liable.get("starts", LONG_AGO), liable.get("ends")), **held)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["case"])
def test_worked_examples(example):
    found = bill.work_out(accounts.as_columns([a_record(example)]), LAW)
    assert money.in_pounds(found.due_pence[0]) == example["due"], example["sum"]


@pytest.fixture(scope="module")
def many() -> list[Record]:
    dice = random.Random(11)  # noqa: S311
    return [accounts.at_random(dice, 2025) for _ in range(400)]


@pytest.fixture(scope="module")
def bills(many) -> bill.Bill:
    return bill.work_out(accounts.as_columns(many), LAW)


def test_one_account_is_the_same_call_as_four_hundred(many, bills):
    alone = [bill.work_out(accounts.as_columns([one]), LAW).due_pence[0] for one in many[:60]]
    assert alone == bills.due_pence[:60].tolist()


def test_the_order_of_accounts_changes_nothing(many, bills):
    order = random.Random(3).sample(range(len(many)), len(many))  # noqa: S311
    shuffled = bill.work_out(accounts.as_columns([many[place] for place in order]), LAW)
    assert shuffled.due_pence.tolist() == bills.due_pence[order].tolist()


def test_parts_of_a_batch_make_the_whole(many, bills):
    halves = [bill.work_out(accounts.as_columns(part), LAW) for part in (many[:150], many[150:])]
    assert np.concatenate([half.due_pence for half in halves]).tolist() == bills.due_pence.tolist()


def test_writing_a_period_in_two_rows_changes_nothing(many, bills):
    dice = random.Random(8)  # noqa: S311

    def in_two(periods):
        halves = []
        for starts, ends, value in periods:
            middle = starts + datetime.timedelta(days=dice.randint(1, 600))
            within = ends is None or middle < ends
            halves += [(starts, middle, value), (middle, ends, value)] if within else []
            halves += [] if within else [(starts, ends, value)]
        return halves

    kinds = [field.name for field in dataclasses.fields(Record) if field.name != "liable"]
    split = [
        dataclasses.replace(one, **{kind: in_two(getattr(one, kind)) for kind in kinds})
        for one in many
    ]
    again = bill.work_out(accounts.as_columns(split), LAW)
    assert again.due_pence.tolist() == bills.due_pence.tolist()
    assert again.starts.tolist() == bills.starts.tolist()


def test_the_lines_of_every_period_add_up_to_what_is_due(bills):
    columns = bills.columns
    premiums = columns["long_term_premium"] + columns["second_home_premium"]
    less = sum(columns[name] for name in PARTS)
    assert np.array_equal(columns["gross"] + premiums - less, columns["due"])
    assert all((columns[name] >= 0).all() for name in [*PARTS, "gross", "due"])


def test_periods_cover_the_liable_days_and_nothing_else(many, bills):
    year = LAW.year
    for account, record in enumerate(many):
        starts = max(record.liable[0], year.starts)
        ends = min(record.liable[1] or year.ends, year.ends)
        days = bills.columns["days"][bills.owner == account].sum()
        assert days == max((ends - starts).days, 0)


def test_what_is_due_is_the_sum_of_its_periods(bills):
    total = np.bincount(bills.owner, bills.columns["due"], minlength=len(bills.due_pence))
    assert total.astype(np.int64).tolist() == bills.due_pence.tolist()


def test_the_explanation_of_every_account_agrees_with_its_bill(many, bills):
    for account in range(len(many)):
        lines = bills.explain(account)
        due = sum(line.value for line in lines if line.name == "due")
        assert due == bills.due_pence[account]
        assert all(line.says and line.law and line.starts < line.ends for line in lines)


def test_a_change_that_changes_nothing_makes_no_new_period(many):
    quiet = Record(
        liable=(LONG_AGO, None),
        band=[(LONG_AGO, None, "D")],
        adults=[
            (LONG_AGO, years.Year(2025).starts.replace(month=7), 2),
            (years.Year(2025).starts.replace(month=7), None, 5),
        ],
        exception=[(LONG_AGO, None, "J")],
    )
    found = bill.work_out(accounts.as_columns([quiet]), LAW)
    assert found.starts.tolist() == [LAW.year.starts]
    assert found.due_pence.tolist() == [244276]


def test_a_liable_day_without_a_band_is_refused():
    record = Record(
        liable=(LONG_AGO, None), band=[(years.Year(2025).starts.replace(day=2), None, "D")]
    )
    with pytest.raises(engine.BadFacts, match=r"band is empty, but must be one of A, B"):
        bill.work_out(accounts.as_columns([record]), LAW)


def test_an_exception_is_told_where_a_premium_would_have_been():
    example = next(one for one in EXAMPLES if one["case"].startswith("marketed for sale"))
    lines = bill.work_out(accounts.as_columns([a_record(example)]), LAW).explain(0)
    says = [
        (str(line.starts), line.says)
        for line in lines
        if line.name in {"excepted", "second_home_premium"}
    ]
    assert says == [
        ("2025-04-01", "No premium is added: exception, class G"),
        ("2025-12-01", "Plus 100 per cent: furnished, and nobody's main home"),
    ]


def test_an_invented_parish_is_told_to_its_own_residents_only():
    source = {"value": 1000, "reference": "made up", "verified": [], "invented": True}
    parish = {"title": "P", "unit": "pence", "reference": "r", "values": {"2025-04-01": source}}
    law = bill.law(years.Year(2025), overlay={"parishes": {"formby": parish}})
    record = Record(liable=(LONG_AGO, None), band=[(LONG_AGO, None, "D")])
    for code, doubt in (("formby", ("amounts_ninths",)), ("", ())):
        worked = bill.work_out(accounts.as_columns([record], parish=code), law)
        assert {line.unverified for line in worked.explain(0)} == {doubt}


def test_the_example_that_others_build_on_runs_as_it_is_written():
    told = council_tax.__doc__.split("build on::")[1].split("\nLarge timelines")[0]
    space = {}
    exec(textwrap.dedent(told), space)  # noqa: S102  the example is our own docstring
    # Band A: 1628.51 x 91/365 = 406.01, x 274/365 x 75% = 916.87.
    # Band B: 1899.93 x 101/365 = 525.73, x 2 x 203/365 = 2113.35.
    assert space["bills"].due_pence.tolist() == [40601 + 91687, 52573 + 211335]
    assert space["plan"].amounts().sum(axis=1).tolist() == space["bills"].due_pence.tolist()
    assert space["plan"].number.tolist() == [10, 9]


def test_no_accounts_have_no_bills():
    found = bill.work_out(accounts.as_columns([]), LAW)
    assert found.due_pence.size == 0


def test_days_may_come_as_any_kind_of_date(many):
    columns = accounts.as_columns(many[:5])
    assert columns.band.starts.dtype == DAY
