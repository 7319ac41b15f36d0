"""The bill as a letter: it says what the ledger holds, or it is not made."""

from datetime import date

import pytest

from borough.kernel.documents.models import Document
from borough.kernel.facts.models import Fact
from borough.kernel.people.models import CorrespondenceAddress
from borough.lines.revenues import billing, capabilities, models
from borough.lines.revenues.letters import filling
from borough.rules import years
from tests import makers, markup, officers

YEAR = makers.YEAR
ON = makers.BILLING_DAY


def bill(account, year=YEAR, on=ON):
    billing.bill_accounts([account.pk], year, on=on, by=makers.everything(), because="test")


@pytest.fixture
def visitor(db, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def everything_that_changes_a_charge():
    account = makers.an_account(band="D", adults=1, people=[makers.a_person("Mary", "Rimmer")])
    account.households.update(ends=date(2025, 9, 1))
    models.Household.objects.create(account=account, adults=2, starts=date(2025, 9, 1))
    models.Reduction.objects.create(
        account=account, kind=1, year_pence=40_000, starts=date(2025, 6, 1)
    )
    account.disabled_reductions.create(starts=date(2025, 12, 1))
    models.Exemption.objects.create(
        dwelling=account.dwelling, letter="F", starts=date(2026, 1, 1), ends=date(2026, 2, 1)
    )
    return account


def test_the_lines_of_the_letter_come_to_what_is_charged(db):
    account = everything_that_changes_a_charge()
    bill(account)
    letter = filling.of_account(account, YEAR, on=ON)
    assert letter.charge_pence == models.Bill.objects.get().charge_pence
    assert {line.kind for line in letter.lines} == {
        "charge",
        "discount",
        "reduction",
        "disabled",
        "exemption",
    }
    assert sum(body.year_pence for body in letter.bodies) == 244_276
    [because] = {line.because for line in letter.lines if line.kind == "discount"}
    assert because == "One adult who lives here is counted"
    assert letter.addressees == ("Mary Rimmer",)


def test_the_letter_goes_to_the_address_asked_for(db):
    person = makers.a_person()
    account = makers.an_account(people=[person])
    CorrespondenceAddress.objects.create(
        person=person, lines="2 Elsewhere Road\nTown", postcode="ZZ2 2BB", starts=date(2025, 1, 1)
    )
    bill(account)
    letter = filling.of_account(account, YEAR, on=ON)
    assert letter.address == ("2 Elsewhere Road", "Town", "ZZ2 2BB")
    assert letter.property_address[0].endswith("Invented Street")


def test_an_adjusted_bill_names_the_one_it_replaces_and_asks_for_the_rest(db):
    account = makers.an_account(band="A")
    bill(account)
    account.households.update(adults=1)
    bill(account, on=date(2025, 6, 2))
    letter = filling.of_account(account, YEAR, on=date(2025, 6, 2))
    assert letter.replaces == ON
    assert sum(one.pence for one in letter.instalments) == letter.due_pence


@pytest.mark.parametrize("earlier", [True, False])
def test_a_bill_that_is_not_there_is_refused(db, earlier):
    account = makers.an_account()
    bill(account)
    year = years.Year(2024) if earlier else years.Year(2026)
    with pytest.raises((filling.NothingToBill, filling.laws.LawNotKnown)):
        filling.of_account(account, year, on=ON)


def test_a_bill_that_would_not_say_what_is_charged_is_refused(visitor):
    account = makers.an_account()
    bill(account)
    account.households.update(adults=1)
    address = f"/revenues/accounts/{account.reference}/bills/2025-26"
    page = visitor.post(address, officers.posted()).content.decode()
    assert "Something has changed since 2025-26 was billed" in page
    markup.check(page, in_error=True)
    assert not Document.objects.exists()


def test_a_bill_is_made_once_listed_and_handed_over_as_pdf(visitor):
    account = makers.an_account(people=[makers.a_person("Mary", "Rimmer")])
    bill(account)
    there = f"/revenues/accounts/{account.reference}/letters"
    markup.check(visitor.get(there).content.decode())
    answers = officers.posted()
    for _ in range(2):
        made = visitor.post(f"/revenues/accounts/{account.reference}/bills/2025-26", answers)
        assert (made.status_code, made.url) == (302, there)
    document = Document.objects.get()
    assert Fact.objects.get(what="revenues.bill_issued").detail["document"] == document.pk
    page = visitor.get(there).content.decode()
    assert "Council Tax bill 2025 to 2026" in page
    markup.check(page)
    pdf = visitor.get(f"/revenues/letters/{document.pk}")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Rimmer" not in pdf["Content-Disposition"]
    assert pdf["Cache-Control"] == "no-store"


def test_a_letter_opens_to_those_who_may_see_the_account_alone(visitor):
    account = makers.an_account()
    bill(account)
    visitor.post(f"/revenues/accounts/{account.reference}/bills/2025-26", officers.posted())
    number = Document.objects.get().pk
    other = officers.an_officer("Bob Example", capabilities.CHANGE_PLAN)
    assert officers.a_visitor(other).get(f"/revenues/letters/{number}").status_code == 403
    before = Fact.objects.filter(what="kernel.looked").count()
    visitor.get(f"/revenues/letters/{number}")
    assert Fact.objects.filter(what="kernel.looked").count() == before + 1
    assert visitor.get(f"/revenues/letters/{number + 1}").status_code == 404
    assert visitor.get(f"/revenues/accounts/{account.reference}/bills/20xx").status_code == 302
