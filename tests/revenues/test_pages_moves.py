"""The page of a move: one form for both homes, checked before it is done, and undone in sight."""

from datetime import date

import pytest
from django.db import connection

from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import CorrespondenceAddress, Person
from borough.lines.revenues import billing, models
from borough.lines.revenues.letters.made_from import closings
from tests import makers, markup, officers
from tests.revenues import debits
from tests.revenues.test_moves import Street, june
from tests.revenues.test_pages_changes import carried, day

TODAY = date(2025, 6, 20)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def street(db):
    return Street()


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def address(street):
    return f"/revenues/dwellings/{street.acacia.uprn}/move/{street.beech.uprn}"


def answers(street):
    mr, mrs, son = street.mr.pk, street.mrs.pk, street.son.pk
    given = {
        f"right_b_{mr}": "freeholder",
        f"right_b_{mrs}": "partner",
        f"right_b_{son}": "resident",
        "owners_a": str(mr),
        "credit": "carry",
    }
    days = {
        f"left_a_{mr}": june(3),
        f"left_a_{mrs}": june(10),
        f"left_a_{son}": june(14),
        "went_a": june(16),
        f"left_b_{street.jones.pk}": june(1),
        f"left_b_{street.other.pk}": date(2025, 5, 28),
        f"came_b_{mr}": june(3),
        f"came_b_{mrs}": june(10),
        f"came_b_{son}": june(14),
        "went_b": june(1),
        "furnished_b": june(16),
    }
    for name, when in days.items():
        given |= day(name, when)
    return given


def test_the_whole_move_is_asked_checked_and_done_once(street, visitor):
    page = visitor.get(address(street)).content.decode()
    assert "When did Sam Smith leave 12 Acacia Road?" in page
    assert "When did Jane Smith come to 7 Beech Lane?" in page
    markup.check(page)

    check = visitor.post(address(street), officers.posted(step="check", **answers(street)))
    check = check.content.decode()
    markup.check(check)
    assert "Nobody is known to be liable for 7 Beech Lane" in check
    assert "4 days" in check  # the son alone
    assert not Fact.objects.filter(what="revenues.moved").exists()
    assert models.Account.objects.count() == 2

    confirmed = {**carried(check), "step": "confirm"}
    done = visitor.post(address(street), confirmed)
    assert done.status_code == 302, done.content.decode()
    assert models.Account.objects.count() == 5
    assert visitor.post(address(street), confirmed).status_code == 302
    assert models.Account.objects.count() == 5


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2025, 6, 3), ""),
        (date(2025, 9, 1), "1 September 2025 is 73 days ahead"),
        (date(2024, 5, 3), "3 May 2024 was 413 days ago. Is the year right?"),
    ],
)
def test_a_day_that_may_be_a_slip_of_the_pen_is_told(street, visitor, when, words):
    given = {"owners_a": str(street.mr.pk), "credit": "carry"}
    for one in (street.mr, street.mrs, street.son):
        given |= day(f"left_a_{one.pk}", when)
    Person.objects.filter(pk=street.son.pk).update(date_of_birth=date(2000, 1, 9))
    where = f"/revenues/dwellings/{street.acacia.uprn}/move"
    check = visitor.post(where, officers.posted(step="check", **given)).content.decode()
    markup.check(check)
    assert "Check before you go on" in check
    assert words in check
    assert ("days ahead" in check or "days ago" in check) == bool(words)


def test_a_move_leads_from_one_account_to_the_other(street, visitor):
    CorrespondenceAddress.objects.create(
        person=street.mr, lines="1 Far Street", starts=date(2025, 1, 1)
    )
    check = visitor.post(address(street), officers.posted(step="check", **answers(street)))
    assert "Letters to John Smith go to 1 Far Street" in check.content.decode()
    done = visitor.post(address(street), officers.posted(step="confirm", **answers(street)))
    old = visitor.get(done.url).content.decode()
    markup.check(old)
    new = models.Account.objects.latest("pk")
    assert done.url == f"/revenues/accounts/{street.smiths.reference}"
    assert f"{new.reference}, 7 Beech Lane" in old
    assert (
        f"{street.smiths.reference}, 12 Acacia Road"
        in visitor.get(f"/revenues/accounts/{new.reference}").content.decode()
    )


def test_a_direct_debit_that_stays_behind_is_told_and_waits_in_a_list(db, visitor):
    left, came = debits.a_payer(adults=1), makers.a_dwelling(line="7 Beech Lane")
    mary = left.liabilities.get().person
    given = {f"right_b_{mary.pk}": "tenant", "credit": "carry"}
    given |= day(f"left_a_{mary.pk}", june(3)) | day(f"came_b_{mary.pk}", june(3))
    where = f"/revenues/dwellings/{left.dwelling.uprn}/move/{came.uprn}"
    check = visitor.post(where, officers.posted(step="check", **given)).content.decode()
    assert "The Direct Debit does not go along" in check
    visitor.post(where, officers.posted(step="confirm", **given))
    waiting = visitor.get("/revenues/direct-debits/moved").content.decode()
    markup.check(waiting)
    assert f"/revenues/accounts/{models.Account.objects.latest('pk').reference}/direct-debit" in (
        waiting
    )


def test_a_move_is_undone_from_the_page_of_changes(street, visitor):
    before = ledger.balance(billing.KIND, street.smiths.reference)
    visitor.post(address(street), officers.posted(step="confirm", **answers(street)))
    changes = visitor.get(f"/revenues/accounts/{street.smiths.reference}/changes").content.decode()
    markup.check(changes)
    assert "A move" in changes
    change = models.Change.objects.get()
    undo = f"/revenues/changes/{change.pk}/undo"
    check = visitor.post(undo, officers.posted(step="check")).content.decode()
    markup.check(check)
    assert "What becomes as it was" in check
    done = visitor.post(undo, officers.posted(step="confirm"))
    assert done.status_code == 302
    assert ledger.balance(billing.KIND, street.smiths.reference) == before
    again = visitor.post(undo, officers.posted(step="check")).content.decode()
    assert "This change has been undone already" in again
    asked = visitor.get(undo)
    assert asked.status_code == 302  # nothing is asked where nothing can be done
    assert "This change has been undone already" in visitor.get(asked.url).content.decode()
    assert "Undone" in visitor.get(done.url).content.decode()
    void = models.Account.objects.latest("pk")
    page = visitor.get(f"/revenues/accounts/{void.reference}").content.decode()
    markup.check(page)
    assert "Opened by mistake" in page
    with connection.cursor() as cursor:
        cursor.execute(closings.ROWS)
        assert cursor.fetchall() == []  # nobody is told of an account that never was
    assert "Nobody is liable here on any day of this year." in page
    assert "Working(" not in page
    home = visitor.get(f"/revenues/dwellings/{void.dwelling.uprn}").content.decode()
    assert "Never: opened by mistake" in home


def test_somebody_else_is_found_and_answers_stay(street, visitor):
    lodger = makers.a_person("Lou", "Lodger")
    posted = officers.posted(step="find", words="Lou Lodger", **answers(street))
    page = visitor.post(address(street), posted).content.decode()
    assert "Lou Lodger" in page
    assert 'value="16"' in page
    added = visitor.post(address(street), {"add": str(lodger.pk), **answers(street)})
    added = added.content.decode()
    assert "When did Lou Lodger leave 12 Acacia Road?" in added
    assert "When did Lou Lodger come to 7 Beech Lane?" in added
    markup.check(added)


def test_somebody_new_is_recorded_on_the_way(street, visitor):
    new = officers.posted(step="record", given_names="Lou", family_name="Lodger")
    page = visitor.post(address(street), new).content.decode()
    assert "When did Lou Lodger come to 7 Beech Lane?" in page
    markup.check(page)


def test_the_other_home_is_found_by_its_address(street, visitor):
    alone = f"/revenues/dwellings/{street.acacia.uprn}/move"
    markup.check(visitor.get(alone).content.decode())
    page = visitor.post(alone, {"step": "home", "address": "beech lane"}).content.decode()
    assert address(street) in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"right_b": "", "came_b": june(3)}, "Select by what right John Smith lives there"),
        ({"right_b": "tenant"}, "Enter the day on which John Smith came"),
        ({}, "Say who left or who came"),
    ],
)
def test_half_an_answer_is_a_mistake_with_a_way_to_mend_it(street, visitor, given, words):
    posted = officers.posted(step="check", credit="carry")
    for name, value in given.items():
        key = f"{name}_{street.mr.pk}"
        posted |= day(key, value) if isinstance(value, date) else {key: value}
    page = visitor.post(address(street), posted).content.decode()
    assert words in page
    markup.check(page, in_error=True)


def test_the_look_is_recorded_about_everybody_at_both_homes(street, visitor):
    visitor.get(address(street))
    fact = Fact.objects.get(what="kernel.looked")
    people = {one.person_id for one in fact.concerns.all()}
    assert {street.mr.pk, street.mrs.pk, street.jones.pk, street.other.pk} <= people
