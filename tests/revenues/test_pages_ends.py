"""Ends that come sooner, ways of paying within the year, and what an officer is warned of."""

from datetime import date

import pytest

from borough.kernel.people.models import Residence
from borough.lines.revenues import billing, capabilities, models
from borough.lines.revenues.commands import accounts, changing, undoing
from borough.lines.revenues.commands import households as commands
from tests import makers, markup, officers
from tests.revenues.test_pages_changes import JUNE, TODAY, carried, day


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def account(db):
    account = makers.an_account(band="B", people=[makers.a_person("Mary", "Rimmer")])
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="test"
    )
    return account


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def test_who_asks_for_twelve_in_june_pays_to_march_by_a_new_bill(account, visitor):
    """SI 1992/613 reg 21(1A): the request may be made for the year that runs."""
    address = f"/revenues/accounts/{account.reference}/plan"
    answers = {"instalments": "12", "payment_day": "15", **day("starts", TODAY)}
    check = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    # £1,899.93: £189.93 in April, £190 in May and in June; £1,330 left, nine months from July
    assert "9 payments from 15 July 2025: £146.00, then £148.00 a month" in check
    visitor.post(address, {**carried(check), "step": "confirm"})
    bill = models.Bill.objects.filter(account=account).latest("version")
    assert (bill.version, bill.charge_pence, bill.earlier_pence) == (2, 189_993, 56_993)
    assert (bill.instalments, bill.first_pence, bill.other_pence) == (9, 14_600, 14_800)
    assert (bill.first_due, bill.payment_day) == (date(2025, 7, 15), 15)
    visitor.post(address, officers.posted(step="confirm", **answers))  # once more
    assert models.Bill.objects.filter(account=account).count() == 2


def test_undoing_it_gives_the_day_back_and_leaves_the_months(account):
    days = {"by": makers.everything(), "on": TODAY}
    before = models.Bill.objects.get(account=account)
    accounts.choose_plan(account=account, instalments=12, payment_day=15, starts=TODAY, **days)
    undoing.undo_change(change=models.Change.objects.latest("pk"), **days)
    bill = models.Bill.objects.filter(account=account).latest("version")
    assert bill.payment_day == before.payment_day
    assert (bill.instalments, bill.charge_pence) == (9, before.charge_pence)


def test_after_a_reminder_no_new_bill_gives_the_instalments_back(account):
    models.Step.objects.create(
        account=account,
        year=2025,
        number=1,
        kind="reminder",
        issued=TODAY,
        act_pence=56_993,
        balance_pence=189_993,
        level_pence=56_993,
        bill_version=1,
        complied_by=date(2025, 6, 8),
        falls_due=date(2025, 6, 16),
    )
    days = {"by": makers.everything(), "on": TODAY}
    accounts.choose_plan(account=account, instalments=12, payment_day=15, starts=TODAY, **days)
    assert models.Bill.objects.filter(account=account).count() == 1


def test_a_way_of_paying_from_a_later_day_waits_for_the_next_bill(account):
    days = {"by": makers.everything(), "on": TODAY}
    accounts.choose_plan(
        account=account, instalments=12, payment_day=15, starts=date(2026, 4, 1), **days
    )
    assert models.Bill.objects.filter(account=account).count() == 1


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (date(2025, 4, 1), None, "left on 1 May 2025. Enter that day or an earlier one"),
        (date(2025, 4, 1), date(2025, 5, 2), "Enter that day or an earlier one"),
        (date(2025, 5, 1), None, "left on 1 May 2025, and does not count since then"),
        (date(2025, 4, 1), date(2025, 5, 1), ""),
    ],
)
def test_nobody_is_disregarded_after_they_left(account, starts, ends, words):
    student = makers.a_person("Sam", "Rimmer")
    Residence.objects.create(
        person=student, dwelling=account.dwelling, starts=date(2024, 4, 1), ends=date(2025, 5, 1)
    )
    asked = {"account": account, "person": student, "ground": "student"}
    days = {"starts": starts, "ends": ends, "by": makers.everything(), "on": TODAY}
    if not words:
        assert commands.apply_disregard(**asked, **days) < 0
        return
    with pytest.raises(changing.NotADay, match=words):
        commands.apply_disregard(**asked, **days)


def test_an_end_that_was_given_can_be_changed_when_it_comes_sooner(account, visitor):
    student = makers.a_person("Sam", "Rimmer")
    Residence.objects.create(person=student, dwelling=account.dwelling, starts=date(2024, 4, 1))
    row = account.disregards.create(
        person=student, ground="students", starts=date(2024, 9, 1), ends=date(2026, 6, 30)
    )
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    end = f"/revenues/disregards/{row.pk}/end"
    assert f'href="{end}"' in page
    assert "Change the end" in page
    assert 'value="2026"' in visitor.get(end).content.decode()  # the end as it is
    # One of two adults not counted: a quarter less; without it from 1 June, 304 days of 365 more
    check = visitor.post(end, officers.posted(step="check", **day("ends", date(2025, 6, 1))))
    assert "to £1,820.55" in check.content.decode()
    visitor.post(end, {**carried(check.content.decode()), "step": "confirm"})
    row.refresh_from_db()
    assert row.ends == date(2025, 6, 1)


def test_an_end_is_not_moved_into_what_comes_after(account, visitor):
    home = account.dwelling
    rows = [
        models.Exemption.objects.create(dwelling=home, letter="G", starts=starts, ends=ends)
        for starts, ends in ((date(2025, 5, 1), date(2025, 6, 1)), (date(2025, 8, 1), None))
    ]
    end = f"/revenues/exemptions/{rows[0].pk}/end"
    answers = officers.posted(step="confirm", **day("ends", date(2025, 9, 1)))
    page = visitor.post(end, answers).content.decode()
    assert "What is recorded already holds on one of those days" in page
    rows[0].refresh_from_db()
    assert rows[0].ends == date(2025, 6, 1)


def test_who_may_grant_a_relief_may_end_it_and_nobody_else_is_led_there(account):
    kinds = models.Reduction.Kind
    days = {"starts": date(2025, 4, 1), "year_pence": 10_000}
    relief = account.reductions.create(kind=kinds.RELIEF, **days)
    award = account.reductions.create(kind=kinds.SCHEME, **days)
    pages = [f"/revenues/reliefs/{relief.pk}/end", f"/revenues/awards/{award.pk}/end"]
    see = capabilities.SEE_ACCOUNT
    hina = officers.an_officer("Hina Example", see, capabilities.GRANT_RELIEF)
    ann = officers.an_officer("Ann Example", see, capabilities.CHANGE_REDUCTION)
    for officer, mine, others in ((hina, pages[0], pages[1]), (ann, pages[1], pages[0])):
        visitor = officers.a_visitor(officer)
        page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
        assert mine in page
        assert others not in page
        answers = officers.posted(step="confirm", **day("ends", date(2025, 6, 1)))
        assert visitor.post(others, answers).status_code == 403
        assert visitor.post(mine, answers).status_code == 302
    assert {one.ends for one in account.reductions.all()} == {date(2025, 6, 1)}


def test_owners_together_are_owners_each(db):
    makers.an_open_ledger()
    account = accounts.open_account(
        dwelling=makers.a_dwelling(),
        people=[makers.a_person("A", "Owner"), makers.a_person("B", "Owner")],
        basis="owner",
        starts=date(2025, 6, 1),
        by=makers.everything(),
        on=TODAY,
    )
    assert {one.basis for one in account.liabilities.all()} == {"owner"}


def test_an_account_of_a_home_that_is_recorded_otherwise_is_warned_of(visitor):
    makers.an_open_ledger()
    home = makers.a_dwelling(band="C")
    models.Occupation.objects.create(dwelling=home, state="unfurnished", starts=date(2020, 1, 1))
    models.Exemption.objects.create(dwelling=home, letter="F", starts=date(2024, 1, 1))
    tenant = {"people": [str(makers.a_person().pk)], "basis": "tenant", "adults": "1", **JUNE}
    address = f"/revenues/dwellings/{home.uprn}/account"
    check = visitor.post(address, officers.posted(step="check") | tenant).content.decode()
    markup.check(check)
    assert "is recorded as empty and unfurnished from that day" in check
    assert "Exempt, class F" in check
    owner = tenant | {"basis": "owner"}
    check = visitor.post(address, officers.posted(step="check") | owner).content.decode()
    assert "is recorded as empty and unfurnished" not in check
    assert "Exempt, class F" in check
