"""Counting in the background, and the report of each quarter on the day after it ends."""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from borough.kernel import clock, commanding
from borough.kernel.runs import attempting
from borough.kernel.runs import commands as runs
from borough.resident.effect import capabilities, commands, measuring, quarters

BY = commanding.system("effect", capabilities.MEASURE_EFFECT)


@app.task(queue="long", retry=attempting.AGAIN)
def measure(run_id: int) -> None:
    """Count what the run with this id asks for."""
    attempting.attempt(run_id, lambda run: measuring.carry_out(run, by=BY))


@app.periodic(cron="10 4 1 1,4,7,10 *")
@app.task(queue="short", queueing_lock="resident.fairness_of_the_quarter")
def report_quarter(timestamp: int) -> None:
    """Ask for the report of the quarter that has ended; one that was reported on is left alone."""
    on = clock.today()
    quarter = quarters.Quarter.holding(on - timedelta(1))
    try:
        with transaction.atomic():
            run = commands.report_fairness(quarter=quarter, by=BY, on=on)
            measure.defer(run_id=run.pk)
    except runs.AlreadyAsked:
        return
