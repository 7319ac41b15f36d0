"""What is about to run out is seen before it does, with what changes then."""

from datetime import date

import pytest

from borough.lines.revenues import models
from borough.lines.revenues.queries import clocks
from tests import makers, markup, officers

TODAY = date(2025, 6, 2)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def account(db):
    return makers.an_account(people=[makers.a_person("Mary", "Rimmer")], adults=1)


def seen():
    return [(one.on, one.kind, one.reference) for one in clocks.striking(TODAY)]


def empty(account, starts, ends=None, state="unfurnished"):
    models.Occupation.objects.create(
        dwelling=account.dwelling, state=state, starts=starts, ends=ends
    )


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (date(2024, 7, 1), "Empty for a year: a premium of 100 per cent is added."),
        (date(2020, 7, 1), "Empty for 5 years: a premium of 200 per cent is added."),
        (date(2015, 7, 1), "Empty for 10 years: a premium of 300 per cent is added."),
    ],
)
def test_a_premium_that_begins_or_steps_up(account, since, says):
    empty(account, since)
    [one] = clocks.striking(TODAY)
    assert (one.on, one.says, one.reference) == (date(2025, 7, 1), says, account.reference)


def test_the_clock_runs_on_through_six_weeks_of_use_and_survives_owners(account):
    empty(account, date(2024, 7, 1), date(2024, 9, 1))
    empty(account, date(2024, 9, 1), date(2024, 10, 13), state="occupied")  # 42 days
    empty(account, date(2024, 10, 13))
    assert seen() == [(date(2025, 7, 1), "Empty home premium", account.reference)]


@pytest.mark.parametrize("since", [date(2024, 6, 2), date(2024, 8, 3), date(2023, 1, 1)])
def test_what_began_already_or_is_far_off_is_not_listed(account, since):
    empty(account, since)
    assert seen() == []


def test_exceptions_end_after_twelve_months_or_on_their_own_day(account):
    models.PremiumException.objects.create(
        dwelling=account.dwelling, letter="G", starts=date(2024, 7, 15)
    )
    assert seen() == [(date(2025, 7, 15), "Exception to a premium", account.reference)]
    models.PremiumException.objects.update(ends=date(2025, 6, 20))
    assert seen() == [(date(2025, 6, 20), "Exception to a premium", account.reference)]


def test_class_b_lasts_six_months_and_class_f_until_its_recorded_end(account):
    models.Exemption.objects.create(dwelling=account.dwelling, letter="B", starts=date(2025, 1, 10))
    [one] = clocks.striking(TODAY)
    assert (one.on, "end it" in one.says) == (date(2025, 7, 10), True)
    models.Exemption.objects.update(letter="F")
    assert seen() == []  # no grant yet
    models.Exemption.objects.update(ends=date(2025, 6, 30))
    assert seen() == [(date(2025, 6, 30), "Exemption", account.reference)]


def test_disregards_and_reductions_that_end(account):
    account.disregards.create(
        person=account.liabilities.get().person,
        ground="student",
        starts=date(2024, 9, 1),
        ends=date(2025, 7, 1),
    )
    account.reductions.create(
        kind=1, year_pence=1000, starts=date(2024, 9, 1), ends=date(2025, 7, 2)
    )
    assert [kind for _, kind, _ in seen()] == ["Disregard", "Reduction"]


def test_somebody_becomes_18_where_a_single_person_discount_holds(account):
    child = makers.a_person("Sam", "Rimmer", date_of_birth=date(2007, 7, 4))
    child.residences.create(dwelling=account.dwelling, starts=date(2024, 4, 1))
    assert seen() == [(date(2025, 7, 4), "Eighteenth birthday", account.reference)]
    account.households.update(adults=2)
    assert seen() == []


def test_homes_without_anybody_liable(account):
    lost = makers.a_dwelling(line="1 Lost Lane")
    gone = makers.an_account()
    gone.ends = date(2025, 5, 1)
    gone.save()
    assert clocks.nobody_liable(TODAY) == [(gone.dwelling_id, date(2025, 5, 1)), (lost.pk, None)]


def test_the_lists_are_sorted_and_filtered(account):
    empty(account, date(2024, 7, 1))
    models.Exemption.objects.create(dwelling=account.dwelling, letter="B", starts=date(2025, 1, 10))
    makers.a_dwelling(line="1 Lost Lane")
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    page = visitor.get("/revenues/clocks").content.decode()
    markup.check(page)
    assert "premium of 100 per cent" in page
    assert account.reference in page
    only = visitor.get("/revenues/clocks?kind=Exemption&sort=-on").content.decode()
    assert "premium of 100 per cent" not in only
    assert "class B" in only
    lost = visitor.get("/revenues/dwellings/nobody-liable").content.decode()
    markup.check(lost)
    assert "1 Lost Lane" in lost
