"""How a Council Tax debt stands, as the page of the whole person tells it."""

from datetime import date

from borough.kernel import standing as kernel
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import models
from tests import makers
from tests.revenues.recovering_makers import BAND_B, FIRST, billed, pay, take

HEARING = date(2025, 6, 30)


def stands(account: models.Account, on: date) -> dict[str, kernel.Standing]:
    [person] = account.liabilities.values_list("person_id", flat=True)
    owed = ledger.owed_by([person])
    found = kernel.standings(owed, on)
    return {one.part: found[one.sub_account_id] for one in owed if one.sub_account_id in found}


def test_a_bill_that_is_paid_as_asked_threatens_nobody(db):
    account = billed()
    pay(account, 18_993, date(2025, 3, 31))
    found = stands(account, date(2025, 4, 10))["2025-26"]
    assert (found.stage, found.overdue_pence, found.oldest_due) == ("No reminder sent", 0, None)
    assert found.next_payment == kernel.Payment(date(2025, 5, 1), 19_000, "a month")
    assert found.threat is None


def test_what_is_late_says_since_when(db):
    found = stands(billed(), date(2025, 4, 10))["2025-26"]
    assert (found.overdue_pence, found.oldest_due) == (18_993, date(2025, 4, 1))


def test_a_reminder_threatens_the_whole_year(db):
    account = billed()
    take("reminder", date(2025, 4, 10))
    found = stands(account, date(2025, 4, 11))["2025-26"]
    last = models.Step.objects.get(account=account).complied_by
    assert found.stage == "Reminder sent"
    assert found.threat is not None
    assert found.threat.on > last
    assert found.threat.words == "the rest of the year can fall due at once"


def test_a_summons_names_the_day_of_the_court_and_what_it_cost(db):
    account = billed()
    take("reminder", date(2025, 4, 10))
    take("summons", date(2025, 5, 20), HEARING)
    found = stands(account, date(2025, 5, 21))
    assert found["2025-26"].threat == kernel.Threat(HEARING, "the court hears it", "court")
    assert found["2025-26"].costs_pence == 6_000
    assert found["2025-26 costs"].stage == "Costs of the court"


def test_once_the_instalments_are_lost_all_of_the_year_is_due(db):
    account = billed()
    take("reminder", date(2025, 4, 10))
    before, after = date(2025, 4, 23), date(2025, 4, 24)  # seven days, and seven more
    assert stands(account, before)["2025-26"].overdue_pence == FIRST
    found = stands(account, after)["2025-26"]
    assert (found.overdue_pence, found.next_payment) == (BAND_B, None)
    pay(account, FIRST, after)
    caught_up = stands(account, date(2025, 4, 25))["2025-26"]
    assert (caught_up.overdue_pence, caught_up.oldest_due) == (0, None)
    assert caught_up.next_payment == kernel.Payment(date(2025, 5, 1), 19_000, "a month")


def test_what_a_summons_asked_for_is_due_though_no_instalment_is_late(db):
    account = billed()
    take("reminder", date(2025, 4, 10))
    take("summons", date(2025, 5, 20), HEARING)
    pay(account, 100_000, date(2025, 5, 21))  # five instalments, and some more
    found = stands(account, date(2025, 5, 22))["2025-26"]
    assert (found.overdue_pence, found.next_payment) == (BAND_B - 100_000, None)
    assert found.oldest_due == date(2025, 5, 20)


def test_a_debt_that_no_line_knows_has_no_standing(db):
    assert kernel.standings([], makers.BILLING_DAY) == {}
