"""What two officers are told about the same money at the same moment is posted once."""

import threading
from datetime import date

from django.db import connection, transaction

from borough.lines.revenues import arriving
from borough.lines.revenues.commands import attachments
from borough.lines.revenues.commands import returned as commands
from tests import makers
from tests.revenues import ordering
from tests.revenues.test_arriving import give, suspended
from tests.revenues.test_returned import BACK, arudd, balance_of, loaded, owed, paid


def test_a_claim_keyed_while_the_file_is_loaded_takes_nothing_back_twice(own_database):
    account, item = paid()
    before, outcome = owed(account), []

    def claim():
        asked = {"item": item, "code": "1", "pence": item.pence}
        try:
            outcome.append(commands.record_claim(**asked, by=makers.everything(), on=BACK))
        except commands.NotAClaim as refusal:
            outcome.append(refusal)
        finally:
            connection.close()

    claiming = threading.Thread(target=claim)
    with transaction.atomic():
        loaded(arudd(item, code="0"))
        claiming.start()
        claiming.join(0.5)
    claiming.join()
    assert [type(one) for one in outcome] == [commands.NotAClaim]
    assert owed(account) == before + item.pence


def test_two_entries_given_at_once_never_clear_the_same_money(own_database):
    mary, on = makers.a_person("Mary", "Rimmer"), date(2025, 9, 5)
    order = attachments.order_attachment(
        account=ordering.an_account_under_order(people=[mary]),
        year=ordering.YEAR,
        person=mary,
        employer=ordering.an_employer(),
        frequency="weekly",
        by=makers.everything(),
        on=on,
    )
    attachments.record_deduction(
        attachment=order, pay_day=on, deducted_pence=5_000, by=makers.everything(), on=on
    )
    first, second = suspended(5_000, on), suspended(5_000, date(2025, 9, 4))
    refused = []

    def give_second():
        try:
            give(second, arriving.REMITTED, "employer", 5_000, on)
        except arriving.NotOnItsWay as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    giving = threading.Thread(target=give_second)
    with transaction.atomic():
        give(first, arriving.REMITTED, "employer", 5_000, on)
        giving.start()
        giving.join(0.5)
    giving.join()
    assert len(refused) == 1
    assert (balance_of("REMITTED"), balance_of("SUSPENSE")) == (0, -5_000)
