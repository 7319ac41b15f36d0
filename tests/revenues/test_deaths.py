"""After a death: who goes on, when the estate is exempt, and the clock of the grant."""

from datetime import date

import pytest

from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import CorrespondenceAddress, Residence
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import (
    changing,
    deaths,
    dwellings,
    households,
    moves,
    undoing,
)
from borough.lines.revenues.queries import deaths as queries
from tests import makers, markup, officers
from tests.revenues.test_moves import SINCE, billed, charged, liable, use
from tests.revenues.test_pages_changes import carried, day

DIED, TODAY = date(2025, 5, 10), date(2025, 6, 20)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


def household(*people, adults):
    account = makers.an_account(people=list(people), adults=adults)
    for one in people:
        Residence.objects.create(person=one, dwelling=account.dwelling, starts=SINCE)
    account.liabilities.exclude(person=people[0]).update(basis="partner")
    billed(account)
    return account


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer", date_of_death=DIED)


def settle(account, person, **more):
    return deaths.settle_death(
        account=account,
        person=person,
        by=makers.everything(),
        on=TODAY,
        **{"estate": True, **more},
    )


def test_the_other_of_two_goes_on_and_pays_a_quarter_less(mary):
    john = makers.a_person("John", "Rimmer")
    account = household(mary, john, adults=2)
    settle(account, mary)
    account.refresh_from_db()
    assert account.ends is None
    assert liable(account) == [
        ("Mary", "freeholder", SINCE, DIED),
        ("John", "partner", SINCE, None),
    ]
    # 39 days in full, 326 at three quarters, £1,899.93 a year
    assert charged(account) == round(189_993 * 39 / 365) + round(189_993 * 0.75 * 326 / 365)
    assert not models.Exemption.objects.exists()


def test_an_empty_home_is_exempt_until_six_months_after_the_grant(mary):
    account = household(mary, adults=1)
    settle(account, mary)
    assert liable(account) == [("Mary", "freeholder", SINCE, DIED), ("Mary", "owner", DIED, None)]
    assert use(account.dwelling) == [("furnished", DIED, None)]
    assert charged(account) == round(189_993 * 0.75 * 39 / 365)
    letters = CorrespondenceAddress.objects.get(person=mary)
    assert letters.lines.startswith("The executors of Mary Rimmer\n")

    deaths.record_grant(person=mary, granted_on=date(2025, 6, 2), by=makers.everything(), on=TODAY)
    exemption = models.Exemption.objects.get()
    assert (exemption.letter, exemption.starts, exemption.ends) == ("F", DIED, date(2025, 12, 2))
    # Furnished and nobody's home from 2 December: 120 days at 200 per cent
    assert charged(account) == (round(189_993 * 0.75 * 39 / 365) + round(189_993 * 2 * 120 / 365))
    assert queries.granted_on(mary) == date(2025, 6, 2)


def test_what_followed_from_a_death_can_be_undone(mary):
    account = household(mary, adults=1)
    before = charged(account)
    settle(account, mary)
    undoing.undo_change(change=models.Change.objects.get(), by=makers.everything(), on=TODAY)
    assert charged(account) == before
    assert liable(account) == [("Mary", "freeholder", SINCE, None)]
    assert not CorrespondenceAddress.objects.exists()


def test_a_lodger_who_stays_is_liable(mary):
    account = household(mary, adults=2)
    lou = makers.a_person("Lou", "Lodger")
    Residence.objects.create(person=lou, dwelling=account.dwelling, starts=SINCE)
    settle(account, mary, estate=False)
    new = models.Account.objects.exclude(pk=account.pk).get()
    assert liable(new) == [("Lou", "resident", DIED, None)]
    assert not models.Exemption.objects.exists()


@pytest.mark.parametrize("granted", [date(2025, 5, 9), date(2025, 6, 21)])
def test_a_grant_is_made_between_the_death_and_today(mary, granted):
    settle(household(mary, adults=1), mary)
    with pytest.raises(changing.NotADay):
        deaths.record_grant(person=mary, granted_on=granted, by=makers.everything(), on=TODAY)


def test_it_is_settled_once_and_only_after_a_death(mary):
    john = makers.a_person("John", "Rimmer")
    account = household(mary, john, adults=2)
    with pytest.raises(deaths.NotDead, match="No death of John Rimmer is recorded"):
        settle(account, john)
    settle(account, mary)
    with pytest.raises(deaths.NotDead, match="is not liable here"):
        settle(account, mary)
    alone = household(makers.a_person("Ann", "Other", date_of_death=DIED), adults=1)
    settle(alone, alone.liabilities.get().person)
    with pytest.raises(deaths.NotDead, match="settled already"):
        settle(alone, alone.liabilities.first().person)


def test_who_lives_alone_since_an_adult_died_who_was_not_liable_is_asked_about(mary):
    account = household(makers.a_person("John", "Rimmer"), adults=2)
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=SINCE)
    assert queries.uncounted(TODAY) == [(account.reference, account.dwelling_id, DIED)]
    assert queries.unsettled(TODAY) == []
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    assert "Ask how many adults live in a home since a death" in visitor.get("/").content.decode()
    page = visitor.get("/revenues/deaths/adults").content.decode()
    markup.check(page)
    assert f"/revenues/accounts/{account.reference}/household" in page
    households.declare_household(
        account=account, adults=1, starts=DIED, by=makers.everything(), on=TODAY
    )
    assert queries.uncounted(TODAY) == []


def test_a_child_who_died_is_nobody_who_was_counted(db):
    child = makers.a_person("Ada", "Rimmer", date_of_death=DIED, date_of_birth=date(2007, 5, 11))
    account = household(makers.a_person("John", "Rimmer"), adults=1)
    Residence.objects.create(person=child, dwelling=account.dwelling, starts=SINCE)
    assert queries.uncounted(TODAY) == []


def test_the_pages_of_a_death_and_a_grant(mary):
    account = household(mary, adults=1)
    assert queries.unsettled(TODAY) == [(account.reference, account.dwelling_id, DIED)]
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    where = f"/revenues/accounts/{account.reference}"
    waiting = visitor.get("/revenues/deaths").content.decode()
    markup.check(waiting)
    assert account.reference in waiting
    assert "Settle what follows from a death" in visitor.get("/").content.decode()
    assert "Settle what follows from a death" in visitor.get(where).content.decode()
    markup.check(visitor.get(f"{where}/death").content.decode())
    answers = officers.posted(step="check", person=str(mary.pk), estate="yes")
    check = visitor.post(f"{where}/death", answers).content.decode()
    assert "from £1,424.95 to £152.25" in check
    assert visitor.post(f"{where}/death", {**carried(check), "step": "confirm"}).status_code == 302
    markup.check(visitor.get(f"{where}/grant").content.decode())
    answers = officers.posted(
        step="confirm", person=str(mary.pk), **day("granted_on", date(2025, 6, 2))
    )
    assert visitor.post(f"{where}/grant", answers).status_code == 302
    assert models.Exemption.objects.get().ends == date(2025, 12, 2)
    assert ledger.balance(billing.KIND, account.reference) > 0
    assert queries.unsettled(TODAY) == []


def test_an_account_on_which_everybody_lives_has_no_such_page(db):
    account = household(makers.a_person("John", "Rimmer"), adults=1)
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    assert visitor.get(f"/revenues/accounts/{account.reference}/death").status_code == 404
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "follows from a death" not in page


def test_whoever_was_not_counted_is_neither_there_nor_disregarded_after_their_death(mary):
    john = makers.a_person("John", "Rimmer")
    account = household(mary, john, adults=2)
    account.disregards.create(person=mary, ground="students", starts=SINCE)
    settle(account, mary)
    assert account.disregards.get().ends == DIED
    # 39 days one of two is not counted, 326 days John lives there alone: a quarter less, all year
    assert charged(account) == round(189_993 * 0.75)


def owners(*people):
    """Return the account of the owners of an empty home."""
    account = makers.an_account(people=list(people), adults=None)
    account.liabilities.update(basis="owner")
    models.Occupation.objects.create(dwelling=account.dwelling, state="furnished", starts=SINCE)
    billed(account)
    return account


def test_whoever_owns_an_empty_home_with_the_dead_goes_on_and_nothing_is_exempt(mary):
    account = owners(mary, makers.a_person("John", "Rimmer"))
    before = charged(account)
    settle(account, mary)
    assert liable(account) == [("Mary", "owner", SINCE, DIED), ("John", "owner", SINCE, None)]
    # Class F: an executor or administrator alone is liable
    assert not models.Exemption.objects.exists()
    assert charged(account) == before


def test_an_owner_of_an_empty_home_who_died_waits_until_it_is_settled(mary):
    account = owners(mary)
    assert [one for one, *_ in queries.unsettled(TODAY)] == [account.reference]
    settle(account, mary)
    assert models.Exemption.objects.get().starts == DIED
    assert liable(account) == [("Mary", "owner", SINCE, DIED), ("Mary", "owner", DIED, None)]
    assert queries.unsettled(TODAY) == []


def test_of_two_owners_who_died_the_second_waits_when_the_first_is_settled(mary):
    john = makers.a_person("John", "Rimmer", date_of_death=date(2025, 6, 1))
    account = owners(mary, john)
    settle(account, mary)
    assert queries.unsettled(TODAY) == [(account.reference, account.dwelling_id, date(2025, 6, 1))]
    settle(account, john)
    assert queries.unsettled(TODAY) == []
    assert models.Exemption.objects.get().starts == date(2025, 6, 1)


def prescribed(*people):
    """Return the account of the owners whom section 8 makes liable for a home that is lived in."""
    account = makers.an_account(people=list(people), adults=3)
    account.liabilities.update(basis="prescribed_owner")
    models.OwnerLiable.objects.create(dwelling=account.dwelling, letter="C", starts=SINCE)
    billed(account)
    return account


def test_a_home_that_is_lived_in_is_not_exempt_because_its_owner_died(mary):
    account = prescribed(mary)
    before = charged(account)
    settle(account, mary)
    assert liable(account) == [
        ("Mary", "prescribed_owner", SINCE, DIED),
        ("Mary", "prescribed_owner", DIED, None),  # the estate
    ]
    assert not models.Exemption.objects.exists()
    assert charged(account) == before
    assert queries.unsettled(TODAY) == []


def test_of_two_owners_liable_by_law_the_other_goes_on(mary):
    account = prescribed(mary, makers.a_person("John", "Rimmer"))
    settle(account, mary)
    assert liable(account)[0] == ("Mary", "prescribed_owner", SINCE, DIED)
    assert liable(account)[1][3] is None
    with pytest.raises(deaths.OwnerNotKnown, match="End the class"):
        settle(prescribed(mary), mary, estate=False)


def test_adults_without_a_name_are_asked_about_before_a_home_is_taken_to_be_empty(mary):
    account = household(mary, adults=2)
    with pytest.raises(deaths.StillThere, match="1 more adult is recorded"):
        settle(account, mary)
    account.households.update(adults=1)
    settle(account, mary)
    assert models.Exemption.objects.get().letter == "F"


def grant(person, granted_on):
    deaths.record_grant(person=person, granted_on=granted_on, by=makers.everything(), on=TODAY)


def test_a_grant_touches_only_the_exemption_of_that_death(mary):
    account = household(mary, adults=1)
    models.Exemption.objects.create(
        dwelling=account.dwelling, letter="F", starts=date(2019, 1, 1), ends=date(2019, 10, 1)
    )
    settle(account, mary)
    grant(mary, date(2025, 6, 2))
    assert [one.ends for one in models.Exemption.objects.order_by("starts")] == [
        date(2019, 10, 1),
        date(2025, 12, 2),
    ]


def test_a_grant_never_exempts_days_on_which_the_exemption_was_over(mary):
    account = household(mary, adults=1)
    settle(account, mary)
    over = date(2025, 6, 1)
    dwellings.end_exemption(
        exemption=models.Exemption.objects.get(), ends=over, by=makers.everything(), on=TODAY
    )
    grant(mary, date(2025, 5, 20))
    assert models.Exemption.objects.get().ends == over


def test_a_day_of_the_grant_that_was_wrong_is_put_right(mary):
    settle(household(mary, adults=1), mary)
    grant(mary, date(2025, 5, 20))
    grant(mary, date(2025, 6, 2))
    assert models.Exemption.objects.get().ends == date(2025, 12, 2)


def test_a_grant_told_after_the_sale_still_ends_the_exemption_in_time(mary):
    account = household(mary, adults=1)
    settle(account, mary)
    grant(mary, date(2025, 5, 20))
    buyer = makers.a_person("New", "Owner")
    sold = moves.AtHome(
        account.dwelling, left=[moves.Left(mary, date(2025, 12, 20))], owners=[buyer]
    )
    moves.record_move(homes=[sold], by=makers.everything(), on=TODAY)
    grant(mary, date(2025, 5, 11))
    assert models.Exemption.objects.get().ends == date(2025, 11, 11)
