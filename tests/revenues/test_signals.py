"""What Council Tax's own records show of an early worry, each by one small story."""

from datetime import date

import numpy as np
import pytest

from borough.lines.revenues import billing, models
from borough.lines.revenues.queries import help as helping
from borough.lines.revenues.signals import behind, debits, instalments, told
from borough.rules import years
from tests import makers
from tests.revenues import debits as direct_debits
from tests.revenues import ordering
from tests.revenues import recovering_makers as recovering

ON = date(2025, 6, 10)
STARTS = date(2024, 4, 1)
LAST, THIS = years.Year(2024), years.Year(2025)


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


def seen(look, *people, on=ON):
    """Return (person, day, thing) of each row, for these people."""
    found = look(np.array([one.pk for one in people], np.int64), on)
    assert set(found.value.tolist()) <= {1}
    assert set(found.record.tolist()) <= {0}
    return sorted(zip(found.person.tolist(), found.on.tolist(), found.thing, strict=True))


def a_payer_until(mary, last_paid, *, missing=()):
    """Return an account of two years, paid on the day each month until a day, but for some."""
    account = makers.an_account(people=[mary], starts=STARTS)
    for year in (LAST, THIS):
        on = date(year.first, 3, 10)
        billing.bill_accounts([account.pk], year, on=on, by=makers.everything(), because="test")
        bill = models.Bill.objects.get(account=account, year=year.first)
        for number in range(bill.instalments):
            month = bill.first_due.month + number
            day = bill.first_due.replace(
                year=bill.first_due.year + (month - 1) // 12, month=(month - 1) % 12 + 1
            )
            if day <= last_paid and day not in missing:
                pence = bill.first_pence if number == 0 else bill.other_pence
                recovering.pay(account, pence, day, year.name)
    return account


def test_a_steady_payer_who_misses_one_or_two_is_seen_by_the_first_day_missed(mary):
    account = a_payer_until(mary, date(2025, 4, 30))
    assert seen(instalments.missed, mary, on=date(2025, 5, 1)) == []  # it may come today
    first = (mary.pk, date(2025, 5, 1), f"{account.thing}/2025-05-01")
    assert seen(instalments.missed, mary, on=date(2025, 5, 2)) == [first]
    assert seen(instalments.missed, mary) == [first]
    assert seen(instalments.missed, mary, on=date(2025, 7, 2)) == []  # three: no longer a slip


def test_who_was_behind_before_is_no_steady_payer(mary):
    a_payer_until(mary, date(2025, 4, 30), missing=[date(2024, 11, 1)])
    assert seen(instalments.missed, mary) == []


def test_who_came_lately_is_not_known_to_be_steady(mary):
    account = makers.an_account(people=[mary], starts=date(2025, 4, 1))
    billing.bill_accounts(
        [account.pk], THIS, on=date(2025, 4, 1), by=makers.everything(), because="test"
    )
    assert models.Bill.objects.filter(account=account).exists()
    assert seen(instalments.missed, mary) == []


def test_a_direct_debit_that_the_payer_or_the_bank_ended_is_seen_unless_replaced(mary):
    account = makers.an_account(people=[mary])
    ended = direct_debits.an_instruction(account, ends=date(2025, 6, 1), why_ended="payer")
    assert seen(debits.stopped, mary) == [
        (mary.pk, date(2025, 6, 1), f"revenues.instruction/{ended.pk}")
    ]
    assert seen(debits.stopped, mary, on=date(2025, 7, 31)) == []  # sixty days later
    direct_debits.an_instruction(account, reference="CTNEW", starts=date(2025, 6, 2))
    assert seen(debits.stopped, mary) == []


def test_whoever_owes_what_is_overdue_is_behind_with_one_service(mary):
    a_payer_until(mary, date(2025, 4, 30))
    ben = makers.a_person("Ben", "Ball")
    makers.an_account(people=[ben])
    assert seen(behind.behind, mary, ben) == [(mary.pk, ON, "council_tax")]


def test_a_reduction_that_ends_or_falls_by_a_fifth_is_seen_and_a_smaller_fall_is_not(mary):
    account = makers.an_account(people=[mary])
    scheme = models.Reduction.Kind.SCHEME
    days = [date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)]
    for pence, starts, ends in (
        (100_000, date(2024, 4, 1), days[0]),
        (81_000, days[0], days[1]),  # less by 19 per cent
        (64_800, days[1], days[2]),  # by 20
    ):
        account.reductions.create(kind=scheme, year_pence=pence, starts=starts, ends=ends)
    assert [day for _, day, _ in seen(told.reductions_fell, mary)] == days[1:]
    assert seen(told.reductions_fell, mary, on=date(2025, 8, 30)) == []  # ninety days later


def test_a_reduction_that_ends_with_the_account_left_behind_one_to_claim_anew(mary):
    old = makers.an_account(people=[mary])
    old.reductions.create(
        kind=models.Reduction.Kind.SCHEME,
        year_pence=90_000,
        starts=STARTS,
        ends=date(2025, 5, 1),
    )
    models.Account.objects.filter(pk=old.pk).update(ends=date(2025, 5, 1))
    new = makers.an_account(people=[mary], starts=date(2025, 5, 1))
    assert seen(told.reductions_fell, mary) == []
    [(who, day, _)] = seen(told.left_behind, mary)
    assert (who, day) == (mary.pk, ON)
    assert seen(told.left_behind, mary, on=date(2026, 5, 1)) == []  # a year later
    new.reductions.create(
        kind=models.Reduction.Kind.SCHEME, year_pence=90_000, starts=date(2025, 5, 1)
    )
    assert seen(told.left_behind, mary) == []


def test_one_adult_left_of_two_is_a_shock_and_one_adult_from_the_first_is_not(mary):
    ben = makers.a_person("Ben", "Ball")
    makers.an_account(people=[ben], adults=1)
    account = makers.an_account(people=[mary], adults=2)
    account.households.update(ends=date(2025, 5, 5))
    account.households.create(adults=1, starts=date(2025, 5, 5))
    assert [(who, day) for who, day, _ in seen(told.one_adult_left, mary, ben)] == [
        (mary.pk, date(2025, 5, 5))
    ]
    assert seen(told.one_adult_left, mary, ben, on=date(2025, 9, 2)) == []  # 120 days later


def test_help_by_income_says_that_it_goes_by_income(mary):
    makers.an_account(people=[mary])
    by_income = {
        offer.scheme for offer in helping.offers([mary.pk], ON)[mary.pk] if offer.by_income
    }
    assert by_income == {"revenues.reduction"}


def test_an_arrangement_that_was_not_kept_is_seen_for_a_year_and_one_paid_off_is_not(mary):
    account = makers.an_account(people=[mary])
    kept = {"every": "monthly", "number": 6, "first_pence": 1_000, "other_pence": 1_000}
    kept |= {"parts": ["2024-25"], "debt_pence": 6_000, "received_before_pence": 0}
    kept |= {"first_due": date(2024, 7, 1), "payment_day": 1}
    for starts, ends, why in (
        (date(2024, 5, 1), date(2024, 6, 10), "not_kept"),  # a year ago today: over
        (date(2024, 6, 20), date(2024, 9, 1), "paid"),
        (date(2024, 10, 1), date(2025, 1, 2), "not_kept"),
    ):
        last = account.arrangements.create(starts=starts, ends=ends, why_ended=why, **kept)
    assert seen(told.arrangements_not_kept, mary) == [
        (mary.pk, date(2025, 1, 2), f"revenues.arrangement/{last.pk}")
    ]


def test_what_an_agent_found_is_seen_for_a_year_of_whom_it_was_found(mary):
    account = ordering.an_account_under_order(people=[mary])
    firm = makers.a_person("", "Invented Agents")
    remedy = models.Remedy.objects.create(
        kind="agent",
        account=account,
        year=ordering.YEAR.first,
        person=mary,
        owed_pence=10_000,
        starts=date(2025, 7, 1),
    )
    agent = models.Agent.objects.create(person=firm, slug="invented", layout="plain")
    file = models.AgentReturn.objects.create(
        agent=agent, sha256="0" * 64, loaded_on=date(2025, 8, 1), by="officer/1",
        rows=3, set_aside=0, collected_pence=0, passed_on_pence=0,
    )  # fmt: skip
    found = {"vulnerable": date(2025, 7, 5), "gone_away": date(2025, 7, 6), "no_goods": None}
    rows = [
        file.lines.create(line=line, remedy=remedy, kind="returned", on=on, code=code)
        for line, (code, on) in enumerate(found.items())
    ]
    first = (mary.pk, date(2025, 7, 5), f"revenues.return/{rows[0].pk}")
    last = (mary.pk, date(2025, 8, 1), f"revenues.return/{rows[2].pk}")  # the day the file came
    assert seen(told.agents_found, mary, on=date(2025, 9, 1)) == sorted([first, last])
    assert seen(told.agents_found, mary, on=date(2026, 7, 5)) == [last]  # a year after the first
