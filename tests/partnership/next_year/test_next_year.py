"""A year is asked about: four sides apart, opened at once, no more than seven chosen by both."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from borough.kernel import commanding
from borough.kernel.facts.models import Fact
from borough.partnership.measures import commands as measures
from borough.partnership.next_year import (
    answers,
    choosing,
    commands,
    hearing,
    models,
    proposals,
    queries,
    wording,
)
from borough.partnership.sealed import commands as sealed
from borough.partnership.sealed import mandates, sealing
from borough.partnership.sealed.models import Commitment, Mandate, Round
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from borough.rules import years
from tests import makers, officers
from tests.partnership.next_year import review_makers as of
from tests.partnership.next_year.review_makers import CALLS, COST, TODAY

pytestmark = pytest.mark.django_db
BY = makers.everything()
NEXT_SEPTEMBER = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def measured(monkeypatch):
    """Calls: 80 in 100 a year ago and 92 now. Bills: 90 and 91."""
    found = {(CALLS, "2025-26"): 80, (CALLS, "2026-27"): 92, (COST, "2025-26"): 90}
    of.counts(monkeypatch, lambda slug, year, on: (found.get((slug, year.name), 91), 100))


@pytest.fixture
def review(db):
    return of.a_review()


@pytest.fixture
def people(review):
    return of.four(review)


def count(slug: str, day: date, on: date) -> None:
    measures.count(measure=slug, year=years.Year.holding(day), as_at=day, by=BY, on=on)


def refused_by_the_database(sql: str, *values: object) -> str:
    """Return the name of the constraint that refuses a statement."""
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)
    return str(caught.value.__cause__.diag.constraint_name)


def test_a_year_is_asked_about_from_september_and_once():
    with pytest.raises(commands.NotTime):
        commands.open_review(by=BY, on=date(2025, 8, 31))
    made = commands.open_review(by=BY, on=date(2025, 9, 1))
    assert made.year == "2026-27"
    with pytest.raises(commands.AlreadyOpen):
        commands.open_review(by=BY, on=date(2026, 2, 1))
    with pytest.raises(commanding.NotAllowed):
        commands.open_review(by=makers.nobody(), on=TODAY)


def test_four_sides_propose_apart_and_the_last_seal_opens_all(people, review):
    of.asked(review)
    for side in ("council", "partner", "staff"):
        of.seal(people, review, side, of.a_proposal(people))
        assert queries.state(review, TODAY).proposed == []
    of.seal(people, review, "residents")  # who has nothing to propose says so, and holds nobody up
    state = queries.state(review, TODAY)
    assert [one.side for one in state.proposed] == ["council", "partner", "staff"]


def test_groups_by_measure_show_which_sides_agree(people, review):
    state = of.opened(people, review)
    assert len(state.loose) == 5
    choosing.put_together_by_measure(review=review, by=BY, on=TODAY)
    calls, bills = queries.state(review, TODAY).groups
    assert (calls.sides, bills.sides) == (
        ("council", "partner", "residents"),
        ("staff", "residents"),
    )
    assert calls.lead.proposal.title == "Answer until eight"
    choosing.take_apart(group=calls.group, by=BY, on=TODAY)
    loose = queries.state(review, TODAY).loose
    assert len(loose) == 3
    keys = [one.key for one in loose[:2]]
    made = choosing.put_together(review=review, title="Reach us", keys=keys, by=BY, on=TODAY)
    with pytest.raises(choosing.NothingToJoin):
        choosing.put_together(review=review, title="Again", keys=keys, by=BY, on=TODAY)
    with pytest.raises(choosing.TakenApart):
        choosing.take_apart(group=calls.group, by=BY, on=TODAY)
    assert made.members.count() == 2


def test_what_both_sign_is_chosen_and_told_by_its_numbers_alone(people, review):
    of.opened(people, review)
    made = of.chosen(people, review)
    assert [one.number for one in made] == [1, 2]
    told = Fact.objects.filter(what="partnership.answer_chosen").order_by("pk")
    council, partner = people.owners
    assert told[0].thing == made[0].thing
    assert told[0].detail == {
        "answer": made[0].pk,
        "number": 1,
        "year": "2026-27",
        "measures": [CALLS],
        "for_council": f"officer/{council}",
        "for_partner": f"officer/{partner}",
    }
    with pytest.raises(choosing.Chosen):
        choosing.put_together_by_measure(review=review, by=BY, on=TODAY)


def test_one_partner_alone_chooses_nothing(people, review):
    of.opened(people, review)
    groups = choosing.put_together_by_measure(review=review, by=BY, on=TODAY)
    of_both = [one.pk for one in groups]
    first = choosing.propose_choice(review=review, groups=of_both, by=BY, on=TODAY)
    choosing.sign(choice=first, by=people.by("council"), on=TODAY)
    with pytest.raises(seats.AlreadySigned):
        choosing.sign(choice=first, by=people.by("council"), on=TODAY)
    with pytest.raises(seats.NoSeat):
        choosing.sign(choice=first, by=people.by("staff"), on=TODAY)
    again = choosing.propose_choice(review=review, groups=of_both[:1], by=BY, on=TODAY)
    with pytest.raises(choosing.Superseded):
        choosing.sign(choice=first, by=people.by("partner"), on=TODAY)
    choosing.take_apart(group=groups[0], by=BY, on=TODAY)
    with pytest.raises(choosing.Superseded):
        choosing.sign(choice=again, by=people.by("partner"), on=TODAY)
    assert queries.state(review, TODAY).answers == []
    assert (
        refused_by_the_database(
            'insert into next_year_answer (review_id, choice_id, group_id, number, "on")'
            " values (%s, %s, %s, 1, '2025-09-08')",
            review.pk,
            first.pk,
            groups[0].pk,
        )
        == "an_answer_is_chosen_by_both"
    )


def test_an_eighth_answer_is_refused_by_the_database_itself(people, review):
    of.asked(review)
    many = [of.a_proposal(people, f"Number {one}") for one in range(5)]
    of.seal(people, review, "council", *many)
    of.seal(people, review, "partner", *many)
    of.seal(people, review, "staff")
    of.seal(people, review, "residents")
    groups = [
        choosing.put_together(review=review, title=one.key, keys=[one.key], by=BY, on=TODAY).pk
        for one in queries.state(review, TODAY).proposed[:8]
    ]
    with pytest.raises(choosing.TooMany):
        choosing.propose_choice(review=review, groups=groups, by=BY, on=TODAY)
    choice = 'insert into next_year_choice (review_id, groups, content, digest, by, "on")'
    assert (
        refused_by_the_database(
            f"{choice} values (%s, %s, '{{}}', '', 'x', '2025-09-08')", review.pk, groups
        )
        == "no_more_than_seven_are_chosen"
    )
    made = choosing.propose_choice(review=review, groups=groups[:7], by=BY, on=TODAY)
    for side in queries.PARTNERS:
        choosing.sign(choice=made, by=people.by(side), on=TODAY)
    answer = 'insert into next_year_answer (review_id, choice_id, group_id, number, "on")'
    for group, expected in (
        (groups[6], "an_answer_is_one_of_seven"),
        (groups[7], "an_answer_is_chosen_by_both"),
    ):
        refused = refused_by_the_database(
            f"{answer} values (%s, %s, %s, 8, '2025-09-08')", review.pk, made.pk, group
        )
        assert refused == expected


def test_nobody_seals_for_two_sides_or_without_a_mandate(people, review):
    of.asked(review)
    stranger = officers.an_officer("Ann Other", *officers.every_capability())
    with pytest.raises(sealed.NoSeat):
        commands.propose(review=review, proposed=[], by=makers.an_officer(stranger.pk), on=TODAY)
    cora, stella = people.officers["council"], people.officers["staff"]
    held = Mandate.objects.get(side="residents")
    mandates.end(mandate=held, by=BY, on=TODAY)
    for officer, refusal in (
        (cora, mandates.SpeaksForAPartner),
        (stella, mandates.AlreadyNamed),
    ):
        with pytest.raises(refusal):
            mandates.give(thing=review.thing, side="residents", officer=officer, by=BY, on=TODAY)
    with pytest.raises(sealed.NoSeat):  # the mandate is over
        of.seal(people, review, "residents")
    with pytest.raises(mandates.YourOwnMandate):
        mandates.give(
            thing=review.thing,
            side="residents",
            officer=stranger,
            by=makers.an_officer(stranger.pk),
            on=TODAY,
        )
    mandates.give(thing=review.thing, side="residents", officer=stranger, by=BY, on=TODAY)
    of.seal(people, review, "staff")
    with pytest.raises(sealed.AlreadySealed):
        of.seal(people, review, "staff")
    seats.give_seat(officer=stella, party=Party.COUNCIL, starts=TODAY, by=BY, on=TODAY)
    with pytest.raises(sealed.NoSeat):  # the staff's scribe took a seat: they speak for nobody here
        of.seal(people, review, "staff")


def test_the_database_itself_lets_nobody_seal_for_two(people, review):
    of.asked(review)
    round_ = Round.objects.get()
    stella, cora = people.officers["staff"], people.officers["council"]
    seal = (
        'insert into sealed_commitment (round_id, side, digest, officer_id, "on")'
        " values (%s, %s, %s, %s, '2025-09-08')"
    )
    digest = sealing.seal({"a": 1}).digest
    without = refused_by_the_database(seal, round_.pk, "residents", digest, stella.pk)
    assert without == "who_seals_holds_the_mandate"
    seats.give_seat(officer=stella, party=Party.COUNCIL, starts=TODAY, by=BY, on=TODAY)
    both = refused_by_the_database(seal, round_.pk, "council", digest, stella.pk)
    assert both == "nobody_seals_for_two_sides"
    scribe = "insert into sealed_mandate (thing, side, officer_id, starts) values (%s, %s, %s, %s)"
    named = refused_by_the_database(scribe, "partnership.review/0", "staff", cora.pk, TODAY)
    assert named == "a_scribe_sits_for_no_partner"
    assert not Commitment.objects.exists()


def test_out_of_order_is_refused(people, review):
    with pytest.raises(commands.NotAsked):
        of.seal(people, review, "council")
    with pytest.raises(choosing.StillSealed):
        choosing.put_together_by_measure(review=review, by=BY, on=TODAY)
    with pytest.raises(commands.NotADay):
        of.asked(review, closes=date(2026, 4, 1))
    of.asked(review)
    with pytest.raises(commands.StillAsked):
        of.asked(review)
    with pytest.raises(choosing.StillSealed):
        choosing.propose_choice(review=review, groups=[1], by=BY, on=TODAY)


def test_a_panel_that_cannot_meet_does_not_hold_the_others_up_for_good(people, review):
    of.asked(review)
    for side in ("council", "partner", "staff"):
        of.seal(people, review, side, of.a_proposal(people, "The first time"))
    late, until = date(2025, 11, 1), date(2025, 11, 28)
    with pytest.raises(sealed.Closed):
        of.seal(people, review, "residents", on=late)
    mandates.end(mandate=Mandate.objects.get(side="residents"), by=BY, on=late)
    with pytest.raises(commands.NoScribe):
        of.asked(review, on=late, closes=until)
    commands.ask(review=review, panels=["staff"], closes=until, by=BY, on=late)
    for side in ("council", "partner", "staff"):
        of.seal(people, review, side, of.a_proposal(people), on=late)
    state = queries.state(review, late)
    assert state.missing == ("residents",)
    assert {one.proposal.title for one in state.proposed} == {"Answer until eight"}


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"measure": "nobody.counts"}, "choose a measure"),
        ({"bounds": (9000, 8000, 9500)}, "between its lowest and highest"),
        ({"due": date(2027, 4, 1)}, "within 2026-27"),
        ({"stop": " "}, "what we will stop"),
        ({"cost_pence": -1}, "nought or more"),
        ({"kind": "other"}, "better or different"),
    ],
)
def test_a_proposal_that_says_too_little_is_not_sealed(people, review, told, fault):
    of.asked(review)
    with pytest.raises(proposals.BadProposals, match=fault):
        of.seal(people, review, "council", of.a_proposal(people, **told))


def test_last_years_answers_are_scored_from_what_was_counted(people, review):
    of.opened(people, review)
    [first, second] = of.chosen(people, review)
    due = of.DUE
    count(CALLS, date(2025, 7, 31), TODAY)
    count(CALLS, due, NEXT_SEPTEMBER)
    hear(first, moved="Under way")
    hear(first, moved="Done")
    calls, bills = answers.of(queries.state(review, NEXT_SEPTEMBER))
    assert (calls.is_done, bills.stage) == (True, None)
    by_side = {one.side: one for one in calls.forecasts}
    council, partner = by_side["council"], by_side["partner"]
    assert council.moved() == (8000, 9200)
    # 85 to 95 holds 92: the score is the width, 10 points. 97 to 99 misses by 5: 2 and ten times 5.
    assert (council.held, council.outcome.score) == (True, 1000)
    assert (partner.held, partner.outcome.score) == (False, 200 + 10 * 500)
    assert bills.forecasts[0].held is None
    score = answers.score([calls, bills])
    assert score == answers.Score(done=1, answers=2, held=2, came=3)
    assert wording.fared(score)[1].startswith("2 of 3 forecasts")
    assert "80.00% (31 July 2025) to 92.00% (31 July 2026)" in wording.moved(council)
    after = of.a_review(NEXT_SEPTEMBER)
    assert queries.before(after) == review
    assert second.number == 2


def hear(answer: models.Answer, *, moved: str) -> None:
    """Let the room hear that an answer was taken in, is part of an initiative, and moved."""
    told = (
        ("change.answer_taken_in", {"answer": answer.pk, "idea": 71}),
        ("change.idea_answered", {"idea": 71, "outcome": "We take it up", "initiative": 9}),
        ("change.initiative_moved", {"initiative": 9, "stage": moved}),
    )
    by_kind = (hearing.hear_handover, hearing.hear_answer, hearing.hear_moves)
    for place, ((what, detail), hears) in enumerate(zip(told, by_kind, strict=True)):
        number = 1_000 + models.Told.objects.count() * 10 + place
        fact = Fact(id=number, what=what, on=NEXT_SEPTEMBER, by="officer/1", detail=detail)
        hears([fact])
        before = models.Told.objects.count()
        hears([fact])
        assert models.Told.objects.count() == before, "heard again, it adds nothing"
