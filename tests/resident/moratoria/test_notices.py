"""One notice for all debts at once: what it reaches, its clock, what comes of it, its end."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from borough.kernel.documents import commands as documents
from borough.kernel.facts.models import Concerns, Fact
from borough.kernel.holds import acts
from borough.kernel.holds import queries as asking
from borough.kernel.holds.models import Hold
from borough.lines.revenues import models as revenues
from borough.lines.revenues import remedying, steps
from borough.lines.revenues.queries import remedies
from borough.resident.moratoria import commands, ending, models, queries
from tests import makers
from tests.resident.moratoria import notices
from tests.revenues import ordering, recovering_makers

STARTS = date(2025, 9, 10)
YEAR, LAST_YEAR = makers.YEAR, ordering.YEAR
BY = makers.everything()
Kind = models.Notice.Kind


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


def stands(account, act=acts.SUMMONS, on=STARTS, year=LAST_YEAR):
    people = steps.liable([account.pk], year)[account.pk]
    return [r.kind for r in asking.may_we_act([asking.Debt(account.thing, people, year.name)],
                                              act, on)[0]]  # fmt: skip


# What it reaches


def test_a_year_with_a_reminder_is_inside_and_one_still_to_fall_due_is_not(mary):
    account = ordering.an_account_under_order(people=[mary])
    ordering.bill(account, YEAR)
    notice = notices.a_notice(mary, STARTS)
    inside = {one.part: one.is_inside for one in notice.debts.all()}
    assert inside == {LAST_YEAR.name: True, YEAR.name: False}
    assert "5(4)(k)(i)" in notice.debts.get(part=LAST_YEAR.name).why
    assert "no reminder was served" in notice.debts.get(part=YEAR.name).why
    for act in acts.ALL:
        assert stands(account, act) == ["breathing_space"]
        assert stands(account, act, year=YEAR) == []


def test_with_a_reminder_all_that_is_left_of_the_year_is_inside(mary):
    recovering_makers.billed(people=[mary])
    recovering_makers.take("reminder", date(2025, 4, 10))
    notice = notices.a_notice(mary, date(2025, 4, 20))
    [debt] = notice.debts.all()
    assert (debt.is_inside, debt.pence) == (True, recovering_makers.BAND_B)
    assert "5(4)(k)(ii)" in debt.why


def test_who_owes_it_too_is_not_pressed_either_and_reads_nothing_of_it(mary):
    tom = makers.a_person("Tom", "Rimmer")
    account = ordering.an_account_under_order(people=[mary, tom])
    notice = notices.a_notice(mary, STARTS)
    [debt] = notice.debts.all()
    assert set(debt.people) == {mary.pk, tom.pk}
    assert stands(account) == ["breathing_space"]
    ours = Fact.objects.filter(what__startswith="resident.moratorium")
    assert set(Concerns.objects.filter(fact__in=ours).values_list("person_id", flat=True)) == {
        mary.pk
    }


def test_two_who_owe_one_debt_may_each_have_their_own_and_the_later_counts(mary):
    tom = makers.a_person("Tom", "Rimmer")
    account = ordering.an_account_under_order(people=[mary, tom])
    first = notices.a_notice(mary, STARTS)
    notices.a_notice(tom, STARTS + timedelta(30))
    ending.end_notice(notice=first, why=models.Why.ADVISER, by=BY, on=STARTS + timedelta(31))
    assert stands(account, on=STARTS + timedelta(80)) == ["breathing_space"]
    assert stands(account, on=STARTS + timedelta(90)) == []


def test_what_the_notice_does_not_name_is_held_all_the_same_and_the_adviser_is_told(mary):
    named = ordering.an_account_under_order(people=[mary])
    other = ordering.an_account_under_order(people=[mary])
    name = f"{named.thing}/{LAST_YEAR.name}"
    notice = notices.a_notice(mary, STARTS, listed=frozenset({name}))
    origins = dict(notice.debts.values_list("thing", "origin"))
    assert origins == {named.thing: "named", other.thing: "found"}
    assert stands(other) == ["breathing_space"]
    assert notice.events.get().found == 1
    assert commands.tell_adviser(notice=notice, by=BY, on=STARTS) == 1
    with pytest.raises(commands.AlreadyDone):
        commands.tell_adviser(notice=notice, by=BY, on=STARTS)


def test_a_later_search_finds_what_was_owed_then_and_not_what_fell_due_since(mary):
    account = recovering_makers.billed(people=[mary])
    notice = notices.a_notice(mary, date(2025, 4, 20))
    assert not notice.debts.get().is_inside
    older = ordering.an_account_under_order(people=[mary], ordered=date(2025, 4, 1))
    [found] = commands.search_again(notice=notice, by=BY, on=date(2025, 5, 1))
    assert (found.thing, found.origin) == (older.thing, "found")
    assert stands(older, on=date(2025, 5, 1)) == ["breathing_space"]
    # A reminder that is sent while it runs makes arrears of its own: they are outside.
    assert stands(account, acts.REMINDER, date(2025, 5, 1), YEAR) == []


# One transaction


def test_an_agent_has_it_no_more_from_the_same_moment_and_earnings_go_on(mary):
    with_agent = ordering.an_account_under_order(people=[mary])
    attached = ordering.an_account_under_order(people=[mary])
    on = STARTS - timedelta(20)
    remedying.start(remedying.Kind.AGENT, remedies.order_of(with_agent, LAST_YEAR, on), mary.pk,
                    on=on)  # fmt: skip
    remedying.start(remedying.Kind.ATTACHMENT, remedies.order_of(attached, LAST_YEAR, on),
                    mary.pk, slot=1, on=on)  # fmt: skip
    notice = notices.a_notice(mary, STARTS)
    ended = dict(revenues.Remedy.objects.values_list("kind", "ends"))
    assert ended == {"agent": STARTS, "attachment": None}
    assert revenues.Recall.objects.get().why == revenues.Recall.Why.HOLD
    remarks = " ".join(words for one in notice.debts.all() for words in one.remarks)
    assert "called back" in remarks
    assert "may go on" in remarks


def test_all_of_it_happens_or_nothing(mary, monkeypatch):
    account = ordering.an_account_under_order(people=[mary])

    def fails(*_, **__):
        raise RuntimeError("a service could not stop")

    monkeypatch.setattr("borough.lines.revenues.moratoria.stand_still", fails)
    with pytest.raises(RuntimeError):
        notices.a_notice(mary, STARTS)
    assert not models.Notice.objects.exists()
    assert not Hold.objects.exists()
    assert stands(account) == []


def test_a_letter_that_was_to_be_written_is_not_and_one_in_the_tray_does_not_leave(mary):
    account = ordering.an_account_under_order(people=[mary])
    letter = documents.Letter({"title": "x"}, account.thing, [mary.pk], part=LAST_YEAR.name)
    notices.a_notice(mary, STARTS)
    held = documents.held_back("revenues.final_notice", [letter], STARTS)
    assert [one.kind for one in held[0]] == ["breathing_space"]
    with pytest.raises(documents.LeftAlone):
        documents.issue_many("revenues.final_notice", [letter], template="t", by=BY, on=STARTS)
    other = documents.Letter({"title": "x"}, account.thing, [mary.pk], part=YEAR.name)
    assert documents.held_back("revenues.final_notice", [other], STARTS) == {}


# The clock


def test_it_holds_for_sixty_days_and_its_end_is_a_fact(mary):
    account = ordering.an_account_under_order(people=[mary])
    notice = notices.a_notice(mary, STARTS)
    last = STARTS + timedelta(59)
    assert queries.clock_of(notice, on=last).day == 60
    assert stands(account, on=last) == ["breathing_space"]
    assert ending.record_lapses(by=BY, on=last) == []
    after = last + timedelta(1)
    assert stands(account, on=after) == []
    [ended] = ending.record_lapses(by=BY, on=after)
    assert (ended.ends, ended.why) == (after, models.Why.LAPSED)
    assert Fact.objects.filter(what="resident.moratorium_ended").count() == 1
    assert ending.record_lapses(by=BY, on=after) == []


def test_told_on_the_day_of_the_entry_it_holds_from_that_day(mary):
    account = ordering.an_account_under_order(people=[mary])
    eve = STARTS - timedelta(1)
    notice = notices.a_notice(mary, STARTS, on=eve)
    assert stands(account, on=eve) == ["breathing_space"]
    assert queries.clock_of(notice, on=eve).day == 0
    assert Hold.objects.get().ends == STARTS + timedelta(60)


def test_a_review_may_be_asked_for_on_the_twentieth_day_and_not_after(mary):
    notice = notices.a_notice(mary, STARTS)
    twentieth = STARTS + timedelta(19)
    with pytest.raises(commands.TooLate, match="29 September 2025"):
        commands.ask_review(notice=notice, by=BY, on=twentieth + timedelta(1))
    commands.ask_review(notice=notice, by=BY, on=twentieth)
    with pytest.raises(commands.AlreadyDone):
        commands.ask_review(notice=notice, by=BY, on=twentieth)
    commands.record_review(notice=notice, by=BY, on=twentieth)


@pytest.mark.parametrize(("day", "allowed"), [(24, False), (25, True), (35, True), (36, False)])
def test_the_midway_review_is_of_day_25_to_35(mary, day, allowed):
    notice = notices.a_notice(mary, STARTS)
    reviewed, on = STARTS + timedelta(day - 1), STARTS + timedelta(40)
    if allowed:
        commands.record_midway(notice=notice, reviewed_on=reviewed, by=BY, on=on)
        return
    with pytest.raises(commands.NotADay):
        commands.record_midway(notice=notice, reviewed_on=reviewed, by=BY, on=on)


def test_a_crisis_lasts_as_long_as_the_treatment_and_thirty_days(mary):
    account = ordering.an_account_under_order(people=[mary])
    notice = notices.a_notice(mary, STARTS, kind=Kind.CRISIS)
    late = STARTS + timedelta(200)
    assert stands(account, on=late) == ["mental_health_crisis"]
    with pytest.raises(commands.NotOfThisKind):
        commands.record_midway(notice=notice, reviewed_on=late, by=BY, on=late)
    ends = commands.end_treatment(notice=notice, ended_on=late, by=BY, on=late + timedelta(3))
    assert ends == late + timedelta(31)
    assert stands(account, on=late + timedelta(30)) == ["mental_health_crisis"]
    assert stands(account, on=ends) == []
    assert len(ending.record_lapses(by=BY, on=ends)) == 1


def test_a_crisis_is_certified_and_a_breathing_space_is_not(mary):
    for kind, day in ((Kind.CRISIS, None), (Kind.STANDARD, STARTS - timedelta(1))):
        with pytest.raises(commands.NotCertified):
            notices.a_notice(mary, STARTS, kind=kind, certified_on=day)


def test_it_is_cancelled_for_one_debt_or_for_all_from_tomorrow(mary):
    one, other = (ordering.an_account_under_order(people=[mary]) for _ in range(2))
    notice = notices.a_notice(mary, STARTS)
    on = STARTS + timedelta(10)
    debt = notice.debts.get(thing=one.thing)
    ending.release_debt(debt=debt, why=models.Why.ADVISER, by=BY, on=on)
    assert stands(one, on=on) == ["breathing_space"]
    assert stands(one, on=on + timedelta(1)) == []
    assert stands(other, on=on + timedelta(1)) == ["breathing_space"]
    ending.end_notice(notice=notice, why=models.Why.COURT, by=BY, on=on)
    assert stands(other, on=on + timedelta(1)) == []
    with pytest.raises(commands.HasEnded):
        commands.ask_review(notice=notice, by=BY, on=on)


def test_another_within_twelve_months_is_recorded_and_seen(mary):
    first = notices.a_notice(mary, STARTS)
    later = date(2026, 9, 9)
    assert queries.earlier_within(mary.pk, later) == first
    assert queries.earlier_within(mary.pk, date(2026, 9, 10)) is None


def test_a_notice_is_recorded_once_and_not_when_it_is_over_or_to_come(mary):
    notices.a_notice(mary, STARTS, reference="BS-1")
    with pytest.raises(commands.AlreadyRecorded):
        notices.a_notice(mary, STARTS, reference="BS-1")
    with pytest.raises(commands.NotADay, match="over"):
        notices.a_notice(mary, STARTS, on=STARTS + timedelta(60))
    with pytest.raises(commands.NotADay, match="today or earlier"):
        notices.a_notice(mary, STARTS, on=STARTS - timedelta(2))


def test_what_is_recorded_stays(mary):
    notice = notices.a_notice(mary, STARTS)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Notice.objects.filter(pk=notice.pk).update(adviser="Another")
