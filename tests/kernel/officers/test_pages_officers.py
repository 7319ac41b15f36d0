"""The page of officers and roles: who may do what, and what the law reserves to the council."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from borough.kernel import joining
from borough.kernel.facts.models import Fact
from borough.kernel.officers import capabilities, commands
from borough.kernel.officers.models import Appointment, Officer
from borough.kernel.people import capabilities as people
from borough.town import figures
from borough.wiring import officers as pages
from tests import markup, officers

ON = date(2025, 6, 2)
CHOSEN = "three words which do not belong"


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON
    cache.clear()  # the sign-in library counts attempts here


@pytest.fixture
def hina(db):
    return officers.an_officer("Hina Example", capabilities.MANAGE_ROLES)


@pytest.fixture
def ann(db):
    return officers.an_officer("Ann Example", people.FIND_PEOPLE)


@pytest.fixture
def visitor(hina):
    return officers.a_visitor(hina, purpose="")


def page_of(client, path=""):
    response = client.get(f"/officers{path}")
    assert response.status_code == 200
    page = response.content.decode()
    markup.check(page)
    return page


def send(client, path, **answers):
    return client.post(f"/officers{path}", officers.posted(**answers), follow=True)


def in_error(response, words):
    page = response.content.decode()
    markup.check(page, in_error=True)
    assert words in page


def test_the_home_page_leads_there_who_may_give_roles(visitor, ann):
    assert 'href="/officers"' in visitor.get("/").content.decode()
    assert 'href="/officers"' not in officers.a_visitor(ann).get("/").content.decode()


def test_officers_stand_with_their_roles_and_days(visitor, hina, ann):
    page = page_of(visitor)
    for words in ("Hina Example", "Role of Ann Example, from 1 April 2020"):
        assert words in page, words
    assert f'href="/officers/{ann.pk}"' in page


def test_all_that_can_be_done_is_shown_with_the_roles_that_may(visitor, ann):
    page = page_of(visitor, "/roles")
    rows = [[markup.words(cell) for cell in row.iter("td")] for row in markup.parse(page).all("tr")]
    shown = {row[0]: row[1:] for row in rows if row}
    for one in joining.capabilities().values():
        title = one.title[:1].upper() + one.title[1:]
        assert shown[title][1] == (one.reserved_to_council or "Not reserved"), one.slug
    assert shown["Search for people, addresses and accounts"][0] == "Role of Ann Example"
    assert shown["Give and end officers' roles"][0] == "Role of Hina Example"
    assert shown["Open a resident's page for a stated purpose"][0] == "No role"


def test_what_the_law_reserves_is_shown_with_its_source(visitor, monkeypatch):
    law = "Local Authorities (Invented) Act 2001, section 1"
    kept = joining.Capability("kernel.decide", "decide it", reserved_to_council=law)
    card = joining.ServiceLine(slug="kernel", title="Borough", capabilities=(kept,))
    monkeypatch.setattr(pages.joining, "cards", lambda: (card,))
    assert law in page_of(visitor, "/roles")


def test_a_role_is_given_and_ended_from_the_page_of_the_officer(visitor, ann):
    role = commands.lay_role("seer", "Seer", [people.SEE_PERSON], on=officers.LONG_AGO)
    page_of(visitor, f"/{ann.pk}/roles")
    answers = {"role": str(role.pk), **markup.day_data("starts", date(2025, 7, 1))}
    response = send(visitor, f"/{ann.pk}/roles", **answers)
    page = response.content.decode()
    markup.check(page)
    assert response.redirect_chain == [(f"/officers/{ann.pk}", 302)]
    assert "Role given" in page
    assert "From 1 July 2025" in page
    assert "Ann Example was given the role seer from 1 July 2025" in page
    in_error(send(visitor, f"/{ann.pk}/roles", **answers), "already holds the role Seer")

    given = Appointment.objects.get(role=role)
    path = f"/{ann.pk}/roles/{given.pk}/end"
    assert f'href="/officers{path}"' in page
    page_of(visitor, path)
    in_error(send(visitor, path, **markup.day_data("ends", ON)), "The role begins on 1 July 2025.")
    response = send(visitor, path, **markup.day_data("ends", date(2025, 8, 1)))
    assert "1 July 2025 to 31 July 2025" in response.content.decode()


def test_a_second_press_does_nothing(visitor, ann):
    role = commands.lay_role("seer", "Seer", [people.SEE_PERSON], on=officers.LONG_AGO)
    answers = officers.posted(role=str(role.pk), **markup.day_data("starts", ON))
    for _ in range(2):
        assert visitor.post(f"/officers/{ann.pk}/roles", answers).status_code == 302
    assert Fact.objects.count() == 1
    path = f"/officers/{ann.pk}/roles/{Appointment.objects.get(role=role).pk}/end"
    answers = officers.posted(**markup.day_data("ends", ON))
    for _ in range(2):
        assert visitor.post(path, answers).status_code == 302
    assert Fact.objects.count() == 2


def test_a_role_that_is_over_is_shown_as_before(visitor, ann):
    Appointment.objects.filter(officer=ann).update(ends=date(2025, 6, 1))
    page = page_of(visitor, f"/{ann.pk}")
    assert "Roles before" in page
    assert "1 April 2020 to 31 May 2025" in page
    assert "No role, now or to come." in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/new", "Enter the name of the officer"),
        ("/{ann}/roles", "Select a role"),
        ("/{ann}/roles/{role}/end", "Enter the first day on which they hold it no more"),
    ],
)
def test_an_empty_form_is_explained(visitor, ann, path, words):
    path = path.format(ann=ann.pk, role=ann.appointments.get().pk)
    in_error(send(visitor, path), words)
    assert not Fact.objects.exists()


def test_an_officer_who_is_switched_off_is_shown_as_such(visitor, ann):
    assert "Switched off" not in page_of(visitor, f"/{ann.pk}")
    Officer.objects.filter(pk=ann.pk).update(is_active=False)
    assert "Switched off" in page_of(visitor, f"/{ann.pk}")
    in_error(send(visitor, f"/{ann.pk}/link"), "This officer is switched off")


def test_the_last_who_may_give_roles_keeps_theirs(visitor, hina):
    path = f"/{hina.pk}/roles/{hina.appointments.get().pk}/end"
    in_error(send(visitor, path, **markup.day_data("ends", ON)), "Nobody else would be left")
    page = page_of(visitor, f"/{hina.pk}")
    assert "Give a role" not in page
    assert "Change your password" in page


def test_who_may_not_give_roles_is_shown_nothing(ann, hina):
    client = officers.a_visitor(ann)
    one = hina.appointments.get().pk
    for path in (
        "",
        "/roles",
        "/new",
        f"/{hina.pk}",
        f"/{hina.pk}/roles",
        f"/{hina.pk}/roles/{one}/end",
        f"/{hina.pk}/link",
    ):
        for response in (
            client.get(f"/officers{path}"),
            client.post(f"/officers{path}", officers.posted()),
        ):
            assert response.status_code == 403, path
            assert b"Hina" not in response.content
        assert Client().get(f"/officers{path}").url.startswith("/accounts/login/")
    assert not Fact.objects.exists()


@pytest.mark.parametrize("path", ["/0", f"/{2**63}", f"/{2**63}/roles", "/0/link"])
def test_nobody_has_no_page(visitor, path):
    assert visitor.get(f"/officers{path}").status_code == 404


def link_in(response):
    return re.search(r'value="(http://testserver[^"]+)"', response.content.decode())[1]


def test_a_new_officer_chooses_a_password_through_a_link_that_works_once(visitor):
    page_of(visitor, "/new")
    response = send(visitor, "/new", name="New Example", email="new@example.org")
    assert "New Example" in response.content.decode()
    new = Officer.objects.get(email="new@example.org")
    assert "Not chosen yet" in page_of(visitor, f"/{new.pk}")
    page_of(visitor, f"/{new.pk}/link")
    made = send(visitor, f"/{new.pk}/link")
    markup.check(made.content.decode())
    assert made["Cache-Control"] == "no-store"
    link = link_in(made)

    client = Client()
    opened = client.get(link, follow=True)
    markup.check(opened.content.decode())
    where = opened.redirect_chain[0][0]
    assert link.split("-")[-1].strip("/") not in where  # the key is not in the address any more
    wrong = client.post(where, {"password1": "short", "password2": "short"})
    markup.check(wrong.content.decode(), in_error=True)
    done = client.post(where, {"password1": CHOSEN, "password2": CHOSEN}, follow=True)
    assert "Your password is set" in done.content.decode()
    markup.check(done.content.decode())

    again = Client().get(link, follow=True)
    assert "This link does not work any more" in again.content.decode()
    markup.check(again.content.decode())
    sign_in = {"login": "new@example.org", "password": CHOSEN}
    assert Client().post("/accounts/login/", sign_in).url == "/"
    assert "Chosen" in page_of(visitor, f"/{new.pk}")
    kinds = list(Fact.objects.order_by("id").values_list("what", flat=True))
    assert kinds == ["kernel.officer_recorded", "kernel.sign_in_link_made"]
    assert all("key" not in detail for detail in Fact.objects.values_list("detail", flat=True))


def test_a_link_is_made_once_a_press_and_only_by_our_own_page(visitor, ann):
    answers = officers.posted()
    assert visitor.post(f"/officers/{ann.pk}/link", answers).status_code == 200
    assert visitor.post(f"/officers/{ann.pk}/link", answers).status_code == 302
    in_error(visitor.post(f"/officers/{ann.pk}/link"), "This page was open for too long")
    assert Fact.objects.count() == 1


def test_an_altered_link_opens_nothing(visitor, ann):
    link = link_in(send(visitor, f"/{ann.pk}/link"))
    response = Client().get(link[:-3] + "xx/", follow=True)
    assert "This link does not work any more" in response.content.decode()


def test_forms_ask_in_our_own_words():
    for form in (pages.Officer(), pages.Appointment(), pages.Ends()):
        markup.check_own_words(form)


def test_in_the_town_the_head_of_finance_gives_roles_and_no_one_else():
    roles = figures.read("roles")["roles"]
    giving = [slug for slug, one in roles.items() if "kernel.manage_roles" in one["capabilities"]]
    assert giving == ["head-of-finance"]
