"""Making the day's post takes longer than a page; the queue carries ids only."""

from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.outgoing import batches, capabilities
from borough.kernel.runs import attempting


@app.task(queue="long", retry=attempting.AGAIN, lock="kernel.post_batch")
def make_post(run_id: int) -> None:
    """Make the day's post of the run with this id."""
    actor = commanding.system("post", capabilities.SEND_POST)
    attempting.attempt(run_id, lambda run: batches.carry_out(run, by=actor))
