"""Whatever was paid before: the file, what is read back from it and the ledger agree."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borough.kernel.bank import standard18
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import models
from borough.lines.revenues.commands import receipts, returned
from tests import makers
from tests.revenues import debits
from tests.revenues.test_returned import arudd

pytestmark = pytest.mark.django_db
FIRST, INSTALMENT = 18_993, 19_000


def on_its_way() -> int:
    return next(row.pence for row in ledger.trial_balance() if row.code == "DD-IN-TRANSIT")


def owed() -> int:
    return int(ledger.all_balances("revenues.council_tax", "2025-26").pence.sum())


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=4), st.integers(0, 4))
def test_file_reader_and_ledger_agree_and_what_comes_back_is_owed_again(paid, come_back):
    with transaction.atomic():
        for number, pence in enumerate(paid):
            account = debits.a_payer(band="B")
            if pence:
                receipts.record_payment(
                    account=account, pence=pence, key=str(number), by=debits.ANN, on=debits.BILLED
                )
        before = owed()
        collection = debits.collected()
        items = list(collection.items.order_by("id").select_related("instruction", "collection"))
        expected = [min(INSTALMENT, FIRST + INSTALMENT - pence) for pence in paid]
        assert [one.pence for one in items] == [pence for pence in expected if pence > 0]
        if items:
            file = models.SentFile.objects.get(pk=collection.pk)
            read = standard18.read(bytes(file.content))
            assert [one.pence for one in read.submission.items] == [one.pence for one in items]
            assert read.debit_pence == file.pence == sum(one.pence for one in items)
            debits.posted(collection)
            assert on_its_way() == file.pence == before - owed()
            back = items[:come_back]
            if back:
                content = arudd(*back, code="0")
                returned.load_advices(content=content, by=makers.everything(), on=date(2025, 5, 6))
            kept = file.pence - sum(one.pence for one in back)
            assert on_its_way() == kept == before - owed()
        assert checks.check() == []
        transaction.set_rollback(True)
