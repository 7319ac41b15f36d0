"""Volumes are counted from records of another system: each once, and nobody is named."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from borough.partnership.files import showing, taking
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.measures import commands as measures
from borough.partnership.work import commands, models, queries
from borough.rules import years
from tests import makers, officers

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)
YEAR = years.Year(2025)
LOAD = "/partnership/work/load/work"
HEADS = "Kind,Reference,Day\n"
CLAIMS = models.Kind.CLAIMS


def load(*rows: str, on: date = TODAY):
    said = {"title": "Invented work", "source": "Invented, June 2025"}
    text = HEADS + "\n".join(rows)
    return commands.load_work(content=text.encode(), **said, by=makers.everything(), on=on)


def test_each_piece_of_work_counts_once_however_often_it_is_sent():
    load("claims,C-1,2025-04-01", "claims,C-2,2025-06-30", "contacts,C-1,2025-06-30")
    file = load("claims,C-2,2025-06-30", "claims,C-3,2025-07-01", "claims,C-3,2025-07-01")
    assert (file.rows, file.set_aside) == (1, 2)
    assert {one.reason for one in file.asides.all()} == {"This was taken before"}
    assert queries.count(CLAIMS, YEAR, TODAY) == 3
    assert queries.count(CLAIMS, YEAR, date(2025, 4, 30)) == 1
    assert queries.count(models.Kind.CONTACTS, YEAR, TODAY) == 1


def test_what_no_system_told_of_is_no_data_and_not_nought():
    load("claims,C-1,2025-03-31")
    snapshot = measures.count(
        measure="partnership.work_claims", year=YEAR, as_at=TODAY, by=makers.everything(), on=TODAY
    )
    assert (snapshot.numerator, snapshot.denominator) == (None, None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("letters,L-1,2025-06-01", "Kind must be one of claims, contacts"),
        ("claims,mary@example.org,2025-06-01", "letters, figures, hyphens"),
        ("claims,Mary-Example,2025-06-01", "one a figure"),
        ("claims,C-9,2025-07-02", "today or before"),
        ("claims,C-9,1999-12-31", "not before 2000"),
        ("claims,C-9,30/06/2025", "not a real date"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row, why):
    with pytest.raises(taking.NothingNew, match=why):
        load(row)


def test_what_was_taken_stays():
    load("claims,C-1,2025-04-01")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Item.objects.update(on=TODAY)


def test_a_year_is_opened_down_to_its_rows():
    load("claims,C-1,2024-04-01", "claims,C-2,2023-04-01")
    ann = officers.a_visitor(officers.an_officer("Ann", measure_capabilities.SEE_MEASURES))
    assert "Load a file" not in ann.get("/partnership/work").content.decode()
    shown = ann.get("/partnership/work/claims?year=2024-25").content.decode()
    assert "C-1" in shown
    assert "C-2" not in shown
    before = ann.get("/partnership/work/claims?year=2023-24").content.decode()
    assert "C-2" in before
    assert "/partnership/measures/partnership.work_claims?year=2023-24" in before
    assert "/partnership/work?year=2023-24" in ann.get("/partnership/work").content.decode()
    for missing in ("/partnership/work/letters", "/partnership/work?year=2023-25"):
        assert ann.get(missing).status_code == 404
    assert ann.get("/partnership/work/load/work").status_code == 403


def test_a_year_of_a_measure_leads_to_its_own_rows():
    load("claims,C-1,2023-04-01", "claims,C-2,2024-04-01", "claims,C-3,2024-04-01")
    for year in (years.Year(2023), years.Year(2024)):
        measures.count(
            measure="partnership.work_claims",
            year=year,
            as_at=date(year.first, 4, 30),
            by=makers.everything(),
            on=TODAY,
        )
    ann = officers.a_visitor(officers.an_officer("Ann", measure_capabilities.SEE_MEASURES))
    page = ann.get("/partnership/measures/partnership.work_claims?year=2023-24").content.decode()
    assert "/partnership/work?year=2023-24" in page
    assert "Year by year" in page
    assert "/partnership/measures/partnership.work_claims?year=2024-25" in page
    assert "Came to" in page


def test_a_list_of_files_says_when_it_is_not_all(monkeypatch):
    monkeypatch.setattr(showing, "NEWEST", 2)
    load("claims,C-1,2024-04-01")
    load("claims,C-2,2024-04-01")
    ask = {"kinds": (commands.WORK,), "empty": "None"}
    assert showing.table("Files", **ask).caption == "Files"
    load("claims,C-3,2024-04-01")
    assert showing.table("Files", **ask).caption == "Files: the newest 2 of 3"


def test_a_file_is_loaded_by_who_may():
    pat = officers.a_visitor(officers.an_officer("Pat", *officers.every_capability()))
    file = SimpleUploadedFile("work.csv", b"Kind,Reference,Day\nclaims,C-1,2024-04-01\n")
    said = {"title": "Invented work", "source": "Invented"}
    assert "claims, contacts, invoices, payslips" in pat.get(LOAD).content.decode()
    answer = pat.post(LOAD, {**officers.posted(**said), "file": file})
    assert answer.status_code == 302
    assert models.Item.objects.count() == 1
