"""What keeps the facts moving: news is delivered and batches are chained, every minute."""

from procrastinate.contrib.django import app

from borough.kernel.facts import chain, delivering


@app.periodic(cron="* * * * *")
@app.task(queue="short", queueing_lock="facts.deliver")
def deliver_news(timestamp: int) -> None:
    """Hand owed facts to the lines that hear them."""
    delivering.deliver()


@app.periodic(cron="* * * * *")
@app.task(queue="short", queueing_lock="facts.link")
def link_batches(timestamp: int) -> None:
    """Chain the batches that were recorded since the last time."""
    chain.link()
