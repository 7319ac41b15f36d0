"""Long work that pages ask for; the queue carries ids only."""

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from borough.kernel import clock, commanding
from borough.kernel.runs import attempting
from borough.lines.revenues import (
    annual,
    capabilities,
    collected,
    collections,
    correspondence,
    lodging,
    mailing,
    placing,
    recovering,
)
from borough.lines.revenues.commands import collections as commands
from borough.lines.revenues.queries import collections as queries

log = logging.getLogger(__name__)


@app.task(queue="long", retry=attempting.AGAIN, pass_context=False)
def preview_billing(run_id: int) -> None:
    """Work out the preview with this id."""
    attempting.attempt(run_id, lambda run: annual.preview(run, hands=annual.HANDS))


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.billing")
def carry_out_billing(run_id: int) -> None:
    """Carry out the annual billing with this id."""
    actor = commanding.system("annual-billing", capabilities.COMMIT_BILLING)
    attempting.attempt(run_id, lambda run: annual.carry_out(run, by=actor, hands=annual.HANDS))


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.bill_letters")
def make_bill_letters(run_id: int) -> None:
    """Issue and print the letters of the run with this id."""
    actor = commanding.system("bill-letters", capabilities.COMMIT_BILLING)
    attempting.attempt(run_id, lambda run: mailing.carry_out(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.day_letters")
def write_letters(run_id: int) -> None:
    """Issue and print the letters of the run with this id."""
    actor = commanding.system("letters", capabilities.SEND_LETTERS)
    attempting.attempt(run_id, lambda run: correspondence.carry_out(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN)
def count_collected(run_id: int) -> None:
    """Count the figures of collecting for the run with this id."""
    attempting.attempt(run_id, collected.carry_out)


@app.task(queue="long", retry=attempting.AGAIN, pass_context=False)
def preview_collection(run_id: int) -> None:
    """Work out the preview of a Direct Debit collection with this id."""
    attempting.attempt(run_id, collections.preview)


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.collection")
def carry_out_collection(run_id: int) -> None:
    """Choose what is collected and make the file of the collection with this id."""
    actor = commanding.system("collection", capabilities.COMMIT_COLLECTION)
    attempting.attempt(run_id, lambda run: collections.carry_out(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.collection")
def post_collection(run_id: int) -> None:
    """Post as received what the run with this id posts."""
    actor = commanding.system("collection", capabilities.PREPARE_COLLECTION)
    attempting.attempt(run_id, lambda run: collections.post(run, by=actor))


@app.periodic(cron="5 6 * * *")
@app.task(queue="short", queueing_lock="revenues.collections_due")
def post_collections_due(timestamp: int) -> None:
    """Ask for the posting of every collection whose money has moved by today."""
    actor, today = commanding.system("collection", capabilities.PREPARE_COLLECTION), clock.today()
    for collection in queries.due_for_posting(today):
        with transaction.atomic():
            run = commands.post_collection(collection=collection, by=actor, on=today)
            post_collection.defer(run_id=run.pk)


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.collection")
def send_instructions(run_id: int) -> None:
    """Make the file of instructions of the run with this id."""
    actor = commanding.system("collection", capabilities.COMMIT_COLLECTION)
    attempting.attempt(run_id, lambda run: lodging.carry_out(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN)
def preview_placing(run_id: int) -> None:
    """Ask which debts could be placed with an agent, for the preview with this id."""
    attempting.attempt(run_id, placing.preview)


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.placing")
def carry_out_placing(run_id: int) -> None:
    """Place the debts of the run with this id."""
    actor = commanding.system("placing", capabilities.COMMIT_PLACING)
    attempting.attempt(run_id, lambda run: placing.carry_out(run, by=actor))


@app.task(queue="long", retry=attempting.AGAIN, pass_context=False)
def preview_recovery(run_id: int) -> None:
    """Work out the preview of a step of recovery with this id."""
    attempting.attempt(run_id, recovering.preview)


@app.task(queue="long", retry=attempting.AGAIN, lock="revenues.recovery")
def carry_out_recovery(run_id: int) -> None:
    """Take the steps of the run with this id; a run whose day is over stops for good."""
    actor = commanding.system("recovery", capabilities.COMMIT_RECOVERY)
    attempting.attempt(run_id, lambda run: recovering.carry_out(run, by=actor, on=clock.today()))
