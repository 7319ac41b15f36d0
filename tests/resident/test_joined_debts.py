"""A rent debt that was joined to a resident: seen for help alone, left alone with all others."""

from datetime import date, timedelta

import pytest
from django.test import Client

from borough.kernel import joining
from borough.kernel.holds import acts
from borough.kernel.holds import queries as holds
from borough.resident import queries
from borough.resident.identity import commands as identity
from borough.resident.own import door
from borough.resident.own.models import Account
from borough.resident.own.purposes import SELF
from borough.resident.sources.models import Debt, Record
from tests import makers, markup, officers
from tests.resident.moratoria import notices
from tests.resident.sources import feed_makers

ON = feed_makers.ON
HELP = joining.purposes()["resident.support"]
COLLECTING = joining.purposes()["revenues.collecting"]


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    """Return a tenant of Northway Homes who is behind with the rent, joined to her record."""
    mary = makers.a_person("Mary", "Rimmer")
    makers.an_account(people=[mary], starts=date(2024, 4, 1))
    feed_makers.take_in(feed_makers.a_file("northway-rents", feed_makers.rent("T1", "7", "640.00")))
    identity.join(record=Record.objects.get(key="7"), person=mary, by=makers.everything(), on=ON)
    return mary


def test_for_help_the_rent_stands_beside_the_tax_and_says_who_told_us(mary):
    picture = queries.picture(mary, purpose=HELP, on=ON)
    [rent] = picture.elsewhere
    assert (rent.reference, rent.pence, rent.regular_pence) == ("T1", 64_000, 10_000)
    assert picture.owed_elsewhere_pence == 64_000
    sue = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP.slug
    )
    page = sue.get(f"/residents/{mary.pk}").content.decode()
    assert "What they owe to others" in page
    assert "£640.00" in page
    assert rent.right.title in page
    assert page.count("By what right we know") == 1
    markup.check(page)


def test_for_collecting_it_is_not_there(mary):
    picture = queries.picture(mary, purpose=COLLECTING, on=ON)
    assert (picture.elsewhere, picture.awards) == ((), ())
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    page = ann.get(f"/residents/{mary.pk}").content.decode()
    assert "640.00" not in page
    assert "Northway" not in page


def test_a_debt_that_two_records_owe_counts_once(mary):
    feed_makers.take_in(
        feed_makers.a_file(
            "northway-rents",
            feed_makers.rent("T1", "7", "640.00"),
            feed_makers.rent("T1", "8", "640.00"),
        ),
        on=date(2025, 6, 3),
    )
    identity.join(record=Record.objects.get(key="8"), person=mary, by=makers.everything(), on=ON)
    assert len(queries.picture(mary, purpose=HELP, on=date(2025, 6, 4)).elsewhere) == 1


def test_one_notice_reaches_the_rent_that_was_joined(mary):
    notices.a_notice(mary, ON)
    debt = Debt.objects.get(reference="T1")
    asked = holds.Debt(f"resident.debt/{debt.pk}", (mary.pk,))
    [reasons] = holds.may_we_act([asked], acts.REMINDER, ON)
    assert [one.kind for one in reasons] == ["breathing_space"]
    left_alone = queries.picture(mary, purpose=HELP, on=ON).left_alone
    assert ("Breathing space", "Rent T1") in {(one.title, one.what) for one in left_alone}


@pytest.mark.parametrize(
    ("stage", "words", "leads"),
    [
        ("CRT", "Before the court", True),
        ("NSP", "Notice seeking possession served", True),
        ("ARR", "Reminded", False),
    ],
)
def test_a_home_that_may_be_lost_leads_the_page_whoever_told_of_it(db, stage, words, leads):
    makers.an_open_ledger()
    mary = makers.a_person("Mary", "Rimmer")
    row = feed_makers.rent("T1", "7", "640.00", stage=stage)
    feed_makers.take_in(feed_makers.a_file("northway-rents", row))
    identity.join(record=Record.objects.get(key="7"), person=mary, by=makers.everything(), on=ON)
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    page = officers.a_visitor(sue, purpose=HELP.slug).get(f"/residents/{mary.pk}")
    shown = page.content.decode()
    markup.check(shown)
    assert words in shown, "how it stands is said in words, not in the code of a file"
    assert ("The home may be lost: Rent T1" in shown) is leads
    page = officers.a_visitor(sue, purpose=COLLECTING.slug).get(f"/residents/{mary.pk}")
    assert "may be lost" not in page.content.decode()
    assert ("go to any hearing" in own_page(mary)) is leads


def own_page(person) -> str:
    """Return what somebody sees at their own door."""
    client = Client()
    account = Account.objects.create(
        person=person, email="m@example.org", password="", opened_on=ON
    )
    session = client.session
    session[door.ACCOUNT], session[door.PROOF] = account.pk, door._proof(account)
    session.save()
    page = client.get("/my/").content.decode()
    markup.check(page)
    return page


def test_the_resident_sees_what_others_told_of_them_and_that_they_may_say_it_is_not_theirs(mary):
    page = own_page(mary)
    assert "What others told us about you" in page
    assert "£640.00" in page
    assert "Tell us" in page
    assert queries.picture(mary, purpose=SELF, on=ON).elsewhere[0].reference == "T1"


def test_the_social_worker_is_named_among_who_helps_for_help_alone(mary):
    row = {
        "key": "9", "family_name": "Rimmer", "debt_reference": "ASC1", "pence": "20.00",
        "helper": "Wanda Invented", "helper_contact": "01632 960101",
    }  # fmt: skip
    care = feed_makers.a_file("social-care-charges", row)
    feed_makers.take_in(care, "social-care-charges", announced_pence=2_000)
    identity.join(record=Record.objects.get(key="9"), person=mary, by=makers.everything(), on=ON)
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    page = officers.a_visitor(sue, purpose=HELP.slug).get(f"/residents/{mary.pk}").content.decode()
    helping = page.partition("Who is helping")[2].partition("What you can do")[0]
    assert "Social worker" in helping
    assert "Wanda Invented" in helping
    assert "01632 960101" in helping
    for purpose in (COLLECTING.slug, "kernel.enquiry"):
        page = officers.a_visitor(sue, purpose=purpose).get(f"/residents/{mary.pk}")
        assert "Wanda" not in page.content.decode()
    feed_makers.take_in(
        feed_makers.a_file("social-care-charges", row | {"helper": "", "helper_contact": ""}),
        "social-care-charges",
        on=ON + timedelta(1),
        announced_pence=2_000,
    )
    assert queries.picture(mary, purpose=HELP, on=ON + timedelta(1)).helpers == ()
