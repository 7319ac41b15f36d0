"""How the promises stand on a day."""

from dataclasses import dataclass
from datetime import date

from borough.partnership.promises import evidence, models
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules.partnership import promises


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise and how it stands.

    Attributes:
        signed: who signed it. Until both did it binds nobody, and is judged all the same.
        path: its evidence, by day.
    """

    promise: models.Promise
    signed: seats.Signed
    path: list[promises.Point]
    judged: promises.Judged


def standings(on: date) -> list[Standing]:
    """Return every promise that was not dropped, by topic and day, as it stands on a day."""
    rows = list(models.Promise.objects.filter(dropped_on=None).order_by("due", "pk"))
    order = models.Promise.Topic.values
    rows.sort(key=lambda one: order.index(one.topic))
    return [standing(one, on) for one in rows]


def standing(promise: models.Promise, on: date) -> Standing:
    """Return how a promise stands on a day."""
    path = evidence.path_of(promise, on)
    judged = promises.judge(evidence.terms_of(promise), path, on)
    signed = seats.signed(promise.thing, signing.digest(promise.content))
    return Standing(promise, signed, path, judged)
