"""Each night's look at the whole borough; the queue carries ids only."""

from django.db import transaction
from procrastinate.contrib.django import app

from borough.kernel import clock, commanding
from borough.kernel.holds import capabilities as holds
from borough.kernel.runs import attempting
from borough.kernel.runs import commands as runs
from borough.resident.signals import capabilities, commands, nightly

BY = commanding.system("early-worries", capabilities.LOOK_FOR_WORRIES, holds.PLACE_HOLD)


@app.task(queue="long", retry=attempting.AGAIN, lock="resident.worries")
def look_for_worries(run_id: int) -> None:
    """Look for early worries in the whole borough, for the run with this id."""
    attempting.attempt(run_id, lambda run: nightly.carry_out(run, by=BY))


@app.periodic(cron="35 2 * * *")
@app.task(queue="short", queueing_lock="resident.worries_tonight")
def look_tonight(timestamp: int) -> None:
    """Ask for tonight's look; a day that was looked at is not looked at again."""
    try:
        with transaction.atomic():
            run = commands.look_for_worries(by=BY, on=clock.today())
            look_for_worries.defer(run_id=run.pk)
    except runs.AlreadyAsked:
        return
