"""How long things are kept is said for every purpose; what is past its time is listed alone."""

from datetime import date

from borough.kernel import joining
from borough.kernel.facts.models import Fact
from borough.kernel.joining import Kept, Purpose
from borough.resident.looking import keeping
from tests import makers, markup, officers

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
    assert len(keeping.past(NEXT_DECADE)) == len(joining.purposes()) + 4
    page = visitor.get("/residents/kept").content.decode()
    markup.check(page)
    assert "Nothing is erased from here" in page
    assert "a proposal: the council has to decide" in visitor.get("/purpose").content.decode()
