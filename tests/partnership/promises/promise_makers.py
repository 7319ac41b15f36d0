"""Small makers of promises and staff. Everybody in them is invented."""

from datetime import date

from borough.kernel.places.models import Ward
from borough.partnership.promises import listing, models
from borough.partnership.promises.commands import records, register, staff
from borough.partnership.seats import commands as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from tests import makers, officers

Kind, Shape, Topic = models.Promise.Evidence, models.Promise.Shape, models.Promise.Topic
STARTS, DUE, TODAY = date(2024, 4, 1), date(2026, 3, 31), date(2025, 4, 1)
TRANSFER = date(2024, 4, 1)
OURS, THEIRS = "E05000932", "E05009999"


def promised(evidence=Kind.MONEY, *, target=10_000_00, shape=Shape.BY, on=TODAY, **more):
    terms = register.Terms(
        topic=more.pop("topic", Topic.CAPITAL),
        title=more.pop("title", "An invented promise"),
        clause=more.pop("clause", "Invented agreement, schedule 4, clause 2"),
        evidence=evidence,
        shape=shape,
        target=target,
        starts=more.pop("starts", STARTS),
        due=more.pop("due", DUE),
        **more,
    )
    return register.propose(terms=terms, by=makers.everything(), on=on)


def seated(name, party, on=TODAY):
    officer = officers.an_officer(name)
    by = makers.everything()
    seats.give_seat(officer=officer, party=party, starts=on, by=by, on=on)
    return makers.an_officer(officer.pk)


def both(on=TODAY):
    """Return somebody who sits for each partner."""
    return (
        seated("Cleo Council", Party.COUNCIL, on),
        seated("Pat Partner", Party.PARTNER, on),
    )


def signed(thing, *whom, on=TODAY):
    for by in whom:
        seats.sign(thing=thing.thing, digest=signing.digest(thing.content), by=by, on=on)


def recorded(promise, amount, reference="INV-1", done_on=date(2024, 6, 1), on=TODAY):
    return records.record(
        promise=promise,
        done_on=done_on,
        amount=amount,
        reference=reference,
        what="An invented thing",
        by=makers.everything(),
        on=on,
    )


def works(number, fte=100, *, ward=OURS, transferred=True, **more):
    """Record that somebody works, from the transfer on."""
    Ward.objects.get_or_create(code=OURS, defaults={"name": "Invented"})
    entry = listing.Entry(
        number=number,
        post=more.pop("post", "Officer"),
        fte_hundredths=fte,
        postcode=more.pop("postcode", "ZZ9 9ZZ"),
        ward=ward,
        starts=more.pop("starts", TRANSFER),
        transferred_on=TRANSFER if transferred else None,
        **more,
    )
    return staff.record_work(entry=entry, by=makers.everything(), on=TODAY)


def leaves(spell, on, why=models.Spell.Why.RESIGNED):
    staff.end_work(spell=spell, ends=on, why=why, by=makers.everything(), on=TODAY)
