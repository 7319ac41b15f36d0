"""What an invented town is told of change: all of it by the commands that pages call."""

from collections import Counter
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from borough.kernel.facts.models import Fact
from borough.lines.change import capabilities, furnishing, invented, models
from borough.lines.change.models import Stage
from borough.lines.change.queries import ideas, initiatives
from tests import officers
from tests.change import change_makers

pytestmark = pytest.mark.django_db
TOWN = SimpleNamespace(on=change_makers.TODAY)


def furnish() -> None:
    furnishing.furnish(TOWN, lambda title, rows: nullcontext())


def test_the_town_has_something_at_every_stage_and_one_benefit_came():
    change_makers.a_pair()
    for name in ("Rae One", "Sam Two"):
        officers.an_officer(name, capabilities.ASSESS_CHANGE)
    furnish()
    cards = initiatives.cards(change_makers.TODAY)
    assert {card.stage for card in cards} == set(Stage)
    assert Counter(card.state for card in ideas.cards()).keys() == set(ideas.State)
    [brought] = models.Realised.objects.all()
    [fact] = Fact.objects.filter(what="change.benefit_realised")
    assert fact.detail["amount_pence"] == brought.amount_pence == 430_000
    assert models.Assessment.objects.count() == 2


def test_where_nobody_may_own_an_initiative_there_are_ideas_alone():
    furnish()
    assert models.Idea.objects.count() == len(invented.read()["ideas"])
    assert not models.Initiative.objects.exists()


def test_nothing_of_its_file_was_cut_off_at_a_comma():
    def empty(told: object) -> list[object]:
        if isinstance(told, dict):
            return [key for key, one in told.items() if one is None] + empty(list(told.values()))
        return [one for each in told for one in empty(each)] if isinstance(told, list) else []

    assert empty(invented.read()) == []
