"""What the worker does by itself: every morning plans are shared anew where a debt is paid."""

import logging

from procrastinate.contrib.django import app

from borough.kernel import clock, commanding, dated
from borough.resident import purposes
from borough.resident.plans import capabilities, models
from borough.resident.plans.commands import plans

BY = commanding.system("joint-plans", capabilities.AGREE_PLAN, capabilities.REVIEW_PLAN)
log = logging.getLogger(__name__)


@app.periodic(cron="40 0 * * *")
@app.task(queue="short", queueing_lock="resident.plans_shared_anew")
def share_plans_anew(timestamp: int) -> None:
    """Look at every plan that runs; one that cannot be shared keeps no other back."""
    del timestamp
    on = clock.today()
    for plan in models.Plan.objects.filter(dated.holds_on(on)).select_related("person"):
        try:
            plans.share_anew(plan=plan, purpose=purposes.SUPPORT, by=BY, on=on)
        except commanding.Refusal:
            log.exception("plan %s could not be shared anew", plan.pk)
