"""Whether a promise was kept is worked out; what it is worked out from is signed or counted."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.partnership.measures import definitions
from borough.partnership.measures.models import Snapshot
from borough.partnership.promises import models, queries
from borough.partnership.promises.commands import records, register
from borough.rules import years
from borough.rules.partnership.promises import Status
from tests import makers, officers
from tests.partnership.peers import test_peers
from tests.partnership.promises import promise_makers as a
from tests.partnership.promises.promise_makers import Kind, Shape
from tests.partnership.savings import contract_makers

pytestmark = pytest.mark.django_db
RATE = "revenues.collected_in_year"


def stands(promise, on=a.TODAY):
    return queries.standing(promise, on).judged


def counted_at_the_end(year_first: int, percent: int) -> None:
    day = date(year_first + 1, 3, 31)
    Snapshot.objects.create(
        measure=RATE,
        definition=definitions.digest(RATE),
        year=f"{year_first}-{(year_first + 1) % 100:02}",
        as_at=day,
        numerator=percent,
        denominator=10_000,
        by="system/tests",
        on=day,
    )


def test_money_counts_once_both_have_signed_its_record():
    promise = a.promised(target=10_000_00)
    assert stands(promise).status is Status.UNKNOWN, "nothing was recorded yet"
    record = a.recorded(promise, 6_000_00)
    council, partner = a.both()
    a.signed(record, council)
    assert (stands(promise).status, stands(promise).value) == (Status.AT_RISK, 0)
    a.signed(record, partner)
    assert (stands(promise).status, stands(promise).value) == (Status.ON_COURSE, 6_000_00)
    second = a.recorded(promise, 4_000_00, "INV-2")
    a.signed(second, council, partner)
    assert stands(promise).status is Status.KEPT


def test_a_paper_counts_once_for_a_promise():
    promise = a.promised()
    a.recorded(promise, 100, "INV-1")
    with pytest.raises(records.CountedAlready):
        a.recorded(promise, 100, " inv-1 ")
    with pytest.raises(records.NotADay):
        a.recorded(promise, 100, "INV-2", done_on=date(2024, 3, 31))
    with pytest.raises(records.NotADay):
        a.recorded(promise, 100, "INV-2", done_on=date(2025, 4, 2))
    with pytest.raises(records.Nothing):
        a.recorded(promise, 0, "INV-2")
    with pytest.raises(records.Nothing, match="too many noughts"):
        a.recorded(promise, -(10**19), "INV-2")
    with pytest.raises(records.TakesNoRecords):
        a.recorded(a.promised(Kind.REDUNDANT, target=0, shape=Shape.THROUGHOUT), 100)


def test_a_promise_about_a_measure_is_judged_by_whole_years():
    promise = a.promised(Kind.MEASURE, target=9_700, measure=RATE)
    counted_at_the_end(2023, 9_500)
    counted_at_the_end(2024, 9_650)
    assert (stands(promise).status, stands(promise).value) == (Status.ON_COURSE, 9_650)
    counted_at_the_end(2025, 9_700)
    assert stands(promise, a.DUE).status is Status.KEPT


def test_a_promise_of_the_best_quarter_rests_on_its_set_and_the_worse_of_both_methods():
    test_peers.loaded(test_peers.figures(*(f"{85 + place}.00" for place in range(14))), "Region")
    promise = a.promised(
        Kind.QUARTER, target=100, shape=Shape.THROUGHOUT, measure=RATE, peers="Region"
    )
    other = a.promised(
        Kind.QUARTER, target=100, shape=Shape.THROUGHOUT, measure=RATE, peers="Elsewhere"
    )
    counted_at_the_end(2024, 9_450)
    assert stands(promise).value == 200, "by the exclusive method in the second quarter"
    assert stands(promise).status is Status.BROKEN
    assert stands(other).status is Status.UNKNOWN


def test_a_promise_binds_once_both_have_signed_and_only_then_cannot_be_dropped():
    promise, other = a.promised(), a.promised(title="Another")
    council, partner = a.both()
    a.signed(promise, council)
    assert not queries.standing(promise, a.TODAY).signed.both
    a.signed(promise, partner)
    by, on = makers.everything(), a.TODAY
    with pytest.raises(register.SignedByBoth):
        register.drop(promise=promise, by=by, on=on)
    register.drop(promise=other, by=by, on=on)
    with pytest.raises(register.DroppedAlready):
        register.drop(promise=other, by=by, on=on)
    with pytest.raises(register.DroppedAlready):
        register.sign(promise=other, by=council, on=on)  # its page was open before it was dropped
    assert [one.promise for one in queries.standings(on)] == [promise]


def test_what_was_promised_and_recorded_stays():
    promise = a.promised()
    a.recorded(promise, 100)
    for change in (
        "update promises_promise set target = 1",
        "delete from promises_promise",
        "update promises_record set amount = 1",
        "delete from promises_record",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            transaction.get_connection().cursor().execute(change)


@pytest.mark.parametrize(
    ("flaw", "says"),
    [
        ({"title": " "}, "Say what is promised"),
        ({"due": a.STARTS}, "after the day"),
        ({"shape": Shape.THROUGHOUT}, "adds up from nothing"),
        ({"evidence": Kind.MEASURE}, "Choose the measure"),
        ({"evidence": Kind.MEASURE, "measure": "revenues.changes"}, "better one way"),
        ({"evidence": Kind.QUARTER, "measure": RATE}, "Name the set"),
        ({"evidence": Kind.QUARTER, "measure": RATE, "peers": "x", "target": 500}, "1, the best"),
        ({"target": -1}, "less than nothing"),
        ({"target": 10**19}, "too many noughts"),
    ],
)
def test_a_promise_that_does_not_fit_is_refused(flaw, says):
    with pytest.raises(register.NotAPromise, match=says):
        a.promised(**flaw)


def test_its_pages_propose_sign_and_record():
    cora = officers.an_officer("Cora Example", *officers.every_capability())
    visitor = officers.a_visitor(cora)
    days = {
        f"{name}_{part}": value
        for name, day in (("starts", a.STARTS), ("due", a.DUE))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }
    answers = officers.posted(
        topic="capital",
        title="£120,000 for new equipment",
        clause="Schedule 4",
        evidence="money",
        shape="by",
        target="a lot",
        **{name: str(value) for name, value in days.items()},
    )
    refused = visitor.post("/partnership/promises/new", answers).content.decode()
    assert "is not a number" in refused
    assert "£120,000 for new equipment" in refused, "what was typed stays"
    visitor.post("/partnership/promises/new", answers | officers.posted(target="120,000"))
    promise = models.Promise.objects.get()
    assert promise.target == 120_000_00
    said = officers.posted(
        done_on_day="1",
        done_on_month="5",
        done_on_year="2024",
        amount="£12,500.50",
        what="Scanners",
        reference="INV-7",
    )
    visitor.post(f"/partnership/promises/{promise.pk}/evidence/new", said)
    assert models.Record.objects.get().amount == 12_500_50
    page = visitor.get(f"/partnership/promises/{promise.pk}").content.decode()
    assert "Binds nobody yet" in page
    assert "£12,500.50" in page
    shown = visitor.get("/partnership/promises").content.decode()
    assert "At least £120,000.00 by 31 March 2026" in shown
    no_seat = visitor.post(f"/partnership/promises/{promise.pk}/signature", officers.posted())
    assert "You sit for no partner today" in no_seat.content.decode()
    visitor.post(f"/partnership/promises/{promise.pk}/drop", officers.posted())
    assert models.Promise.objects.get().dropped_on is not None


def test_ten_per_cent_from_day_one_is_judged_by_the_savings_ledger():
    promise = a.promised(
        Kind.ABOVE, target=0, shape=Shape.THROUGHOUT, starts=date(2023, 4, 1), due=date(2033, 3, 31)
    )
    assert stands(promise).status is Status.UNKNOWN, "no contract yet"
    contract = contract_makers.a_fixed_contract()
    for party in contract_makers.both():
        contract_makers.sign(contract, party)
    assert stands(promise).status is Status.UNKNOWN, "nothing was charged yet"
    makers.an_open_ledger()
    contract_makers.charge("CH-1", 540_000_00)
    assert (stands(promise, date(2024, 4, 1)).value, stands(promise).status) == (0, Status.UNKNOWN)
    contract_makers.charge("CH-2", 540_000_01, year=years.Year(2024))
    assert stands(promise).status is Status.BROKEN
    assert stands(promise).since == date(2025, 3, 31)


def test_savings_are_those_that_both_booked():
    promise = a.promised(Kind.SAVED, target=1_000_00, starts=date(2023, 4, 1))
    makers.an_open_ledger()
    contract = contract_makers.a_fixed_contract()
    council, partner = contract_makers.both()
    for party in (council, partner):
        contract_makers.sign(contract, party)
    contract_makers.charge("CH-1", 600_000_00)
    on = date(2024, 4, 1)
    assert stands(promise, on).value == 0
    contract_makers.signed_claim(council, partner, line="core")
    assert stands(promise, contract_makers.TODAY).value == 10_000_00
