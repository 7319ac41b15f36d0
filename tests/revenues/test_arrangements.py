"""Arrangements on real accounts: kept, late, warned about, broken, changed, and what they hold."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from borough.kernel import commanding
from borough.kernel.facts.models import Fact
from borough.kernel.holds import acts
from borough.kernel.holds import commands as hold_commands
from borough.kernel.holds import queries as holds
from borough.kernel.ledger.queries import balance
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.commands import households, receipts
from borough.lines.revenues.queries import arrangements as queries
from borough.rules import years
from borough.rules.arrangements import State
from tests import makers

ON = date(2025, 9, 1)
FIRST = date(2025, 9, 12)
LAST_YEAR, THIS_YEAR = years.Year(2024), years.Year(2025)
BY = makers.everything()


@pytest.fixture
def account(db):
    """Return an account that paid nothing of 2024-25, and of 2025-26 what was asked by 1 July."""
    return an_account_in_arrears()


def an_account_in_arrears():
    account = makers.an_account(adults=2)
    for year in (LAST_YEAR, THIS_YEAR):
        billing.bill_accounts([account.pk], year, on=date(year.first, 3, 10), by=BY, because="x")
    pay(account, 57_093, THIS_YEAR, on=date(2025, 7, 1))
    return account


def pay(account, pence, year=None, *, on=ON, key=None):
    receipts.record_payment(
        account=account,
        pence=pence,
        key=key or f"{account.reference}/{on}/{pence}/{year}",
        year=year,
        by=BY,
        on=on,
    )


def an_offer(pence=10_000, every="monthly", first_due=FIRST, **more):
    return commands.Offer(pence, every, first_due, **more)


def agreed(account, *, parts=("2024-25",), on=ON, **offer):
    return commands.agree(account=account, parts=parts, offer=an_offer(**offer), by=BY, on=on)


def standing(arrangement, on):
    return queries.standing_of(arrangement, on)


def state(arrangement, on):
    return State(int(standing(arrangement, on).standing.state[0]))


def stands_against(account, part="2024-25", act=acts.SUMMONS, on=ON):
    debt = holds.Debt(account.thing, tuple(account.liabilities.values_list("person_id", flat=True)))
    debt = holds.Debt(debt.thing, debt.people, part)
    return {reason.kind for reason in holds.may_we_act([debt], act, on)[0]}


def test_the_instalments_come_to_the_debt(account):
    debt = balance(billing.KIND, account.reference)
    one = agreed(account, parts=("2024-25", "2025-26"))
    assert one.debt_pence == debt
    assert one.first_pence + (one.number - 1) * one.other_pence == debt
    assert one.first_pence <= one.other_pence == 10_000
    assert [str(year.name) for year in one.covered_years] == ["2024-25", "2025-26"]


def test_no_least_amount_is_asked_for(account):
    assert agreed(account, pence=1_000, every="weekly").other_pence == 1_000
    with pytest.raises(commands.TooLong, match="help with the debt"):
        commands.change(
            arrangement=models.Arrangement.objects.get(),
            parts=["2024-25"],
            offer=an_offer(100),
            by=BY,
            on=ON,
        )


def test_what_is_not_owed_needs_no_arrangement(account):
    with pytest.raises(commands.NothingToAgree):
        agreed(account, parts=("2023-24",))


def test_the_first_payment_is_not_in_the_past(account):
    with pytest.raises(commands.NotADay):
        agreed(account, first_due=ON - timedelta(1))


def test_paid_as_agreed_it_is_kept(account):
    one = agreed(account)
    pay(account, one.first_pence, LAST_YEAR, on=FIRST)
    assert state(one, date(2025, 10, 1)) == State.KEPT
    assert not standing(one, date(2025, 10, 1)).standing.short_pence.any()


def test_a_miss_is_late_after_its_days(account):
    one = agreed(account)
    assert state(one, FIRST + timedelta(7)) == State.KEPT
    assert state(one, FIRST + timedelta(8)) == State.LATE


def test_money_that_was_put_to_another_year_counts(account):
    """A payment without a year goes to the newest that is owed for; the arrangement is kept."""
    pay(account, 200_000, THIS_YEAR, on=ON, key="ahead")
    one = agreed(account, pence=20_000)
    late = date(2025, 9, 30)
    assert state(one, late) == State.KEPT
    assert standing(one, late).owed_pence[0] == one.debt_pence


def test_money_from_before_the_agreement_counts_once(account):
    pay(account, 200_000, THIS_YEAR, on=ON - timedelta(1), key="before")
    one = agreed(account, pence=20_000)
    assert state(one, date(2025, 9, 30)) == State.LATE


def test_money_that_this_year_asked_for_is_not_counted_twice(account):
    """Paying the instalment of this year does not pay the arrangement for the last one."""
    one = agreed(account)
    pay(account, 19_000, THIS_YEAR, on=FIRST, key="this year")
    assert state(one, date(2025, 9, 25)) == State.LATE


def test_a_letter_comes_after_a_question(account):
    one = agreed(account)
    late = date(2025, 9, 22)
    with pytest.raises(commands.NothingLate):
        commands.warn(arrangement=one, by=BY, on=FIRST)
    with pytest.raises(commands.AskFirst):
        commands.warn(arrangement=one, by=BY, on=late)
    commands.record_contact(arrangement=one, reached=False, by=BY, on=late)
    warning = commands.warn(arrangement=one, by=BY, on=late)
    assert (warning.short_pence, warning.put_right_by) == (one.first_pence, date(2025, 10, 6))
    with pytest.raises(commands.AlreadyWarned):
        commands.warn(arrangement=one, by=BY, on=late)


def test_while_it_holds_nothing_else_is_done_and_when_broken_all_is_as_it_was(account):
    assert stands_against(account) == set()
    one = agreed(account)
    late = date(2025, 9, 22)
    for act in acts.ALL:  # to ask how it goes is part of it
        against = set() if act == acts.CHASE else {"arrangement"}
        assert stands_against(account, act=act) == against
    commands.record_contact(arrangement=one, reached=True, by=BY, on=late)
    commands.warn(arrangement=one, by=BY, on=late)
    assert stands_against(account, on=date(2025, 10, 6)) == {"arrangement"}
    assert state(one, date(2025, 10, 7)) == State.BROKEN
    assert stands_against(account, on=date(2025, 10, 7)) == set()


def test_paying_what_was_missed_puts_it_right_even_late(account):
    one = agreed(account)
    commands.record_contact(arrangement=one, reached=True, by=BY, on=date(2025, 9, 22))
    commands.warn(arrangement=one, by=BY, on=date(2025, 9, 22))
    pay(account, one.first_pence, LAST_YEAR, on=date(2025, 10, 9))
    assert state(one, date(2025, 10, 10)) == State.KEPT
    assert stands_against(account, on=date(2025, 10, 10)) == {"arrangement"}


def test_it_holds_what_it_covers_and_what_came_before_but_not_what_comes_later(account):
    agreed(account, parts=("2024-25",))
    assert stands_against(account, "2024-25 costs") == {"arrangement"}
    assert stands_against(account, "2023-24") == {"arrangement"}
    assert stands_against(account, "") == {"arrangement"}
    assert stands_against(account, "2025-26") == set()


def test_a_smaller_bill_never_breaks_it_and_a_larger_one_is_shown(account):
    one = agreed(account)
    households.apply_single_person_discount(
        account=account, starts=date(2024, 10, 1), by=BY, on=date(2025, 9, 2)
    )
    after = standing(one, date(2025, 9, 13))
    assert after.grown_pence[0] < 0
    assert after.owed_pence[0] == one.debt_pence + after.grown_pence[0]
    pay(account, one.first_pence, LAST_YEAR, on=FIRST)
    households.end_single_person_discount(
        account=account, ends=date(2024, 11, 1), adults=2, by=BY, on=date(2025, 9, 15)
    )
    later = standing(one, date(2025, 9, 16))
    assert after.grown_pence[0] < later.grown_pence[0] < 0
    assert state(one, date(2025, 10, 1)) == State.KEPT


def test_paid_off_it_holds_nothing_and_makes_room_for_another(account):
    one = agreed(account)
    pay(account, one.debt_pence, LAST_YEAR, on=FIRST)
    assert state(one, FIRST) == State.PAID
    assert stands_against(account, on=FIRST) == set()
    another = agreed(account, parts=("2025-26",), on=FIRST)
    one.refresh_from_db()
    assert (one.why_ended, another.ends) == ("paid", None)


def test_a_change_replaces_it_over_what_is_owed_now(account):
    one = agreed(account)
    pay(account, 30_000, LAST_YEAR, on=FIRST)
    other = commands.change(
        arrangement=one,
        parts=["2024-25"],
        offer=an_offer(5_000, "fortnightly", date(2025, 10, 3)),
        by=BY,
        on=date(2025, 9, 20),
    )
    one.refresh_from_db()
    assert one.why_ended == "changed"
    assert other.debt_pence == one.debt_pence - 30_000
    with pytest.raises(commands.AlreadyEnded):
        commands.end(arrangement=one, why="asked", by=BY, on=date(2025, 9, 21))
    assert state(other, date(2025, 10, 3)) == State.KEPT


def test_it_ends_by_an_officers_decision(account):
    one = agreed(account)
    commands.end(arrangement=one, why="asked", by=BY, on=date(2025, 9, 8))
    assert stands_against(account, on=date(2025, 9, 8)) == set()
    facts = Fact.objects.filter(thing=account.thing, what__startswith="revenues.arrangement_")
    assert [fact.what for fact in facts.order_by("id")] == [
        "revenues.arrangement_agreed",
        "revenues.arrangement_ended",
    ]


def test_an_officer_without_the_capability_is_refused(account):
    with pytest.raises(commanding.NotAllowed):
        commands.agree(
            account=account, parts=["2024-25"], offer=an_offer(), by=makers.nobody(), on=ON
        )


def test_the_database_refuses_a_second_one_and_pennies_that_do_not_add_up(account):
    one = agreed(account)
    one.pk = None
    with pytest.raises(IntegrityError, match="one_arrangement_at_a_time"), transaction.atomic():
        one.save(force_insert=True)
    one.debt_pence += 1
    with pytest.raises(IntegrityError, match="instalments_come_to_the_debt"), transaction.atomic():
        one.save(force_insert=True)


def test_many_are_answered_as_one_would_be_and_in_as_many_queries(db, django_assert_num_queries):
    several = [agreed(an_account_in_arrears(), pence=5_000 + 1_000 * n) for n in range(5)]
    pay(several[2].account, several[2].first_pence, LAST_YEAR, on=FIRST)
    on = date(2025, 9, 30)
    alone = [int(standing(one, on).standing.state[0]) for one in several]
    with django_assert_num_queries(4):
        together = queries.standings([one.pk for one in several], on)
    assert together.standing.state.tolist() == alone
    assert alone == [State.LATE, State.LATE, State.KEPT, State.LATE, State.LATE]


def test_an_agreement_waits_for_a_step_that_is_being_taken(own_database):
    """So a step either sees the arrangement, or was taken before it: never in the same moment."""
    account = an_account_in_arrears()
    asked, go, done = threading.Event(), threading.Event(), threading.Event()

    def act():
        with transaction.atomic():
            hold_commands.asking()
            asked.set()
            go.wait(20)
        connection.close()

    def agree():
        agreed(account)
        done.set()
        connection.close()

    acting, agreeing = threading.Thread(target=act), threading.Thread(target=agree)
    acting.start()
    assert asked.wait(20)
    agreeing.start()
    assert not done.wait(1)
    go.set()
    assert done.wait(20)
    acting.join()
    agreeing.join()


def test_of_two_officers_at_once_one_agrees_and_the_other_is_told(own_database):
    account = an_account_in_arrears()
    outcomes = []

    def agree():
        try:
            outcomes.append(agreed(account))
        except commands.AlreadyAgreed as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    both = [threading.Thread(target=agree) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyAgreed", "Arrangement"]
