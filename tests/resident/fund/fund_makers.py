"""Applications to the fund of a test, and officers who had no hand in one another's work."""

from datetime import UTC, date, datetime

from borough.kernel.bank import commands as bank
from borough.resident.fund import models, taking
from borough.resident.fund.commands import asking, budgets
from tests import makers

ON = date(2026, 6, 2)
AT = datetime(2026, 6, 2, 9, 30, tzinfo=UTC)
SUE, LEE, ANN, TOM, HINA = (makers.an_officer(number) for number in range(801, 806))
CRISIS, HOUSING = models.ASKED_FOR
FOOD = models.Application.For.FOOD


def a_budget(pence=1_000_000, *, year="2026-27", on=ON):
    lines = [budgets.Line(year, strand, pence) for strand in models.ASKED_FOR]
    budgets.load_budget(lines=lines, by=makers.everything(), on=on)


def an_application(person, strand=CRISIS, *, by=SUE, at=AT, on=ON, **asked):
    given = {"is_for": FOOD, "pence": 12_000} | asked
    return asking.take_application(
        person=person, asked=taking.Asked(strand, **given), at=at, by=by, on=on
    )


def a_test(application, *, in_need=True, has_rent_help=None, by=SUE, on=ON):
    test = asking.Test(in_need, "Nothing in the house", True, "Children", has_rent_help)
    return asking.record_test(application=application, test=test, by=by, on=on)


def bank_details(person, *, number="31926819", by=ANN, on=ON):
    """Return details that Ann keyed and Tom confirmed."""
    keyed = bank.key_details(
        person=person, sort_code="204553", account_number=number, name="M Rimmer", by=by, on=on
    )
    return bank.confirm_details(details=keyed, by=TOM, on=on)
