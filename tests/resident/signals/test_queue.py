"""Who is looked at, in which order, and a case from its opening to its end."""

from datetime import date, timedelta

import pytest

from borough.kernel import commanding, joining
from borough.kernel.facts.models import Fact
from borough.kernel.runs import commands as runs
from borough.kernel.runs import queries as progress
from borough.resident.signals import commands, laying, models, nightly, noticing, queries
from borough.rules import years
from borough.rules.support import signals
from tests import makers, markup, officers

ON = date(2025, 6, 2)
BY = makers.everything()
SUPPORT = joining.purposes()["resident.support"]
WEIGHED = signals.law(ON)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


def worried(given, *codes, days=1):
    """Return somebody of whom these worries were seen some days ago."""
    person = makers.a_person(given, "Rimmer")
    for code in codes:
        day = ON - timedelta(days)
        models.Sighting.objects.create(
            person=person,
            code=code,
            key=f"made.up/{given}",
            observed_on=day,
            expires_on=day + timedelta(WEIGHED.signals[code].days),
            value={"S2": 2}.get(code, 1),
            version=WEIGHED.since[code],
        )
    return person


@pytest.fixture
def mary(db):
    return worried("Mary", "S2", "S3", "S1")  # 3 + 3 + 2


@pytest.fixture
def ben(db):
    return worried("Ben", "S3", "S11")  # 3 + 4


def capacity(places):
    return commands.set_capacity(places=places, by=BY, on=ON)


def names(queue):
    rows = queue.held.select_related("person").order_by("number")
    return [(row.person.given_names, row.points, row.by_lot) for row in rows]


def take(person):
    return commands.take_case(
        person=person, next_review=ON + timedelta(7), by=makers.an_officer(1), on=ON
    )


def test_the_most_points_come_first_and_one_place_in_twenty_goes_by_lot(mary, ben):
    dora, carl = worried("Dora", "S3", "S4"), makers.a_person("Carl", "Calm")
    capacity(10)
    queue = laying.lay(ON)
    assert names(queue)[:2] == [("Mary", 8, False), ("Ben", 7, False)]
    [(drawn, _, by_lot)] = names(queue)[2:]
    assert by_lot
    assert drawn in {dora.given_names, carl.given_names}
    assert (queue.in_band, queue.for_message, queue.others) == (2, 1, 1)
    assert (queue.waiting, queue.drawn_from) == (0, 2)


def test_without_a_capacity_nobody_has_a_place_and_a_new_one_lays_the_day_anew(mary, ben):
    assert names(laying.lay(ON)) == []
    assert names(capacity(1)) == [("Mary", 8, False)]
    assert queries.queue_of(ON).waiting == 1
    assert names(queries.queue_of(ON)) == [("Mary", 8, False)]
    with pytest.raises(commands.NotANumber):
        capacity(-1)


def test_whoever_has_a_case_leaves_the_queue_until_the_day_after_their_peace(mary, ben):
    capacity(2)
    case = take(mary)
    assert (case.points, case.first_seen_on, sorted(case.codes)) == (
        8,
        ON - timedelta(1),
        ["S1", "S2", "S3"],
    )
    assert [one for one, *_ in names(laying.lay(ON))] == ["Ben"]
    with pytest.raises(commands.HasACase):
        take(mary)
    commands.close_case(case=case, outcome="helped", rests_until=ON + timedelta(3), by=BY, on=ON)
    assert [one for one, *_ in names(laying.lay(ON + timedelta(2)))] == ["Ben"]
    assert [one for one, *_ in names(laying.lay(ON + timedelta(3)))] == ["Mary", "Ben"]
    with pytest.raises(commands.CaseClosed):
        commands.record_contact(case=case, how="phone", outcome="helped", by=BY, on=ON)


def test_days_that_cannot_be_are_refused(mary):
    with pytest.raises(commands.NotADay):
        commands.take_case(person=mary, next_review=ON, by=BY, on=ON)
    case = take(mary)
    with pytest.raises(commands.NotADay):
        commands.close_case(
            case=case, outcome="helped", rests_until=ON - timedelta(1), by=BY, on=ON
        )
    with pytest.raises(commands.NotADay):
        commands.review_case(case=case, next_review=ON + timedelta(183), by=BY, on=ON)


def test_the_measure_counts_from_the_first_worry_to_the_first_help(mary, ben):
    year = years.Year(2025)
    assert queries.days_to_help(year, ON) is None
    for person, outcomes in ((mary, ["reached", "helped", "helped"]), (ben, ["not_reached"])):
        case = take(person)
        for number, outcome in enumerate(outcomes):
            commands.record_contact(
                case=case, how="phone", outcome=outcome, by=BY, on=ON + timedelta(number)
            )
    assert queries.days_to_help(year, ON + timedelta(9)) == (2, 1)  # seen the day before; next day
    assert queries.days_to_help(year, ON) is None


def test_facts_of_a_case_say_that_it_is_and_never_why(mary):
    case = take(mary)
    [fact] = Fact.objects.filter(what="resident.case_opened")
    assert fact.thing == case.thing
    assert fact.detail == {"next_review": "2025-06-09"}


def test_the_night_goes_on_after_it_was_stopped_and_is_done_once(db, monkeypatch):
    worried("Nora", "S11", "S4", "S1")  # what happened stays; what lasts is looked at anew
    worried("Mary", "S2", "S3", "S1")
    capacity(5)
    by = commanding.System("system/night", frozenset(joining.capabilities()))
    run = commands.look_for_worries(by=by, on=ON)
    with pytest.raises(runs.AlreadyAsked):
        commands.look_for_worries(by=by, on=ON)
    real, looked = noticing.notice, []

    def stopped_at_the_sixth(people, *, codes, **more):
        if len(looked) == 5:
            looked.append("stop")
            raise RuntimeError("stopped")
        looked.extend(codes)
        return real(people, codes=codes, **more)

    monkeypatch.setattr(noticing, "notice", stopped_at_the_sixth)
    with pytest.raises(RuntimeError):
        nightly.carry_out(run, by=by)
    assert progress.progress(run).parts_done == 5
    nightly.carry_out(run, by=by)
    assert sorted(looked) == sorted([*WEIGHED.signals, "stop"])
    assert progress.progress(run).is_done
    assert names(queries.queue_of(ON))[0] == ("Nora", 8, False)
    nightly.carry_out(run, by=by)
    assert Fact.objects.filter(what="resident.worries_looked_for").count() == 1


@pytest.fixture
def visitor(db):
    officer = officers.an_officer("Sue Example", *officers.every_capability())
    return officers.a_visitor(officer, purpose="resident.support")


def page(visitor, address):
    found = visitor.get(address).content.decode()
    markup.check(found)
    return found


def test_the_queue_says_why_and_leads_to_a_case_that_ends_with_help(mary, ben, visitor):
    capacity(5)
    laying.lay(ON)
    assert "Open the queue of 2 June 2025" in page(visitor, "/residents/support-queue")
    queue = page(visitor, "/residents/support-queue/2025-06-02/1")
    assert "Mary Rimmer" in queue
    assert "Behind with 2 council services at once" in queue
    assert set(
        Fact.objects.filter(what="kernel.looked").values_list("concerns__person_id", flat=True)
    ) >= {mary.pk, ben.pk}

    asks = f"/residents/{mary.pk}/support-case"
    markup.check(visitor.get(asks).content.decode())
    day = markup.day_data("next_review", date(2025, 6, 9))
    assert visitor.post(asks, officers.posted(**day)).status_code == 302
    case = models.SupportCase.objects.get(person=mary)
    assert "A support case is open" in page(visitor, f"/residents/{mary.pk}")
    assert "Has a case" in page(visitor, "/residents/support-queue/2025-06-02/1")
    own = f"/residents/support-cases/{case.pk}"
    assert visitor.post(f"{own}/contact", officers.posted(how="phone", outcome="helped"))
    assert "something that helps was begun" in page(visitor, own)
    assert "Mary Rimmer" in page(visitor, "/residents/support-cases/pages/1")


def test_another_purpose_sees_that_a_case_is_open_and_nothing_of_why(mary, visitor):
    take(mary)
    capacity(5)
    laying.lay(ON)
    officer = officers.an_officer("Ann Example", *officers.every_capability())
    ann = officers.a_visitor(officer, purpose="revenues.collecting")
    shown = page(ann, f"/residents/{mary.pk}")
    assert "A support case is open" in shown
    assert "Early worries" not in shown
    assert "weeks’ rent" not in shown
    assert "Early worries" in page(visitor, f"/residents/{mary.pk}")
    case = models.SupportCase.objects.get(person=mary)
    for address in (
        "support-queue/2025-06-02/1",
        "support-messages/2025-06-02/1",
        "support-cases/pages/1",
        f"support-cases/{case.pk}",
        f"{mary.pk}/support-case",
    ):
        answer = ann.get(f"/residents/{address}")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/purpose"), address


def test_the_list_for_messages_has_the_middle_band_alone(mary, visitor):
    worried("Dora", "S3", "S4")
    shown = page(visitor, "/residents/support-messages/2025-06-02/1")
    assert "Dora Rimmer" in shown
    assert "Mary Rimmer" not in shown
    assert "Nothing is sent from here" in shown


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2025-02-30", "²"])
def test_a_day_before_the_calendar_of_the_house_is_no_page_and_no_fault(visitor, day):
    for there in ("support-messages", "support-queue"):
        assert visitor.get(f"/residents/{there}/{day}/1").status_code == 404
