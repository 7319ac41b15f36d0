"""Many journals at once: the same as one by one, and nothing doubled."""

import numpy as np
import pytest
from django.db import transaction

from borough.kernel.ledger import commands, models, queries, refusals
from borough.kernel.people import models as people
from tests.kernel.ledger import makers
from tests.kernel.ledger.makers import APRIL, BILLING, CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(db):
    makers.a_ledger()


def columns(debts, pence):
    """A bill for each debt: two postings each, all debits first, to prove that they are sorted."""
    n, ids = len(debts), queries.account_ids()
    journals = commands.Journals([f"k/{i + 1}" for i in range(n)], APRIL, "Council Tax")
    none = np.full(n, commands.NONE)
    postings = commands.Postings(
        journal=np.tile(np.arange(n), 2),
        account=np.repeat([ids["CT-PAYERS"], ids["CT-INCOME"]], n),
        sub_account=np.concatenate([debts, none]),
        pence=np.concatenate([pence, -np.asarray(pence)]),
    )
    return journals, postings


def post(journals, postings):
    return commands.post_batch(source=BILLING, journals=journals, postings=postings, by=CLERK)


def test_a_batch_bills_everybody():
    debts = makers.sub_accounts(50)
    posted = post(*columns(debts, np.arange(1, 51) * 1000))
    assert (posted.journals, posted.skipped, posted.postings) == (50, 0, 100)
    assert posted.debit_pence == sum(range(1, 51)) * 1000
    assert queries.balances(debts) == {debt: (i + 1) * 1000 for i, debt in enumerate(debts)}
    charged = queries.charged("revenues", makers.KIND, "2025-26")
    assert charged.of(np.array(debts)).tolist() == [1000 * i for i in range(1, 51)]
    assert queries.all_balances(makers.KIND).pence.sum() == posted.debit_pence


def test_a_batch_again_posts_only_what_is_new():
    debts = makers.sub_accounts(5)
    post(*columns(debts[:3], np.array([10, 20, 30])))
    again = post(*columns(debts, np.array([10, 20, 30, 40, 50])))
    assert (again.journals, again.skipped, again.debit_pence) == (2, 3, 90)
    nothing = post(*columns(debts, np.array([10, 20, 30, 40, 50])))
    assert (nothing.journals, nothing.skipped, nothing.batch_id) == (0, 5, None)
    assert models.Journal.objects.count() == 5


def test_one_changed_amount_stops_the_whole_batch():
    debts = makers.sub_accounts(3)
    post(*columns(debts[:2], np.array([10, 20])))
    with pytest.raises(refusals.KeyReused, match="k/2"):
        post(*columns(debts, np.array([10, 21, 30])))
    assert models.Journal.objects.count() == 2


def test_a_key_twice_in_one_batch_is_refused():
    _, postings = columns(makers.sub_accounts(2), np.array([10, 20]))
    with pytest.raises(refusals.KeyDoubled, match="k/1"):
        post(commands.Journals(["k/1", "k/1"], APRIL, ""), postings)


def test_the_fault_is_named():
    debts = makers.sub_accounts(3)
    journals, postings = columns(debts, np.array([10, 20, 30]))
    postings.pence[1] += 1
    with pytest.raises(refusals.Unbalanced, match=r"k/2 .* Collection Fund: .* £0.01"):
        post(journals, postings)


@pytest.mark.parametrize("change", ["short", "beyond", "pounds", "empty"])
def test_columns_that_do_not_fit_are_refused(change):
    journals, postings = columns(makers.sub_accounts(2), np.array([10, 20]))
    parts = {name: getattr(postings, name) for name in ("journal", "account", "sub_account")}
    parts["pence"] = postings.pence
    if change == "short":
        parts["pence"] = parts["pence"][:-1]
    elif change == "beyond":
        parts["journal"] = parts["journal"] + 1
    elif change == "pounds":
        parts["pence"] = parts["pence"] / 100
    else:
        journals = commands.Journals([], APRIL, "")
    with pytest.raises((refusals.MisshapenBatch, refusals.NotAnAmount)):
        post(journals, commands.Postings(**parts))


def test_one_by_one_and_in_bulk_come_to_the_same():
    """The same requests, posted singly and then (after undoing that) as one batch."""
    debts = makers.sub_accounts(20)
    pence = np.arange(1, 21) * 1234

    def outcome():
        hashes = models.Journal.objects.order_by("key").values_list("key", "payload_hash")
        return queries.trial_balance(), queries.balances(debts), list(hashes)

    with transaction.atomic():
        for number, (debt, amount) in enumerate(zip(debts, pence.tolist(), strict=True), start=1):
            commands.post(
                source=BILLING,
                key=f"k/{number}",
                on=APRIL,
                narrative="Council Tax",
                lines=makers.charge(debt, amount),
                by=CLERK,
            )
        singly = outcome()
        transaction.set_rollback(True)
    assert models.Journal.objects.count() == 0
    post(*columns(debts, pence))
    assert outcome() == singly


def test_each_day_goes_to_its_own_month():
    debts = makers.sub_accounts(2)
    journals, postings = columns(debts, np.array([10, 20]))
    days = np.array(["2025-04-30", "2025-05-01"], "datetime64[D]")
    post(commands.Journals(journals.key, days, ["Bill 1", 'Bill, "2"\nof two']), postings)
    found = models.Journal.objects.order_by("key").values_list("period__month", "narrative")
    assert list(found) == [(202504, "Bill 1"), (202505, 'Bill, "2"\nof two')]


def test_sub_accounts_are_opened_once_and_held_jointly():
    one = people.Person.objects.create(given_names="Mary", family_name="Rimmer")
    two = people.Person.objects.create(given_names="John", family_name="Rimmer")
    holders = (np.array([0, 0, 1]), np.array([one.pk, two.pk, two.pk]))
    for _ in range(2):
        ids = commands.open_sub_accounts(
            kind=makers.KIND, references=["1", "2"], part="2025-26", holders=holders
        )
    assert models.SubAccount.objects.count() == 2
    assert models.Holding.objects.count() == 3
    makers.bill(int(ids[0]), 700)
    owed = queries.owed_by([one.pk, two.pk])
    assert [(row.person_id, row.reference, row.pence) for row in owed] == [
        (one.pk, "1", 700),
        (two.pk, "1", 700),
        (two.pk, "2", 0),
    ]
    assert owed[0].title == "Council Tax"


def test_an_undeclared_kind_is_refused():
    with pytest.raises(refusals.UnknownKind):
        commands.open_sub_accounts(kind="revenues.no_such", references=["1"])
