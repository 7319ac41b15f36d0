"""What the court decided, and breathing space by the letter: year by year, debt by debt."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.kernel.ledger import checks
from borough.kernel.ledger import commands as ledger_commands
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, costs, models
from borough.lines.revenues.commands import costs as paying
from borough.lines.revenues.commands import court, moratoria
from borough.lines.revenues.queries import court as queries
from borough.lines.revenues.queries import stages
from borough.rules import years
from borough.rules.council_tax.recovery import Rung
from tests import makers
from tests.revenues.recovering_makers import BAND_B, BY, YEAR, billed, pay, take

REMINDED, SUMMONED = date(2025, 4, 10), date(2025, 5, 20)
HEARING = date(2025, 6, 30)


def summoned(number: int = 1) -> list[models.Account]:
    accounts = [billed() for _ in range(number)]
    take("reminder", REMINDED)
    take("summons", SUMMONED, HEARING)
    return accounts


def stage(account: models.Account, on: date = HEARING) -> Rung:
    return Rung(stages.stages([account.pk], YEAR, on).rung[0])


def owed_costs(account: models.Account) -> int:
    return costs.owed([account.reference], YEAR).get(account.reference, 0)


def test_the_list_says_what_is_claimed_and_what_is_left(db):
    [account] = summoned()
    pay(account, 50_000, date(2025, 6, 1))
    [case] = queries.cases(HEARING, on=HEARING)
    assert (case.reference, case.names) == (account.reference, ("Mary Rimmer",))
    assert (case.claimed_pence, case.tax_pence, case.costs_pence) == (
        BAND_B,
        BAND_B - 50_000,
        6_000,
    )
    assert case.is_open


def test_orders_are_recorded_for_all_cases_that_are_left(db):
    heard, paid, put_off, refused, withdrawn = summoned(5)
    pay(paid, BAND_B, date(2025, 6, 1))
    court.adjourn(account=put_off, year=YEAR, to=date(2025, 8, 4), by=BY, on=HEARING)
    court.record_refusal(account=refused, year=YEAR, by=BY, on=HEARING)
    court.withdraw(account=withdrawn, year=YEAR, take_costs_back=True, by=BY, on=HEARING)
    assert court.record_orders(hearing=HEARING, by=BY, on=HEARING) == {}
    assert stage(heard) is Rung.LIABILITY_ORDER
    assert stage(paid) is Rung.SUMMONS  # only its costs are left: an officer decides
    assert stage(put_off) is Rung.SUMMONS
    assert stage(refused) is Rung.REFUSED
    assert stage(withdrawn) is Rung.WITHDRAWN
    assert owed_costs(heard) == 6_000 + 2_500
    assert owed_costs(put_off) == owed_costs(paid) == 6_000
    assert owed_costs(refused) == owed_costs(withdrawn) == 0
    assert [
        one.reference for one in queries.cases(date(2025, 8, 4), on=HEARING) if one.is_open
    ] == [put_off.reference]
    assert checks.check() == []


def test_a_case_is_to_be_heard_until_the_day_and_to_be_decided_from_then_on(db):
    _, put_off = summoned(2)
    states = [one.state for one in queries.cases(HEARING, on=SUMMONED)]
    assert states == ["To be heard", "To be heard"]
    court.adjourn(account=put_off, year=YEAR, to=date(2025, 8, 4), by=BY, on=HEARING)
    states = [one.state for one in queries.cases(HEARING, on=date(2025, 7, 10))]
    assert states == ["To be decided", "Put off"]
    [case] = queries.cases(date(2025, 8, 4), on=date(2025, 7, 10))
    assert case.state == "To be heard"


def test_a_hearing_stays_in_the_list_until_each_case_is_decided(db):
    account, other = summoned(2)
    long_after = date(2025, 12, 1)
    court.record_refusal(account=other, year=YEAR, by=BY, on=HEARING)
    assert queries.hearings(long_after) == [(HEARING, 2)]
    court.record_orders(hearing=HEARING, by=BY, on=HEARING)
    assert stage(account) is Rung.LIABILITY_ORDER
    assert queries.hearings(long_after) == []
    assert queries.hearings(HEARING) == [(HEARING, 2)]


def test_costs_stay_when_the_officer_says_so(db):
    [account] = summoned()
    court.withdraw(account=account, year=YEAR, take_costs_back=False, by=BY, on=HEARING)
    assert owed_costs(account) == 6_000


@pytest.mark.parametrize("paid", [2_000, 6_000])
def test_what_was_paid_of_costs_that_are_taken_back_goes_to_the_tax(db, paid):
    refused, withdrawn, kept = accounts = summoned(3)
    for one in accounts:
        paying.take_costs_payment(
            account=one, year=YEAR, pence=paid, received=HEARING, by=BY, on=HEARING
        )
    court.record_refusal(account=refused, year=YEAR, by=BY, on=HEARING)
    court.withdraw(account=withdrawn, year=YEAR, take_costs_back=True, by=BY, on=HEARING)
    court.withdraw(account=kept, year=YEAR, take_costs_back=False, by=BY, on=HEARING)
    assert [owed_costs(one) for one in accounts] == [0, 0, 6_000 - paid]
    owed = [ledger.balance(billing.KIND, one.reference) for one in accounts]
    assert owed == [BAND_B - paid, BAND_B - paid, BAND_B]
    assert checks.check() == []


def test_costs_paid_in_a_month_that_is_closed_count_today(db):
    [account] = summoned()
    ledger_commands.close_period(month=202505, because="month end", by=BY, on=HEARING)
    asked = {"account": account, "year": YEAR, "pence": 2_000, "by": BY, "on": HEARING}
    for day in (date(1, 1, 1), date(2025, 3, 31), date(2025, 7, 1)):
        with pytest.raises(paying.NotADay, match="1 April 2025 to today"):
            paying.take_costs_payment(received=day, **asked)
    paying.take_costs_payment(received=date(2025, 5, 30), **asked)
    assert owed_costs(account) == 4_000


def test_a_second_summons_is_a_case_of_its_own(db):
    [account] = summoned()
    court.withdraw(account=account, year=YEAR, take_costs_back=True, by=BY, on=HEARING)
    pay(account, 100_000, date(2025, 7, 1))
    take("final_notice", date(2025, 12, 20))
    [before] = queries.cases(HEARING, on=date(2025, 12, 20))
    again = date(2026, 3, 2)
    take("summons", date(2026, 1, 20), again)
    [case] = queries.cases(again, on=date(2026, 1, 20))
    assert (before.state, before.claimed_pence, before.is_open) == ("Withdrawn", BAND_B, False)
    assert (case.state, case.claimed_pence) == ("To be heard", BAND_B - 100_000)
    assert queries.cases(HEARING, on=again)[0].state == "Withdrawn"
    court.record_refusal(account=account, year=YEAR, by=BY, on=again)
    assert owed_costs(account) == 0


def test_an_order_waits_for_a_refusal_that_is_being_recorded(own_database):
    [account] = summoned()
    outcome = []

    def order():
        try:
            court.record_orders(hearing=HEARING, by=BY, on=HEARING)
        except court.NothingToOrder as refusal:
            outcome.append(refusal)
        finally:
            connection.close()

    ordering = threading.Thread(target=order)
    with transaction.atomic():
        court.record_refusal(account=account, year=YEAR, by=BY, on=HEARING)
        ordering.start()
        ordering.join(0.5)
    ordering.join()
    assert len(outcome) == 1
    assert stage(account) is Rung.REFUSED


def test_no_order_is_recorded_before_the_hearing(db):
    summoned()
    with pytest.raises(court.NotADay):
        court.record_orders(hearing=HEARING, by=BY, on=date(2025, 6, 29))


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (date(2025, 8, 2), "a Saturday"),
        (date(2025, 8, 25), "a bank holiday"),
        (date(2055, 8, 4), "more than a year away"),
        (date(2025, 7, 14), "to that day already"),
    ],
)
def test_a_hearing_is_put_off_to_a_day_on_which_a_court_sits(db, to, says):
    [account] = summoned()
    court.adjourn(account=account, year=YEAR, to=date(2025, 7, 14), by=BY, on=HEARING)
    with pytest.raises(court.NotADay, match=says):
        court.adjourn(account=account, year=YEAR, to=to, by=BY, on=HEARING)


def test_no_refusal_is_recorded_before_the_hearing_it_was_put_off_to(db):
    [account] = summoned()
    court.adjourn(account=account, year=YEAR, to=date(2025, 8, 4), by=BY, on=HEARING)
    with pytest.raises(court.NotADay, match="has not been yet"):
        court.record_refusal(account=account, year=YEAR, by=BY, on=HEARING)
    court.record_refusal(account=account, year=YEAR, by=BY, on=date(2025, 8, 4))
    assert stage(account, date(2025, 8, 4)) is Rung.REFUSED


def test_an_order_is_not_used_against_whom_something_stands_for(db):
    held, heard = summoned(2)
    upon = holds.Upon(thing=held.thing, part=YEAR.name)
    holds.place_statutory_hold(kind="breathing_space", upon=upon, starts=HEARING, by=BY, on=HEARING)
    stood = court.record_orders(hearing=HEARING, by=BY, on=HEARING)
    assert [one.kind for one in stood[held.reference]] == ["breathing_space"]
    assert stage(held) is Rung.SUMMONS
    assert stage(heard) is Rung.LIABILITY_ORDER


def test_a_case_is_decided_once(db):
    [account] = summoned()
    court.record_refusal(account=account, year=YEAR, by=BY, on=HEARING)
    with pytest.raises(court.NotBeforeTheCourt):
        court.withdraw(account=account, year=YEAR, take_costs_back=True, by=BY, on=HEARING)
    with pytest.raises(court.NothingToOrder):
        court.record_orders(hearing=HEARING, by=BY, on=HEARING)


def test_nobody_is_withdrawn_who_has_not_paid_the_costs_too(db):
    summoned()
    with pytest.raises(court.NothingToOrder):
        court.withdraw_paid(hearing=HEARING, by=BY, on=HEARING)


def breathing_space(account: models.Account, on: date) -> list[str]:
    found = moratoria.record_moratorium(
        account=account, kind="breathing_space", starts=on, by=BY, on=on
    )
    return [one.part for one in found]


@pytest.mark.parametrize("kind", ["breathing_space", "insolvency"])
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_of_another_age_is_refused_in_words(db, kind, day):
    account = billed()
    with pytest.raises((holds.NotADay, holds.UnknownKind)):
        moratoria.record_moratorium(account=account, kind=kind, starts=day, by=BY, on=HEARING)


def test_without_a_reminder_this_years_tax_is_not_in_a_breathing_space(db):
    account = billed()
    with pytest.raises(moratoria.NotAMoratoriumDebt):
        breathing_space(account, date(2025, 5, 10))


def test_with_a_reminder_all_that_is_left_of_the_year_is_in(db):
    account = billed()
    take("reminder", REMINDED)
    assert breathing_space(account, date(2025, 4, 12)) == [YEAR.name]


def test_once_all_instalments_have_fallen_due_it_is_in_without_a_reminder(db):
    account = billed()
    assert breathing_space(account, date(2026, 1, 2)) == [YEAR.name]


def test_last_years_arrears_are_in_and_this_year_is_not(db):
    account = makers.an_account()
    for year, on in ((years.Year(2024), date(2024, 3, 10)), (YEAR, makers.BILLING_DAY)):
        billing.bill_accounts([account.pk], year, on=on, by=BY, because="billing")
    assert breathing_space(account, date(2025, 5, 10)) == ["2024-25"]
    debts = [asking.Debt(account.thing, (), part) for part in ("2024-25", "2025-26")]
    answers = asking.may_we_act(debts, "reminder", date(2025, 5, 10))
    assert [bool(one) for one in answers] == [True, False]


def test_what_is_paid_is_in_no_breathing_space(db):
    account = billed()
    pay(account, BAND_B, date(2025, 4, 1))
    with pytest.raises(moratoria.NotAMoratoriumDebt):
        breathing_space(account, date(2026, 1, 2))


def pay_costs(account: models.Account, pence: int) -> None:
    paying.take_costs_payment(
        account=account, year=YEAR, pence=pence, received=HEARING, by=BY, on=HEARING
    )


def test_costs_are_paid_apart_from_the_tax(db):
    [account] = summoned()
    pay_costs(account, 4_000)
    assert owed_costs(account) == 2_000
    [case] = queries.cases(HEARING, on=HEARING)
    assert (case.tax_pence, case.costs_pence) == (BAND_B, 2_000)
    assert checks.check() == []


def test_no_more_is_taken_for_costs_than_is_owed(db):
    [account] = summoned()
    with pytest.raises(paying.NoCostsOwed, match=r"£60\.00 are owed"):
        pay_costs(account, 6_001)
    with pytest.raises(paying.NoCostsOwed, match="No costs of the court"):
        pay_costs(billed(), 1)


def test_who_has_paid_tax_and_costs_is_withdrawn_with_one_press(db):
    paid, owes = summoned(2)
    pay(paid, BAND_B, date(2025, 6, 1))
    pay_costs(paid, 6_000)
    assert court.withdraw_paid(hearing=HEARING, by=BY, on=HEARING) == 1
    assert (stage(paid), stage(owes)) == (Rung.WITHDRAWN, Rung.SUMMONS)
