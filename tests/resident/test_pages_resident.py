"""The first page of the whole person, from the kernel alone."""

import ast
from datetime import date
from pathlib import Path

import pytest

import borough.resident
from borough.kernel import joining
from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.people import capabilities as people
from borough.kernel.people.models import ContactPoint, FormerName, Need, Residence
from borough.lines.revenues import billing
from borough.lines.revenues.commands import letters
from borough.lines.revenues.models import Account
from borough.resident import queries
from borough.rules import years
from tests import makers, markup, officers
from tests.revenues import recovering_makers

ON = date(2025, 6, 2)
OWN = joining.purposes()["revenues.collecting"]


def seen(person):
    return queries.picture(person, purpose=OWN, on=ON)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 3, 1))
    ContactPoint.objects.create(
        person=mary, kind="phone", value="07700 900001", preferred=True, starts=date(2024, 1, 1)
    )
    Need.objects.create(person=mary, kind="large_print", starts=date(2024, 1, 1))
    FormerName.objects.create(person=mary, name="Mary Sutton", ends=date(1975, 1, 1))
    account = makers.an_account(band="B", people=[mary], starts=date(2024, 4, 1))
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=date(2024, 4, 1))
    for first, on in ((2024, date(2024, 4, 1)), (2025, date(2025, 4, 1))):
        billing.bill_accounts(
            [account.pk], years.Year(first), on=on, by=makers.everything(), because="test"
        )
    return mary


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def test_the_page_says_who_where_what_is_owed_and_what_is_needed(mary, visitor):
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    for words in (
        "Mary Rimmer",
        "Mary Sutton",
        "Telephone 07700 900001 (preferred)",
        "Needs and how to reach them",
        "Letters in large print",
        "Invented Street",
        "2024-25",
        "No reminder sent",
    ):
        assert words in page, words
    markup.check(page)
    title = markup.words(markup.parse(page).all("title")[0])
    assert "Rimmer" not in title


def test_each_debt_is_told_by_year_and_leads_to_its_account(mary, visitor):
    [held] = seen(mary).held
    assert [part.name for part in held.parts] == ["2025-26", "2024-25"]
    assert held.pence == sum(part.pence for part in held.parts)
    assert (
        f'href="/revenues/accounts/{held.reference}"'
        in visitor.get(f"/residents/{mary.pk}").content.decode()
    )


def test_the_timeline_holds_what_happened_and_leads_on(mary):
    sentences = [entry.sentence for entry in queries.timeline(mary.pk, purpose=OWN)]
    assert sentences[0].startswith("Council Tax 2025-26:")
    assert len(sentences) == 2


def test_who_looked_and_why_is_on_the_page(mary, visitor):
    visitor.get(f"/residents/{mary.pk}")
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert "Ann Example" in page
    assert "Billing and collecting Council Tax" in page
    looks = queries.looks(mary.pk)
    assert [entry.detail["purpose"] for entry in looks] == ["revenues.collecting"] * 2
    assert not any(
        entry.what == "kernel.looked" for entry in queries.timeline(mary.pk, purpose=OWN)
    )


def test_without_a_purpose_the_person_stays_unseen(mary):
    officer = officers.an_officer("Bob Example", *officers.every_capability())
    response = officers.a_visitor(officer, purpose="").get(f"/residents/{mary.pk}")
    assert (response.status_code, response.url.split("?")[0]) == (302, "/purpose")
    assert not Fact.objects.filter(what="kernel.looked").exists()


def test_a_role_without_people_is_refused(mary):
    response = officers.a_visitor(officers.an_officer("Cal Example")).get(f"/residents/{mary.pk}")
    assert response.status_code == 403
    assert b"Rimmer" not in response.content


def test_collecting_opens_what_its_own_service_keeps_and_help_opens_all(mary):
    known = joining.purposes()
    assert OWN.shows("revenues.council_tax")
    assert not OWN.shows("payroll.overpaid")
    assert not OWN.shows_joined
    assert known["kernel.enquiry"].shows("payroll.overpaid")
    assert not known["kernel.enquiry"].shows_joined
    assert known["resident.support"].shows_joined


def test_only_those_named_for_it_may_choose_to_see_what_others_hold(mary):
    ann = officers.an_officer("Ann Example", people.FIND_PEOPLE, people.SEE_PERSON)
    page = officers.a_visitor(ann, purpose="").get("/purpose").content.decode()
    assert "Helping the resident" not in page
    chosen_before = officers.a_visitor(ann, purpose="resident.support")
    response = chosen_before.get(f"/residents/{mary.pk}")
    assert (response.status_code, response.url.split("?")[0]) == (302, "/purpose")
    posted = officers.a_visitor(ann, purpose="").post("/purpose", {"purpose": "resident.support"})
    assert "Select why you need" in posted.content.decode()


def test_what_may_be_due_to_them_stands_before_what_they_owe(mary, visitor):
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert page.index("What they may be entitled to") < page.index("Every account with the council")
    assert "Single person discount" in page
    assert "£9.10 a week" in page


def test_the_next_day_that_would_harm_is_named_first(mary, visitor):
    account = Account.objects.get(liabilities__person=mary)
    recovering_makers.take("reminder", date(2025, 5, 12))
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert "the rest of the year can fall due at once" in page
    assert f"Council Tax {account.reference}, 2025-26" in page
    assert page.index("can fall due at once") < page.index("What they may be entitled to")


def test_what_is_left_alone_says_why_and_until_when(mary, visitor):
    account = Account.objects.get(liabilities__person=mary)
    holds.place_hold(
        kind="dispute", upon=holds.Upon(thing=account.thing), by=makers.everything(), on=ON
    )
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert "Left alone" in page
    assert "Query open" in page


def test_somebody_of_whom_nothing_is_known_has_a_page(visitor):
    nobody = makers.a_person("No", "Body")
    page = visitor.get(f"/residents/{nobody.pk}").content.decode()
    assert "No account with any service." in page
    markup.check(page)


def test_a_letter_opens_from_the_page_of_whom_it_was_written_to(mary, visitor, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    [held] = seen(mary).held
    account = Account.objects.get(reference=held.reference)
    number = letters.issue_bill(
        account=account, year=years.Year(2025), by=makers.everything(), on=ON
    )
    address = f"/residents/{mary.pk}/letters/{number}"
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert f'href="{address}"' in page
    markup.check(page)
    assert visitor.get(address).content[:5] == b"%PDF-"
    somebody = makers.a_person("Some", "Body")
    assert visitor.get(f"/residents/{somebody.pk}/letters/{number}").status_code == 404


def test_a_long_life_is_told_a_stretch_at_a_time(mary, visitor, monkeypatch):
    monkeypatch.setattr(queries, "SEVERAL", 1)
    page = visitor.get(f"/residents/{mary.pk}").content.decode()
    assert "Council Tax 2024-25:" not in page
    [older] = [e for e in markup.parse(page).all("a") if markup.words(e) == "Older"]
    page = visitor.get(f"/residents/{mary.pk}{older.get('href')}").content.decode()
    assert "Council Tax 2024-25:" in page


def test_the_resident_page_reads_no_line():
    folder = Path(borough.resident.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith("borough.lines")], file
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "revenues_" not in node.value, file
