"""What keeps the queue healthy: work left by a worker that died is taken up again."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from borough.kernel.pages import one_use

log = logging.getLogger(__name__)
KEEP_DONE_HOURS, KEEP_FAILED_HOURS = 7 * 24, 90 * 24


@app.periodic(cron="* * * * *")
@app.task(queue="short", queueing_lock="runs.take_up", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker died; every task here may be done twice without harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
        log.warning("job %s was left by a worker that died and is taken up again", job.id)


@app.periodic(cron="17 3 * * *")
@app.task(queue="short", queueing_lock="runs.tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended long ago; the runs themselves are kept."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(KEEP_DONE_HOURS)
    await manager.delete_old_jobs(
        KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="27 3 * * *")
@app.task(queue="short", queueing_lock="pages.forget_tokens")
def forget_spent_tokens(timestamp: int) -> None:
    """Forget the tokens of forms that are too old to be sent again."""
    one_use.forget_old()
