"""What of the savings ledger waits for the partner for whom an officer sits."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.joining import Waiting
from borough.partnership.savings import models
from borough.partnership.savings.queries import entries, terms
from borough.partnership.seats import queries as seats
from borough.rules.partnership import waterfall

STATE, WHAT = waterfall.State, models.Event.What


def waits(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return, for the home page, that something waits, and how much."""
    found = of_party(actor, on)
    if not found:
        return []
    things = "thing waits" if len(found) == 1 else "things wait"
    text = f"{len(found)} {things} for your partner in the savings ledger"
    return [Waiting(text, reverse("partnership:savings"))]


def of_party(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return what waits for the officer's partner: terms and claims to sign, and to agree to."""
    seat = seats.seat_of(actor, on)
    if seat is None:
        return []
    return [*_terms(seat.party, on), *_claims(seat.party, on)]


def _terms(party: str, on: date) -> Iterator[Waiting]:
    """The newest version, where it is not signed for the partner: older ones were left behind."""
    newest = terms.newest(on)
    if newest is None or not terms.lines(newest):
        return
    if getattr(terms.signed(newest), party) is None:
        address = reverse("partnership:terms_version", args=[newest.pk])
        yield Waiting(f"Version {newest.version} of the terms is to be signed", address)


def _claims(party: str, on: date) -> Iterator[Waiting]:
    for one in entries.all_claims(on):
        if one.is_over or one.disputes:
            continue
        text = _step(one, party)
        if text:
            title = one.entry.title or f"Claim {one.entry.pk}"
            address = reverse("partnership:claim", args=[one.entry.pk])
            yield Waiting(f"{title}: {text}", address)


def _step(one: entries.Standing, party: str) -> str:
    """Return what the partner has to do next about a claim; "" for nothing."""
    entry = one.entry
    if not entry.prepared_by:
        return "complete it"
    if one.state is STATE.PROPOSED:
        return "agree how it is counted" if entry.prepared_by != party else ""
    if one.state is STATE.METHOD_AGREED:
        return "bring what shows it" if entry.prepared_by == party else ""
    if one.state is STATE.MEASURED:
        signed = entries.signed(entry.thing, entries.claim_content(entry))
        return "sign it" if getattr(signed, party) is None else ""
    back = entries.signed(entry.reversal, entries.reversal_content(entry))
    if (back.council or back.partner) and getattr(back, party) is None:
        return "the other partner takes it back: sign that, or talk about it"
    return _record(one, party)


def _record(one: entries.Standing, party: str) -> str:
    done = {each.evidence_id for each in one.events.values() if each.evidence_id}
    for each in one.evidence:
        if each.level > waterfall.EVIDENCE_THAT_COUNTS and each.pk not in done:
            signed = entries.signed(each.thing, entries.evidence_content(each))
            if getattr(signed, party) is None:
                return "sign its evidence"
    return ""
