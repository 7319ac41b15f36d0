"""Everything opened in an emergency: one record, half an hour, a team leader told at once."""

from datetime import timedelta

from django.db import DatabaseError

from borough.kernel import clock, joining
from borough.kernel.facts import commands as facts
from borough.kernel.facts.models import Fact
from borough.resident.looking import emergencies, models
from borough.resident.own.looks import looks_at
from tests import makers, markup, officers
from tests.resident.looking.test_only_for_help import DEBT, collecting, mary, planted

__all__ = ["mary"]  # furnished there
ANSWERS = {"reason": "home", "words": "The bailiffs come at two today."}
PICTURE = "You see the whole picture, for help only."


def opened(visitor, person, **more):
    return visitor.post(f"/residents/{person.pk}/emergency", officers.posted(**ANSWERS | more))


def see(visitor, person) -> str:
    response = visitor.get(f"/residents/{person.pk}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_opens_this_record_alone_and_for_half_an_hour(mary, monkeypatch):
    other = makers.a_person("Ben", "Ball")
    visitor = collecting("revenues.collecting")
    assert not planted(see(visitor, mary).encode())
    page = visitor.get(f"/residents/{mary.pk}/emergency").content.decode()
    markup.check(page)
    assert opened(visitor, mary).url == f"/residents/{mary.pk}"
    page = see(visitor, mary)
    assert DEBT in page
    assert "An emergency" in page
    assert "What landlords share for help stays shut" in page
    assert PICTURE not in see(visitor, other)
    elsewhere = collecting("revenues.collecting", "Cat Example")
    session = elsewhere.session
    session["opened"], session["purpose"] = True, "resident.emergency"
    session.save()
    assert elsewhere.get(f"/residents/{mary.pk}").url.startswith("/purpose")
    later = clock.now() + emergencies.STAYS_OPEN
    monkeypatch.setattr(clock, "now", lambda: later)
    assert not planted(see(visitor, mary).encode())


def test_nobody_chooses_it_and_few_words_are_not_enough(mary):
    visitor = collecting("revenues.collecting")
    assert 'value="resident.emergency"' not in visitor.get("/purpose").content.decode()
    visitor.post("/purpose", {"purpose": "resident.emergency"})
    assert PICTURE not in see(visitor, mary)
    page = opened(visitor, mary, words="It is urgent").content.decode()
    assert "in a few more words" in page
    markup.check(page, in_error=True)
    assert not models.Opening.objects.exists()


def test_a_joint_account_does_not_open_with_one_of_its_people(mary):
    john = makers.a_person("John", "Ball")
    visitor = collecting("revenues.collecting")
    opened(visitor, mary)
    actor = makers.an_officer(int(models.Opening.objects.get().by.split("/")[1]))
    now = clock.now()
    assert emergencies.opens(actor, [mary.pk, mary.pk], now) is not None
    assert emergencies.opens(actor, [mary.pk, john.pk], now) is None
    assert emergencies.opens(actor, [], now) is None
    assert emergencies.opens(makers.an_officer(999), [mary.pk], now) is None


def test_a_log_that_fails_opens_nothing(mary, monkeypatch):
    visitor = collecting("revenues.collecting")
    visitor.raise_request_exception = False

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError("the log cannot be written")

    with monkeypatch.context() as broken:
        broken.setattr(facts, "_close", refuse)
        assert opened(visitor, mary).status_code == 500
    assert not models.Opening.objects.exists()
    assert not planted(see(visitor, mary).encode())


def test_a_team_leader_is_told_at_once_and_says_what_came_of_it(mary, monkeypatch):
    visitor = collecting("revenues.collecting")
    opened(visitor, mary)
    opened(visitor, mary)  # open already: no second one
    see(visitor, mary)
    [opening] = models.Opening.objects.all()
    tom = officers.an_officer("Tom Example", *officers.every_capability())
    leader = officers.a_visitor(tom, purpose="kernel.quality")
    where = f"/residents/emergencies/{opening.pk}"
    home = leader.get("/").content.decode()
    assert where in home
    assert "look at it by" in home
    assert where not in visitor.get("/").content.decode()
    assert visitor.get(where).status_code in {302, 404}  # not for whom it is about
    with monkeypatch.context() as clocks:
        late = clock.now() + timedelta(hours=1, minutes=1)
        clocks.setattr(clock, "now", lambda: late)
        assert "overdue since" in leader.get("/").content.decode()
        assert "Overdue" in leader.get("/residents/emergencies").content.decode()
    markup.check(leader.get("/residents/emergencies").content.decode())
    page = leader.get(where).content.decode()
    markup.check(page)
    for words in ("The bailiffs come at two", "They lose their home today", "resident "):
        assert words in page
    assert leader.post(where, officers.posted(outcome="in_order")).status_code == 302
    assert opening.review.outcome == "in_order"
    late = leader.get(where, follow=True)  # a colleague who had the list open
    assert late.redirect_chain[-1][0] == "/residents/emergencies"
    assert "Another officer has looked at that one meanwhile" in late.content.decode()
    assert where not in leader.get("/").content.decode()
    for told in Fact.objects.filter(what__contains="emergency"):
        assert "bailiffs" not in repr(told.detail)


def test_the_resident_reads_it_among_who_looked(mary):
    visitor = collecting("revenues.collecting")
    opened(visitor, mary)
    see(visitor, mary)
    emergency = joining.purposes()["resident.emergency"]
    assert emergency.title in [one.why for one in looks_at(mary.pk, most=5)]
    assert emergency.gateway in [one.law for one in looks_at(mary.pk, most=5)]
