"""Asking for the letters of a billing run."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, capabilities, mailing
from borough.lines.revenues.queries import mailing as queries


class NotBilledYet(commanding.Refusal):
    """The run is no billing run, or has not ended."""


class NothingToSend(commanding.Refusal):
    """The billing run issued no notice."""


# Who commits the billing sends the bills: a demand notice that is served makes the debt fall due
# (SI 1992/613 regulations 18 to 20), which a preview never does.
@commanding.command(capabilities.COMMIT_BILLING)
def ask_bill_letters(*, billing: Run, by: commanding.Actor, on: date) -> Run:
    """Ask for the letters of a billing run, dated ``on``: one run, whoever asks.

    Raises:
        NotBilledYet: the billing has not ended.
        NothingToSend: it noticed nobody.
        runs.AlreadyAsked: they were asked for before.
    """
    if billing.kind != annual.BILLING or not billing.endings.filter(outcome="done").exists():
        raise NotBilledYet("The billing is not finished. Ask for its letters when it is.")
    parts = mailing.divide(billing)
    if not parts:
        raise NothingToSend("The billing issued no notice, so there is no letter to make.")
    return runs.ask(
        queries.LETTERS,
        queries.key_of(billing),
        asked={"billing": billing.pk, "year": billing.asked["year"], "parts": parts},
        parts=len(parts),
        by=by,
        on=on,
    )
