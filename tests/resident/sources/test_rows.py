"""Rows of a file: what is set aside and why, and what is never kept."""

from datetime import date

import pytest

from borough.kernel import joining
from borough.resident.sources import commands, known, models, queries, words
from tests import makers
from tests.resident.sources.feed_makers import ON, a_file, prepare, rent, take_in


@pytest.fixture(autouse=True)
def _ledger(db):
    makers.an_open_ledger()


REASONS = {
    "Surname is empty": rent("T1", "P1", family_name=""),
    "Date of birth is not a real date": rent("T1", "P1", date_of_birth="31/02/1980"),
    "Date of birth cannot be so": rent("T1", "P1", date_of_birth="01/01/2030"),
    "Stage “XYZ” is none of the codes": rent("T1", "P1", stage="XYZ"),
    "In arrears since is in the future": rent("T1", "P1", oldest_due="01/01/2030"),
    "No consent is given": rent("T1", "P1", consent_from=""),
    "The consent has ended": rent("T1", "P1", consent_until="01/06/2025"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_row_that_does_not_fit_is_set_aside_with_its_line_and_reason(reason):
    feed = prepare(a_file("northway-rents", rent("T0", "P0"), REASONS[reason]))
    [aside] = feed.set_aside_rows.all()
    assert aside.line == 3
    assert reason in aside.reason
    assert (feed.rows, feed.set_aside) == (1, 1)


def test_what_nobody_agreed_to_is_kept_nowhere():
    secret = rent("T1", "P1", family_name="Nowhere", consent_from="")
    feed = take_in(a_file("northway-rents", rent("T0", "P0"), secret))
    assert not models.FeedFile.objects.exists()
    assert not models.Staged.objects.exists()
    assert [one.row for one in feed.set_aside_rows.all()] == [{}]
    assert list(models.Record.objects.values_list("key", flat=True)) == ["P0"]


def test_what_is_owed_is_shown_only_while_the_consent_holds():
    take_in(a_file("northway-rents", rent("T1", "P1", "5.00", consent_until="01/07/2025")))
    ids = [models.Record.objects.get().pk]
    assert len(queries.debts_of(ids, date(2025, 6, 30))) == 1
    assert queries.debts_of(ids, date(2025, 7, 1)) == []
    assert queries.columns("northway-rents", date(2025, 7, 1)).num_rows == 0


def test_a_file_may_not_say_two_things_of_one():
    rows = [
        rent("T1", "P1", "5.00"),
        rent("T1", "P2", "6.00"),
        rent("T2", "P1", "0.00", postcode="ZZ2 2BB"),
        rent("T1", "P1", "5.00"),
    ]
    feed = prepare(a_file("northway-rents", *rows, total="5.00"))
    assert list(feed.set_aside_rows.order_by("line").values_list("line", "reason")) == [
        (3, "The debt is told of otherwise in line 2: ask the holder which holds"),
        (4, "The person is told of otherwise in line 2: ask the holder which holds"),
        (5, "Line 2 says the same already"),
    ]


def test_another_layout_comes_to_the_same_fields():
    row = {
        "key": "77",
        "full_name": "Ó Súilleabháin, Mrs Mary Ann",
        "date_of_birth": "1900-01-01",
        "nino": "ab 12 34 56 c",
        "address_1": "1 Invented Street",
        "postcode": "zz1 1aa",
        "debt_reference": "R9",
        "debt_kind": "G",
        "pence": "-1234",
        "stage": "2",
        "consent_from": "2025-01-01",
    }
    take_in(a_file("marsh-lane-rents", row), "marsh-lane-rents", announced_pence=1_234)
    state = models.RecordState.objects.get()
    assert (state.title, state.given_names) == ("Mrs", "Mary Ann")
    assert state.family_name == "Ó Súilleabháin"
    assert (state.date_of_birth, state.nino, state.postcode) == (None, "AB123456C", "ZZ1 1AA")
    [debt] = queries.debts_of([state.record_id], ON)
    assert (debt.pence, debt.kind, debt.stage) == (1_234, "GARAGE", "notice")
    assert (debt.oldest_due, debt.regular_pence) == (None, None)  # not told, and never nought


def test_a_total_that_is_to_be_typed_is_asked_for():
    with pytest.raises(commands.NoTotal, match="Marsh Lane Housing"):
        prepare(b"x", "marsh-lane-rents")


def test_awards_say_who_is_given_what_and_whether_the_landlord_is_paid():
    row = {
        "key": "B1",
        "family_name": "Rimmer",
        "award_reference": "HB1",
        "award_kind": "HB",
        "weekly_pence": "85.50",
        "awarded_from": "2025-04-07",
        "landlord_paid": "Y",
    }
    take_in(a_file("other-benefits", row), "other-benefits")
    ids = [models.Record.objects.get().pk]
    [award] = queries.awards_of(ids, ON)
    assert (award.weekly_pence, award.title, award.landlord_paid) == (
        8_550,
        "Housing Benefit",
        True,
    )
    assert award.right.as_at == ON
    assert queries.awards_of(ids, date(2025, 6, 1)) == []  # we did not know it yet


def death(notice: str, key: str) -> dict[str, object]:
    row = {"notice_reference": notice, "notice_from": "2025-05-30", "family_name": "Rimmer"}
    return {**row, "key": key}


def test_a_death_waits_for_a_decision_and_is_told_once():
    source = "tell-us-once"
    first = take_in(a_file(source, death("N1", "D1")), source)
    take_in(a_file(source, death("N1", "D1"), death("N2", "D2")), source)
    waiting = list(queries.waiting_notices())
    assert [(one.reference, one.kind) for one in waiting] == [("N1", "death"), ("N2", "death")]
    assert waiting[0].feed == first
    models.NoticeDecision.objects.create(notice=waiting[0], outcome="acted", by="x", on=ON)
    assert [one.reference for one in queries.waiting_notices()] == ["N2"]
    assert models.RecordState.objects.filter(ends=None).count() == 2  # news leaves others be


def test_a_breathing_space_says_its_kind_and_days():
    source = "breathing-space"
    row = {**death("M1", "D1"), "notice_until": "2025-07-29", "notice_kind": "Standard"}
    take_in(a_file(source, row), source)
    notice = queries.waiting_notices().get()
    assert (notice.kind, notice.notice_from) == ("standard", date(2025, 5, 30))
    assert notice.notice_until == date(2025, 7, 29)


def test_every_source_says_by_what_right_and_for_what():
    assert len(known.sources()) >= 10
    for one in known.sources().values():
        assert "Article 6(1)" in one.lawful_basis
        assert set(one.purposes) <= set(joining.purposes())
        assert one.purposes


@pytest.mark.parametrize(
    ("change", "words_of_it"),
    [
        ({"codes": {"stage": {"X": "eaten"}}}, "eaten is no word of ours"),
        ({"constants": {}}, "debts need debt_kind"),
        ({"control": None}, "control line"),
        ({"brings": ["people", "debts", "deaths"]}, "files of their own"),
    ],
)
def test_a_source_that_is_not_described_whole_is_refused(change, words_of_it):
    told = known.sources()["northway-rents"].model_dump()
    with pytest.raises(ValueError, match=words_of_it):
        known.Source.model_validate({**told, **change})


def test_every_field_belongs_to_something():
    assert {name for each in words.NEEDED.values() for name in each} <= words.FIELDS
