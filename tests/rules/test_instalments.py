import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules import engine, money, years
from borough.rules.council_tax import instalments
from borough.rules.periods import DAY

YEAR = years.Year(2025)


def plan(*rows, values=None):
    total, issued, twelve, pay_day = zip(*rows, strict=True)
    return instalments.plan(
        np.array(total),
        issued=np.array(issued, DAY),
        year=YEAR,
        twelve=np.array(twelve),
        pay_day=np.array(pay_day),
        values=values,
    )


def one(pounds, issued="2025-03-10", twelve=False):
    found = plan((money.from_pounds(pounds), issued, twelve, 1))
    return (
        found.number[0],
        money.in_pounds(found.first_pence[0]),
        money.in_pounds(found.other_pence[0]),
    )


@pytest.mark.parametrize(
    ("pounds", "twelve", "number", "first", "other"),
    [
        ("1628.51", False, 10, "161.51", "163.00"),
        ("1628.51", True, 12, "132.51", "136.00"),
        ("1630.00", False, 10, "163.00", "163.00"),
        ("1625.00", False, 10, "158.00", "163.00"),  # 162.50 is a tie: up
        ("104.50", False, 10, "14.50", "10.00"),
        ("90.50", True, 11, "10.50", "8.00"),  # 2.50 is joined with the second (para 2(7))
        ("46.50", False, 9, "6.50", "5.00"),  # 1.50 is joined with the second
        ("38.00", False, 7, "8.00", "5.00"),  # 4 each is too little: as often as 5 goes into 38
        ("39.90", False, 6, "9.90", "6.00"),  # as often as 5 goes, then a first of 3.90 joined
        ("10.00", False, 2, "5.00", "5.00"),
        ("9.99", False, 1, "9.99", "0.00"),
        ("0.00", False, 1, "0.00", "0.00"),
    ],
)
def test_whole_pounds_with_the_odd_amount_in_the_first(pounds, twelve, number, first, other):
    assert one(pounds, twelve=twelve) == (number, first, other)


@pytest.mark.parametrize(
    ("issued", "usual", "on_request"),
    [
        ("2025-03-01", 10, 12),
        ("2025-04-15", 10, 12),
        ("2025-04-16", 10, 11),
        ("2025-04-30", 10, 11),
        ("2025-05-01", 9, 10),
        ("2025-05-31", 9, 10),
        ("2025-06-01", 8, 9),
        ("2025-11-30", 3, 4),
        ("2025-12-31", 2, 3),
        ("2026-01-01", 1, 1),
        ("2026-06-01", 1, 1),
    ],
)
def test_a_later_notice_asks_for_fewer_instalments(issued, usual, on_request):
    assert one("1628.51", issued)[0] == usual
    assert one("1628.51", issued, twelve=True)[0] == on_request


@pytest.mark.parametrize(
    ("issued", "twelve", "pay_day", "days"),
    [
        ("2025-03-10", False, 1, ["2025-04-01", "2025-05-01", "2026-01-01"]),
        ("2025-03-25", False, 1, ["2025-05-01", "2025-06-01", "2026-02-01"]),
        ("2025-03-25", False, 15, ["2025-04-15", "2025-05-15", "2026-01-15"]),
        ("2025-04-15", True, 1, ["2025-04-29", "2025-05-01", "2026-03-01"]),
        ("2025-12-31", False, 15, ["2026-01-15", "2026-02-15", "2026-02-15"]),
        ("2026-02-20", False, 1, ["2026-04-01", "NaT", "2026-04-01"]),
    ],
)
def test_the_first_falls_due_on_a_pay_day_after_the_days_of_notice(issued, twelve, pay_day, days):
    found = plan((162851, issued, twelve, pay_day))
    due = found.due_days()[0]
    last = due[found.number[0] - 1]
    assert [str(due[0]), str(due[1]), str(last)] == days


bills = st.tuples(
    st.integers(0, 10_000_000),
    st.dates(years.Year(2025).starts.replace(month=1), YEAR.ends).map(str),
    st.booleans(),
    st.integers(1, 28),
)


@given(st.lists(bills, min_size=1, max_size=20))
def test_instalments_always_add_up_and_fall_in_months_without_a_gap(rows):
    found = plan(*rows)
    amounts, due = found.amounts(), found.due_days()
    assert amounts.sum(axis=1).tolist() == [row[0] for row in rows]
    for place, (total, issued, _, _) in enumerate(rows):
        number = found.number[place]
        assert (amounts[place, 1:number] % 100 == 0).all()
        assert (amounts[place, 1:number] == found.other_pence[place]).all()
        assert total < 1000 or (amounts[place, :number] >= 500).all()
        months = due[place, :number].astype("datetime64[M]").astype(int)
        assert (np.diff(months) == 1).all()
        assert (due[place, :number] >= np.datetime64(issued) + 14).all()
        assert number == 1 or due[place, number - 1] < np.datetime64(YEAR.ends)


@given(st.lists(bills, min_size=2, max_size=20))
def test_one_bill_is_the_same_call_as_many(rows):
    together = plan(*rows)
    for place, row in enumerate(rows):
        assert plan(row).amounts().tolist() == together.amounts()[place : place + 1].tolist()


def test_a_tie_may_go_down_where_the_council_says_so():
    figures = dict(instalments.figures_of(YEAR)) | {"fifty_pence_tie": "down"}
    for name in ("usual_until", "requested_until", "instalments_until"):
        figures[name] = f"{figures[name]:%m-%d}"
    found = plan((162500, "2025-03-10", False, 1), values=figures)
    assert (found.first_pence[0], found.other_pence[0]) == (16700, 16200)


def test_the_plan_explains_itself():
    lines = plan((162851, "2025-03-10", False, 1)).explain(0)
    assert [(line.name, line.amount) for line in lines] == [
        ("number", "10"),
        ("first", "£161.51"),
        ("other", "£163.00"),
    ]
    assert lines[1].unverified == ("fifty_pence_tie",)


def test_a_negative_total_or_a_pay_day_of_31_is_refused():
    with pytest.raises(engine.BadFacts, match="total"):
        plan((-1, "2025-03-10", False, 1))
    with pytest.raises(engine.BadFacts, match="pay_day is 31, but must be 1 to 28"):
        plan((1, "2025-03-10", False, 31))
