"""Change control: four impacts by named officers, each with a clock, decided by somebody else."""

from datetime import date

import pytest

from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, models, waiting
from borough.lines.change.commands import control
from borough.lines.change.models import Impact
from borough.lines.change.queries import control as queries
from tests import makers, markup, officers
from tests.change import change_makers
from tests.change.change_makers import as_actor

pytestmark = pytest.mark.django_db
TODAY = change_makers.TODAY
FIGURES = {
    Impact.PRICE: {"yearly_pence": 50_000},
    Impact.STAFF: {"posts_hundredths": -50},
    Impact.PRIVACY: {"needs_dpia": True},
}


def assessors() -> dict[Impact, Officer]:
    names = ("Alma One", "Bert Two", "Cyd Three", "Dora Four")
    may = (capabilities.ASSESS_CHANGE, capabilities.SEE_CHANGE)
    return {
        impact: officers.an_officer(name, *may) for impact, name in zip(Impact, names, strict=True)
    }


def a_request() -> models.Request:
    return control.request(
        title="Count moves anew", words="Please.", initiative=None, by=makers.everything(), on=TODAY
    )


def named(request: models.Request, *, on: date = TODAY) -> dict[Impact, Officer]:
    who = assessors()
    control.name_assessors(request=request, assessors=who, by=makers.everything(), on=on)
    return who


def assess(request: models.Request, impact: Impact, officer: Officer, **told: object) -> None:
    judgement = control.Judgement(**{"words": "A little.", **FIGURES.get(impact, {}), **told})
    by = as_actor(officer)
    control.assess(request=request, impact=impact, judgement=judgement, by=by, on=TODAY)


def decide(request: models.Request, by: object) -> models.Ruling:
    return control.decide(request=request, approved=True, because="It helps.", by=by, on=TODAY)


def card(request: models.Request, on: date = TODAY) -> queries.Card:
    [found] = queries.cards(on, request)
    return found


def test_a_change_is_decided_once_all_is_assessed_by_somebody_else():
    request = a_request()
    who = named(request)
    decider = as_actor(change_makers.a_pair()[0])
    with pytest.raises(control.NotAssessed, match="price, measures, staff, privacy"):
        decide(request, decider)
    for impact, officer in who.items():
        assess(request, impact, officer)
    for wrong in (makers.everything(), as_actor(who[Impact.STAFF])):
        with pytest.raises(control.SecondOfficerNeeded):
            decide(request, wrong)
    assert [one.text for one in waiting.waits(decider, TODAY)] == [
        "Decide on a change: Count moves anew"
    ]
    decide(request, decider)
    with pytest.raises(control.AlreadyDecided):
        decide(request, decider)
    with pytest.raises(control.AlreadyDecided):
        control.name_assessors(request=request, assessors=who, by=makers.everything(), on=TODAY)


def test_only_who_was_named_assesses_and_gives_the_figure():
    request = a_request()
    who = named(request)
    with pytest.raises(control.NotNamed):
        assess(request, Impact.PRICE, who[Impact.STAFF])
    for impact, figure in FIGURES.items():
        with pytest.raises(control.NoFigure):
            assess(request, impact, who[impact], **dict.fromkeys(figure))
    assess(request, Impact.PRICE, who[Impact.PRICE])
    with pytest.raises(control.AlreadyAssessed):
        assess(request, Impact.PRICE, who[Impact.PRICE])


def test_who_asked_does_not_assess():
    ann = officers.an_officer("Ann Asker", capabilities.ASSESS_CHANGE)
    request = control.request(title="x", words="y", initiative=None, by=as_actor(ann), on=TODAY)
    told = {"request": request, "by": makers.everything(), "on": TODAY}
    with pytest.raises(control.MayNotAssess):
        control.name_assessors(assessors={Impact.PRICE: ann}, **told)
    nora = officers.an_officer("Nora Nobody")
    with pytest.raises(control.MayNotAssess):
        control.name_assessors(assessors={Impact.PRICE: nora}, **told)


def test_each_step_has_its_clock():
    request = a_request()
    # 5 working days from Monday 10 March is Monday 17 March; 10 from then, Monday 31 March.
    assert card(request).naming.by == date(2025, 3, 17)
    assert not card(request, date(2025, 3, 17)).is_late(date(2025, 3, 17))
    assert card(request).is_late(date(2025, 3, 18))
    who = named(request, on=date(2025, 3, 17))
    [price, *_] = card(request).impacts
    assert (price.by, price.name) == (date(2025, 3, 31), "Alma One")
    assert card(request).decision.by is None
    texts = [one.text for one in waiting.waits(as_actor(who[Impact.PRICE]), TODAY)]
    assert texts == ["Assess what a change does (price): Count moves anew, by 31 March 2025"]


def test_another_assessor_may_be_named_until_it_is_assessed():
    request = a_request()
    who = named(request)
    assess(request, Impact.PRICE, who[Impact.PRICE])
    swapped = {Impact.PRICE: who[Impact.STAFF], Impact.MEASURES: who[Impact.STAFF]}
    control.name_assessors(request=request, assessors=swapped, by=makers.everything(), on=TODAY)
    price, measures, *_ = card(request).impacts
    assert (price.name, measures.name) == ("Alma One", "Cyd Three")


def test_a_change_goes_through_its_pages():
    olga = change_makers.a_pair()[0]
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    ann.post("/change/requests/new", officers.posted(title="Moves", words="Anew.", initiative=""))
    request = models.Request.objects.get()
    who = assessors()
    told = {impact.value: str(one.pk) for impact, one in who.items()}
    ann.post(f"/change/requests/{request.pk}/assessors", officers.posted(**told))
    figures = {"price": {"yearly_pence": "-500"}, "staff": {"posts": "-1"}}
    figures |= {"privacy": {"needs_dpia": "yes"}, "measures": {}}
    for impact, officer in who.items():
        address = f"/change/requests/{request.pk}/impacts/{impact.value}"
        visitor = officers.a_visitor(officer)
        markup.check(visitor.get(address).content.decode())
        visitor.post(address, officers.posted(words="Some.", **figures[impact.value]))
    decides = officers.a_visitor(olga)
    address = f"/change/requests/{request.pk}/decision"
    markup.check(decides.get(address).content.decode())
    decides.post(address, officers.posted(approved="yes", because="It helps."))
    shown = ann.get(f"/change/requests/{request.pk}").content.decode()
    markup.check(shown)
    for words in ("Approved", "£500.00 a year", "-1 posts", "Needs a DPIA", "It helps."):
        assert words in shown, words
    markup.check(ann.get("/change/requests").content.decode())
    assert ann.get(f"/change/requests/{request.pk}/impacts/weather").status_code == 404
