"""Billing as the worker does it: taken up again by itself, or refused with a sentence."""

from django.db import connection
from procrastinate.contrib.django import app

from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Ending, Run
from borough.lines.revenues import annual, models, tasks
from borough.lines.revenues.commands import annual as commands
from tests import makers
from tests.conftest import as_application
from tests.revenues import test_pages_annual as pages


def work() -> None:
    """Do what the queue holds now, as the worker does, and stop."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, queues=["long"], install_signal_handlers=False)


def jobs() -> list[tuple[str, bool]]:
    """Return the state of each job, and whether it waits for a later moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, scheduled_at > now() from procrastinate_jobs"
            " where queue_name = 'long'"
        )
        return cursor.fetchall()


def test_a_run_still_held_by_a_killed_worker_is_billed_by_itself_a_moment_later(own_database):
    makers.an_account(band="B")
    run = commands.ask_billing(year=makers.YEAR, by=makers.everything(), on=makers.BILLING_DAY)
    tasks.carry_out_billing.defer(run_id=run.pk)
    with as_application() as killed:
        killed.execute("select pg_advisory_lock(%s, %s)", [runs._LOCKS, run.pk])
        work()
    killed.close()
    assert not models.Bill.objects.exists()
    assert jobs() == [("todo", True)]
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now()")
    work()
    assert models.Bill.objects.count() == 1
    assert run.endings.get().outcome == Ending.Outcome.DONE
    assert [status for status, _ in jobs()] == ["succeeded"]


def test_a_choice_beyond_the_law_ends_the_preview_with_its_sentence_on_the_page(db):
    makers.an_account(band="B")
    ann = pages.a_client("ann", *pages.capabilities.ALL)
    run = runs.ask(
        annual.PREVIEW,
        "beyond the law",
        asked={
            "year": makers.YEAR.name,
            "parts": annual.divide(makers.YEAR),
            "what_if": {"name": "second_home_premium_percent", "value": 300},
        },
        parts=2,
        by=makers.everything(),
        on=makers.BILLING_DAY,
    )
    tasks.preview_billing(run_id=run.pk)
    assert Run.objects.get().endings.get().outcome == Ending.Outcome.REFUSED
    page = ann.get(f"/revenues/billing/previews/{run.pk}").content.decode()
    assert "300 per cent on second homes is more than the 100 per cent" in page
    assert "taken up again" not in page
    assert "Refused" in ann.get("/revenues/billing").content.decode()
