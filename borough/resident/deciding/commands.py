"""Recording what came of asking about help, and that an officer read the facts before a step."""

from datetime import date, timedelta

from borough.kernel import commanding, records
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.resident.deciding import capabilities, fact_kinds
from borough.rules.support import deciding

OUTCOMES = {
    "claimed": "A claim was begun",
    "given": "It is given already, or was given now",
    "not_due": "It is not due",
    "declined": "They do not want it",
}


class NotRead(commanding.Refusal):
    """Not every fact of the list was confirmed as read."""


@commanding.command(capabilities.CHECK_HELP)
def check_help(
    *, person: Person, scheme: str, outcome: str, by: commanding.Actor, on: date
) -> None:
    """Record what came of asking about help: it is not asked about again before its time.

    Args:
        person: who may be entitled.
        scheme: slug of the help, as the line offers it.
        outcome: one of ``OUTCOMES``.
        by: who asked.
        on: the day.
    """
    facts.record(
        fact_kinds.HELP_ASKED,
        about=[person.pk],
        thing=f"{records.PERSON}/{person.pk}",
        by=by,
        on=on,
        scheme=scheme,
        words=OUTCOMES[outcome].lower(),
    )


@commanding.command(capabilities.CONFIRM_STEP)
def confirm_step(
    *, person: Person, thing: str, is_read: bool, by: commanding.Actor, on: date
) -> date:
    """Record that an officer read the facts listed; return the first day on which that is over.

    Args:
        person: whose debt it is.
        thing: what facts call the debt.
        is_read: whether the officer confirmed it.
        by: who read them.
        on: the day.

    Raises:
        NotRead: it was not confirmed.
    """
    if not is_read:
        raise NotRead("Read what is listed first. Until then the step waits.")
    until = on + timedelta(int(deciding.figures(on)["facts_read_days"]))
    facts.record(
        fact_kinds.FACTS_READ,
        about=[person.pk],
        thing=thing,
        by=by,
        on=on,
        until=until,
    )
    return until
