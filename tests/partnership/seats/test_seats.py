"""Two partners, and nobody who speaks for both."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.kernel.officers.models import Officer
from borough.kernel.officers.queries import at_work
from borough.partnership.seats import capabilities, commands, queries, signing
from borough.partnership.seats.models import Party, Seat, Signature
from tests import makers, officers

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)
DIGEST = signing.digest({"guarantee_bp": 1000})
THING = "partnership.rule_set/1"


def seated(name: str, party: Party, starts: date = TODAY) -> Officer:
    """Return an officer who may sign and sits for a partner."""
    officer = officers.an_officer(name, *capabilities.ALL)
    commands.give_seat(
        officer=officer, party=party, starts=starts, by=makers.everything(), on=TODAY
    )
    return officer


def sign(officer: Officer, digest: str = DIGEST, on: date = TODAY) -> Signature:
    return commands.sign(thing=THING, digest=digest, by=at_work(officer, on=on), on=on)


def test_what_both_have_signed_binds_both():
    sign(seated("Cleo Council", Party.COUNCIL))
    assert not queries.signed(THING, DIGEST).both
    sign(seated("Pat Partner", Party.PARTNER))
    both = queries.signed(THING, DIGEST)
    assert (both.both, both.since) == (True, TODAY)


def test_another_content_is_unsigned():
    sign(seated("Cleo Council", Party.COUNCIL))
    other = signing.digest({"guarantee_bp": 1001})
    assert queries.signed(THING, other).council is None


def test_who_sits_for_nobody_signs_for_nobody():
    with pytest.raises(commands.NoSeat):
        sign(officers.an_officer("Nora Nobody", *capabilities.ALL))
    seated("Lena Later", Party.PARTNER, starts=date(2025, 5, 1))
    with pytest.raises(commands.NoSeat):
        sign(Officer.objects.get(name="Lena Later"))
    with pytest.raises(commands.NoSeat):
        commands.sign(thing=THING, digest=DIGEST, by=makers.everything(), on=TODAY)


def test_a_partner_signs_a_content_once():
    sign(seated("Cleo Council", Party.COUNCIL))
    with pytest.raises(commands.AlreadySigned):
        sign(seated("Carl Council", Party.COUNCIL))


def test_nobody_seats_themselves():
    ann = officers.an_officer("Ann Example", *capabilities.ALL)
    with pytest.raises(commands.YourOwnSeat):
        commands.give_seat(
            officer=ann, party=Party.PARTNER, starts=TODAY, by=at_work(ann, on=TODAY), on=TODAY
        )


def test_who_has_sat_for_one_never_sits_for_the_other():
    cleo = seated("Cleo Council", Party.COUNCIL)
    seat = Seat.objects.get(officer=cleo)
    later = date(2025, 6, 1)
    commands.end_seat(seat=seat, ends=later, by=makers.everything(), on=TODAY)
    with pytest.raises(commands.SatForTheOther):
        commands.give_seat(
            officer=cleo, party=Party.PARTNER, starts=later, by=makers.everything(), on=TODAY
        )
    with pytest.raises(DatabaseError, match="cannot sit for the other"), transaction.atomic():
        Seat.objects.create(officer=cleo, party=Party.PARTNER, starts=later)


def test_a_seat_is_never_taken_back_nor_made_the_other_partners():
    seats = Seat.objects.filter(officer=seated("Cleo Council", Party.COUNCIL))
    for change in (seats.delete, lambda: seats.update(party=Party.PARTNER)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_the_database_takes_no_signature_from_nowhere():
    cleo = seated("Cleo Council", Party.COUNCIL)
    for party, on in ((Party.PARTNER, TODAY), (Party.COUNCIL, date(2025, 3, 31))):
        with pytest.raises(DatabaseError, match="only who sits"), transaction.atomic():
            Signature.objects.create(thing=THING, digest=DIGEST, party=party, officer=cleo, on=on)
    sign(cleo)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Signature.objects.all().delete()


def test_one_text_for_one_content():
    assert signing.digest({"a": 1, "b": TODAY}) == signing.digest({"b": "2025-04-01", "a": 1})
    assert signing.digest({"a": 1}) != signing.digest({"a": "1"})
    with pytest.raises(signing.NotPlain):
        signing.digest({"share": 0.1})


def test_seats_are_given_and_ended_on_their_pages():
    pat = officers.an_officer("Pat Partner")
    visitor = officers.a_visitor(officers.an_officer("Tom Example", capabilities.GIVE_SEATS))
    day = {"starts_day": "10", "starts_month": "3", "starts_year": "2025"}
    answers = officers.posted(officer=str(pat.pk), party="partner", **day)
    shown = visitor.post("/partnership/seats/new", answers, follow=True)
    assert "Pat Partner" in shown.content.decode()
    seat = Seat.objects.get(officer=pat)
    ends = {"ends_day": "11", "ends_month": "3", "ends_year": "2025"}
    visitor.post(f"/partnership/seats/{seat.pk}/end", officers.posted(**ends))
    seat.refresh_from_db()
    assert seat.ends == date(2025, 3, 11)
    assert visitor.get(f"/partnership/seats/{seat.pk}/end").status_code == 302
