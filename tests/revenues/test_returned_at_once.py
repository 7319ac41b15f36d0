"""What two officers are told about one collection at the same moment is posted once."""

import threading

from django.db import connection, transaction

from borough.lines.revenues.commands import returned as commands
from tests import makers
from tests.revenues.test_returned import BACK, arudd, loaded, owed, paid


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
