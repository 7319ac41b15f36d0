"""Lessons are found by their words; a business case on its pages, doing nothing included."""

import pytest

from borough.lines.change import models
from borough.lines.change.commands import lessons
from borough.lines.change.queries import lessons as queries
from tests import makers, markup, officers
from tests.change import change_makers

pytestmark = pytest.mark.django_db
TODAY = change_makers.TODAY


def keep(title: str, happened: str) -> models.Lesson:
    initiative = models.Initiative.objects.first() or change_makers.an_initiative()
    return lessons.keep(
        initiative=initiative,
        title=title,
        happened=happened,
        next_time="Ask first.",
        by=makers.everything(),
        on=TODAY,
    )


def test_lessons_are_found_by_any_form_of_a_word_the_nearest_first():
    keep("Screens", "Nobody asked the libraries.")
    keep("Library hours", "They close at five.")
    assert [one.title for one in queries.search("library")] == ["Library hours", "Screens"]
    assert [one.title for one in queries.search("libraries -hours")] == ["Screens"]
    assert queries.search("").count() == 2
    assert queries.search("' ) & drop").count() == 0


def test_lessons_are_written_and_searched_on_their_pages():
    initiative = change_makers.an_initiative()
    olga = officers.a_visitor(change_makers.a_pair()[0])
    told = officers.posted(title="Ask first", happened="Nobody came.", next_time="Ask fifty.")
    olga.post(f"/change/initiatives/{initiative.pk}/lessons/new", told)
    found = olga.get("/change/lessons?words=fifty").content.decode()
    markup.check(found)
    assert "Nobody came." in found
    assert "No lesson holds" in olga.get("/change/lessons?words=rockets").content.decode()


def test_a_case_is_written_with_doing_nothing_and_decided_by_another():
    initiative = change_makers.an_initiative()
    olga, piet = (officers.a_visitor(one) for one in change_makers.a_pair())
    nothing = {"once_pence": "0", "yearly_pence": "0", "benefits": "None.", "risks": "Calls."}
    told = officers.posted(why="A third of calls.", **nothing)
    olga.post(f"/change/initiatives/{initiative.pk}/case", told)
    case = models.Case.objects.get()
    assert case.options.get().does_nothing
    told = officers.posted(title="Rewrite them", **nothing | {"once_pence": "6000"})
    olga.post(f"/change/cases/{case.pk}/options/new", told)
    option = case.options.get(does_nothing=False)
    address = f"/change/cases/{case.pk}/decision"
    markup.check(piet.get(address).content.decode())
    answers = {"option": str(option.pk), "because": "It pays."}
    again = olga.post(address, officers.posted(**answers)).content.decode()
    assert "You wrote this case" in again
    piet.post(address, officers.posted(**answers))
    shown = piet.get(f"/change/cases/{case.pk}").content.decode()
    markup.check(shown)
    for words in ("Do nothing", "Rewrite them", "£6,000.00", "It pays."):
        assert words in shown
