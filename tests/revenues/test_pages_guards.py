"""Who may open what, and that no picture of a person opens without a logged purpose."""

import pytest
from django.db import connection, transaction
from django.test import Client

from borough.kernel.facts.models import Concerns, Fact
from borough.lines.revenues import billing, capabilities
from tests import makers, markup, officers


@pytest.fixture
def account(db):
    account = makers.an_account(band="B", people=[makers.a_person("Mary", "Rimmer")])
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="test"
    )
    return account


@pytest.fixture
def ann(db):
    return officers.an_officer("Ann Example", *officers.every_capability())


def address(account):
    return f"/revenues/accounts/{account.reference}"


def test_a_stranger_is_asked_to_sign_in(account):
    response = Client().get(address(account))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_an_officer_without_the_capability_reads_why(account):
    officer = officers.an_officer("Bob Example", capabilities.CHANGE_PLAN)
    response = officers.a_visitor(officer).get(address(account))
    page = response.content.decode()
    assert response.status_code == 403
    assert "Your roles do not let you open a Council Tax account" in page
    assert "Rimmer" not in page
    markup.check(page)


def test_without_a_purpose_the_record_stays_closed(account, ann):
    response = officers.a_visitor(ann, purpose="").get(address(account))
    assert response.status_code == 302
    assert response.url == f"/purpose?next=/revenues/accounts/{account.reference}".replace(
        "next=/", "next=%2F"
    ).replace("revenues/accounts/", "revenues%2Faccounts%2F")
    assert not Fact.objects.filter(what="kernel.looked").exists()


def test_the_purpose_chosen_leads_on_to_the_record(account, ann):
    client = officers.a_visitor(ann, purpose="")
    page = client.get("/purpose", {"next": address(account)}).content.decode()
    assert "Local Government Finance Act 1992" in page
    markup.check(page)
    response = client.post(f"/purpose?next={address(account)}", {"purpose": "kernel.enquiry"})
    assert response.url == address(account)
    assert client.get(address(account)).status_code == 200
    assert Fact.objects.get(what="kernel.looked").detail["purpose"] == "kernel.enquiry"


def test_no_purpose_is_a_mistake_and_elsewhere_is_not_gone_to(ann):
    client = officers.a_visitor(ann, purpose="")
    page = client.post("/purpose", {}).content.decode()
    assert "Select why you need to see residents’ records" in page
    markup.check(page, in_error=True)
    for elsewhere in ("https://example.org/", "//example.org", "/\\example.org", "nothing", "home"):
        response = client.post(f"/purpose?next={elsewhere}", {"purpose": "kernel.enquiry"})
        assert response.url == "/"


def test_every_look_is_a_fact_about_everybody_liable(account, ann):
    for part in ("", "/statement", "/timeline"):
        officers.a_visitor(ann).get(address(account) + part)
    looks = Fact.objects.filter(what="kernel.looked")
    assert looks.count() == 3
    assert set(looks.values_list("by", "thing")) == {(ann.reference, account.thing)}
    person = account.liabilities.get().person_id
    assert Concerns.objects.filter(fact__in=looks, person_id=person).count() == 3


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "LOOK"])
def test_no_page_opens_by_a_method_that_leaves_no_look(account, ann, method):
    response = officers.a_visitor(ann).generic(method, address(account))
    assert response.status_code == 405
    assert b"Rimmer" not in response.content


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_a_page_made_by_another_method_leaves_its_look(account, ann, method):
    officers.a_visitor(ann).generic(method, address(account))
    assert Fact.objects.get(what="kernel.looked").thing == account.thing


def test_a_look_that_cannot_be_logged_shows_nothing(account, ann):
    client = officers.a_visitor(ann)
    client.raise_request_exception = False
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction read only")  # a log that takes nothing more
        response = client.get(address(account))
        transaction.set_rollback(True)
    assert response.status_code == 500
    assert b"Rimmer" not in response.content
    markup.check(response.content.decode())


def test_a_personal_page_is_never_kept_by_a_cache(account, ann):
    assert officers.a_visitor(ann).get(address(account))["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/revenues/accounts/999999", "/revenues/accounts/1%00", "/residents/999999", "/nothing"],
)
def test_what_is_not_there_says_so_without_a_name(ann, path):
    response = officers.a_visitor(ann).get(path)
    assert response.status_code == 404
    markup.check(response.content.decode())


@pytest.mark.parametrize("uprn", ["1", "999999999999", "99999999999999999999999"])
def test_a_home_that_is_not_there_says_so(ann, uprn):
    assert officers.a_visitor(ann).get(f"/revenues/dwellings/{uprn}").status_code == 404


def test_a_number_beyond_the_database_is_not_found(ann):
    assert officers.a_visitor(ann).get(f"/residents/{10**30}").status_code == 404


def test_only_what_would_not_be_refused_is_offered(account):
    officer = officers.an_officer("Cal Example", capabilities.SEE_ACCOUNT, capabilities.CHANGE_PLAN)
    page = officers.a_visitor(officer).get(address(account)).content.decode()
    assert "Change how it is paid" in page
    assert "single person discount</a>" not in page
    assert "Close the account" not in page
    offered = officers.a_visitor(officer).get(f"{address(account)}/closing")
    assert offered.status_code == 403
