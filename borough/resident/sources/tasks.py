"""The runs of feeds, beside which officers go on working; the queue carries ids only."""

from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.runs import attempting
from borough.resident.sources import capabilities, taking_in


@app.task(queue="long", retry=attempting.AGAIN)
def read_feed(run_id: int) -> None:
    """Read the feed of the run with this id."""
    attempting.attempt(run_id, taking_in.carry_out_reading)


@app.task(queue="long", retry=attempting.AGAIN, lock="resident.feeds")
def take_in_feed(run_id: int) -> None:
    """Take in the feed of the run with this id."""
    actor = commanding.system("feeds", capabilities.LOAD_FEED)
    attempting.attempt(run_id, lambda run: taking_in.carry_out_taking(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN, lock="resident.feeds")
def withdraw_feeds(run_id: int) -> None:
    """Take back the feeds of the run with this id."""
    actor = commanding.system("feeds", capabilities.WITHDRAW_FEED)
    attempting.attempt(run_id, lambda run: taking_in.carry_out_withdrawing(run, by=actor))
