"""A change that was wrong is undone to the penny, and stays in sight."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.kernel import commanding, joining
from borough.kernel.facts import sentences
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing, capabilities, keeping, models
from borough.lines.revenues.commands import (
    accounts,
    dwellings,
    households,
    reductions,
    undoing,
)
from tests import makers

JUNE, TODAY = date(2025, 6, 1), date(2025, 6, 2)
DAYS = {"on": TODAY}


@pytest.fixture
def account(db):
    mary = makers.a_person("Mary", "Rimmer")
    account = makers.an_account(band="B", people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="test"
    )
    return account


def by():
    return makers.everything()


CHANGES = {
    "discount": lambda one: households.apply_single_person_discount(
        account=one, starts=JUNE, by=by(), **DAYS
    ),
    "household": lambda one: households.declare_household(
        account=one, adults=0, starts=JUNE, by=by(), **DAYS
    ),
    "disabled": lambda one: reductions.apply_disabled_reduction(
        account=one, starts=JUNE, by=by(), **DAYS
    ),
    "relief": lambda one: reductions.grant_relief(
        account=one, year_pence=10_000, starts=JUNE, by=by(), **DAYS
    ),
    "plan": lambda one: accounts.choose_plan(
        account=one,
        instalments=12,
        payment_day=15,
        starts=JUNE,
        by=by(),
        **DAYS,
    ),
    "closing": lambda one: accounts.close_account(account=one, ends=JUNE, by=by(), **DAYS),
    "band": lambda one: dwellings.change_band(
        dwelling=one.dwelling, letter="C", starts=JUNE, by=by(), **DAYS
    ),
    "occupation": lambda one: dwellings.record_occupation(
        dwelling=one.dwelling, state="unfurnished", starts=JUNE, by=by(), **DAYS
    ),
    "exemption": lambda one: dwellings.apply_exemption(
        dwelling=one.dwelling, letter="F", starts=JUNE, by=by(), **DAYS
    ),
    "exception": lambda one: dwellings.apply_exception(
        dwelling=one.dwelling, letter="F", starts=JUNE, by=by(), **DAYS
    ),
}


def rows(account):
    """Return every dated row of the account and its home."""
    found = {}
    for kind, model in keeping.KINDS.items():
        kept = [keeping.row_of(kind, row) for row in model._default_manager.order_by("pk")]
        found[kind] = kept
    return found


def undo(change, officer=None):
    return undoing.undo_change(change=change, by=officer or by(), on=TODAY)


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_can_be_undone_to_the_penny(account, name):
    before, owed = rows(account), ledger.balance(billing.KIND, account.reference)
    CHANGES[name](account)
    assert rows(account) != before
    change = models.Change.objects.get()
    undo(change)
    assert rows(account) == before
    assert ledger.balance(billing.KIND, account.reference) == owed
    assert models.Change.objects.get(undoes=change).things == change.things


def test_it_is_told_on_the_account_that_something_was_undone(account):
    CHANGES["discount"](account)
    undo(models.Change.objects.get())
    fact = Fact.objects.get(what="revenues.change_undone")
    assert fact.thing == account.thing
    assert sentences.tell(fact.what, fact.detail) == (
        f"Undone: A single person discount. £395.60 on account {account.reference}"
    )


def test_what_is_undone_is_not_undone_again(account):
    CHANGES["discount"](account)
    change = models.Change.objects.get()
    undo(change)
    with pytest.raises(undoing.AlreadyUndone, match="undone already"):
        undo(change)
    with pytest.raises(undoing.AlreadyUndone, match="change of its own"):
        undo(models.Change.objects.get(undoes=change))


def test_what_came_later_is_undone_first(account):
    CHANGES["discount"](account)
    first = models.Change.objects.get()
    CHANGES["household"](account)
    later = models.Change.objects.latest("pk")
    with pytest.raises(undoing.TouchedSince, match="A number of adults of 2 June 2025"):
        undo(first)
    undo(later)
    undo(first)
    assert account.households.get().adults == 2


def test_an_account_opened_since_stands_in_the_way_of_opening_the_old_one_again(account):
    CHANGES["closing"](account)
    closing = models.Change.objects.get()
    opened = accounts.open_account(
        dwelling=account.dwelling,
        people=[makers.a_person("New", "Comer")],
        basis="tenant",
        starts=JUNE,
        by=by(),
        **DAYS,
    )
    with pytest.raises(undoing.TouchedSince, match="The opening of an account of 2 June 2025"):
        undo(closing)
    undo(models.Change.objects.latest("pk"))
    opened.refresh_from_db()
    assert opened.is_void
    assert ledger.balance(billing.KIND, opened.reference) == 0
    undo(closing)
    account.refresh_from_db()
    assert account.ends is None


def test_a_home_whose_account_was_opened_by_mistake_can_be_opened_again(account):
    CHANGES["closing"](account)
    answers = {"dwelling": account.dwelling, "basis": "tenant", "starts": JUNE, "by": by()}
    accounts.open_account(people=[makers.a_person("A", "Slip")], **answers, **DAYS)
    undo(models.Change.objects.latest("pk"))
    right = accounts.open_account(people=[makers.a_person("New", "Comer")], **answers, **DAYS)
    assert right.ends is None


def test_whoever_may_not_make_a_change_may_not_undo_it(account):
    CHANGES["relief"](account)
    all_but = frozenset(joining.capabilities()) - {capabilities.GRANT_RELIEF.slug}
    officer = commanding.System("system/tests", all_but)
    with pytest.raises(commanding.NotAllowed):
        undo(models.Change.objects.get(), officer)


def test_the_database_keeps_what_was_changed(account):
    CHANGES["discount"](account)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Change.objects.update(what="revenues.moved")
