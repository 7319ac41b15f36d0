"""Taking in statements, beside which officers go on working; the queue carries ids only."""

from procrastinate.contrib.django import app

from borough.kernel import commanding
from borough.kernel.bank import capabilities, importing
from borough.kernel.runs import attempting


@app.task(queue="long", retry=attempting.AGAIN, lock="kernel.statements")
def take_in_statement(run_id: int) -> None:
    """Take in the statement of the run with this id.

    A file that cannot be read says so on its page; nobody gains by reading it again.
    """
    actor = commanding.system("bank-statements", capabilities.LOAD_STATEMENTS)
    attempting.attempt(run_id, lambda run: importing.carry_out(run, by=actor))
