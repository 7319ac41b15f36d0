"""After a death: who goes on, when the estate is exempt, and the clock of the grant."""

from datetime import date

import pytest

from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import CorrespondenceAddress, Residence
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import changing, deaths, undoing
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
