"""How long things are kept is said for every purpose; what is past it goes by decision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from borough.kernel import commanding, joining
from borough.kernel.facts.models import Fact
from borough.kernel.joining import Kept, Purpose
from borough.resident.looking import capabilities, erasing, keeping
from borough.resident.looking.models import ERASED, Erasure, Opening
from borough.resident.sources.models import RecordState, SetAside
from tests import makers, markup, officers
from tests.resident.sources import feed_makers

NEXT_DECADE = date(2036, 1, 1)


def test_every_purpose_says_how_long_and_who_decided():
    for purpose in joining.purposes().values():
        kept = purpose.kept_on(date(2026, 1, 1))
        assert kept is not None, purpose.slug
        assert kept.decided == "", f"{purpose.slug}: say in docs/decisions where it is written"


def test_the_newest_decision_holds_from_its_day():
    told = (Kept(date(2025, 4, 1), 7), Kept(date(2026, 4, 1), 2, "Cabinet"))
    purpose = Purpose("x.y", "Title", "Law", kept=told)
    assert purpose.kept_on(date(2025, 3, 31)) is None
    assert purpose.kept_on(date(2026, 3, 31)) == told[0]
    assert purpose.kept_on(date(2026, 4, 1)) == told[1]


def test_what_is_past_its_time_is_counted_and_stays(db):
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    mary = makers.a_person()
    visitor = officers.a_visitor(ann, purpose="kernel.enquiry")
    assert visitor.get(f"/residents/{mary.pk}").status_code == 200
    looked = Fact.objects.get(what="kernel.looked").batch.recorded_at

    def enquiries(on: date) -> int:
        [found] = [one for one in keeping.past(on) if one.purpose.slug == "kernel.enquiry"]
        return found.count

    assert enquiries(date(looked.year + 6, 1, 1)) == 0
    assert enquiries(date(looked.year + 9, 1, 1)) == 1
    assert len(keeping.past(NEXT_DECADE)) == len(joining.purposes()) + 5
    page = visitor.get("/residents/kept").content.decode()
    markup.check(page)
    assert "What only grows stays" in page
    assert "a proposal: the council has to decide" in visitor.get("/purpose").content.decode()


LATER = date(2036, 1, 1)
BY = makers.everything()
DECIDED = "Cabinet, 12 March 2026, minute 34"


def erase(what: str, seen: int, decided: str = DECIDED, on: date = LATER, by=BY) -> Erasure:
    return erasing.erase(what=what, seen=seen, decided=decided, by=by, on=on)


@pytest.fixture
def told(db):
    """Let a landlord tell of two tenants and of somebody nameless, then of the second no more."""
    makers.an_open_ledger()
    rows = [feed_makers.rent("T1", "A", "120.00"), feed_makers.rent("T2", "B", "15.00")]
    feed = feed_makers.take_in(feed_makers.a_file("northway-rents", *rows))
    aside = {"line": 4, "reason": "There is no family name", "row": {"Tenant": "C"}}
    SetAside.objects.create(feed=feed, **aside)
    later = feed_makers.ON + timedelta(1)
    feed_makers.take_in(feed_makers.a_file("northway-rents", rows[0]), on=later)


def test_who_somebody_was_is_erased_and_what_is_still_told_stays(told):
    gone, stays = RecordState.objects.order_by("ends")
    assert (gone.ends is None, stays.ends) == (False, None)
    with pytest.raises(erasing.NothingPast):
        erase("records", 1, on=date(2030, 1, 1))
    with pytest.raises(erasing.NotDecided):
        erase("records", 1, decided="me")
    with pytest.raises(erasing.ChangedMeanwhile), transaction.atomic():
        erase("records", 2)
    with pytest.raises(commanding.NotAllowed):
        erase("records", 1, by=makers.nobody())
    gone.refresh_from_db()
    assert gone.family_name == "Rimmer B"
    erase("records", 1)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.family_name, gone.given_names, gone.nino, gone.address) == (ERASED, "", "", "")
    assert (gone.date_of_birth, gone.postcode, gone.uprn) == (None, "", None)
    assert stays.family_name == "Rimmer A"
    [fact] = Fact.objects.filter(what="resident.erased")
    assert (fact.detail["kind"], fact.detail["count"]) == ("records", 1)
    assert DECIDED not in str(fact.detail), "facts hold no free text"
    with pytest.raises(erasing.NothingPast):
        erase("records", 1)
    erase("rows", SetAside.objects.count())
    [aside] = SetAside.objects.all()
    assert (aside.row, aside.line, aside.reason) == ({}, 4, "There is no family name")


def test_the_words_of_an_emergency_go_once_and_nothing_else_of_it_changes(db):
    at = datetime(2025, 6, 2, 9, tzinfo=UTC)
    kept = Opening.objects.create(
        person=makers.a_person(),
        reason="home",
        words="The bailiff is here now",
        by="officer/1",
        starts_at=at,
        ends_at=at + timedelta(minutes=30),
    )
    erase("openings", 1)
    kept.refresh_from_db()
    assert (kept.words, kept.reason, kept.by) == (ERASED, "home", "officer/1")
    for change in ("words = 'It was nothing'", "by = 'officer/2'", "reason = 'harm'"):
        with (
            pytest.raises(DatabaseError, match=r"stays|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update looking_opening set {change}")


def test_what_only_grows_is_not_erased(db):
    for what in ("worries", "feeds", "looks", "kernel_person"):
        with pytest.raises(erasing.StaysHere):
            erase(what, 1)


def test_an_officer_sees_how_much_would_go_before_it_goes(told, settings):
    settings.STANDING_DATE = LATER
    tom = officers.an_officer("Tom Example", *officers.every_capability())
    visitor = officers.a_visitor(tom, purpose="")
    listed = visitor.get("/residents/kept").content.decode()
    markup.check(listed)
    assert "/residents/kept/records" in listed
    assert "/residents/kept/worries" not in listed
    page = visitor.get("/residents/kept/records").content.decode()
    markup.check(page)
    assert "A proposal: the council has to decide" in page
    for seen in ("", "2", "²", "-1", "1e9"):
        wrong = visitor.post("/residents/kept/records", officers.posted(decided=DECIDED, seen=seen))
        assert "There is a problem" in wrong.content.decode()
    assert not Erasure.objects.exists()
    sure = officers.posted(decided=DECIDED, seen="1")
    for _ in range(2):
        assert visitor.post("/residents/kept/records", sure).url == "/residents/kept"
    assert Erasure.objects.get().decided == DECIDED
    over = visitor.get("/residents/kept/records", follow=True).content.decode()
    assert "Nothing of it is past its time" in over
    for stays in ("worries", "feeds", "nothing"):
        assert visitor.get(f"/residents/kept/{stays}").status_code == 404
    ann = officers.an_officer("Ann Example", capabilities.REVIEW_LOOKS)
    only_looks = officers.a_visitor(ann, purpose="")
    assert only_looks.get("/residents/kept/records").status_code == 403
    assert "Look and erase" not in only_looks.get("/residents/kept").content.decode()
