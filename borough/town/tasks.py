"""What the worker does for the invented town, while officers look around."""

from procrastinate.contrib.django import app

from borough.kernel.runs import attempting
from borough.town.silos import opening
from borough.town.story import telling


@app.task(queue="long", retry=attempting.AGAIN, lock=opening.KIND)
def open_silos(run_id: int) -> None:
    """Take in and join what other organisations know, for the run with this id."""
    attempting.attempt(run_id, opening.carry_out)


# The same lock: one after the other, so that a hand of the worker is free for what officers ask.
@app.task(queue="long", retry=attempting.AGAIN, lock=opening.KIND)
def tell_story(run_id: int) -> None:
    """Tell ten invented years of a contract, for the run with this id."""
    attempting.attempt(run_id, telling.carry_out)
