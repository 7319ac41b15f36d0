"""The comparing of all records, beside which officers go on working."""

from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.runs import attempting
from borough.resident.identity import capabilities, linking


@app.task(queue="long", retry=attempting.AGAIN, lock="resident.linking")
def link_records(run_id: int) -> None:
    """Carry out the linking of the run with this id."""
    actor = commanding.system("linking", capabilities.RUN_LINKING)
    attempting.attempt(run_id, lambda run: linking.carry_out(run, by=actor))
