"""Which looks a team leader looks at again, and what comes of it."""

import pytest

from borough.kernel.facts import commands as facts
from borough.kernel.facts.models import Fact
from borough.kernel.officers.queries import at_work
from borough.resident.looking import commands, queries
from tests import makers, markup, officers


@pytest.fixture
def ann(db):
    return officers.an_officer("Ann Rimmer", *officers.every_capability())


def look(officer, person) -> int:
    assert officers.a_visitor(officer).get(f"/residents/{person.pk}").status_code == 200
    return Fact.objects.filter(what="kernel.looked").latest("id").pk


def why(number: int) -> set[str]:
    found = [set(one.why) for one in queries.waiting() if one.id == number]
    return (found[0] if found else set()) - {queries.AT_RANDOM}


def something_happens(person):
    facts.record(
        "kernel.need_recorded",
        about=[person.pk],
        by=makers.everything(),
        on=makers.BILLING_DAY,
        title="Letters in large print",
    )


def test_a_look_stands_out_by_name_or_because_nothing_asked_for_it(ann):
    hers, other, busy = (makers.a_person("A", name) for name in ("RIMMER", "Sutton", "Ball"))
    something_happens(hers)
    something_happens(busy)
    assert why(look(ann, hers)) == {queries.SAME_NAME}
    assert why(look(ann, other)) == {queries.NO_REASON}
    assert why(look(ann, busy)) == set()


def test_two_in_a_hundred_are_drawn_and_always_the_same():
    drawn = [number for number in range(20_000) if queries.chosen(number)]
    assert 300 < len(drawn) < 500  # 400, give or take five standard deviations
    assert all(queries.chosen(number) for number in drawn[:20])


def test_a_team_leader_says_what_came_of_it_once_and_never_of_their_own(ann):
    number = look(ann, makers.a_person("A", "Sutton"))
    leader = officers.an_officer("Tom Example", *officers.every_capability())
    tom = officers.a_visitor(leader, purpose="kernel.quality")
    page = tom.get("/residents/looks").content.decode()
    markup.check(page)
    assert "Ann Rimmer" in page
    assert "Sutton" not in page
    [found] = [one for one in queries.waiting() if one.id == number]
    with pytest.raises(commands.OwnLook):
        commands.review(
            look=found,
            outcome="in_order",
            by=at_work(ann, on=makers.BILLING_DAY),
            on=makers.BILLING_DAY,
        )
    answer = tom.post(f"/residents/looks/{number}", officers.posted(outcome="asked"))
    assert answer.url == "/residents/looks"
    told = Fact.objects.get(what="resident.look_reviewed")
    assert told.detail == {"officer": ann.reference, "outcome": commands.OUTCOMES["asked"].lower()}
    late = tom.get(f"/residents/looks/{number}", follow=True)
    assert "Another officer has looked at that one meanwhile" in late.content.decode()
    assert not [one for one in queries.waiting() if one.id == number]
