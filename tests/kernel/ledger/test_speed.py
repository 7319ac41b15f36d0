"""The floor: a million postings a minute with every invariant on. Run on a quiet machine."""

import time

import pytest

from tests.kernel.ledger import makers

POSTINGS_A_MINUTE = 1_000_000


@pytest.mark.slow
@pytest.mark.django_db
def test_a_million_postings_a_minute():
    makers.a_ledger()
    makers.sub_accounts(50_000, first=200_000)
    started = time.perf_counter()
    posted = makers.a_chunk(0, 50_000)
    taken = time.perf_counter() - started
    assert posted.postings == 100_000
    assert posted.postings / taken * 60 >= POSTINGS_A_MINUTE
