"""Every change an officer can make: asked, checked, confirmed once, refused in the right place."""

import re
from datetime import date

import pytest

from borough.kernel.facts import sentences
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Person, Residence
from borough.lines.revenues import billing, capabilities, models
from borough.lines.revenues.commands import accounts
from borough.lines.revenues.commands import households as commands
from borough.lines.revenues.pages import (
    choosing,
    dwellings,
    households,
    plans,
    previewing,
    reductions,
)
from tests import makers, markup, officers
from tests.revenues import debits

YEAR = makers.YEAR
TODAY = date(2025, 6, 2)
FORMS = (
    households.SinglePerson,
    households.SinglePersonEnds,
    households.Household,
    households.Ends,
    reductions.DisabledReduction,
    reductions.Relief,
    dwellings.Band,
    dwellings.Occupation,
    dwellings.Exemption,
    dwellings.PremiumException,
    plans.Plan,
    plans.Closing,
    choosing.NewPerson,
)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def account(db):
    account = makers.an_account(band="B", people=[makers.a_person("Mary", "Rimmer")])
    billing.bill_accounts(
        [account.pk], YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="test"
    )
    return account


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def day(name, on):
    return markup.day_data(name, on)


def of_account(path, **answers):
    return lambda one: (f"/revenues/accounts/{one.reference}/{path}", answers)


def of_home(path, **answers):
    return lambda one: (f"/revenues/dwellings/{one.dwelling.uprn}/{path}", answers)


JUNE = day("starts", date(2025, 6, 1))
CHANGES = {
    "revenues.discount_applied": of_account("single-person-discount", **JUNE),
    "revenues.household_declared": of_account("household", adults="1", **JUNE),
    "revenues.reduction_applied": of_account("disabled-reduction", **JUNE),
    "revenues.relief_granted": of_account("relief", year_pence="£100", **JUNE),
    "revenues.plan_chosen": of_account("plan", instalments="12", payment_day="15", **JUNE),
    "revenues.account_closed": of_account("closing", **day("ends", date(2025, 6, 1))),
    "revenues.band_changed": of_home("band", letter="C", **JUNE),
    "revenues.occupation_recorded": of_home("occupation", state="unfurnished", **JUNE),
    "revenues.exemption_applied": of_home("exemption", letter="F", **JUNE),
    "revenues.exception_applied": of_home("premium-exception", letter="F", **JUNE),
}
NO_MONEY = {"revenues.plan_chosen", "revenues.exception_applied"}


def carried(page):
    """Return what the check page would send on: its hidden boxes."""
    boxes = markup.parse(page).all("input")
    return {box.get("name"): box.get("value") for box in boxes if box.get("type") == "hidden"}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_asked_checked_and_done_once(account, visitor, what):
    address, answers = CHANGES[what](account)
    before = ledger.balance(billing.KIND, account.reference)
    markup.check(visitor.get(address).content.decode())

    check = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    assert "Check before you go on" in check, re.findall(r"error-message.*?</p>", check)
    assert ("This changes the year 2025-26 from £1,899.93 to" in check) == (what not in NO_MONEY)
    markup.check(check)
    assert ledger.balance(billing.KIND, account.reference) == before
    assert not Fact.objects.filter(what=what).exists()

    confirmed = {**carried(check), "step": "confirm"}
    done = visitor.post(address, confirmed)
    assert done.status_code == 302, done.content.decode()
    assert Fact.objects.filter(what=what).count() == 1
    after = ledger.balance(billing.KIND, account.reference)
    assert (after != before) == (what not in NO_MONEY)
    assert "govuk-notification-banner--success" in visitor.get(done.url).content.decode()

    again = visitor.post(address, confirmed)
    assert (again.status_code, again.url) == (302, done.url)
    assert Fact.objects.filter(what=what).count() == 1
    assert ledger.balance(billing.KIND, account.reference) == after


@pytest.mark.parametrize("what", CHANGES)
def test_an_empty_form_says_what_to_enter(account, visitor, what):
    address, _ = CHANGES[what](account)
    page = visitor.post(address, officers.posted(step="check")).content.decode()
    markup.check(page, in_error=True)
    assert "There is a problem" in page


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_no_form_answers_in_djangos_words(form):
    markup.check_own_words(form(today=TODAY))


def test_the_check_shows_what_the_confirmation_will_post(account, visitor):
    address, answers = CHANGES["revenues.discount_applied"](account)
    check = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    # 61 days at 189993 x 61 / 365 = 31752.26; 304 days at three quarters = 118680.56
    assert "from £1,899.93 to £1,504.33" in check
    visitor.post(address, {**carried(check), "step": "confirm"})
    assert ledger.balance(billing.KIND, account.reference) == 150_433


def test_answers_can_be_changed_after_the_check(account, visitor):
    address, answers = CHANGES["revenues.discount_applied"](account)
    page = visitor.post(address, officers.posted(step="again", **answers)).content.decode()
    boxes = {box.get("name"): box.get("value") for box in markup.parse(page).all("input")}
    assert (boxes["starts_day"], boxes["starts_month"], boxes["starts_year"]) == ("1", "6", "2025")
    assert "There is a problem" not in page


def test_a_refusal_stands_at_the_field_it_is_about(account, visitor):
    account.households.update(adults=1)
    address, answers = CHANGES["revenues.discount_applied"](account)
    page = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    sentence = f"Account {account.reference} already has a single person discount on that day."
    assert page.count(sentence) == 2  # in the summary and at the field
    assert 'href="#id_starts"' in page
    markup.check(page, in_error=True)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2024, 3, 31), "Enter that day or a later one"),
        (date(1993, 3, 31), "must be on or after 1 April 1993"),
        (date(2205, 6, 1), "must be on or before 31 March 2027"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(account, visitor, on, sentence):
    address = f"/revenues/accounts/{account.reference}/single-person-discount"
    page = visitor.post(address, officers.posted(step="check", **day("starts", on)))
    assert sentence in page.content.decode()
    markup.check(page.content.decode(), in_error=True)


def test_a_day_that_is_none_is_refused_in_words(account, visitor):
    address = f"/revenues/accounts/{account.reference}/single-person-discount"
    answers = {"starts_day": "31", "starts_month": "6", "starts_year": "2025"}
    page = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    assert "must be a real date" in page


def test_a_page_kept_open_too_long_does_nothing(account, visitor):
    address, answers = CHANGES["revenues.discount_applied"](account)
    page = visitor.post(address, {"step": "confirm", **answers}).content.decode()
    assert "This page was open for too long" in page
    assert not Fact.objects.filter(what="revenues.discount_applied").exists()


def test_a_disregard_is_for_somebody_who_lives_there(account, visitor):
    lodger = makers.a_person("John", "Rimmer")
    Residence.objects.create(
        person=lodger, dwelling=account.dwelling, starts=date(2024, 4, 1), ends=None
    )
    stranger = makers.a_person("Nobody", "Known")
    address = f"/revenues/accounts/{account.reference}/disregard"
    page = visitor.get(address).content.decode()
    assert "John Rimmer" in page
    assert "Nobody Known" not in page
    ground = next(iter(households.disregards.GROUPS))
    refused = officers.posted(step="check", person=str(stranger.pk), ground=ground, **JUNE)
    assert "Select who is not to be counted" in visitor.post(address, refused).content.decode()
    answers = officers.posted(step="check", person=str(lodger.pk), ground=ground, **JUNE)
    check = visitor.post(address, answers).content.decode()
    visitor.post(address, {**carried(check), "step": "confirm"})
    row = models.Disregard.objects.get()
    assert (row.person, row.ground, row.starts) == (lodger, ground, date(2025, 6, 1))
    end = f"/revenues/disregards/{row.pk}/end"
    markup.check(visitor.get(end).content.decode())
    answers = officers.posted(step="confirm", **day("ends", date(2025, 7, 1)))
    assert visitor.post(end, answers).status_code == 302
    row.refresh_from_db()
    assert row.ends == date(2025, 7, 1)


def test_what_is_recorded_of_a_home_without_an_account_leaves_a_fact(visitor):
    home = makers.a_dwelling()
    answers = officers.posted(step="confirm", state="unfurnished", **JUNE)
    visitor.post(f"/revenues/dwellings/{home.uprn}/occupation", answers)
    fact = Fact.objects.get(what="revenues.home_changed")
    assert fact.thing == f"revenues.dwelling/{home.uprn}"
    assert sentences.tell(fact.what, fact.detail) == (
        f"The home with UPRN {home.uprn}, for which nobody is billed then: "
        "the home is empty and unfurnished, from 1 June 2025"
    )


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        (date(2007, 6, 2), "Enter 2 June 2025, the eighteenth birthday"),
        (date(2008, 2, 29), "Enter 1 March 2026, the eighteenth birthday"),
    ],
)
def test_a_child_is_not_counted_and_needs_no_disregard(account, visitor, born, sentence):
    child = makers.a_person("John", "Rimmer", date_of_birth=born)
    Residence.objects.create(person=child, dwelling=account.dwelling, starts=born)
    address = f"/revenues/accounts/{account.reference}/disregard"
    answers = officers.posted(step="check", person=str(child.pk), ground="student", **JUNE)
    page = visitor.post(address, answers).content.decode()
    assert f"A child is not counted as it is. {sentence}" in page
    markup.check(page, in_error=True)


def test_why_somebody_is_disregarded_is_told_to_nobody_else(account):
    lodger = makers.a_person("John", "Rimmer")
    days = {"by": makers.everything(), "on": TODAY}
    commands.apply_disregard(
        account=account,
        person=lodger,
        ground="severely_mentally_impaired",
        starts=date(2025, 6, 1),
        **days,
    )
    row = models.Disregard.objects.get()
    commands.end_disregard(disregard=row, ends=date(2025, 7, 1), **days)
    for fact in Fact.objects.filter(what__startswith="revenues.disregard"):
        assert "impaired" not in str(fact.detail) + sentences.tell(fact.what, fact.detail)
        assert fact.detail["disregard"] == row.pk


def test_somebody_may_be_disregarded_from_their_eighteenth_birthday(account):
    person = makers.a_person("John", "Rimmer", date_of_birth=date(2007, 6, 1))
    commands.apply_disregard(
        account=account,
        person=person,
        ground="student",
        starts=date(2025, 6, 1),
        by=makers.everything(),
        on=TODAY,
    )
    assert models.Disregard.objects.get().person == person


@pytest.mark.parametrize(("basis", "is_opened"), [("tenant", False), ("owner", True)])
def test_a_child_may_owe_as_an_owner_but_not_as_a_resident(visitor, basis, is_opened):
    makers.an_open_ledger()
    child = makers.a_person(date_of_birth=date(2010, 1, 1))
    answers = officers.posted(step="confirm", people=str(child.pk), basis=basis, **JUNE)
    page = visitor.post(f"/revenues/dwellings/{makers.a_dwelling().uprn}/account", answers)
    assert models.Account.objects.exists() == is_opened
    assert ("A child is not liable as a resident" in page.content.decode()) != is_opened


def test_an_account_closed_a_moment_ago_is_not_closed_again(account):
    seen_before = models.Account.objects.get(pk=account.pk)
    days = {"by": makers.everything(), "on": TODAY}
    accounts.close_account(account=account, ends=date(2025, 6, 1), **days)
    with pytest.raises(accounts.AlreadyClosed):
        accounts.close_account(account=seen_before, ends=date(2025, 9, 1), **days)
    assert account.liabilities.get().ends == date(2025, 6, 1)


def test_a_closed_account_has_no_new_way_of_paying(account, visitor):
    account.ends = date(2025, 6, 1)
    account.save()
    address, answers = CHANGES["revenues.plan_chosen"](account)
    page = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    assert f"Account {account.reference} ended on 1 June 2025" in page


def test_how_it_is_paid_follows_the_instruction_and_the_page_leads_there(account, visitor):
    address, answers = CHANGES["revenues.plan_chosen"](account)
    page = visitor.get(address).content.decode()
    assert "It is paid by its bill." in page
    assert f"/revenues/accounts/{account.reference}/direct-debit/new" in page
    visitor.post(address, officers.posted(step="confirm", **answers))
    assert account.plans.get(ends=None).method == models.Plan.Method.CASH
    debits.an_instruction(account)
    page = visitor.get(address).content.decode()
    assert "It is paid by Direct Debit." in page
    visitor.post(address, officers.posted(step="confirm", **answers))
    assert account.plans.get(ends=None).method == models.Plan.Method.DIRECT_DEBIT


@pytest.mark.parametrize(
    ("what", "model", "path"),
    [
        ("revenues.exemption_applied", models.Exemption, "exemptions"),
        ("revenues.exception_applied", models.PremiumException, "premium-exceptions"),
        ("revenues.reduction_applied", models.DisabledReduction, "disabled-reductions"),
    ],
)
def test_what_was_applied_can_be_ended(account, visitor, what, model, path):
    address, answers = CHANGES[what](account)
    visitor.post(address, officers.posted(step="confirm", **answers))
    row = model.objects.get()
    end = f"/revenues/{path}/{row.pk}/end"
    markup.check(visitor.get(end).content.decode())
    too_soon = officers.posted(step="check", **day("ends", date(2025, 6, 1)))
    markup.check(visitor.post(end, too_soon).content.decode(), in_error=True)
    answers = officers.posted(step="confirm", **day("ends", date(2025, 8, 1)))
    assert visitor.post(end, answers).status_code == 302
    row.refresh_from_db()
    assert row.ends == date(2025, 8, 1)


def test_the_discount_ends_when_somebody_moves_in(account, visitor):
    account.households.update(adults=1)
    address = f"/revenues/accounts/{account.reference}/single-person-discount/end"
    answers = officers.posted(step="confirm", adults="2", **day("ends", date(2025, 6, 1)))
    assert visitor.post(address, answers).status_code == 302
    assert account.households.get(ends=None).adults == 2


def test_relief_names_the_law_that_reserves_it_to_the_council(account, visitor):
    page = visitor.get(f"/revenues/accounts/{account.reference}/relief").content.decode()
    assert "Reserved to the council" in page
    assert "SI 1996/1880" in page


def test_a_closed_account_is_not_closed_again(account, visitor):
    address, answers = CHANGES["revenues.account_closed"](account)
    visitor.post(address, officers.posted(step="confirm", **answers))
    page = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    assert f"Account {account.reference} is closed already." in page


def test_a_preview_leaves_no_trace(account):
    before = (Fact.objects.count(), models.Bill.objects.count(), models.Household.objects.count())
    changes = previewing.preview(
        [account.reference],
        lambda: households.households.apply_single_person_discount(
            account=account, starts=date(2025, 4, 1), by=makers.everything(), on=TODAY
        ),
    )
    after = (Fact.objects.count(), models.Bill.objects.count(), models.Household.objects.count())
    assert before == after
    assert [(one.year, one.before_pence, one.after_pence) for one in changes] == [
        ("2025-26", 189_993, 142_495)
    ]


def test_an_account_is_opened_for_two_people_found_and_recorded(visitor):
    makers.an_open_ledger()
    home = makers.a_dwelling(band="C")
    known = makers.a_person("Catherine", "Rimmer")
    address = f"/revenues/dwellings/{home.uprn}/account"
    markup.check(visitor.get(address).content.decode())

    found = visitor.post(address, {"step": "find", "words": "Katherine Rymer"}).content.decode()
    assert "Catherine Rimmer" in found
    markup.check(found)
    chosen = visitor.post(address, {"add": str(known.pk), **JUNE}).content.decode()
    assert 'value="2025"' in chosen  # what was answered before is not asked again
    markup.check(chosen)

    born = day("date_of_birth", date(1980, 5, 6))
    new = officers.posted(
        step="record", people=str(known.pk), given_names="Sean", family_name="O'Neill", **born
    )
    page = visitor.post(address, new).content.decode()
    assert "Sean O&#x27;Neill" in page
    person = Person.objects.get(family_name="O'Neill")
    assert Fact.objects.get(what="kernel.person_recorded").by.startswith("officer/")

    answers = {"people": [str(known.pk), str(person.pk)], "basis": "tenant", "adults": "2", **JUNE}
    check = visitor.post(address, officers.posted(step="check") | answers).content.decode()
    assert "from £0.00 to" in check
    markup.check(check)
    done = visitor.post(address, officers.posted(step="confirm") | answers)
    account = models.Account.objects.get()
    assert done.url == f"/revenues/accounts/{account.reference}"
    bases = account.liabilities.order_by("id").values_list("person_id", "basis")
    assert list(bases) == [(known.pk, "tenant"), (person.pk, "partner")]


def test_nobody_liable_is_a_mistake_with_a_way_to_mend_it(visitor):
    home = makers.a_dwelling()
    address = f"/revenues/dwellings/{home.uprn}/account"
    page = visitor.post(address, officers.posted(step="check", basis="owner", **JUNE))
    assert "Find or record who is liable first" in page.content.decode()
    markup.check(page.content.decode(), in_error=True)


@pytest.mark.parametrize(
    ("family_name", "born", "sentence"),
    [
        ("", date(1980, 1, 1), "Enter the family name"),
        ("Rimmer", date(2025, 6, 3), "must be on or before 2 June 2025"),
        ("Rimmer", date(1902, 12, 31), "must be on or after 1 January 1903"),
        ("R" * 121, date(1980, 1, 1), "The family name must be 120 characters or fewer"),
    ],
)
def test_a_person_needs_a_name_and_a_birthday_that_has_been(visitor, family_name, born, sentence):
    home = makers.a_dwelling()
    answers = officers.posted(step="record", family_name=family_name, **day("date_of_birth", born))
    page = visitor.post(f"/revenues/dwellings/{home.uprn}/account", answers).content.decode()
    assert sentence in page
    assert not Person.objects.exists()
    markup.check(page, in_error=True)


def test_given_names_longer_than_are_kept_are_a_mistake(visitor):
    answers = officers.posted(step="record", given_names="M" * 121, family_name="Rimmer")
    page = visitor.post(f"/revenues/dwellings/{makers.a_dwelling().uprn}/account", answers)
    assert "The given names must be 120 characters or fewer" in page.content.decode()


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "-1", "x"])
def test_somebody_who_cannot_be_is_not_chosen(visitor, number):
    answers = officers.posted(step="check", add=number, people=number, basis="owner", **JUNE)
    page = visitor.post(f"/revenues/dwellings/{makers.a_dwelling().uprn}/account", answers)
    assert "Select who is liable" in page.content.decode()


def test_somebody_chosen_twice_is_liable_once(visitor):
    makers.an_open_ledger()
    person = str(makers.a_person().pk)
    answers = officers.posted(step="confirm", basis="owner", **JUNE) | {"people": [person, person]}
    visitor.post(f"/revenues/dwellings/{makers.a_dwelling().uprn}/account", answers)
    assert models.Liability.objects.get().basis == "owner"


def test_an_account_is_not_opened_over_another(account, visitor):
    address = f"/revenues/dwellings/{account.dwelling.uprn}/account"
    person = str(account.liabilities.get().person_id)
    answers = officers.posted(step="check", people=person, basis="owner", **JUNE)
    page = visitor.post(address, answers).content.decode()
    assert f"Account {account.reference} holds for this home" in page
    markup.check(page, in_error=True)


def test_opening_an_account_takes_leave_to_search_for_people(db):
    officer = officers.an_officer("Bob Example", capabilities.OPEN_ACCOUNT)
    home = makers.a_dwelling()
    response = officers.a_visitor(officer).get(f"/revenues/dwellings/{home.uprn}/account")
    assert response.status_code == 403
    assert "search for people" in response.content.decode()
