"""Asking for long work, doing it part by part, and ending it. A killed run is taken up again."""

import collections
import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from borough.kernel import clock, commanding
from borough.kernel.runs import models

Result = tuple[int, dict[str, Any]]
"""Rows done, and what a page wants to know of the part."""

_LOCKS = 0x52_55_4E  # "RUN": the space of the locks, so that they meet no other


class AlreadyAsked(commanding.Refusal):
    """The same run was asked for before."""


class AlreadyRunning(commanding.Refusal):
    """Another process works on the run at this moment."""


def ask(
    kind: str,
    key: str,
    *,
    asked: dict[str, Any],
    parts: int,
    by: commanding.Actor,
    on: date,
) -> models.Run:
    """Make a run; the key makes the same request the same run, whoever asks first.

    Raises:
        AlreadyAsked: somebody asked for it before; the sentence says who and when.
    """
    try:
        with transaction.atomic():
            return models.Run.objects.create(
                kind=kind,
                key=key,
                asked=asked,
                by=by.reference,
                on=on,
                started_at=clock.now(),
                parts_expected=parts,
            )
    except IntegrityError as error:
        first = models.Run.objects.get(key=key)
        raise AlreadyAsked(
            f"It was asked for on {first.on.day} {first.on:%B %Y} by somebody else or by you. "
            "Nothing was done twice; its progress is on this page."
        ) from error


def carry_out(
    run: models.Run,
    do: Callable[[int], Result],
    *,
    progress: Callable[[int], None] | None = None,
    hands: int = 1,
) -> None:
    """Do every part that is not done yet; each part and its record are one transaction.

    Args:
        run: the run.
        do: does part number i, 0 to ``parts_expected`` - 1; called inside the transaction. The
            last part is done when all others are.
        progress: called with the rows of each part as it is done, by one hand at a time.
        hands: how many parts are done at once; more than one only where no part needs another,
            and never inside a transaction, which the other hands could not see.

    Raises:
        AlreadyRunning: another process has the run in hand.
    """
    told = threading.Lock()

    def one(number: int) -> None:
        with transaction.atomic():
            rows, result = do(number)
            run.parts.create(number=number, rows=rows, result=result, finished_at=clock.now())
        if progress is not None:
            with told:
                progress(rows)

    with _alone(run):
        done = set(run.parts.values_list("number", flat=True))
        left = [number for number in range(run.parts_expected) if number not in done]
        if hands > 1:
            _share(left[:-1], hands, one)
            left = left[-1:]
        for number in left:
            one(number)


def _share(numbers: Sequence[int], hands: int, one: Callable[[int], None]) -> None:
    """Do the parts with several hands, each a thread with a session of its own.

    When a hand fails, the others end with the part that they have begun; the first error is raised.
    They are threads and not processes so that all of them go when the run is killed.
    """
    waiting = collections.deque(numbers)

    def work() -> None:
        try:
            while (number := _next(waiting)) is not None:
                one(number)
        except BaseException:
            waiting.clear()
            raise
        finally:
            connection.close()

    with futures.ThreadPoolExecutor(hands, thread_name_prefix="hand") as pool:
        try:
            for hand in futures.as_completed([pool.submit(work) for _ in range(hands)]):
                hand.result()
        finally:
            waiting.clear()  # Ctrl-C, too, waits for what was begun and for no more


def _next(waiting: collections.deque[int]) -> int | None:
    with contextlib.suppress(IndexError):  # another hand took the last one
        return waiting.popleft()
    return None


def end(run: models.Run, *, failed: str = "", refused: str = "") -> None:
    """Record that an attempt ended: done, failed or refused.

    Args:
        run: the run.
        failed: what went wrong, naming no person; it is tried again by itself.
        refused: the sentence of the refusal; it is not tried again by itself.
    """
    outcomes = models.Ending.Outcome
    outcome = outcomes.FAILED if failed else outcomes.REFUSED if refused else outcomes.DONE
    if outcome == outcomes.DONE and run.endings.filter(outcome=outcome).exists():
        return
    run.endings.create(
        outcome=outcome, reason=(failed or refused)[: models.MOST_REASON], at=clock.now()
    )


@contextlib.contextmanager
def _alone(run: models.Run) -> Iterator[None]:
    """Hold a lock of the session: it goes with the process, however that ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, run.pk])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning("This run is being carried out now. Watch its progress.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCKS, run.pk])
