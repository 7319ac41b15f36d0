"""Notices that come by a feed wait for a person; what is owed to others stands still too."""

from datetime import date, timedelta

import pytest

from borough.kernel.facts import delivering
from borough.kernel.holds import acts
from borough.kernel.holds import queries as asking
from borough.kernel.holds.moratoria import Covered
from borough.resident.identity import commands as identity
from borough.resident.moratoria import commands, models, others, queries, waiting
from borough.resident.sources import models as sources
from tests import makers, markup, officers
from tests.resident.moratoria import notices
from tests.resident.sources import feed_makers

ON = feed_makers.ON
BY = makers.everything()


@pytest.fixture(autouse=True)
def _ledger(db, settings):
    settings.STANDING_DATE = ON
    makers.an_open_ledger()


@pytest.fixture
def mary():
    return makers.a_person("Mary", "Rimmer", date_of_birth=date(1980, 2, 3))


def fed():
    """Take in a notice of breathing space about a Mary Rimmer."""
    row = {
        "key": "P1", "given_names": "Mary", "family_name": "Rimmer", "date_of_birth": "1980-02-03",
        "notice_reference": "BS-9", "notice_from": str(ON), "notice_kind": "Standard",
        "notice_until": str(ON + timedelta(60)),
    }  # fmt: skip
    feed_makers.take_in(feed_makers.a_file("breathing-space", row), "breathing-space")
    return sources.Notice.objects.get()


def test_what_comes_by_a_feed_waits_until_somebody_says_whom_it_concerns(mary):
    notice = fed()
    assert not models.Notice.objects.exists()
    assert [one.text for one in waiting.waits(BY, ON)] == [
        "Find whom a notice of breathing space concerns, today"
    ]
    visitor = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose="resident.support"
    )
    page = visitor.get(f"/residents/moratoria/notices/{notice.pk}").content.decode()
    markup.check(page)
    assert "born 3 February 1980" in page
    answer = visitor.post(
        f"/residents/moratoria/notices/{notice.pk}", officers.posted(whom=str(mary.pk)), follow=True
    )
    markup.check(answer.content.decode())
    assert "BS-9" in answer.content.decode()
    given = {"kind": "breathing_space", "reference": "BS-9", "adviser": "Invented Advice"}
    day = markup.day_data("registered_on", ON - timedelta(1))
    visitor.post(
        f"/residents/{mary.pk}/moratorium/{notice.pk}",
        officers.posted(step="confirm", **given, **day),
    )
    recorded = models.Notice.objects.get()
    assert (recorded.person, recorded.told_by, recorded.starts) == (mary, notice, ON)
    assert notice.decision.outcome == "acted"
    assert others.records_of([mary.pk], ON) == {notice.record_id: mary.pk}
    assert list(queries.by_feed()) == []


def test_a_notice_of_nobody_we_know_is_set_aside_once():
    notice = fed()
    commands.set_notice_aside(by_feed=notice, outcome="nobody", by=BY, on=ON)
    with pytest.raises(commands.AlreadyDone):
        commands.set_notice_aside(by_feed=notice, outcome="nobody", by=BY, on=ON)


def test_rent_that_is_owed_is_inside_and_what_nobody_owes_is_not_there(mary):
    rows = [feed_makers.rent("T1", "A", "120.00"), feed_makers.rent("T2", "B", "0.00")]
    feed_makers.take_in(feed_makers.a_file("northway-rents", *rows))
    records = {one.pk: mary.pk for one in sources.Record.objects.all()}
    [debt] = others.of_records(records, ON, ON)
    assert (debt.pence, debt.is_inside, debt.people) == (12_000, True, (mary.pk,))
    assert debt.holder
    assert debt.thing == f"resident.debt/{sources.Debt.objects.get(reference='T1').pk}"


def test_a_record_joined_after_the_first_day_is_reached_all_the_same(mary):
    """A notice comes a day late, a file later still: what is owed stands still from that moment."""
    notice = notices.a_notice(mary, ON - timedelta(2), on=ON)
    assert not notice.debts.exists()
    rows = [
        feed_makers.rent("T1", "A", "120.00", oldest_due="01/02/2025"),
        feed_makers.rent("T2", "A", "15.00", oldest_due=f"{ON:%d/%m/%Y}"),
    ]
    feed_makers.take_in(feed_makers.a_file("northway-rents", *rows))
    identity.join(record=sources.Record.objects.get(), person=mary, by=BY, on=ON)
    delivering.deliver()
    inside, later = notice.debts.order_by("-is_inside")
    [reasons] = asking.may_we_act([asking.Debt(inside.thing, (mary.pk,))], acts.REMINDER, ON)
    assert [one.kind for one in reasons] == ["breathing_space"]
    assert "Ask its holder what was owed on 31 May 2025" in inside.remarks[1]
    assert not later.is_inside
    assert "since it began" in later.why
    searched = notice.events.filter(kind=models.Event.Kind.SEARCHED).count()
    delivering.deliver()
    assert notice.events.filter(kind=models.Event.Kind.SEARCHED).count() == searched
    recorded_late = notices.a_notice(mary, ON - timedelta(1), on=ON)
    assert recorded_late.debts.filter(is_inside=True).count() == 1


def test_the_second_of_two_who_record_one_notice_at_once_gets_a_sentence(mary, monkeypatch):
    given, waits = notices.told(ON), commands.holds.standing_in_the_way

    def first_come() -> None:  # a colleague is a moment faster
        monkeypatch.setattr(commands.holds, "standing_in_the_way", waits)
        commands.record_notice(person=mary, told=given, by=BY, on=ON)

    monkeypatch.setattr(commands.holds, "standing_in_the_way", first_come)
    with pytest.raises(commands.AlreadyRecorded, match="Nothing was added"):
        commands.record_notice(person=mary, told=given, by=BY, on=ON)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2020, 1, 1), date(9999, 1, 1)])
def test_a_day_on_which_there_was_no_breathing_space_is_a_sentence(mary, day):
    visitor = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose="resident.support"
    )
    given = {"kind": "breathing_space", "reference": "BS-9", "adviser": "Invented Advice"}
    answer = visitor.post(
        f"/residents/{mary.pk}/moratorium",
        officers.posted(**given, **markup.day_data("registered_on", day)),
    )
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_what_is_owed_to_others_is_held_and_its_holder_is_told(mary, monkeypatch):
    debt = Covered(
        "resident.debt/7", "", "Rent, T1", (mary.pk,), 12_000, is_inside=True, why="Arrears",
        holder="Northway Homes",
    )  # fmt: skip
    monkeypatch.setattr(others, "covered", lambda *_: [debt])
    notice = notices.a_notice(mary, ON)
    [reasons] = asking.may_we_act([debt.debt], acts.REMINDER, ON)
    assert [one.kind for one in reasons] == ["breathing_space"]
    assert [one.text for one in waiting.waits(BY, ON)] == [
        f"Tell the holders of debts to others: moratorium {notice.reference}"
    ]
    assert commands.tell_holders(notice=notice, by=BY, on=ON) == 1
    assert waiting.waits(BY, ON) == []
    with pytest.raises(commands.AlreadyDone):
        commands.tell_holders(notice=notice, by=BY, on=ON)
