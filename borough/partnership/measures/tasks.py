"""What the worker does by itself: on the first of each month every measure is counted."""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from borough.kernel import clock, commanding
from borough.partnership.measures import capabilities, commands, definitions
from borough.rules import years

BY = commanding.system("measures", capabilities.COUNT_MEASURES)
log = logging.getLogger(__name__)


class NotAllCounted(Exception):
    """Not every measure could be counted; their slugs."""


@app.periodic(cron="30 3 1 * *")
@app.task(queue="long", queueing_lock="partnership.measures")
def count_measures(timestamp: int) -> None:
    """Count every measure as at yesterday; one that cannot be counted keeps no other back.

    Raises:
        NotAllCounted: some could not be; the queue shows the task as failed.
    """
    del timestamp
    on = clock.today()
    as_at = on - timedelta(days=1)
    failed = []
    for slug in definitions.measures():
        try:
            commands.count(measure=slug, year=years.Year.holding(as_at), as_at=as_at, by=BY, on=on)
        except Exception:
            log.exception("the measure %s could not be counted", slug)
            failed.append(slug)
    if failed:
        raise NotAllCounted(", ".join(failed))
