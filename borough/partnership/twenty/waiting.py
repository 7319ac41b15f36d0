"""What of the twenty cases waits for the partner for whom an officer sits."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.joining import Waiting
from borough.kernel.pages import wording
from borough.partnership.sealed import capabilities, rounds
from borough.partnership.sealed.models import Round
from borough.partnership.seats import queries as seats
from borough.partnership.twenty import models


def waits(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return each quarter whose cases the officer's partner has still to decide anew."""
    seat = seats.seat_of(actor, on)
    if seat is None or capabilities.SEAL.slug not in actor.capabilities:
        return []
    draws = {one.thing: one for one in models.Draw.objects.filter(ends__lte=on)}
    asked = Round.objects.filter(thing__in=draws, on__lte=on, closes__gte=on).order_by("pk")
    return [
        Waiting(
            f"The twenty cases from {wording.day(draws[one.round.thing].starts)}. Seal what you "
            f"would do until the end of {wording.day(one.round.closes)}.",
            reverse("partnership:twenty_answer", args=[draws[one.round.thing].pk]),
        )
        for one in rounds.standings(asked)
        if seat.party not in one.sealed
    ]
