"""May we act on this debt today? What is told is told in time, and never by mistake too late."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from borough.kernel import commanding, joining
from borough.kernel.holds import acts, commands, kinds, models, queries
from borough.kernel.people import commands as people
from tests import makers

ON = date(2025, 6, 2)
BY = makers.everything()
ACCOUNT = "revenues.account/100001"


def a_debt(*people_ids: int, part: str = "2025-26") -> queries.Debt:
    return queries.Debt(ACCOUNT, people_ids, part)


def why(debt: queries.Debt, act: str = acts.REMINDER, on: date = ON) -> list[str]:
    return [one.kind for one in queries.may_we_act([debt], act, on)[0]]


def place(kind: str = "dispute", on: date = ON, **given) -> models.Hold:
    upon = given.pop("upon", commands.Upon(thing=ACCOUNT))
    return commands.place_hold(kind=kind, upon=upon, by=BY, on=on, **given)


def moratorium(kind: str, starts: date = ON, part: str = "2025-26") -> models.Hold:
    upon = commands.Upon(thing=ACCOUNT, part=part)
    return commands.place_statutory_hold(kind=kind, upon=upon, starts=starts, by=BY, on=ON)


def test_nothing_stands_against_a_debt_that_nobody_spoke_of(db):
    assert why(a_debt(makers.a_person().pk)) == []


def test_a_hold_on_the_account_stands_from_its_first_day_until_its_last(db):
    place(ends=date(2025, 6, 10))
    assert why(a_debt(), on=date(2025, 6, 1)) == []
    assert why(a_debt(), on=ON) == ["dispute"]
    assert why(a_debt(), on=date(2025, 6, 9)) == ["dispute"]
    assert why(a_debt(), on=date(2025, 6, 10)) == []


def test_a_hold_is_not_keyed_to_the_end_of_the_century(db):
    with pytest.raises(commands.NotADay, match="within a year"):
        place(ends=date(2099, 1, 1))


def test_a_hold_on_a_person_stands_against_every_debt_they_owe(db):
    mary, john = makers.a_person(), makers.a_person("John")
    place("vulnerable", upon=commands.Upon(person=mary))
    other = queries.Debt("payroll.overpayment/7", (mary.pk, john.pk))
    assert why(a_debt(mary.pk)) == why(other) == ["vulnerable"]
    assert why(a_debt(john.pk)) == []


def test_many_debts_are_answered_in_their_order(db):
    place()
    debts = [queries.Debt(f"revenues.account/{number}", ()) for number in (1, 100001, 3)]
    answers = queries.may_we_act(debts, acts.SUMMONS, ON)
    assert [len(one) for one in answers] == [0, 1, 0]


def test_a_complaint_stops_the_court_but_not_a_reminder(db):
    place("complaint")
    assert why(a_debt(), acts.REMINDER) == []
    assert why(a_debt(), acts.SUMMONS) == ["complaint"]


def test_a_death_stands_against_everything(db):
    mary = makers.a_person()
    people.record_death(person=mary, died_on=date(2025, 5, 1), by=BY, on=ON)
    assert all(why(a_debt(mary.pk), act) == ["death"] for act in acts.ALL)


def test_a_call_comes_before_any_letter_where_that_was_agreed(db):
    mary = makers.a_person()
    people.record_need(person=mary, kind="telephone_first", by=BY, on=ON)
    people.record_need(person=mary, kind="large_print", by=BY, on=ON)
    assert why(a_debt(mary.pk)) == ["telephone_first"]


def test_an_act_that_nobody_knows_is_refused_rather_than_allowed(db):
    with pytest.raises(ValueError, match="no act"):
        queries.may_we_act([a_debt()], "harass", ON)


def test_breathing_space_lasts_sixty_days_and_no_longer(db):
    hold = moratorium("breathing_space")
    assert hold.ends == ON + timedelta(60) == date(2025, 8, 1)
    assert why(a_debt(), acts.AGENT, date(2025, 7, 31)) == ["breathing_space"]
    assert why(a_debt(), acts.AGENT, date(2025, 8, 1)) == []


def test_breathing_space_of_one_year_leaves_another_year_open(db):
    moratorium("breathing_space", part="2024-25")
    assert why(a_debt(part="2025-26")) == []
    assert why(a_debt(part="2024-25")) == ["breathing_space"]
    assert why(a_debt(part="")) == ["breathing_space"]


def test_a_mental_health_crisis_holds_thirty_days_after_the_treatment(db):
    hold = moratorium("mental_health_crisis")
    assert hold.ends is None
    lifted = commands.lift_hold(hold=hold, by=BY, on=date(2025, 7, 1))
    assert lifted.ends == date(2025, 8, 1)
    assert why(a_debt(), on=date(2025, 7, 31)) == ["mental_health_crisis"]


def test_a_hold_that_is_lifted_still_holds_that_day(db):
    hold = place()
    commands.lift_hold(hold=hold, by=BY, on=ON)
    assert why(a_debt(), on=ON) == ["dispute"]
    assert why(a_debt(), on=ON + timedelta(1)) == []


def test_lifting_twice_is_refused(db):
    hold = place()
    commands.lift_hold(hold=hold, by=BY, on=ON)
    with pytest.raises(commands.AlreadyLifted):
        commands.lift_hold(hold=hold, by=BY, on=ON + timedelta(3))


def test_a_moratorium_is_not_lifted_by_whoever_may_place_a_hold(db):
    hold = moratorium("breathing_space")
    officer = commanding.System("officer/9", frozenset({"kernel.place_hold"}))
    with pytest.raises(commanding.NotAllowed):
        commands.lift_hold(hold=hold, by=officer, on=ON)


def test_a_moratorium_has_its_own_way_in(db):
    with pytest.raises(commands.UnknownKind, match="as the law lays it down"):
        place("breathing_space")


def test_a_moratorium_that_is_over_is_not_recorded(db):
    with pytest.raises(commands.NotADay, match="60 days and is over"):
        moratorium("breathing_space", starts=date(2025, 4, 3))


def test_the_same_hold_is_not_placed_twice(db):
    place()
    with pytest.raises(commands.AlreadyHeld):
        place()


def test_an_officers_hold_ends_by_itself(db):
    assert place("officers_hold").ends == ON + timedelta(56)


def test_a_hold_is_looked_at_again_and_not_forgotten(db):
    hold = place()
    assert hold.review_by == ON + timedelta(28)
    assert queries.to_review(ON) == []
    assert queries.to_review(hold.review_by) == [hold]
    later = commands.review_hold(hold=hold, review_by=date(2025, 7, 20), by=BY, on=hold.review_by)
    assert later.review_by == date(2025, 7, 20)
    with pytest.raises(commands.NotADay, match="by 28 July 2025"):
        commands.review_hold(hold=hold, review_by=date(2026, 1, 1), by=BY, on=hold.review_by)


def test_a_hold_is_never_taken_out_and_what_it_forbade_stays(db):
    hold = place()
    for change in (
        hold.delete,
        lambda: models.Hold.objects.filter(pk=hold.pk).update(forbids=["agent"]),
        lambda: models.Hold.objects.filter(pk=hold.pk).update(starts=date(2025, 6, 3)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_line_can_add_reasons_and_never_take_one_away(db, monkeypatch):
    place()
    card = joining.ServiceLine(slug="x", title="X", stays=f"{__name__}.says_nothing_or_more")
    monkeypatch.setattr(joining, "cards", lambda: (card,))
    assert why(a_debt()) == ["dispute", "arrangement"]


def says_nothing_or_more(debts, act, on):
    return {0: [queries.Reason("arrangement", "An arrangement is kept", "x")]}


def test_every_kind_says_by_which_law_and_what_it_forbids():
    capabilities = joining.capabilities()
    for slug, kind in kinds.all_kinds().items():
        assert kind.placed_with in capabilities, slug
        for terms in kind.values.values():
            assert terms.law, slug
            assert terms.forbids, slug
