"""Money of a plan: split as agreed to the penny, held for others, passed on, and undone."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from borough.kernel import joining
from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing, matching
from borough.kernel.bank import models as banking
from borough.kernel.bank import paying as kernel_paying
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Person
from borough.lines.revenues import models as revenues
from borough.resident.plans import models, splitting
from borough.resident.plans.commands import plans as commands
from borough.resident.plans.commands import remittances
from borough.resident.plans.queries import held, keeping
from tests import makers, markup, officers
from tests.resident.fund import fund_makers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
ALL = makers.everything()
SUE, LEE, HINA = fund_makers.SUE, fund_makers.LEE, fund_makers.HINA


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def plan(db):
    """Return a plan of £60.00: Council Tax £16.67 of £612.50 and rent £43.33 of £840.00."""
    makers.an_open_ledger()
    mary = makers.a_person("Mary", "Rimmer")
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_rent(mary, "840.00", stage="NSP")
    plan_makers.a_statement(mary, 6_000)
    return commands.agree_plan(
        person=mary,
        offer=commands.Offer(6_000, ON, {"northway-rents/T1": 2_000}),
        purpose=joining.purposes()["resident.support"],
        by=ALL,
        on=ON,
    )


def paid_in(*rows: tuple[str, int], on: date = ON) -> list[banking.Entry]:
    """Load a bank statement of (reference, pence): negative pence left our account."""
    lines = "".join(
        f"{on:%d/%m/%Y},{pence / 100:.2f},,{reference}\n"
        if pence > 0
        else f"{on:%d/%m/%Y},,{-pence / 100:.2f},{reference}\n"
        for reference, pence in rows
    )
    content = f"Date,Paid in,Paid out,Reference\n{lines}"
    run = bank.load_statement(content=content.encode(), layout="statement", by=ALL, on=on)
    importing.carry_out(run, by=ALL)
    return list(banking.Entry.objects.filter(file__run=run).order_by("pk"))


def bounced(split: models.Split, on: date = ON) -> None:
    [entry] = paid_in((f"unpaid {split.pk}", -split.pence), on=on)
    target = matching.Target(splitting.BOUNCED, str(split.pk))
    bank.match_paid_out(entry=entry, target=target, by=ALL, on=on)


def owed(plan: models.Plan) -> int:
    share = plan.shares.get(is_ours=True)
    return ledger.balances([share.sub_account_id])[share.sub_account_id]


def held_pence() -> int:
    return -ledger.account_balance("HELD-FOR-OTHERS")


def a_landlord() -> banking.BankDetails:
    landlord = makers.a_person("", "Northway", kind=Person.Kind.ORGANISATION)
    return fund_makers.bank_details(landlord, on=ON)


def test_a_payment_with_the_plans_reference_is_split_as_agreed(plan):
    paid_in((f"Plan {plan.pk}", 6_000))
    assert (owed(plan), held_pence()) == (60_000 - 1_667, 4_333)
    assert ledger.account_balance("SUSPENSE") == 0
    [fact] = Fact.objects.filter(what="resident.plan_payment_split")
    assert fact.detail == {"pence": 6_000, "debts": 2}
    how = keeping.of_plan(plan, ON)
    assert [one.received_pence for one in how.paid] == [4_333, 1_667]


def test_another_amount_is_split_in_the_same_proportion_to_the_penny(plan):
    paid_in((f"PLAN-{plan.pk}", 1_001))
    # 1001 x 4333/6000 = 722.889, 1001 x 1667/6000 = 278.111: the penny goes to the larger fraction
    assert (owed(plan), held_pence()) == (60_000 - 278, 723)


def test_the_reference_of_the_first_plan_goes_on_with_the_one_that_follows(plan):
    later = ON + timedelta(1)
    anew = commands.change_plan(
        plan=plan,
        offer=commands.Offer(3_000, later),
        purpose=joining.purposes()["resident.support"],
        by=ALL,
        on=later,
    )
    paid_in((f"PLAN {plan.pk}", 3_000), on=later)
    assert [one.plan for one in models.Split.objects.all()] == [anew]
    commands.end_plan(plan=anew, why="asked", by=ALL, on=later)
    paid_in((f"PLAN {plan.pk}", 2_999), on=later)
    assert -ledger.account_balance("SUSPENSE") == 2_999  # nobody agreed what it is for


def test_what_the_debts_cannot_take_waits_in_suspense_until_a_person_says_more(plan):
    [entry] = paid_in((f"PLAN {plan.pk}", 144_001))
    assert -ledger.account_balance("SUSPENSE") == 144_001
    target = matching.Target(splitting.KIND, f"plan {plan.pk}")
    with pytest.raises(splitting.MoreThanIsOwed):
        bank.place_entry(entry=entry, parts=[bank.Part(target, 144_001)], by=ALL, on=ON)
    bank.place_entry(entry=entry, parts=[bank.Part(target, 144_000)], by=ALL, on=ON)
    assert (-ledger.account_balance("SUSPENSE"), owed(plan), held_pence()) == (1, 0, 84_000)


def test_a_payment_that_came_before_does_not_stop_a_statement(plan):
    """Both are recognised; the first leaves too little room, and the rest of the second waits."""
    account = revenues.Account.objects.get()
    paid_in((account.reference, 50_000), (f"PLAN {plan.pk}", 140_000))
    assert owed(plan) == 0
    assert (held_pence(), -ledger.account_balance("SUSPENSE")) == (84_000, 46_000)


def test_a_payment_that_bounces_is_undone_to_the_penny_and_once(plan):
    before = ledger.account_balance("BANK")
    paid_in((f"PLAN {plan.pk}", 1_001), ("other", 5))
    split = models.Split.objects.get()
    bounced(split)
    assert (owed(plan), held_pence()) == (60_000, 0)
    how = keeping.of_plan(plan, ON)
    assert [one.received_pence for one in how.paid] == [0, 0]
    with pytest.raises(bank.NotThatMoney), transaction.atomic():
        bounced(split, ON + timedelta(1))
    again = matching.Out("another", matching.Target(splitting.BOUNCED, str(split.pk)), 1_001)
    with pytest.raises(matching.UnknownTarget):
        matching.pay_out(again, by=ALL, on=ON)
    assert ledger.account_balance("BANK") - before == 5


def test_what_is_held_is_passed_on_by_two_officers_with_a_list_and_comes_back_whole(plan):
    paid_in((f"PLAN {plan.pk}", 6_000))
    details = a_landlord()
    made = remittances.ask_remittance(source="northway-rents", details=details, by=SUE, on=ON)
    with pytest.raises(remittances.NothingHeld):
        remittances.ask_remittance(source="northway-rents", details=details, by=SUE, on=ON)
    for officer in (SUE, fund_makers.ANN):  # who made it ready; who keyed the bank details
        with pytest.raises(remittances.SamePerson):
            remittances.grant_remittance(remittance=made, by=officer, on=ON)
    remittances.grant_remittance(remittance=made, by=HINA, on=ON)
    with pytest.raises(remittances.AlreadyDecided):
        remittances.grant_remittance(remittance=made, by=LEE, on=ON)
    assert (held_pence(), -ledger.account_balance("PAYABLE")) == (0, 4_333)
    bank.send_payments(seen_count=1, seen_pence=4_333, by=HINA, on=ON)
    [entry] = paid_in(("returned", 4_333))
    [payment] = banking.Payment.objects.all()
    bank.payment_came_back(payment=payment, entry=entry, by=ALL, on=ON)
    assert (held_pence(), ledger.account_balance("SUSPENSE")) == (4_333, 0)
    assert [one.pence for one in held.of_source("northway-rents").lines] == [4_333]


def test_money_that_was_passed_on_and_bounced_is_kept_from_the_next(plan):
    paid_in((f"PLAN {plan.pk}", 6_000))
    split = models.Split.objects.get()
    details = a_landlord()
    made = remittances.ask_remittance(source="northway-rents", details=details, by=SUE, on=ON)
    remittances.grant_remittance(remittance=made, by=HINA, on=ON)
    bounced(split)
    assert held_pence() == -4_333  # the landlord has it, and the resident's bank has it back
    paid_in((f"PLAN {plan.pk}", 6_001))
    [line] = held.of_source("northway-rents").lines
    assert line.pence == 1  # 6001 x 4333/6000 = 4333.72: 4334 less what was passed on too much
    again = remittances.ask_remittance(source="northway-rents", details=details, by=SUE, on=ON)
    assert again.pence == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_every_penny_is_on_a_debt_with_a_holder_or_in_suspense(plan, seed):
    """Any sequence of payments, bounces and passings on; summed after each step."""
    drawn = random.Random(seed)  # noqa: S311  a test's own sequence
    details = a_landlord()
    charged, came, before = owed(plan), 0, ledger.account_balance("BANK")
    for step in range(25):
        standing = list(models.Split.objects.filter(undone=None))
        what = drawn.choice(["pay", "pay", "pay", "bounce", "pass on"])
        on = ON + timedelta(step)
        if what == "bounce" and standing:
            split = drawn.choice(standing)
            bounced(split, on)
            came -= split.pence
        elif what == "pass on":
            pass_on(details, on)
        else:
            pence = drawn.choice([1, 2, 3, drawn.randint(1, 9_000), 70_000])
            paid_in((f"PLAN {plan.pk}", pence), on=on)
            came += pence
        gone = sum(one.pence for one in kernel_paying.waiting())
        suspense = -ledger.account_balance("SUSPENSE")
        assert (charged - owed(plan)) + held_pence() + gone + suspense == came
        parts = models.Part.objects.filter(split__undone=None, share__is_ours=True)
        assert charged - owed(plan) == sum(parts.values_list("pence", flat=True))
        assert ledger.account_balance("BANK") - before == came
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def pass_on(details: banking.BankDetails, on: date) -> None:
    try:
        made = remittances.ask_remittance(source="northway-rents", details=details, by=SUE, on=on)
    except remittances.NothingHeld:
        return
    remittances.grant_remittance(remittance=made, by=HINA, on=on)


def test_the_pages_of_what_is_held(plan):
    paid_in((f"PLAN {plan.pk}", 6_000))
    details = a_landlord()
    client = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()),
        purpose="resident.support",
    )

    def look(address):
        page = client.get(address).content.decode()
        markup.check(page)
        return page

    assert "£43.33" in look("/residents/plans/held")
    assert "Northway" in look("/residents/plans/held/northway-rents")
    answers = officers.posted(details=str(details.pk))
    assert client.post("/residents/plans/held/northway-rents", answers).status_code == 302
    one = models.Remittance.objects.get()
    here = f"/residents/plans/remittances/{one.pk}"
    assert "T1" in look(here)
    for deed in ("grant", "drop"):
        look(f"{here}/{deed}")
    told = client.post(f"{here}/grant", officers.posted()).content.decode()
    assert "A colleague grants it" in told
    listed = client.get(f"{here}/list").content.decode()
    assert listed.splitlines() == ["reference,pounds", "T1,43.33"]
    assert f"PLAN {plan.pk}" in look(f"/residents/{plan.person_id}/plan/agreed")
