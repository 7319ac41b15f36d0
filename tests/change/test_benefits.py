"""What is hoped for and what came: told to the table by ids and amounts, undone to the penny."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from borough.kernel.facts.models import Fact
from borough.lines.change import models, owners
from borough.lines.change.commands import benefits
from borough.rules import years
from tests import makers, markup, officers
from tests.change import change_makers
from tests.change.change_makers import as_actor

pytestmark = pytest.mark.django_db
TODAY = change_makers.TODAY


def realise(hypothesis: models.Hypothesis, **told: object) -> models.Realised:
    by = as_actor(change_makers.a_pair()[1])
    return benefits.realise(
        hypothesis=hypothesis, brought=change_makers.brought(**told), by=by, on=TODAY
    )


def test_what_a_benefit_brought_is_told_by_ids_and_amounts():
    initiative = change_makers.an_initiative()
    made = realise(change_makers.a_benefit(initiative))
    [fact] = Fact.objects.filter(what="change.benefit_realised")
    assert fact.detail == {
        "realised": made.pk,
        "initiative": initiative.pk,
        "class": "A2",
        "amount_pence": 43_000,
        "full_year_pence": 118_000,
        "deadweight_bp": 0,
        "year": "2024-25",
        "baseline_line": "contacts",
    }
    assert fact.thing == initiative.thing


@pytest.mark.parametrize("sort", [models.Class.A3, models.Class.A6])
def test_where_some_would_have_come_anyway_somebody_says_how_much(sort):
    hypothesis = change_makers.a_benefit(change_makers.an_initiative(), sort)
    for wrong in (None, -1, 10_001):
        with pytest.raises(benefits.NoDeadweight):
            realise(hypothesis, deadweight_bp=wrong)
    assert realise(hypothesis, deadweight_bp=2_500).deadweight_bp == 2_500


def test_the_same_is_recorded_once_until_it_is_taken_back():
    hypothesis = change_makers.a_benefit(change_makers.an_initiative())
    first = realise(hypothesis)
    with pytest.raises(benefits.SaidAlready):
        realise(hypothesis)
    by = as_actor(change_makers.a_pair()[0])
    undone = benefits.take_back(realised=first, by=by, on=TODAY)
    for one in (first, undone):
        with pytest.raises(benefits.AlreadyTakenBack):
            benefits.take_back(realised=one, by=by, on=TODAY)
    total = hypothesis.realised.aggregate(a=Sum("amount_pence"), b=Sum("full_year_pence"))
    assert total == {"a": 0, "b": 0}
    assert Fact.objects.get(what="change.benefit_taken_back").detail["realised"] == first.pk
    realise(hypothesis)


def test_a_cost_is_recorded_too():
    hypothesis = change_makers.a_benefit(change_makers.an_initiative())
    assert realise(hypothesis, amount_pence=-5_000).amount_pence == -5_000


def test_only_its_owners_record_what_it_brought_and_no_year_to_come():
    hypothesis = change_makers.a_benefit(change_makers.an_initiative())
    told = {"hypothesis": hypothesis, "on": TODAY}
    with pytest.raises(owners.NotAnOwner):
        benefits.realise(brought=change_makers.brought(), by=makers.everything(), **told)
    with pytest.raises(benefits.YearToCome):
        realise(hypothesis, year=years.Year(2025))


def test_a_hope_is_in_order_and_names_what_is_there():
    initiative = change_makers.an_initiative()
    with pytest.raises(benefits.NotInOrder):
        change_makers.a_benefit(initiative, low_pence=300_000)
    with pytest.raises(benefits.NotInOrder):
        change_makers.a_benefit(initiative, ends=TODAY)
    with pytest.raises(benefits.NoSuchMeasure):
        change_makers.a_benefit(initiative, measure="change.happiness")
    with pytest.raises(benefits.NoCode):
        change_makers.a_benefit(initiative, baseline_line="the line of Ann")
    change_makers.a_benefit(initiative, measure="change.ideas_answered", low_pence=-1)
    with pytest.raises(DatabaseError, match="a_forecast_is_in_order"), transaction.atomic():
        models.Hypothesis.objects.create(
            initiative=initiative,
            benefit_class="A2",
            low_pence=2,
            mid_pence=1,
            high_pence=1,
            starts=TODAY,
            on=TODAY,
        )


def test_benefits_are_hoped_for_recorded_and_taken_back_on_their_pages():
    initiative = change_makers.an_initiative()
    piet = officers.a_visitor(change_makers.a_pair()[1])
    told = {"title": "More collected", "benefit_class": "A3", "baseline_line": "contacts"}
    pence = {"low_pence": "1,000", "mid_pence": "2000", "high_pence": "1500"}
    day = markup.day_data("starts", TODAY)
    address = f"/change/initiatives/{initiative.pk}/benefits/new"
    again = piet.post(address, officers.posted(**told, **pence, **day)).content.decode()
    assert "look at the three again" in again
    assert "More collected" in again
    piet.post(address, officers.posted(**told, **pence | {"high_pence": "3000"}, **day))
    hypothesis = models.Hypothesis.objects.get()
    came = {"amount_pence": "430", "full_year_pence": "1180", "year": "2024-25"}
    came |= {"evidence": "Journal 7"}
    address = f"/change/benefits/{hypothesis.pk}/realised"
    markup.check(piet.get(address).content.decode())
    assert "would have come anyway" in piet.post(address, officers.posted(**came)).content.decode()
    assert piet.post(address, officers.posted(**came, deadweight="25")).status_code == 302
    made = models.Realised.objects.get()
    assert (made.amount_pence, made.deadweight_bp) == (43_000, 2_500)
    piet.post(f"/change/realised/{made.pk}/reversal", officers.posted())
    shown = piet.get(f"/change/benefits/{hypothesis.pk}").content.decode()
    markup.check(shown)
    assert "Taken back" in shown
    assert piet.get(f"/change/realised/{made.pk}/reversal").status_code == 302
