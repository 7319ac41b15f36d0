"""Two sessions at once, and a process killed half-way."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from borough.kernel.ledger import checks, commands, models, queries, refusals
from borough.kernel.ledger.commands import Line
from tests.kernel.ledger import makers
from tests.kernel.ledger.makers import APRIL, CLERK, MAY, TREASURER

WAIT = 0.5  # seconds that prove that somebody waits
LONG = 30


class Overpaid(Exception):
    pass


@pytest.fixture
def debt(own_ledger) -> int:
    return makers.sub_accounts()[0]


def in_a_session(pool: ThreadPoolExecutor, run) -> Future:
    """Run in a thread, so on a connection of its own; refusals come back as the result."""

    def session():
        try:
            return run()
        except (refusals.LedgerRefusal, Overpaid) as refusal:
            return refusal
        finally:
            connection.close()

    return pool.submit(session)


def first_holds_while_second_waits(first, second):
    """Run ``first`` and keep its transaction open until ``second`` waits; return both results."""
    done, go = threading.Event(), threading.Event()

    def held():
        with transaction.atomic():
            result = first()
            done.set()
            assert go.wait(LONG)
        return result

    with ThreadPoolExecutor(2) as pool:
        one = in_a_session(pool, held)
        assert done.wait(LONG)
        two = in_a_session(pool, second)
        with pytest.raises(TimeoutError):
            two.result(WAIT)
        go.set()
        return one.result(LONG), two.result(LONG)


@pytest.mark.django_db
def test_a_session_may_post():
    makers.a_ledger()
    assert makers.bill(*makers.sub_accounts()).pk


def test_two_sessions_with_one_key_post_once(debt):
    one, two = first_holds_while_second_waits(lambda: makers.bill(debt), lambda: makers.bill(debt))
    assert one == two
    assert queries.balances([debt]) == {debt: 150_000}


def test_two_sessions_with_one_key_and_two_amounts(debt):
    one, two = first_holds_while_second_waits(
        lambda: makers.bill(debt, 100), lambda: makers.bill(debt, 101)
    )
    assert isinstance(two, refusals.KeyReused)
    assert queries.balances([debt]) == {debt: 100}
    assert one.pk


def close_april():
    return commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY)


def test_a_close_waits_for_the_poster(debt):
    journal, period = first_holds_while_second_waits(lambda: makers.bill(debt), close_april)
    assert journal.pk
    assert period.state == models.Period.State.CLOSED
    assert checks.check() == []


def test_a_late_poster_is_refused(debt):
    period, refusal = first_holds_while_second_waits(close_april, lambda: makers.bill(debt))
    assert period.state == models.Period.State.CLOSED
    assert isinstance(refusal, refusals.PeriodClosed)
    assert models.Journal.objects.count() == 0


def refund(debt: int, pence: int, key: str) -> models.Journal:
    """Pay a credit back, but never more of it than there is."""
    with transaction.atomic():
        commands.lock_sub_account(debt)
        if -queries.balances([debt])[debt] < pence:
            raise Overpaid
        lines = [
            Line("CT-PAYERS", pence, debt),
            Line("CT-CASH-WITH-GF", -pence),
            Line("OWED-TO-CF", pence),
            Line("BANK", -pence),
        ]
        return commands.post(
            source="refunds", key=key, on=APRIL, narrative="Refund", lines=lines, by=CLERK
        )


def test_two_refunds_of_one_credit_are_one_refund(debt):
    makers.pay(debt, 5_000)
    one, two = first_holds_while_second_waits(
        lambda: refund(debt, 4_000, "a"), lambda: refund(debt, 4_000, "b")
    )
    assert one.pk
    assert isinstance(two, Overpaid)
    assert queries.balances([debt]) == {debt: -1_000}


def test_two_clerks_cannot_allocate_one_payment_twice(debt):
    charge, payment = makers.bill(debt, 5_000), makers.pay(debt, 3_000)
    part = commands.Part(payment=(payment.pk, 4), charge=(charge.pk, 1), pence=2_000)

    def allocate():
        return commands.allocate(debt, [part], policy="oldest first", by=CLERK, on=APRIL)

    one, two = first_holds_while_second_waits(allocate, allocate)
    assert one is None
    assert isinstance(two, refusals.AllocationTooLarge)
    assert models.Allocation.objects.count() == 1


CHUNKS = 12
SCRIPT = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict.update(NAME=sys.argv[1], HOST=sys.argv[2], USER=sys.argv[3])
from tests.kernel.ledger import makers
for chunk in range({chunks}):
    print(chunk, flush=True)
    makers.a_chunk(chunk)
"""


def test_killed_between_chunks_then_resumed_nothing_is_lost_or_doubled(own_ledger):
    settings = connection.settings_dict
    running = subprocess.Popen(
        [
            sys.executable,
            "-c",
            SCRIPT.format(chunks=CHUNKS),
            settings["NAME"],
            settings["HOST"],
            settings["USER"],
        ],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
    )
    for line in running.stdout:
        if int(line) == CHUNKS // 2:
            break
    running.send_signal(signal.SIGKILL)
    assert running.wait(LONG) == -signal.SIGKILL
    running.stdout.close()
    before = models.Journal.objects.count()
    assert before in (300, 350)  # the sixth chunk is all there, the seventh is all or nothing
    posted = [makers.a_chunk(chunk) for chunk in range(CHUNKS)]
    assert sum(one.skipped for one in posted) == before
    assert models.Journal.objects.count() == CHUNKS * 50
    assert queries.control_totals()[makers.KIND] == (CHUNKS * 50 * 100, CHUNKS * 50 * 100)
    assert checks.check() == []
