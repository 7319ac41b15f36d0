"""Charts: what they draw, what they say, what they refuse."""

from itertools import pairwise

import pytest
from django.template import engines

from borough.kernel.pages import charts, patterns, wording
from tests import markup


def drawn(chart: charts.Chart) -> markup.Document:
    html = engines["django"].from_string("{% chart chart %}").render({"chart": chart})
    page = markup.parse(f"<!DOCTYPE html><title>x</title>{html}")
    assert not page.faults
    return page


@pytest.mark.parametrize("chart", patterns.CHARTS, ids=lambda chart: chart.title)
def test_a_chart_says_its_finding_and_carries_its_data(chart: charts.Chart) -> None:
    page = drawn(chart)
    markup.check_ids(page)
    markup.check_nothing_inline(page)
    images = [each for each in page.elements if each.tag.endswith("svg")]
    assert len(images) == 2
    for image in images:
        assert image.get("role") == "img"
        said = [page.by_id(each) for each in image.get("aria-labelledby", "").split()]
        assert [markup.words(each) for each in said if each is not None] == [
            chart.title, chart.finding,
        ]  # fmt: skip
    assert len(page.all("table")) == 1
    assert len(page.all("tr")) == 1 + len(list(chart.table.rows))


def bars(page: markup.Document, width: int) -> list[float]:
    """Return the widths of the bars in the drawing of a width."""
    [image] = [e for e in page.elements if e.tag.endswith("svg") and e.get("width") == str(width)]
    return [float(e.get("width", "")) for e in image.iter() if e.tag.endswith("rect")]


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_bars_are_as_long_as_their_counts(width: int) -> None:
    counts = [("One", 100), ("Two", 200), ("None", 0), ("Missing", None)]
    page = drawn(charts.bars("Bars", "Two is twice one.", counts, of="Which"))
    one, two = bars(page, width)
    assert two == pytest.approx(2 * one, abs=2)
    assert "Not known" in markup.words(page.elements[0])


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
@pytest.mark.parametrize("chart", patterns.CHARTS, ids=lambda chart: chart.title)
def test_nothing_is_drawn_beyond_the_edge(chart: charts.Chart, width: int) -> None:
    [image] = [
        each for each in drawn(chart).elements
        if each.tag.endswith("svg") and each.get("width") == str(width)
    ]  # fmt: skip
    for each in image.iter():
        left = float(each.get("x", each.get("cx", "0")))
        assert 0 <= left <= width
        assert left + float(each.get("width", "0")) <= width
        assert 0 <= float(each.get("y", each.get("cy", "0"))) <= float(image.get("height", "0"))


def test_parts_of_a_bar_add_up_in_words() -> None:
    chart = charts.stacked_bars(
        "Owed", "Most is new.", [("Tax", [125_000, 31_250])], series=["New", "Old"], of="Service",
        shows=wording.money,
    )  # fmt: skip
    assert "£1,562.50" in chart.wide


def test_a_sum_with_a_missing_part_is_not_known() -> None:
    parts = [("Tax", [125_000, None]), ("Other", [1, 2])]
    chart = charts.stacked_bars("Owed", "Some is missing.", parts, series=["New", "Old"], of="x")
    assert "Not known" in chart.wide
    assert "125,000" not in chart.wide


def test_a_missing_count_leaves_a_gap_in_its_line() -> None:
    chart = charts.lines("Line", "A gap.", ["a", "b", "c", "d"], {"x": [1, 2, None, 4]}, of="Day")
    [path] = [
        each for each in drawn(chart).elements
        if each.tag.endswith("path") and each.get("d", "").count("M") == 2
    ][:1]  # fmt: skip
    assert path.get("d", "").count("L") == 1
    assert chart.wide.count("<circle") == 3


def test_lines_differ_by_more_than_their_colour() -> None:
    series = {name: [1, 2] for name in "abcd"}
    chart = charts.lines("Four", "All alike.", ["x", "y"], series, of="Day")
    paths = [e for e in drawn(chart).elements if "__line-" in e.get("class", "")]
    assert len({each.get("stroke-dasharray") for each in paths}) == 4


@pytest.mark.parametrize("most", [1, 2, 5, 9, 10, 11, 49, 50, 51, 99, 100, 101, 131_400, 10**9])
def test_ticks_are_round_and_reach_the_most(most: int) -> None:
    ticks = charts._ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert ticks[-2] < most
    assert len(ticks) <= 7
    assert len({b - a for a, b in pairwise(ticks)}) == 1


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        charts.bars("Bad", "None.", [("a", -1)], of="x")
    with pytest.raises(ValueError, match="below"):
        charts.lines("Bad", "None.", ["a"], {"x": [-1]}, of="x")
    with pytest.raises(ValueError, match="each of its points"):
        charts.lines("Bad", "None.", ["a"], {"x": [1, 2]}, of="x")


def test_no_data_is_drawn_as_no_data() -> None:
    drawn(charts.bars("Empty", "There is nothing.", [], of="x"))
    drawn(charts.lines("Empty", "There is nothing.", [], {"x": []}, of="x"))


def test_a_label_is_never_markup() -> None:
    assert "<script>" not in charts.bars("<script>", "<script>", [("<script>", 1)], of="x").wide


def test_money_is_headed_as_an_amount() -> None:
    pounds = charts.bars("Bars", "One.", [("A", 100)], of="Band", shows=wording.money)
    assert [column.title for column in pounds.table.columns] == ["Band", "Amount"]
    counted = charts.bars("Bars", "One.", [("A", 100)], of="Band")
    assert [column.title for column in counted.table.columns] == ["Band", "How many"]
