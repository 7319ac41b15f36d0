"""The post of a day of the town: what was written leaves, as the officer of the post sees to it."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.outgoing import batches, capabilities, commands, queries

BY = commanding.system("invented-town/officer-of-the-post", capabilities.SEND_POST)


def post(on: date) -> int:
    """Make the post of a day, and first what an earlier call left unfinished; return the letters.

    Args:
        on: the day on which the letters leave.
    """
    unfinished = queries.newest()
    if unfinished is not None and not unfinished.endings.filter(outcome="done").exists():
        batches.carry_out(unfinished, by=BY)
    try:
        run = commands.ask_post(by=BY, on=on)
    except commands.NothingToPost:
        return 0
    batches.carry_out(run, by=BY)
    return queries.counts(run).posted
