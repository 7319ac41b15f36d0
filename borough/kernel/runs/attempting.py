"""Runs by the queue: one that was killed is taken up again, one that is refused ends and says why.

A worker that was killed may leave its session, and with it the run, in hand for a moment: the next
attempt waits for it and does not take it for done. A refusal would be the same the next time, so
it is not tried again; anything else may pass, so it is.
"""

import logging
from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

from borough.kernel import commanding
from borough.kernel.runs import commands
from borough.kernel.runs.models import Run

WAIT_SECONDS = 15
log = logging.getLogger(__name__)


class Again(RetryStrategy):
    """Try again later what failed, a few times; what another has in hand, until it is free."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, None for never."""
        if isinstance(exception, commands.AlreadyRunning):
            return RetryDecision(retry_in={"seconds": WAIT_SECONDS})
        return super().get_retry_decision(exception=exception, job=job)


AGAIN = Again(max_attempts=5, exponential_wait=4)


def attempt(run_id: int, work: Callable[[Run], None]) -> None:
    """Work on a run in a task whose ``retry`` is ``AGAIN``; record how the attempt ended.

    Raises:
        commands.AlreadyRunning: another process has it in hand; the queue asks again soon.
        Exception: whatever went wrong; the queue tries again later.
    """
    run = Run.objects.get(pk=run_id)
    try:
        work(run)
    except commands.AlreadyRunning:
        log.info("run %s is in hand elsewhere and is asked for again", run_id)
        raise
    except commanding.Refusal as refusal:
        log.warning("run %s was refused: %s", run_id, type(refusal).__name__)
        commands.end(run, refused=str(refusal))
    except Exception as error:
        commands.end(run, failed=type(error).__name__)
        raise
