"""Homes whose owner is liable whoever lives there: section 8, SI 1992/551."""

from datetime import date

import pytest

from borough.kernel.people.models import Residence
from borough.lines.revenues import models
from borough.lines.revenues.commands import accounts, moves, owners, undoing
from tests import makers, markup, officers
from tests.revenues.test_moves import SINCE, adults, billed, charged, june, liable, use
from tests.revenues.test_pages_changes import carried, day

TODAY = date(2025, 6, 20)
DAYS = {"on": TODAY}


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def tenants(db):
    tenant = makers.a_person("Ted", "Tenant")
    account = makers.an_account(people=[tenant], adults=3)
    account.liabilities.update(basis="tenant")
    Residence.objects.create(person=tenant, dwelling=account.dwelling, starts=SINCE)
    billed(account)
    return account


def make_liable(account, landlord, letter="C", starts=None):
    return owners.record_owner_class(
        dwelling=account.dwelling,
        letter=letter,
        people=[landlord],
        starts=starts or june(1),
        by=makers.everything(),
        **DAYS,
    )


def test_the_landlord_of_a_house_in_multiple_occupation_is_liable(tenants):
    landlord = makers.a_person("Lena", "Landlord")
    settled = make_liable(tenants, landlord)
    tenants.refresh_from_db()
    assert tenants.ends == june(1)
    [opened] = settled.opened
    assert liable(opened) == [("Lena", "prescribed_owner", june(1), None)]
    assert adults(opened) == [(3, june(1), None)]
    assert use(opened.dwelling) == []  # it is lived in as before
    assert charged(opened) == round(189_993 * 304 / 365)


def test_who_moves_in_or_out_of_it_changes_no_liability(tenants):
    landlord = makers.a_person("Lena", "Landlord")
    [opened] = make_liable(tenants, landlord).opened
    ted = tenants.liabilities.get().person
    moves.record_move(
        homes=[
            moves.AtHome(
                tenants.dwelling,
                left=[moves.Left(ted, june(10))],
                came=[moves.Came(makers.a_person("New", "Tenant"), june(10), "tenant")],
            )
        ],
        by=makers.everything(),
        **DAYS,
    )
    assert liable(opened) == [("Lena", "prescribed_owner", june(1), None)]
    assert adults(opened) == [(3, june(1), None)]


def test_when_the_class_ends_whoever_lives_there_is_liable_again(tenants):
    make_liable(tenants, makers.a_person("Lena", "Landlord"))
    settled = owners.end_owner_class(
        row=models.OwnerLiable.objects.get(), ends=june(15), by=makers.everything(), **DAYS
    )
    [opened] = settled.opened
    assert liable(opened) == [("Ted", "resident", june(15), None)]


def test_making_an_owner_liable_can_be_undone(tenants):
    before = charged(tenants)
    make_liable(tenants, makers.a_person("Lena", "Landlord"))
    undoing.undo_change(change=models.Change.objects.get(), by=makers.everything(), on=TODAY)
    assert charged(tenants) == before
    assert not models.OwnerLiable.objects.exists()


def test_an_account_of_such_a_home_is_opened_for_its_owner_only(db):
    makers.an_open_ledger()
    home = makers.a_dwelling()
    models.OwnerLiable.objects.create(dwelling=home, letter="A", starts=SINCE)
    answers = {"dwelling": home, "starts": june(1), "by": makers.everything(), **DAYS}
    people = [makers.a_person("Car", "Home")]
    with pytest.raises(accounts.OwnerIsLiable, match="class A"):
        accounts.open_account(people=people, basis="tenant", **answers)
    assert accounts.open_account(people=people, basis="prescribed_owner", **answers)


@pytest.mark.parametrize(
    ("letter", "refusal"), [("Z", owners.NoSuchClass), ("C", owners.AlreadyOfAClass)]
)
def test_what_cannot_be_is_refused(tenants, letter, refusal):
    landlord = makers.a_person("Lena", "Landlord")
    models.OwnerLiable.objects.create(dwelling=tenants.dwelling, letter="A", starts=SINCE)
    with pytest.raises(refusal):
        make_liable(tenants, landlord, letter=letter)


def test_the_page_finds_the_owner_and_shows_what_it_comes_to(tenants):
    landlord = makers.a_person("Lena", "Landlord")
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    where = f"/revenues/dwellings/{tenants.dwelling.uprn}/owner-class"
    markup.check(visitor.get(where).content.decode())
    nobody = visitor.post(where, officers.posted(step="check")).content.decode()
    assert "Find or record the owner first" in nobody
    markup.check(nobody, in_error=True)
    added = visitor.post(where, {"add": str(landlord.pk)}).content.decode()
    assert "Lena Landlord" in added
    answers = {"people": str(landlord.pk), "letter": "C", **day("starts", june(1))}
    check = visitor.post(where, officers.posted(step="check", **answers)).content.decode()
    markup.check(check)
    done = visitor.post(where, {**carried(check), "step": "confirm"})
    assert done.status_code == 302
    row = models.OwnerLiable.objects.get()
    page = visitor.get(f"/revenues/dwellings/{tenants.dwelling.uprn}").content.decode()
    assert "class C: House in multiple occupation" in page
    end = f"/revenues/owner-classes/{row.pk}/end"
    assert end in page
    markup.check(visitor.get(end).content.decode())
    answers = officers.posted(step="confirm", **day("ends", june(15)))
    assert visitor.post(end, answers).status_code == 302
