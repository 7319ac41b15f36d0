"""What the worker does for the invented town: its silos are opened while officers look around."""

from procrastinate.contrib.django import app

from borough.kernel.runs import attempting
from borough.town.silos import opening


@app.task(queue="long", retry=attempting.AGAIN, lock=opening.KIND)
def open_silos(run_id: int) -> None:
    """Take in and join what other organisations know, for the run with this id."""
    attempting.attempt(run_id, opening.carry_out)
