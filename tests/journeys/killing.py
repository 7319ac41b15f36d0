"""A process that is killed as the nth call of some function begins: what a power cut would do.

It is a fork of the test's own, so that sixty of them need not each begin by importing everything.
It has connections of its own, and nothing of it survives ``SIGKILL``: no handler, no farewell.
"""

import importlib
import itertools
import os
import signal
import tempfile
import time
import traceback
from collections.abc import Callable

from django.db import connection, connections

MOST_SECONDS = 120


def kill(module: str, name: str, nth: int, *, work: Callable[[], object]) -> None:
    """Do ``work`` in a process of its own until it is killed.

    Args:
        module, name, nth: killed as the nth call of this function begins.
        work: what is done.
    """
    connections.close_all()  # one connection cannot serve two processes
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(MOST_SECONDS)
                _make_deadly(module, name, nth)
                work()
            except BaseException:
                traceback.print_exc(file=said)
                said.flush()
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, said.read()
    wait_until_alone()


def wait_until_alone() -> None:
    """Wait until the database has seen that the other is dead, and has let its locks go."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity"
                " where datname = current_database() and usename = current_user"
                " and pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("The session of a dead process is still there after ten seconds.")


def _make_deadly(module: str, name: str, nth: int) -> None:
    there = importlib.import_module(module)
    call, count = getattr(there, name), itertools.count(1)

    def deadly(*args: object, **options: object) -> object:
        if next(count) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **options)

    setattr(there, name, deadly)
