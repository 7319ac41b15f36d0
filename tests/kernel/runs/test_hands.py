"""Several hands do the parts of a run at once, each in a session of its own."""

import threading
import time

import pytest
from django.db import connection

from borough.kernel.runs import commands
from borough.kernel.runs.models import Part, Run
from tests import makers

PARTS = 5


def a_run() -> Run:
    by = makers.everything()
    return commands.ask("tests.sums", "tests", asked={}, parts=PARTS, by=by, on=makers.BILLING_DAY)


def session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


SESSIONS = """
select count(*) from pg_stat_activity
where datname = current_database() and backend_type = 'client backend'
"""


def sessions() -> int:
    """Return how many sessions this test's database has, once those that were closed are gone."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(SESSIONS)
            count = int(cursor.fetchone()[0])
        if count == 1:
            break
        time.sleep(0.05)
    return count


def test_two_hands_do_two_parts_at_once_and_the_last_part_sees_all_others(own_database):
    together, seen, rows = threading.Barrier(2, timeout=20), {}, []

    def do(number: int) -> commands.Result:
        if number < 2:
            together.wait()  # breaks unless both are in hand at once
        seen[number] = session()
        return 10, {"parts": Part.objects.count()}

    commands.carry_out(a_run(), do, progress=rows.append, hands=2)
    assert seen[0] != seen[1]
    assert seen[PARTS - 1] == session()
    assert Part.objects.get(number=PARTS - 1).result == {"parts": PARTS - 1}
    assert sorted(Part.objects.values_list("number", flat=True)) == list(range(PARTS))
    assert rows == [10] * PARTS
    assert sessions() == 1


def test_when_a_hand_fails_the_others_finish_what_they_began_and_begin_no_more(own_database):
    together, begun = threading.Barrier(2, timeout=20), []

    def do(number: int) -> commands.Result:
        begun.append(number)
        if number < 2:
            together.wait()
        if number == 0:
            raise ZeroDivisionError
        return 1, {}

    run = a_run()
    with pytest.raises(ZeroDivisionError):
        commands.carry_out(run, do, hands=2)
    assert PARTS - 1 not in begun
    assert 0 not in Part.objects.values_list("number", flat=True)
    assert Part.objects.filter(number=1).exists()
    assert sessions() == 1
    commands.carry_out(run, lambda number: (1, {}), hands=2)
    assert Part.objects.count() == PARTS


def test_a_part_that_is_done_is_not_done_again_by_any_hand(own_database):
    run, done = a_run(), []
    commands.carry_out(run, lambda number: (1, {}), hands=2)
    commands.carry_out(run, lambda number: (done.append(number) or 1, {}), hands=2)
    assert done == []
