"""What a page of measures says: no data, restated, disputed, and where it stands among others."""

from datetime import date, timedelta

import pytest

from borough.kernel import joining
from borough.kernel.officers.models import Officer
from borough.partnership.measures import among, commands, definitions, models, months, pictures
from borough.partnership.seats import commands as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.rules import years
from borough.rules.partnership import rating
from tests import makers, officers
from tests.partnership.peers import test_peers
from tests.partnership.surveys import test_surveys

pytestmark = pytest.mark.django_db
SATISFIED, CHANGES, COLLECTED = (
    "partnership.satisfied",
    "revenues.changes",
    "revenues.collected_in_year",
)
ON = makers.BILLING_DAY


def counted(slug: str, as_at: date = ON) -> models.Snapshot:
    return commands.count(
        measure=slug, year=years.Year.holding(as_at), as_at=as_at, by=makers.everything(), on=ON
    )


def snapshot(slug: str, as_at: date, numerator: int, denominator: int = 1) -> None:
    """Put a count of a day straight into the table: what was counted is not what is tested here."""
    models.Snapshot.objects.create(
        measure=slug,
        definition=definitions.digest(slug),
        year=years.Year.holding(as_at).name,
        as_at=as_at,
        numerator=numerator,
        denominator=denominator,
        by="system/tests",
        on=max(as_at, ON),
    )


def seated(name: str, party: Party = Party.PARTNER) -> Officer:
    officer = officers.an_officer(name)
    by = makers.everything()
    seats.give_seat(officer=officer, party=party, starts=ON, by=by, on=ON)
    return officer


def measure(slug: str) -> joining.Measure:
    return definitions.measures()[slug]


def ends_of_months(first: date, count: int) -> list[date]:
    """Return the last days of so many months, from the month of ``first`` on."""
    found = [first]
    while len(found) <= count:
        found.append((found[-1].replace(day=1) + timedelta(days=32)).replace(day=1))
    return [one - timedelta(days=1) for one in found[1:]]


def test_a_measure_without_data_a_restated_one_and_a_disputed_one_on_one_page():
    answers = f"{test_surveys.ANSWERS}A-1,revenues,2025-03-01,5,letter,\n"
    test_surveys.load(answers)
    assert counted(COLLECTED).numerator is None
    wrong = counted(SATISFIED)
    test_surveys.load(answers + "A-2,revenues,2025-03-02,1,letter,\n")
    assert counted(SATISFIED).restates == wrong
    pat = makers.an_officer(seated("Pat Partner").pk)
    doubted = counted(CHANGES)
    commands.dispute(snapshot=doubted, why=models.Dispute.Why.SCOPE, by=pat, on=ON)
    visitor = officers.a_visitor(officers.an_officer("Cora", *officers.every_capability()))
    page = visitor.get("/partnership/measures").content.decode()
    rows = {row.split("</a>")[0].rsplit(">", 1)[1]: row for row in page.split("<tr")[2:]}
    [collected, changes, satisfied] = (
        rows[measure(one).title] for one in (COLLECTED, CHANGES, SATISFIED)
    )
    assert "No data" in collected
    assert "0.00%" not in collected
    assert "Disputed by the partner" in changes
    assert "50.00%" in satisfied
    assert "Restated" in satisfied
    one = visitor.get(f"/partnership/measures/{SATISFIED}").content.decode()
    assert "95% sure that it lies between 9.45% and 90.55%" in one
    assert "No comparable" in one


def test_a_claim_of_a_quarter_names_its_sets_their_number_year_and_both_methods():
    test_peers.loaded(
        test_peers.figures(*(f"{85 + place}.00" for place in range(14))), title="The region"
    )
    test_peers.listed([f"E0600{place:04}" for place in range(3, 15)], title="Our neighbours")
    test_peers.listed([f"E0600{place:04}" for place in range(1, 6)], title="Five friends")
    said = among.among(measure(COLLECTED))
    assert "was not counted" in said.says
    snapshot(COLLECTED, date(2025, 3, 31), 9_600, 10_000)
    said = among.among(measure(COLLECTED))
    assert said.says == (
        "Ours came to 96.00% in 2024-25: in the best quarter of 2 of 2 sets of councils, by both "
        "methods: Our neighbours (12 councils), The region (14 councils)."
    )
    rows = {row["set"].values[0]: row for row in said.table.rows}
    assert rows["Five friends"]["inclusive"] == "Not given: fewer than 12"
    assert rows["The region"]["count"].values[0] == "14"
    assert "published June 2025; of 2024-25" in rows["The region"]["set"].values[1]
    assert rows["The region"]["inclusive"] == "The best quarter"


def test_what_is_neither_good_nor_bad_and_what_nobody_publishes_has_no_comparable():
    assert among.among(measure(CHANGES)).says.startswith("No comparable")
    assert among.among(measure(SATISFIED)).table is None


def test_a_month_by_itself_is_the_difference_of_two_counts():
    for place, last in enumerate(ends_of_months(date(2024, 3, 1), 4)):
        snapshot(CHANGES, last, (999, 10, 25, 45)[place])
    found = months.of(measure(CHANGES), ON)
    assert [one.hundredths for one in found] == [1_000, 1_500, 2_000], "March stands in no April"


def test_a_month_that_was_not_counted_breaks_the_row():
    april, may, june, july = ends_of_months(date(2024, 4, 1), 4)
    for last, so_far in ((april, 10), (june, 30), (july, 45)):
        snapshot(CHANGES, last, so_far)
    assert [one.ends_on for one in months.of(measure(CHANGES), ON)] == [july]
    del may
    assert pictures.of_months(measure(CHANGES), ON) is None
    assert "So far there is 1" in pictures.too_few(measure(CHANGES), ON)


def test_answers_of_a_month_are_those_of_the_month_alone():
    april, may = ends_of_months(date(2024, 4, 1), 2)
    snapshot(SATISFIED, april, 90, 100)
    snapshot(SATISFIED, may, 100, 120)
    assert [one.hundredths for one in months.of(measure(SATISFIED), ON)] == [9_000, 5_000]


def test_a_month_beyond_what_is_ordinary_is_named_and_the_rest_is_not():
    so_far = 0
    for place, last in enumerate(ends_of_months(date(2024, 4, 1), 10)):
        so_far += 300 if place == 7 else 100 + place % 2
        snapshot(CHANGES, last, so_far)
    chart = pictures.of_months(measure(CHANGES), ON)
    assert "Outside what is ordinary: November 2024." in chart.finding
    visitor = officers.a_visitor(officers.an_officer("Cora", *officers.every_capability()))
    page = visitor.get(f"/partnership/measures/{CHANGES}").content.decode()
    assert "month by month" in page


def test_who_may_not_open_the_rows_is_told_who_may():
    officers.an_officer("Tom Example", joining.capabilities()["revenues.see_returns"])
    cora = officers.an_officer("Cora Example", joining.capabilities()["partnership.see_measures"])
    page = officers.a_visitor(cora).get(f"/partnership/measures/{COLLECTED}").content.decode()
    assert "Your role does not open them" in page
    assert "Role of Tom Example (Tom Example)" in page
    assert 'href="/revenues/collected"' not in page


def test_volumes_stand_beside_with_the_year_before():
    snapshot(CHANGES, date(2024, 3, 5), 400)
    snapshot(CHANGES, ON, 500)
    visitor = officers.a_visitor(officers.an_officer("Cora", *officers.every_capability()))
    page = visitor.get(f"/partnership/measures/{COLLECTED}").content.decode()
    assert "400 by 5 March 2024, 25% more now" in page


def test_a_notice_rates_what_both_signed_and_names_what_is_to_be_filled_in():
    snapshot(COLLECTED, date(2025, 3, 9), 9_650, 10_000)
    target = commands.propose_target(
        measure=COLLECTED,
        target=rating.Target(9_700, 9_600, 9_500),
        starts=date(2024, 4, 1),
        by=makers.everything(),
        on=ON,
    )
    visitor = officers.a_visitor(officers.an_officer("Cora", *officers.every_capability()))
    unsigned = visitor.get("/partnership/notices/2024-25/text").content.decode()
    assert "Only 0 measures have a target" in unsigned
    for name, party in (("Pat Partner", Party.PARTNER), ("Carl Council", Party.COUNCIL)):
        by = makers.an_officer(seated(name, party).pk)
        digest = signing.digest(target.content)
        seats.sign(thing=target.thing, digest=digest, by=by, on=ON)
    text = visitor.get("/partnership/notices/2024-25/text").content.decode()
    assert "Performance: 96.50%, as at 9 March 2025" in text
    assert "Rating: Approaching target. Performance is close to meeting" in text
    assert "unique identifiers of the procurement" in text
    page = visitor.get("/partnership/notices/2024-25").content.decode()
    assert "Target: 97.00%" in page
    for name in ("2025-26", "soon", "2024/25x"):
        assert visitor.get(f"/partnership/notices/{name}").status_code == 404
