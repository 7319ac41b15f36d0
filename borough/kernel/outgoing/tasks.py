"""Making the day's post takes longer than a page; the queue carries ids only."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.outgoing import batches, capabilities
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

log = logging.getLogger(__name__)

# A worker that died left its rows and files; the next attempt goes on where it stopped.
_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(queue="long", retry=_AGAIN, lock="kernel.post_batch")
def make_post(run_id: int) -> None:
    """Make the day's post of the run with this id."""
    run = Run.objects.get(pk=run_id)
    actor = commanding.system("post", capabilities.SEND_POST)
    try:
        batches.carry_out(run, by=actor)
    except runs.AlreadyRunning:
        log.info("run %s is in hand elsewhere", run_id)
    except Exception as error:
        runs.end(run, failed=type(error).__name__)
        raise
