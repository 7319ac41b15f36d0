"""The door: signing in, being locked out, the home page, finding somebody."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.template import loader
from django.test import Client

from borough.kernel.people import capabilities
from borough.lines.revenues import billing
from tests import makers, markup, officers


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()  # the sign-in library counts attempts here


def sign_in(client, password=officers.PASSWORD, email="ann@example.org"):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_the_front_page_asks_a_stranger_to_sign_in(db):
    response = Client().get("/", follow=True)
    page = markup.check(response.content.decode())
    assert response.redirect_chain == [("/accounts/login/", 302)]
    fields = {each.get("name"): each for each in page.all("input")}
    assert fields["login"].get("autocomplete") == "username"
    assert fields["password"].get("autocomplete") == "current-password"


def test_an_officer_signs_in_and_sees_what_their_roles_open(db):
    officers.an_officer("Ann Example", *officers.every_capability())
    client = Client()
    assert sign_in(client).url == "/"
    page = client.get("/").content.decode()
    markup.check(page)
    assert "Find a person, an address or an account" in page
    assert "Annual billing" in page


def test_an_officer_without_a_role_reads_what_to_do(db):
    officers.an_officer("Ann Example")
    client = Client()
    sign_in(client)
    page = client.get("/").content.decode()
    assert "Ask your team leader to give you a role" in page
    assert "Find a person" not in page
    markup.check(page)


def test_a_wrong_password_says_neither_which_was_wrong(db):
    officers.an_officer("Ann Example")
    for email in ("ann@example.org", "nobody@example.org"):
        page = sign_in(Client(), "not this one", email).content.decode()
        assert "Enter the email address and password of your own account" in page
        markup.check(page, in_error=True)


def test_an_empty_form_is_explained(db):
    page = Client().post("/accounts/login/", {"login": "x", "password": ""}).content.decode()
    assert "Enter your email address in the correct format, like name@example.com" in page
    assert "Enter your password" in page
    markup.check(page, in_error=True)


def test_guessing_ends_at_a_closed_door(db):
    officers.an_officer("Ann Example")
    client = Client()
    for _ in range(12):
        response = sign_in(client, "guess")
        cache.clear()  # the library's own, shorter limit stands before this one
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert "closed for 15 minutes" in response.content.decode()
    markup.check(response.content.decode())
    assert sign_in(client).status_code == 429  # also with the right one


def test_nobody_makes_an_account_for_themselves(db):
    assert Client().get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/"]
)
def test_how_one_signs_in_is_shown_in_our_dress(db, path):
    client = Client()
    officers.an_officer("Ann Example")
    sign_in(client)
    response = client.get(path)
    assert response.status_code == 200
    markup.check(response.content.decode())


def test_a_second_step_is_set_up_asked_for_and_taken_away(db):
    client = Client()
    officers.an_officer("Ann Example")
    sign_in(client)
    again = client.get("/accounts/2fa/totp/activate/", follow=True)
    markup.check(again.content.decode())
    where = "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/"
    wrong = client.post(where, {"password": "wrong"}).content.decode()
    assert "Enter the password that you use now" in wrong
    page = client.post(where, {"password": officers.PASSWORD}, follow=True)
    markup.check(page.content.decode())
    secret = page.context["form"].secret

    def code():
        counter = next(iter(yield_hotp_counters_from_time()))
        return format_hotp_value(hotp_value(secret, counter))

    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "Enter the six digits that the app shows now" in wrong
    cache.clear()
    assert client.post("/accounts/2fa/totp/activate/", {"code": code()}).status_code == 302
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        markup.check(client.get(f"/accounts/2fa/{path}").content.decode())
    other = Client()
    assert sign_in(other).url == "/accounts/2fa/authenticate/"
    markup.check(other.get("/accounts/2fa/authenticate/").content.decode())
    assert other.get("/").status_code == 302  # not in yet


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_an_error_page_needs_nothing_and_says_what_to_do(name):
    page = loader.render_to_string(name)
    markup.check(page)
    assert "govuk-body" in page


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


@pytest.mark.parametrize("typed", ["Mary Rimmer", "mary rymer", "RHIMMER Mary", "rimmer"])
def test_a_person_is_found_although_misspelt(ann, typed):
    person = makers.a_person("Mary", "Rimmer")
    makers.a_person("John", "Smith")
    page = ann.post("/find", {"words": typed}).content.decode()
    assert f'href="/residents/{person.pk}">Mary Rimmer</a>' in page
    assert "John Smith" not in page
    markup.check(page)


@pytest.mark.parametrize("typed", ["14 Lord Street", "14 lorde street", "lord st 14", "zz1 1aa"])
def test_a_home_is_found_by_its_address(ann, typed):
    home = makers.a_dwelling(line="14 Lord Street")
    page = ann.post("/find", {"words": typed}).content.decode()
    assert f'href="/revenues/dwellings/{home.uprn}">14 Lord Street, Bootle, ZZ1 1AA</a>' in page


def test_an_account_is_found_by_its_number_and_by_its_uprn(ann):
    account = makers.an_account()
    for typed in (account.reference, f" {account.reference[:3]} {account.reference[3:]}"):
        page = ann.post("/find", {"words": typed}).content.decode()
        assert f'href="/revenues/accounts/{account.reference}"' in page
    page = ann.post("/find", {"words": str(account.dwelling.uprn)}).content.decode()
    assert f'href="/revenues/accounts/{account.reference}"' in page


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", "%", "\x00", "'; drop table people_person; --", "x" * 500]
)
def test_odd_words_find_nothing_and_break_nothing(ann, typed):
    response = ann.post("/find", {"words": typed})
    assert response.status_code == 200
    markup.check(response.content.decode())


def test_what_was_typed_is_in_no_address(ann):
    makers.a_person("Mary", "Rimmer")
    page = markup.parse(ann.post("/find", {"words": "Rimmer"}).content.decode())
    assert not [e for e in page.all("a", "form") if "immer" in e.get("href", e.get("action", ""))]
    assert "Rimmer" not in markup.words(page.all("title")[0])


def test_finding_needs_the_capability(db):
    officer = officers.an_officer("Bob Example", capabilities.SEE_PERSON)
    assert officers.a_visitor(officer).post("/find", {"words": "x"}).status_code == 403


def test_the_records_opened_lately_are_at_hand_without_names(ann):
    account = makers.an_account(people=[makers.a_person("Mary", "Rimmer")])
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="test"
    )
    ann.get(f"/revenues/accounts/{account.reference}")
    page = ann.get("/").content.decode()
    assert f'href="/revenues/accounts/{account.reference}">Account {account.reference}</a>' in page
    assert "Rimmer" not in page
