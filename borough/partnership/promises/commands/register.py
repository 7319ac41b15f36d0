"""Proposing a promise, and dropping one that both have not signed."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.measures import definitions
from borough.partnership.promises import capabilities, evidence, models
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seat_commands
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature

Kind = models.Promise.Evidence
BY_MEASURE = (Kind.MEASURE, Kind.QUARTER)
BEST, LAST = 100, 400


class NotAPromise(commanding.Refusal):
    """Its parts do not fit together; the sentence says which."""


class SignedByBoth(commanding.Refusal):
    """Both partners signed it, so it binds both."""


class DroppedAlready(commanding.Refusal):
    """It was dropped before."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be promised: the words, what it is judged by, and how far.

    Attributes:
        target: hundredths of the evidence's unit, or pence; a quarter in hundredths, 100 the best.
        measure: slug, where it is judged by a measure; peers: the set, for a quarter of it.
    """

    topic: models.Promise.Topic
    title: str
    clause: str
    evidence: models.Promise.Evidence
    shape: models.Promise.Shape
    target: int
    starts: date
    due: date
    measure: str = ""
    peers: str = ""


@commanding.command(capabilities.PROPOSE_PROMISE)
def propose(*, terms: Terms, by: commanding.Actor, on: date) -> models.Promise:
    """Propose a promise; it binds both partners once both have signed it.

    Raises:
        NotAPromise: it lacks words, days, a measure or a set, or its shape does not fit.
    """
    _refuse(terms)
    is_by_measure = terms.evidence in BY_MEASURE
    made = models.Promise.objects.create(
        topic=terms.topic,
        title=terms.title.strip(),
        clause=terms.clause.strip(),
        evidence=terms.evidence,
        measure=terms.measure if is_by_measure else "",
        peers=terms.peers.strip() if terms.evidence == Kind.QUARTER else "",
        shape=terms.shape,
        target=terms.target,
        starts=terms.starts,
        due=terms.due,
        by=by.reference,
        on=on,
    )
    facts.record(
        "partnership.promise_proposed",
        thing=made.thing,
        by=by,
        on=on,
        topic=made.topic,
        due=made.due,
    )
    return made


@commanding.command(seat_capabilities.SIGN)
def sign(*, promise: models.Promise, by: commanding.Actor, on: date) -> Signature:
    """Sign a promise for the partner for whom the officer sits.

    Raises:
        DroppedAlready: somebody took it off the register, perhaps this moment.
        seat_commands.NoSeat, AlreadySigned: as for every signature.
    """
    promise = _held(promise)
    digest = signing.digest(promise.content)
    return seat_commands.sign(thing=promise.thing, digest=digest, by=by, on=on)


@commanding.command(capabilities.PROPOSE_PROMISE)
def drop(*, promise: models.Promise, by: commanding.Actor, on: date) -> None:
    """Take a promise off the register that both have not signed.

    Raises:
        SignedByBoth: it binds both.
        DroppedAlready: somebody did before.
    """
    promise = _held(promise)
    if seats.signed(promise.thing, signing.digest(promise.content)).both:
        raise SignedByBoth("Both partners have signed this promise. It stays, kept or not.")
    promise.dropped_on = on
    promise.save(update_fields=["dropped_on"])
    facts.record("partnership.promise_dropped", thing=promise.thing, by=by, on=on)


def _held(promise: models.Promise) -> models.Promise:
    """Return a promise of the register, which nobody else signs or drops until this is done."""
    promise = models.Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.dropped_on is not None:
        raise DroppedAlready("This promise was dropped before.")
    return promise


def _refuse(terms: Terms) -> None:
    source = evidence.SOURCES[terms.evidence]
    measure = definitions.measures().get(terms.measure)
    faults = {
        "Say what is promised, and where it is written.": not (
            terms.title.strip() and terms.clause.strip()
        ),
        "The day on which it is due must be after the day from which it counts.": (
            terms.due <= terms.starts
        ),
        "The target cannot be less than nothing.": terms.target < 0,
        "The target has too many noughts. Check it.": terms.target > models.MOST,
        "What adds up from nothing is promised by a day, not throughout.": (
            source.gathers and terms.shape == models.Promise.Shape.THROUGHOUT
        ),
        "Choose the measure by which it is judged; one that is better one way.": (
            terms.evidence in BY_MEASURE and (measure is None or measure.better == "neither")
        ),
        "Name the set of councils, as it is called where it was loaded.": (
            terms.evidence == Kind.QUARTER and not terms.peers.strip()
        ),
        "The target of a quarter is 1, the best, to 4, the last.": (
            terms.evidence == Kind.QUARTER
            and (terms.target % BEST != 0 or not BEST <= terms.target <= LAST)
        ),
    }
    for sentence, is_wrong in faults.items():
        if is_wrong:
            raise NotAPromise(sentence)
