"""Taking in statements, beside which officers go on working; the queue carries ids only."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.bank import capabilities, importing
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

log = logging.getLogger(__name__)
_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(queue="long", retry=_AGAIN, lock="kernel.statements")
def take_in_statement(run_id: int) -> None:
    """Take in the statement of the run with this id.

    A file that cannot be read says so on its page; nobody gains by reading it again.
    """
    run = Run.objects.get(pk=run_id)
    actor = commanding.system("bank-statements", capabilities.LOAD_STATEMENTS)
    try:
        importing.carry_out(run, by=actor)
    except runs.AlreadyRunning:
        log.info("run %s is in hand elsewhere", run_id)
    except commanding.Refusal as refusal:
        runs.end(run, failed=str(refusal))
    except Exception as error:
        runs.end(run, failed=type(error).__name__)
        raise
