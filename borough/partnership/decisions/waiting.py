"""What of the decisions waits for the partner for whom an officer sits."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.joining import Waiting
from borough.partnership.decisions import capabilities, models, queries
from borough.partnership.seats import queries as seats

THEIRS = {queries.Step.READ, queries.Step.SEAL, queries.Step.HAND_IN, queries.Step.SIGN}


def waits(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return each case in which the officer's partner has to read, seal, hand in or sign."""
    seat = seats.seat_of(actor, on)
    if seat is None or capabilities.SEE_DECISIONS.slug not in actor.capabilities:
        return []
    cases = queries.states(models.Case.objects.order_by("decide_by", "pk"))
    steps = [(one.case, queries.next_step(one, seat.party, on)) for one in cases]
    return [
        Waiting(f"{case.title} {step.value}.", reverse("partnership:decision", args=[case.pk]))
        for case, step in steps
        if step in THEIRS
    ]
