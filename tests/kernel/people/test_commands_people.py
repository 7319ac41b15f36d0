"""What is recorded of people: once, dated, and with facts that tell the kind alone."""

import json
from datetime import date

import pytest
from django.db import transaction

from borough.kernel import commanding
from borough.kernel.facts.models import Concerns, Fact
from borough.kernel.people import commands
from borough.kernel.people.finders import people_like
from borough.kernel.people.models import ContactPoint, Person
from tests import makers

ON = date(2025, 6, 2)
TOMORROW = date(2025, 6, 3)


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 3, 1))


@pytest.fixture
def firm(db):
    return makers.a_person("", "Invented Homes Ltd", kind="organisation")


def acting(on=ON):
    return {"by": makers.everything(), "on": on}


def refused(kind, run):
    """Assert that a command refuses, in a sentence, and changes nothing."""
    with pytest.raises(kind) as refusal, transaction.atomic():
        run()
    assert str(refusal.value).endswith(".")
    return str(refusal.value)


def told():
    """Return the kind of every fact, oldest first."""
    return list(Fact.objects.order_by("id").values_list("what", flat=True))


def reach(person, value="07700 900001", kind="phone", on=ON, **more):
    return commands.record_contact_point(
        person=person, kind=kind, value=value, **more, **acting(on)
    )


def write_to(person, lines="1 Other Road\nSouthport", **more):
    days = {"starts": ON} | more
    return commands.record_correspondence_address(person=person, lines=lines, **days, **acting())


def test_a_need_holds_from_the_day_it_is_recorded_until_it_is_ended(mary):
    need = commands.record_need(person=mary, kind="large_print", **acting())
    assert (need.starts, need.ends) == (ON, None)
    refused(
        commands.AlreadyRecorded,
        lambda: commands.record_need(person=mary, kind="large_print", **acting(TOMORROW)),
    )
    commands.end_need(need=need, **acting(TOMORROW))
    need.refresh_from_db()
    assert need.ends == TOMORROW
    refused(commands.AlreadyOver, lambda: commands.end_need(need=need, **acting(TOMORROW)))
    commands.record_need(person=mary, kind="large_print", **acting(TOMORROW))
    assert told() == ["kernel.need_recorded", "kernel.need_ended", "kernel.need_recorded"]


def test_a_need_taken_back_on_its_day_never_held(mary):
    need = commands.record_need(person=mary, kind="braille", **acting())
    commands.end_need(need=need, **acting())
    assert not mary.needs.exists()
    assert told() == ["kernel.need_recorded", "kernel.need_ended"]


def test_a_review_lies_ahead(mary):
    words = refused(
        commands.NotADay,
        lambda: commands.record_need(person=mary, kind="braille", review_by=ON, **acting()),
    )
    assert words == "The day of the review must be after today."


@pytest.mark.parametrize("kind", ["depression", ""])
def test_only_the_kinds_of_need_that_are_listed_can_be_recorded(mary, kind):
    with pytest.raises(ValueError, match="is not a valid"):
        commands.record_need(person=mary, kind=kind, **acting())


def test_one_way_to_reach_somebody_is_preferred_at_a_time(mary):
    phone = reach(mary, preferred=True)
    email = reach(mary, "mary@example.org", "email", preferred=True)
    assert list(mary.contact_points.filter(preferred=True)) == [email]
    commands.prefer_contact_point(contact_point=phone, **acting())
    assert list(mary.contact_points.filter(preferred=True)) == [phone]
    refused(
        commands.AlreadyRecorded,
        lambda: commands.prefer_contact_point(contact_point=phone, **acting()),
    )
    assert told().count("kernel.contact_preferred") == 3


def test_a_way_that_ended_is_neither_ended_nor_preferred_again(mary):
    phone = reach(mary, preferred=True)
    commands.end_contact_point(contact_point=phone, **acting(TOMORROW))
    for again in (commands.end_contact_point, commands.prefer_contact_point):
        refused(
            commands.AlreadyOver,
            lambda again=again: again(contact_point=phone, **acting(TOMORROW)),
        )
    assert reach(mary, preferred=True, on=TOMORROW).preferred


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "mary"),
        ("email", ""),
        ("phone", "ask her son"),
        ("phone", "123"),
        ("text", "0123456789012345"),
        ("letter", "1 Other Road"),
    ],
)
def test_what_reaches_nobody_is_refused(mary, kind, value):
    refused(commands.NotAWayToReach, lambda: reach(mary, value, kind))
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize(
    ("kind", "first", "again"),
    [
        ("phone", "01632 960001", "(01632) 960-001"),
        ("email", "Mary@example.org", "mary@EXAMPLE.org"),
        ("letter", "", ""),
    ],
)
def test_a_way_written_differently_is_still_the_same_one(mary, kind, first, again):
    reach(mary, first, kind)
    refused(commands.AlreadyRecorded, lambda: reach(mary, again, kind))


def test_a_number_may_take_both_calls_and_texts(mary):
    reach(mary, kind="phone")
    reach(mary, kind="text")
    assert mary.contact_points.count() == 2


def test_letters_go_to_one_other_address_at_a_time(mary):
    first = write_to(mary, ends=date(2025, 7, 1), postcode=" zz1  1aa ")
    assert (first.lines, first.postcode) == ("1 Other Road\nSouthport", "ZZ1 1AA")
    refused(commands.AlreadyRecorded, lambda: write_to(mary, starts=date(2025, 6, 30)))
    write_to(mary, starts=date(2025, 7, 1))
    assert mary.correspondence_addresses.count() == 2


def test_an_address_is_ended_on_a_day_or_was_never_so(mary):
    address = write_to(mary)
    early = date(2025, 6, 1)
    words = refused(
        commands.NotADay,
        lambda: commands.end_correspondence_address(address=address, ends=early, **acting()),
    )
    assert words == "Letters go there from 2 June 2025. Enter that day or a later one."
    commands.end_correspondence_address(address=address, ends=ON, **acting())
    assert not mary.correspondence_addresses.exists()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"lines": " \n\n"}, commands.NotAnAddress),
        ({"lines": "a\nb\nc\nd\ne\nf\ng"}, commands.NotAnAddress),
        ({"ends": ON}, commands.NotADay),
    ],
)
def test_an_address_that_cannot_be_is_refused(mary, changed, kind):
    refused(kind, lambda: write_to(mary, **changed))


def test_a_new_name_is_found_and_the_old_one_is_kept(mary):
    married = date(2025, 5, 1)
    commands.correct_name(
        person=mary, title="Mrs", given_names="Mary", family_name=" Van  Dyk ", since=married,
        **acting(),
    )  # fmt: skip
    mary.refresh_from_db()
    assert mary.name == "Mrs Mary Van Dyk"
    [former] = mary.former_names.all()
    assert (former.name, former.ends) == ("Mary Rimmer", married)
    assert [one.id for one in people_like("mary van dike")] == [mary.pk]


def test_the_longest_name_fits_among_the_former(db):
    person = makers.a_person("g" * 120, "f" * 120, title="t" * 20)
    commands.correct_name(person=person, family_name="Short", since=ON, **acting())
    assert len(person.former_names.get().name) == 262


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"family_name": "Rimmer", "given_names": "Mary"}, commands.AlreadyRecorded),
        ({"family_name": "  "}, commands.NotAName),
        ({"family_name": "Sutton", "since": TOMORROW}, commands.NotADay),
    ],
)
def test_a_name_that_is_none_or_the_same_is_refused(mary, answers, kind):
    refused(kind, lambda: commands.correct_name(person=mary, **{"since": ON} | answers, **acting()))


def test_names_follow_one_another(mary):
    commands.correct_name(person=mary, family_name="Sutton", since=ON, **acting())
    words = refused(
        commands.NotADay,
        lambda: commands.correct_name(
            person=mary, family_name="Smith", since=date(2025, 6, 1), **acting()
        ),
    )
    assert words == "They have the name they have now since 2 June 2025."


def test_an_organisation_has_one_name_and_never_dies(firm):
    refused(
        commands.NotAHuman,
        lambda: commands.correct_name(
            person=firm, family_name="New", given_names="x", since=ON, **acting()
        ),
    )
    commands.correct_name(person=firm, family_name="New Homes Ltd", since=ON, **acting())
    refused(commands.NotAHuman, lambda: commands.record_death(person=firm, died_on=ON, **acting()))
    assert Person.objects.get(pk=firm.pk).name == "New Homes Ltd"


def test_a_death_is_recorded_put_right_and_taken_back(mary):
    for wrong in (TOMORROW, date(1950, 2, 28)):
        refused(
            commands.NotADay,
            lambda wrong=wrong: commands.record_death(person=mary, died_on=wrong, **acting()),
        )
    commands.record_death(person=mary, died_on=date(2025, 5, 30), **acting())
    refused(
        commands.AlreadyRecorded,
        lambda: commands.record_death(person=mary, died_on=date(2025, 5, 30), **acting()),
    )
    commands.record_death(person=mary, died_on=date(2025, 5, 31), **acting())
    mary.refresh_from_db()
    assert mary.date_of_death == date(2025, 5, 31)
    commands.take_back_death(person=mary, **acting())
    mary.refresh_from_db()
    assert mary.date_of_death is None
    refused(commands.AlreadyOver, lambda: commands.take_back_death(person=mary, **acting()))


def test_facts_tell_the_kind_and_never_what_was_told(mary):
    reach(mary, "mary@example.org", "email", preferred=True)
    write_to(mary, postcode="ZZ1 1AA")
    commands.correct_name(person=mary, family_name="Sutton", since=ON, **acting())
    commands.record_need(person=mary, kind="large_print", **acting())
    commands.record_death(person=mary, died_on=date(2025, 5, 30), **acting())
    facts = json.dumps(list(Fact.objects.values_list("thing", "detail")))
    for secret in ("mary@", "Other Road", "ZZ1", "Rimmer", "Sutton", "2025-05-30"):
        assert secret not in facts, secret
    assert Concerns.objects.filter(person_id=mary.pk).count() == len(told()) == 6
    assert set(Fact.objects.values_list("thing", flat=True)) == {f"kernel.person/{mary.pk}"}


def test_who_may_not_record_changes_nothing(mary):
    nobody = {"by": makers.nobody(), "on": ON}
    phone, address = reach(mary), write_to(mary)
    need = commands.record_need(person=mary, kind="braille", **acting())
    before = Fact.objects.count()
    for run in (
        lambda: commands.record_need(person=mary, kind="easy_read", **nobody),
        lambda: commands.end_need(need=need, **nobody),
        lambda: commands.record_contact_point(person=mary, kind="letter", **nobody),
        lambda: commands.prefer_contact_point(contact_point=phone, **nobody),
        lambda: commands.end_contact_point(contact_point=phone, **nobody),
        lambda: commands.record_correspondence_address(
            person=mary, lines="x", starts=date(2026, 1, 1), **nobody
        ),
        lambda: commands.end_correspondence_address(address=address, ends=TOMORROW, **nobody),
        lambda: commands.correct_name(person=mary, family_name="x", since=ON, **nobody),
        lambda: commands.record_death(person=mary, died_on=ON, **nobody),
        lambda: commands.take_back_death(person=mary, **nobody),
    ):
        refused(commanding.NotAllowed, run)
    assert Fact.objects.count() == before
