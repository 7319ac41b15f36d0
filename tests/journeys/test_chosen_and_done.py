"""What both partners chose for next year comes to the register of changes, and comes back done."""

from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

import pytest

from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.lines.change import furnishing
from borough.lines.change import hearing as taking_in
from borough.lines.change import models as change
from borough.lines.change.commands import ideas
from borough.partnership.next_year import answers, hearing, models, queries
from borough.partnership.next_year import furnishing as next_year
from tests import makers
from tests.change import change_makers
from tests.partnership.next_year import review_makers as of

pytestmark = pytest.mark.django_db
BY = makers.everything()


def test_an_answer_is_taken_in_once_and_its_initiative_is_told_back(monkeypatch):
    of.counts(monkeypatch, lambda slug, year, on: (90, 100))
    review = of.a_review()
    people = of.four(review)
    of.opened(people, review)
    of.chosen(people, review)
    for _ in range(2):
        delivering.deliver()
    first, second = change.Idea.objects.order_by("pk")
    assert first.words.title == "Chosen for 2026-27: answer 1"
    initiative = change_makers.an_initiative(on=of.TODAY)
    change_makers.agreed(initiative, on=of.TODAY)
    change_makers.move(initiative, change.Stage.UNDER_WAY, on=of.TODAY)
    ideas.sort(idea=first, theme=change.Theme.SERVICE, by=BY, on=of.TODAY)
    ideas.answer(
        idea=first,
        outcome=change.Answer.Outcome.TAKEN_UP,
        words="We begin it.",
        initiative=initiative,
        by=BY,
        on=of.TODAY,
    )
    delivering.deliver()
    begun, _ = answers.of(queries.state(review, of.TODAY))
    assert begun.stage == models.Told.Stage.UNDER_WAY, "it had moved before it was named"
    change_makers.move(initiative, change.Stage.DONE, on=of.TODAY)
    ideas.sort(idea=second, theme=change.Theme.COST, by=BY, on=of.TODAY)
    ideas.answer(
        idea=second,
        outcome=change.Answer.Outcome.NO,
        words="Both looked again.",
        initiative=None,
        by=BY,
        on=of.TODAY,
    )
    delivering.deliver()
    done, refused = answers.of(queries.state(review, of.TODAY))
    assert (done.is_done, done.initiative) == (True, initiative.pk)
    assert refused.stage == models.Told.Stage.REFUSED


def test_what_comes_in_another_order_and_what_is_joined_is_told_back_all_the_same(monkeypatch):
    of.counts(monkeypatch, lambda slug, year, on: (90, 100))
    review = of.a_review()
    people = of.four(review)
    of.opened(people, review)
    of.chosen(people, review)
    taking_in.hear(told_of("partnership.answer_chosen"))
    first, second = change.Idea.objects.order_by("pk")
    initiative = change_makers.an_initiative(on=of.TODAY)
    like = change_makers.an_idea(on=of.TODAY)
    for idea in (first, like):
        ideas.sort(idea=idea, theme=change.Theme.SERVICE, by=BY, on=of.TODAY)
        ideas.answer(
            idea=idea,
            outcome=change.Answer.Outcome.TAKEN_UP,
            words="We begin it.",
            initiative=initiative,
            by=BY,
            on=of.TODAY,
        )
    ideas.join(idea=second, into=like, by=BY, on=of.TODAY)
    for hears, what in (
        (hearing.hear_answer, "change.idea_answered"),
        (hearing.hear_joining, "change.ideas_joined"),
        (hearing.hear_handover, "change.answer_taken_in"),
    ):
        hears(told_of(what))
    found = answers.of(queries.state(review, of.TODAY))
    shaping = (initiative.pk, models.Told.Stage.SHAPING)
    assert [(one.initiative, one.stage) for one in found] == [shaping, shaping]


def told_of(what: str) -> list[Fact]:
    return list(Fact.objects.filter(what=what).order_by("pk"))


def test_in_the_invented_town_each_answer_is_begun_and_some_are_done():
    of.four(on=date(2023, 4, 1))
    change_makers.a_pair()
    stands = date(2025, 3, 10)
    next_year.lay(stands)
    delivering.deliver()
    furnishing.take_up(SimpleNamespace(on=stands), lambda title, rows: nullcontext())
    delivering.deliver()
    last = models.Review.objects.get(year="2024-25")
    told = answers.of(queries.state(last, stands))
    stages = models.Told.Stage
    assert [one.stage for one in told] == [
        stages.DONE,
        stages.UNDER_WAY,
        stages.STOPPED,
        stages.DONE,
    ]
    assert not change.Move.objects.filter(on__gt=stands).exists()
    assert all(one.initiative for one in told)
