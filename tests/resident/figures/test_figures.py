"""Figures for managers: published once a month, without small numbers, on the page and as CSV."""

from datetime import date

import pytest

from borough.kernel.people.models import Need
from borough.resident.figures import capabilities, commands, counting, models, queries
from borough.resident.signals import commands as support
from tests import makers, markup, officers

NOVEMBER, DECEMBER = date(2025, 11, 3), date(2025, 12, 1)
BY = makers.everything()


def large_print(count: int, *, starts: date = date(2025, 1, 1)) -> None:
    for number in range(count):
        person = makers.a_person(f"Given{number}", f"Family{number}")
        Need.objects.create(person=person, kind=Need.Kind.LARGE_PRINT, starts=starts)


def shown(found: models.Published, table: str) -> dict[str, tuple[int | None, date | None]]:
    return {row: (one.count, one.since) for row, one in queries.rows_of(found)[table].items()}


@pytest.fixture
def visitor(db, settings):
    settings.STANDING_DATE = NOVEMBER
    return officers.a_visitor(
        officers.an_officer("Pat Example", capabilities.SEE_FIGURES), purpose=""
    )


def test_small_rows_are_hidden_and_a_row_that_moved_little_keeps_its_figure(db):
    large_print(12)
    first = commands.publish(by=BY, on=NOVEMBER)
    as_at = date(2025, 10, 31)
    assert shown(first, "need")["large_print"] == (12, as_at)
    assert shown(first, "need")["braille"] == (None, None)
    large_print(3, starts=date(2025, 11, 20))
    second = commands.publish(by=BY, on=DECEMBER)
    assert counting.by_need(date(2025, 11, 30))["large_print"] == 15
    assert shown(second, "need")["large_print"] == (12, as_at)


def test_what_is_published_stands_for_good(db):
    large_print(12)
    commands.publish(by=BY, on=NOVEMBER)
    large_print(20)  # recorded late: it was so before, and nobody had told us
    with pytest.raises(commands.PublishedAlready):
        commands.publish(by=BY, on=NOVEMBER)
    assert shown(models.Published.objects.get(), "need")["large_print"][0] == 12


def test_cases_are_counted_once_by_how_far_and_by_outcome(db):
    for number in range(3):
        person = makers.a_person(f"Given{number}")
        case = support.take_case(
            person=person, next_review=NOVEMBER, by=BY, on=date(2025, 10, 1 + number)
        )
        if number:
            outcome = ("not_reached", "helped")[number - 1]
            support.record_contact(
                case=case, how="phone", outcome=outcome, by=BY, on=date(2025, 10, 10)
            )
    assert counting.by_stage(date(2025, 10, 5)) == {"new": 3}
    assert counting.by_stage(date(2025, 10, 31)) == {"new": 1, "not_reached": 1, "begun": 1}
    assert counting.by_stage(date(2025, 9, 30)) == {}
    assert counting.by_outcome(date(2025, 10, 31)) == {}
    assert counting.by_band(date(2025, 10, 31)) == {}


def test_page_and_file_say_the_same_and_name_nobody(visitor):
    large_print(12)
    markup.check(visitor.get("/residents/figures").content.decode())
    markup.check(visitor.get("/residents/figures/publishing").content.decode())
    sent = visitor.post("/residents/figures/publishing", officers.posted())
    assert sent.url == "/residents/figures"
    page = visitor.get("/residents/figures").content.decode()
    markup.check(page)
    file = visitor.get("/residents/figures/2025-10-31/file").content.decode()
    assert "Residents with a support need,Letters in large print,12,2025-10-31" in file
    assert "Residents with a support need,Letters in Braille,Fewer than 10,2025-10-31" in file
    for words in ("Letters in large print", ">12<", "Fewer than 10", "No total is shown"):
        assert words in page, words
    assert "All" not in [line.split(",")[1] for line in file.splitlines()]
    assert "Family" not in page + file
    again = visitor.post("/residents/figures/publishing", officers.posted()).content.decode()
    assert "stand already" in again
    for where in ("2025-10-30", "nonsense", "2025-10-30/file"):
        assert visitor.get(f"/residents/figures/{where}").status_code == 404


def test_who_reads_figures_opens_no_record(visitor):
    mary = makers.a_person()
    for where in (f"/residents/{mary.pk}", "/purpose", "/residents/looks"):
        assert visitor.get(where).status_code == 403
    other = officers.a_visitor(officers.an_officer("Ann Example"))
    assert other.get("/residents/figures").status_code == 403
