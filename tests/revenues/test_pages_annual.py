from datetime import date

import pytest
from django.test import Client

from borough.kernel.officers import commands as officer_commands
from borough.kernel.officers.models import Appointment, Officer
from borough.kernel.pages import one_use
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, capabilities
from tests import makers, markup

LONG_AGO = date(2020, 4, 1)


def a_client(name: str, *allowed) -> Client:
    officer = Officer.objects.create_user(f"{name}@example.org", "a long invented one", name=name)
    role = officer_commands.lay_role(name, name.title(), list(allowed), on=LONG_AGO)
    Appointment.objects.create(officer=officer, role=role, starts=LONG_AGO)
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ann(db):
    return a_client("ann", *capabilities.ALL)


@pytest.fixture
def bob(db):
    return a_client("bob", *capabilities.ALL)


def send(client, address, **fields):
    return client.post(address, {"one_use": one_use.issue(), **fields})


def prepared(client, **fields) -> Run:
    response = send(client, "/revenues/billing", year="2025-26", **fields)
    assert response.status_code == 302, response.content.decode()
    run = Run.objects.get(kind=annual.PREVIEW)
    annual.preview(run)
    return run


def test_a_preview_is_asked_for_watched_and_read(ann):
    makers.an_account(band="A")
    response = send(ann, "/revenues/billing", year="2025-26")
    page = ann.get(response.url).content.decode()
    assert "waiting for the worker" in page
    annual.preview(Run.objects.get())
    page = ann.get(response.url).content.decode()
    assert "£1,628.51" in page
    assert "nothing has been posted" in page
    markup.check(page)


def test_the_colleague_commits_and_not_the_one_who_prepared(ann, bob):
    makers.an_account(band="A")
    run = prepared(ann)
    assert "Ask a colleague" in ann.get(f"/revenues/billing/previews/{run.pk}").content.decode()
    response = send(ann, f"/revenues/billing/previews/{run.pk}")
    assert "You prepared this billing" in response.content.decode()
    response = send(bob, f"/revenues/billing/previews/{run.pk}")
    billing = Run.objects.get(kind=annual.BILLING)
    assert response.url == f"/revenues/billing/runs/{billing.pk}"
    annual.carry_out(billing, by=makers.everything())
    page = bob.get(response.url).content.decode()
    assert "1 account, 1 notice" in page
    markup.check(page)


def test_pressing_commit_twice_commits_once(ann, bob):
    makers.an_account()
    run = prepared(ann)
    token = one_use.issue()
    for _ in range(2):
        bob.post(f"/revenues/billing/previews/{run.pk}", {"one_use": token})
    assert Run.objects.filter(kind=annual.BILLING).count() == 1


def test_a_what_if_needs_both_its_choice_and_its_per_cent(ann):
    makers.an_account()
    response = send(ann, "/revenues/billing", year="2025-26", choice="second_home_premium_percent")
    page = response.content.decode()
    assert "Enter the per cent to try" in page
    markup.check(page, in_error=True)


@pytest.mark.parametrize("percent", ["-1", "101", "9" * 30])
def test_a_what_if_that_no_law_allows_never_reaches_the_worker(ann, percent):
    makers.an_account()
    answers = {"choice": "second_home_premium_percent", "percent": percent}
    page = send(ann, "/revenues/billing", year="2025-26", **answers).content.decode()
    assert "The per cent to try must be" in page
    assert "Enter the per cent to try" not in page
    assert not Run.objects.exists()


def test_an_officer_without_the_capability_is_refused(db):
    client = a_client("carol", capabilities.SEE_ACCOUNT)
    for address in ("/revenues/billing", "/bank/statements", "/revenues/returns/taxbase"):
        assert client.get(address).status_code == 403


def test_the_taxbase_return_is_shown_and_downloaded(ann):
    makers.an_account(band="B", adults=1)
    page = ann.get("/revenues/returns/taxbase").content.decode()
    assert "One adult: 25% less" in page
    markup.check(page)
    file = ann.get("/revenues/returns/taxbase?file=csv")
    assert "E08000014,8,B,1" in file.content.decode()


def test_what_a_colleague_prepared_waits_on_the_home_page(ann, bob):
    makers.an_account(band="A")
    run = prepared(ann)
    waiting = f'href="/revenues/billing/previews/{run.pk}"'
    assert waiting in bob.get("/").content.decode()
    assert waiting not in ann.get("/").content.decode()
