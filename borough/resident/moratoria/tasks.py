"""What the worker does by itself: every morning it records which moratoria have run out."""

from procrastinate.contrib.django import app

from borough.kernel import clock
from borough.resident.moratoria import ending


@app.periodic(cron="15 0 * * *")
@app.task(queue="short", queueing_lock="resident.moratoria_lapse")
def record_lapses(timestamp: int) -> None:
    """Record the end of every moratorium whose days are over."""
    del timestamp
    ending.record_lapses(by=ending.RUNS_OUT, on=clock.today())
