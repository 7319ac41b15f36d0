"""Recording needs, ways to reach somebody, where letters go, names and deaths, page by page."""

from datetime import date

import pytest

from borough.kernel.facts.models import Fact
from borough.kernel.people import capabilities, commands
from borough.resident.pages import contact_points, correspondence, names, needs
from tests import makers, markup, officers

ON = date(2025, 6, 2)
LATER = date(2025, 6, 9)
PAGES = ("needs", "contact-points", "correspondence", "name", "death")


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 3, 1))


@pytest.fixture
def visitor(db):
    return officers.a_visitor(
        officers.an_officer("Ann Example", capabilities.SEE_PERSON, capabilities.RECORD_PERSON)
    )


@pytest.fixture
def onlooker(db):
    return officers.a_visitor(officers.an_officer("Olga Example", capabilities.SEE_PERSON))


def acting():
    return {"by": makers.everything(), "on": ON}


def page_of(client, mary, path=""):
    response = client.get(f"/residents/{mary.pk}{path}")
    assert response.status_code == 200
    return response.content.decode()


def send(client, mary, path, **answers):
    return client.post(f"/residents/{mary.pk}/{path}", officers.posted(**answers), follow=True)


def done():
    """Return the kinds of all that was done; who looked is left out."""
    return list(Fact.objects.exclude(what="kernel.looked").values_list("what", flat=True))


def in_error(response, words):
    page = response.content.decode()
    markup.check(page, in_error=True)
    assert words in page


ANSWERS = {
    "needs": {"kind": "large_print", **markup.day_data("review_by", date(2026, 6, 2))},
    "contact-points": {"kind": "phone", "value": "01632 960001", "preferred": "yes"},
    "correspondence": {
        "lines": "1 Other Road\nSouthport",
        "postcode": "ZZ1 1AA",
        **markup.day_data("starts", ON),
    },
    "name": {
        "title": "Mrs",
        "given_names": "Mary",
        "family_name": "Sutton",
        **markup.day_data("since", ON),
    },
    "death": markup.day_data("died_on", date(2025, 6, 1)),
}
SHOWN = {
    "needs": ("Letters in large print", "Ask again by 2 June 2026", "Support need recorded"),
    "contact-points": ("Telephone 01632 960001 (preferred)", "Preferred"),
    "correspondence": ("1 Other Road", "Southport", "ZZ1 1AA", "From 2 June 2025"),
    "name": ("Mrs Mary Sutton", "Mary Rimmer", "Name changed"),
    "death": ("Died 1 Jun 2025", "Date of death recorded"),
}


@pytest.mark.parametrize("path", PAGES)
def test_what_is_recorded_is_on_the_page_and_said_in_a_banner(mary, visitor, path):
    markup.check(page_of(visitor, mary, f"/{path}"))
    response = send(visitor, mary, path, **ANSWERS[path])
    assert response.redirect_chain == [(f"/residents/{mary.pk}", 302)]
    page = response.content.decode()
    markup.check(page)
    for words in SHOWN[path]:
        assert words in page, words


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_form_is_explained_and_changes_nothing(mary, visitor, path):
    response = send(visitor, mary, path, family_name="")
    markup.check(response.content.decode(), in_error=True)
    assert done() == []


@pytest.mark.parametrize("path", PAGES)
def test_a_second_press_does_nothing(mary, visitor, path):
    answers = officers.posted(**ANSWERS[path])
    for _ in range(2):
        response = visitor.post(f"/residents/{mary.pk}/{path}", answers)
        assert (response.status_code, response.url) == (302, f"/residents/{mary.pk}")
    assert done()
    assert len(done()) == len(set(done()))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("needs", "Letters in large print: that is recorded already."),
        ("contact-points", "That is recorded already."),
        ("correspondence", "Letters go to another address on one of those days."),
        ("name", "That is the name recorded now."),
        ("death", "That day is recorded already."),
    ],
)
def test_recording_the_same_again_is_refused_in_a_sentence(mary, visitor, path, words):
    send(visitor, mary, path, **ANSWERS[path])
    in_error(send(visitor, mary, path, **ANSWERS[path]), words)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_its_token_does_nothing(mary, visitor, path):
    response = visitor.post(f"/residents/{mary.pk}/{path}", ANSWERS[path])
    in_error(response, "This page was open for too long")


def rows(mary):
    """Return the pages on which something recorded is changed, by their path."""
    need = commands.record_need(person=mary, kind="braille", **acting())
    phone = commands.record_contact_point(
        person=mary, kind="phone", value="01632 960001", **acting()
    )
    address = commands.record_correspondence_address(
        person=mary, lines="1 Other Road", starts=ON, **acting()
    )
    commands.record_death(person=mary, died_on=ON, **acting())
    return {
        f"needs/{need.pk}/end": {},
        f"contact-points/{phone.pk}/preference": {},
        f"contact-points/{phone.pk}/end": {},
        f"correspondence/{address.pk}/end": markup.day_data("ends", LATER),
        "death/mistake": {},
    }


def test_what_was_recorded_is_ended_from_the_page_once(mary, visitor):
    pages = rows(mary)
    shown = page_of(visitor, mary)
    for path, answers in pages.items():
        assert f'href="/residents/{mary.pk}/{path}"' in shown, path
        markup.check(page_of(visitor, mary, f"/{path}"))
        before = len(done())
        form = officers.posted(**answers)
        for _ in range(2):
            response = visitor.post(f"/residents/{mary.pk}/{path}", form)
            assert (response.status_code, response.url) == (302, f"/residents/{mary.pk}"), path
        assert len(done()) == before + 1, path
    shown = page_of(visitor, mary)
    assert "Braille" not in shown
    assert "01632 960001" not in shown
    assert "Died" not in shown
    assert "2 June 2025 to 8 June 2025" in shown


def test_an_address_cannot_end_before_it_began(mary, visitor):
    [path] = [one for one in rows(mary) if one.startswith("correspondence")]
    answers = markup.day_data("ends", date(2025, 6, 1))
    in_error(send(visitor, mary, path, **answers), "Letters go there from 2 June 2025.")


def test_who_may_only_look_sees_no_link_and_no_page(mary, onlooker):
    paths = [*rows(mary), *PAGES]
    shown = page_of(onlooker, mary)
    markup.check(shown)
    assert "Letters in Braille" in shown
    for path in paths:
        assert f"/{path}" not in shown, path
        for response in (
            onlooker.get(f"/residents/{mary.pk}/{path}"),
            onlooker.post(f"/residents/{mary.pk}/{path}", officers.posted()),
        ):
            assert response.status_code == 403, path
            assert b"Rimmer" not in response.content


def test_somebody_elses_rows_cannot_be_changed_from_this_page(mary, visitor):
    other = makers.a_person("Other", "Person")
    need = commands.record_need(person=other, kind="braille", **acting())
    response = send(visitor, mary, f"needs/{need.pk}/end")
    assert response.redirect_chain == [(f"/residents/{mary.pk}", 302)]
    need.refresh_from_db()
    assert need.ends is None


@pytest.mark.parametrize("path", PAGES)
def test_without_a_purpose_nothing_opens_and_with_one_the_look_is_a_fact(mary, visitor, path):
    officer = officers.an_officer("Bob Example", *officers.every_capability())
    response = officers.a_visitor(officer, purpose="").get(f"/residents/{mary.pk}/{path}")
    assert response.url.startswith("/purpose")
    assert not Fact.objects.exists()
    page_of(visitor, mary, f"/{path}")
    assert Fact.objects.get().what == "kernel.looked"


def test_the_timeline_leads_to_other_pages_and_never_to_itself(mary, visitor):
    page = send(visitor, mary, "contact-points", **ANSWERS["contact-points"]).content.decode()
    assert "Way to reach them recorded: Telephone" in page
    assert f'href="/residents/{mary.pk}"' not in page


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_nobody_has_no_pages(visitor, number):
    for path in PAGES:
        assert visitor.get(f"/residents/{number}/{path}").status_code == 404


def test_an_organisation_is_asked_for_one_name_and_no_death(visitor):
    firm = makers.a_person("", "Invented Homes Ltd", kind="organisation")
    shown = page_of(visitor, firm)
    assert "Record a date of death" not in shown
    page = page_of(visitor, firm, "/name")
    assert "Given names" not in page
    answers = {"family_name": "New Homes Ltd", **markup.day_data("since", ON)}
    assert "New Homes Ltd" in send(visitor, firm, "name", **answers).content.decode()
    in_error(send(visitor, firm, "death", **ANSWERS["death"]), "An organisation does not die.")


def test_every_form_asks_in_our_own_words(mary):
    for form in (
        needs.Need(),
        contact_points.ContactPoint(),
        correspondence.Correspondence(),
        correspondence.Ends(),
        names.Death(),
        names.Name(None, person=mary),
    ):
        markup.check_own_words(form)


def test_no_title_of_a_page_names_anybody_or_their_need(mary, visitor):
    for path in [*(f"/{one}" for one in (*rows(mary), *PAGES)), ""]:
        title = markup.words(markup.parse(page_of(visitor, mary, path)).all("title")[0])
        assert not {"Rimmer", "Braille", "01632"} & set(title.split()), title
