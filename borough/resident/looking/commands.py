"""Saying what came of looking again at a look."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.resident.looking import capabilities, fact_kinds, queries

OUTCOMES = {
    "in_order": "In order",
    "asked": "The officer is asked about it",
    "referred": "Referred to the data protection officer",
}


class OwnLook(commanding.Refusal):
    """Nobody reviews their own look."""


@commanding.command(capabilities.REVIEW_LOOKS)
def review(*, look: queries.Look, outcome: str, by: commanding.Actor, on: date) -> None:
    """Record what came of it; the officer's name is in no fact.

    Raises:
        OwnLook: it is the look of whoever reviews.
    """
    if look.by == by.reference:
        raise OwnLook("This was your own look. Somebody else looks at it again.")
    facts.record(
        fact_kinds.REVIEWED,
        thing=f"resident.look/{look.id}",
        by=by,
        on=on,
        officer=look.by,
        outcome=OUTCOMES[outcome].lower(),
    )
