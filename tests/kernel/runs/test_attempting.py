"""A run that was killed is taken up again by itself; one that is refused says why and stays so."""

import pytest
from procrastinate.jobs import Job

from borough.kernel import commanding
from borough.kernel.runs import attempting, commands, queries
from borough.kernel.runs.models import Ending, Run
from tests import makers
from tests.conftest import as_application
from tests.journeys import killing


class NotThisYear(commanding.Refusal):
    """The test's own refusal."""


def a_run() -> Run:
    by = makers.everything()
    return commands.ask("tests.sums", "tests", asked={}, parts=1, by=by, on=makers.BILLING_DAY)


def a_job(attempts: int) -> Job:
    return Job(
        id=1, queue="long", lock=None, queueing_lock=None, task_name="tests", attempts=attempts
    )


def refuse(run: Run) -> None:
    raise NotThisYear("A premium of 300 per cent is more than the 100 per cent allowed.")


def break_down(run: Run) -> None:
    raise ZeroDivisionError


def finish(run: Run) -> None:
    commands.carry_out(run, lambda number: (1, {}))
    commands.end(run)


def test_a_refusal_ends_the_run_with_its_sentence_and_is_not_tried_again(db):
    run = a_run()
    attempting.attempt(run.pk, refuse)  # raises nothing, so the queue has nothing to try again
    state = queries.progress(run)
    assert state.ended == "refused"
    assert state.reason == "A premium of 300 per cent is more than the 100 per cent allowed."
    assert not state.is_done


def test_what_broke_down_is_tried_again_a_few_times(db):
    run = a_run()
    with pytest.raises(ZeroDivisionError):
        attempting.attempt(run.pk, break_down)
    assert queries.progress(run).reason == "ZeroDivisionError"
    decide = attempting.AGAIN.get_retry_decision
    assert decide(exception=ZeroDivisionError(), job=a_job(0)) is not None
    assert decide(exception=ZeroDivisionError(), job=a_job(5)) is None
    attempting.attempt(run.pk, finish)
    assert queries.progress(run).is_done


def test_a_run_that_a_dead_workers_session_still_holds_is_waited_for(own_database):
    run = a_run()
    with as_application() as dead:
        dead.execute("select pg_advisory_lock(%s, %s)", [commands._LOCKS, run.pk])
        with pytest.raises(commands.AlreadyRunning) as held:
            attempting.attempt(run.pk, finish)
    assert not Ending.objects.exists()
    for attempts in (0, 5, 500):
        decision = attempting.AGAIN.get_retry_decision(exception=held.value, job=a_job(attempts))
        assert decision is not None
    dead.close()
    killing.wait_until_alone()
    attempting.attempt(run.pk, finish)
    assert queries.progress(run).is_done
