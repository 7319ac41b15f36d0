"""Tables, their order, and lists a page at a time."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from borough.kernel.pages import cells, components, links, paging, tables
from tests import markup

COLUMNS = (
    tables.text("reference", "Account", sort="reference", link="href"),
    tables.day("due_on", "Due", sort="due_on"),
    tables.money("balance_pence", "Balance", sort="balance_pence"),
    tables.text("note", "Note"),
)
ROWS = (
    {"reference": "1", "href": "/1", "due_on": date(2026, 11, 1), "balance_pence": 150, "note": ""},
    {"reference": "2", "href": "/2", "due_on": None, "balance_pence": -5, "note": "<b>bold</b>"},
)


def drawn(tag: str, query: str = "", **context: object) -> markup.Document:
    request = RequestFactory().get(f"/list?{query}")
    html = engines["django"].from_string(tag).render(context, request)
    page = markup.parse(f"<!DOCTYPE html><title>x</title>{html}")
    assert not page.faults
    return page


def table(query: str = "", **changes: object) -> markup.Document:
    sort = tables.sort_from(QueryDict(query), COLUMNS, default="-due_on")
    options = {"caption": "Accounts", "columns": COLUMNS, "rows": ROWS, "sort": sort} | changes
    return drawn("{% table table %}", query, table=tables.Table(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", "-due_on"),
        ("sort=reference", "reference"),
        ("sort=-balance_pence", "-balance_pence"),
        ("sort=note", "-due_on"),
        ("sort=payer__password", "-due_on"),
        ("sort=--due_on", "-due_on"),
        ("sort=?", "-due_on"),
    ],
)
def test_only_the_columns_say_what_a_list_is_sorted_by(asked: str, order: str) -> None:
    assert tables.sort_from(QueryDict(asked), COLUMNS, default="-due_on").order_by == order


def test_a_default_that_no_column_allows_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        tables.sort_from({}, COLUMNS, default="note")


def test_the_order_is_read_out_and_can_be_turned() -> None:
    heads = table("sort=reference&band=A&page=3").all("th")
    assert [each.get("aria-sort") for each in heads] == ["ascending", "none", "none", None]
    assert [each.get("scope") for each in heads] == ["col"] * 4
    [turn] = list(heads[0].iter("a"))
    assert turn.get("href") == "?sort=-reference&band=A", "filters stay, the page number goes"


def test_a_table_scrolls_by_itself_and_has_a_name() -> None:
    page = table()
    [region] = [each for each in page.all("div") if each.get("role") == "region"]
    assert region.get("tabindex") == "0"
    name = page.by_id(region.get("aria-labelledby", ""))
    assert name is not None
    assert markup.words(name) == "Accounts"


def test_an_amount_that_opens_its_rows_reads_as_money() -> None:
    opening = tables.money("pence", "Received", link="href")
    page = drawn(
        "{% table table %}",
        table=tables.Table("Received", [opening], [{"pence": 93_011_530, "href": "/rows"}]),
    )
    [link] = page.all("a")
    assert (markup.words(link), link.get("href")) == ("£930,115.30", "/rows")


def test_cells_are_written_by_their_kind() -> None:
    cells_drawn = [markup.words(each) for each in table().all("td")]
    assert cells_drawn[:4] == ["1", "1 Nov 2026", "£1.50", "–Not known"]
    assert cells_drawn[4:] == ["2", "–Not known", "−£0.05", "<b>bold</b>"]


def test_a_total_leaves_empty_what_has_none() -> None:
    last = [
        markup.words(e) for e in table(total={"reference": "All", "balance_pence": 145}).all("td")
    ]
    assert last[-4:] == ["All", "", "£1.45", ""]


def test_an_empty_table_says_so() -> None:
    [cell] = table(rows=()).all("td")
    assert markup.words(cell) == "There is nothing to show here."
    assert cell.get("colspan") == "4"


def test_a_link_keeps_the_rest_of_the_address() -> None:
    params = QueryDict("band=A&band=B&page=2")
    assert links.same_page(params, page=3) == "?band=A&band=B&page=3"
    assert links.same_page(params, page=None, sort="due_on") == "?band=A&band=B&sort=due_on"


@pytest.mark.parametrize(
    ("page", "of", "printed"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 40, [1, 2, None, 40]),
        (3, 40, [1, 2, 3, 4, None, 40]),
        (4, 40, [1, 2, 3, 4, 5, None, 40]),
        (20, 40, [1, None, 19, 20, 21, None, 40]),
        (40, 40, [1, None, 39, 40]),
    ],
)
def test_a_pager_prints_first_last_and_neighbours(
    page: int, of: int, printed: list[int | None]
) -> None:
    assert paging.numbers(Paginator(range(of), 1).page(page)) == printed


@pytest.mark.parametrize("asked", ["0", "99", "-1", "two", ""])
def test_a_wrong_page_number_gives_the_nearest_page(asked: str) -> None:
    page = paging.numbered(range(100), QueryDict(f"page={asked}"), size=25)
    assert page.number == (4 if asked in {"0", "99", "-1"} else 1)


def test_a_list_of_one_page_has_no_pager() -> None:
    page = paging.numbered(range(3), {})
    assert not drawn("{% pager page %}", page=page).all("nav")


@pytest.mark.django_db
def test_an_endless_list_goes_older_and_newer_without_loss() -> None:
    things = ContentType.objects.all()  # any table with a growing key and some rows
    every = list(things.order_by("-id").values_list("id", flat=True))
    assert len(every) > 15

    older = walk(things, "older")
    assert [each for ids, _ in older for each in ids] == every
    assert [has_newer for _, has_newer in older] == [False] + [True] * (len(older) - 1)

    newer = walk(things, "newer", start={"after": str(every[-1])})
    assert [each for ids, _ in reversed(newer) for each in ids] == every[:-1]


def walk(
    things: QuerySet[ContentType], way: str, start: dict[str, str] | None = None
) -> list[tuple[list[int], bool]]:
    """Follow the links one way to the end; return each stretch's keys and whether newer remain."""
    parameter = {"older": paging.BEFORE, "newer": paging.AFTER}[way]
    params, seen = start or {}, []
    while True:
        stretch = paging.newest_first(things, params, key="id", size=4)
        seen.append(([row.id for row in stretch.rows], stretch.newer is not None))
        on = getattr(stretch, way)
        if on is None:
            return seen
        params = {parameter: str(on)}


@pytest.mark.django_db
def test_a_place_that_is_no_number_begins_at_the_newest() -> None:
    things = ContentType.objects.all()
    newest = paging.newest_first(things, {}, key="id", size=4).rows
    for asked in ("1; drop table", "-1", "9" * 40, "\N{SUPERSCRIPT TWO}"):
        assert paging.newest_first(things, {"before": asked}, key="id", size=4).rows == newest


def test_a_summary_list_takes_plain_mappings_too() -> None:
    rows = [{"key": "Payer", "value": "Ada"}, components.Row("Due", cells.Pence(5))]
    page = drawn("{% summary_list rows %}", rows=rows)
    assert [markup.words(each) for each in page.all("dd")] == ["Ada", "£0.05"]
