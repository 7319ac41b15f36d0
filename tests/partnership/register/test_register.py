"""Contracts as the law has them published: entered, amended, given out; nothing of it goes."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from borough.kernel import commanding
from borough.partnership.files import taking
from borough.partnership.register import (
    capabilities,
    columns,
    commands,
    furnishing,
    models,
    queries,
)
from tests import makers, markup, officers
from tests.partnership.register import register_makers as make

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
HERE, PUBLIC = "/partnership/contracts", "/partnership/public/contracts"
DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY)


def a_visitor(*allowed) -> Client:
    return officers.a_visitor(officers.an_officer("Cora Example", *allowed))


def answers(**changed: str) -> dict[str, str]:
    said = {
        "reference": "C/7",
        "title": "Cleaning (invented)",
        "department": "Property",
        "description": "Cleaning of the town hall",
        "supplier": "Pretend Cleaners",
        "value_pence": "12,500.00",
        "value_is": "whole",
        "starts_day": "1",
        "starts_month": "4",
        "starts_year": "2024",
        "process": "quote",
        "is_small": "yes",
        "is_voluntary": "no",
        "is_partnership": "no",
    }
    return officers.posted(**{**said, **changed})


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode())))


def load(text: str):
    said = {"title": "Invented contracts", "source": "Invented, March 2025"}
    return commands.load(content=text.encode(), **said, by=makers.everything(), on=TODAY)


def test_an_amendment_holds_from_its_day_and_what_held_before_stays():
    contract = make.entered()
    make.amend(contract, since=date(2025, 4, 1), ends=date(2027, 3, 31), value_pence=90_000_00)
    assert queries.current(contract, date(2025, 3, 31)).ends == date(2026, 3, 31)
    assert queries.current(contract, date(2025, 4, 1)).ends == date(2027, 3, 31)
    [one] = queries.register(date(2025, 4, 1))
    assert one.value == "£90,000.00 a year"
    changed = queries.changes(*queries.history(contract))
    assert [(one.field, one.after) for one in changed] == [
        ("value_pence", 90_000_00),
        ("ends", date(2027, 3, 31)),
    ]


def test_what_ends_within_twelve_months_has_not_ended_and_has_a_last_day():
    for reference, ends in (
        ("over", date(2025, 3, 9)),
        ("today", TODAY),
        ("last", date(2026, 3, 10)),
        ("later", date(2026, 3, 11)),
        ("open", None),
    ):
        make.entered(reference, ends=ends)
    soon = queries.ends_soon(queries.register(TODAY), TODAY)
    assert [one.contract.reference for one in soon] == ["today", "last"]
    assert queries.has_ended(queries.register(TODAY)[-2], TODAY)


def test_the_same_reference_is_entered_once_and_the_partners_have_one_contract():
    make.entered(is_partnership=True)
    with pytest.raises(commands.KnownAlready, match="Amend that one"):
        make.entered()
    with pytest.raises(commands.KnownAlready, match="two partners"):
        make.entered("C/2", is_partnership=True)
    with pytest.raises(commanding.Clash), transaction.atomic():
        commanding.command(capabilities.RECORD_CONTRACT)(_second)(by=makers.everything(), on=TODAY)


def _second(*, by, on) -> None:
    """Enter as somebody would who came at the same moment, and saw nothing."""
    models.Contract.objects.create(reference="C/9", is_partnership=True, by=by.reference, on=on)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends": date(2023, 3, 31)}, "last day must not be before"),
        ({"starts": date(1979, 12, 31)}, "from 1980"),
        ({"registration": "12", "registered_with": ""}, "has a register"),
        ({"registration": "no number"}, "letters, figures and hyphens"),
        ({"title": " "}, "Title is missing"),
        ({"supplier": "x" * 121}, "Supplier must be 120 characters"),
        ({"ends": date(2150, 1, 1)}, "hundred years"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong, said):
    with pytest.raises(commands.NotFit, match=said):
        make.entered(**wrong)
    assert not models.Contract.objects.exists()


def test_an_amendment_changes_something_says_why_and_follows_the_one_before():
    contract = make.entered()
    with pytest.raises(commands.NothingChanged):
        make.amend(contract)
    with pytest.raises(commands.NotADay, match="1 April 2023"):
        make.amend(contract, since=date(2023, 3, 31), ends=None)
    with pytest.raises(commands.NotFit, match="Say what was agreed"):
        commands.amend(
            contract=contract,
            told=make.told(ends=None),
            since=TODAY,
            because=" ",
            by=makers.everything(),
            on=TODAY,
        )


def test_what_was_entered_stays():
    make.amended()
    for change in (
        "update register_particulars set value_pence = 1",
        "delete from register_particulars",
        "update register_contract set reference = 'X'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)


def test_what_is_given_out_is_in_the_order_of_the_code_and_can_be_taken_in_again():
    make.amended("C/1", is_partnership=True)
    make.entered(
        "C/2",
        vat_pence=None,
        ends=None,
        review_on=None,
        value_is=make.SUM.WHOLE,
        process=make.PROCESS.NEITHER,
        registered_with="",
        registration="",
        supplier_details="",
    )
    head, first, second = rows_of(Client().get(f"{PUBLIC}/list"))
    assert tuple(head[:16]) == columns.CODE
    assert first[:2] + first[6:13] == [
        *("C/1", "Printing of bills (invented)", "", "86000.00", "1200.50"),
        *("2023-04-01", "2027-03-31", "2025-09-30", "Published invitation to tender"),
    ]
    assert second[6:12] == ["86000.00", "", "", "2023-04-01", "", ""]
    with pytest.raises(taking.NothingNew, match="is on the register"):
        load(Client().get(f"{PUBLIC}/list").content.decode())
    text = io.StringIO()
    csv.writer(text).writerows([head, ["C/8", *first[1:17], "No"], ["C/9", *second[1:]]])
    file = load(text.getvalue())
    assert (file.rows, file.set_aside) == (2, 0)
    found = {one.contract.reference: columns.of(one) for one in queries.register(TODAY)}
    assert found["C/8"] == found["C/1"]
    assert found["C/9"] == found["C/2"]


def test_bad_rows_are_set_aside_with_their_reasons():
    good = "Cleaning,Property,Cleaning,Pretend,,12500,,,2024-04-01,,,invitation to quote,yes,no,,,"
    head = ",".join(f'"{one}"' for one in columns.HEAD)
    rows = [
        f"C/1,{good}",
        f"C/1,{good}",
        f"C 2,{good}",
        f"C/3,{good.replace(',12500,,', ',12500,100,')}",
        f"C/4,{good.replace('invitation to quote', 'a chat')}",
        f"C/5,{good.replace('2024-04-01', '1 April')}",
        f"C/6,{good}yes",
        f"C/7,{good}yes",
    ]
    file = load("\n".join([head, *rows]))
    said = dict(file.asides.values_list("line", "reason"))
    assert list(said) == [3, 4, 5, 6, 7, 9]
    assert "not both" in said[5]
    assert "Invitation to quote" in said[6]
    assert "The partners have one contract" in said[9]
    assert file.contracts.count() == 2


def test_a_contract_is_entered_and_amended_on_a_page_and_read_by_everybody():
    visitor = a_visitor(*officers.every_capability())
    told = answers()
    assert visitor.post(f"{HERE}/new", told).status_code == 302
    visitor.post(f"{HERE}/new", told)
    [contract] = models.Contract.objects.all()
    form = visitor.get(f"{HERE}/{contract.pk}/amendment").content.decode()
    assert "Pretend Cleaners" in form, "what holds is filled in"
    again = answers(
        because="A lower price, Cabinet of 6 March",
        value_pence="12,000.00",
        since_day="10",
        since_month="3",
        since_year="2025",
    )
    assert visitor.post(f"{HERE}/{contract.pk}/amendment", again).status_code == 302
    for who in (visitor, Client()):
        where = HERE if who is visitor else PUBLIC
        text = who.get(f"{where}/{contract.pk}").content.decode()
        markup.check(text)
        assert "Sum: £12,500.00 became £12,000.00" in text
    wrong = visitor.post(f"{HERE}/new", answers(ends_day="1", ends_month="4", ends_year="2023"))
    assert "last day must not be before the first" in wrong.content.decode()
    assert "Pretend Cleaners" in wrong.content.decode(), "what was typed is kept"


def test_the_register_is_filtered_and_taken_in_from_a_page():
    make.entered("C/1", title="Soon over", ends=date(2025, 6, 30))
    make.entered("C/2", title="Long to run", ends=date(2029, 6, 30))
    make.entered("C/3", title="Over long ago", ends=date(2024, 6, 30))
    visitor = a_visitor(*officers.every_capability())
    listed = {
        which: [
            title
            for title in ("Soon over", "Long to run", "Over long ago")
            if title in visitor.get(HERE, {"which": which}).content.decode()
        ]
        for which in ("soon", "running", "ended", "nonsense")
    }
    assert listed["soon"] == ["Soon over"]
    assert listed["running"] == ["Soon over", "Long to run"]
    assert listed["ended"] == ["Over long ago"]
    assert len(listed["nonsense"]) == 3
    public = Client().get(PUBLIC).content.decode()
    markup.check(public)
    assert "Contracts that have ended" in public
    upload = SimpleUploadedFile("c.csv", b"Reference number\nC/1\n")
    said = officers.posted(title="Invented", source="Invented") | {"file": upload}
    assert "has no column" in visitor.post(f"{HERE}/load", said).content.decode()


def test_who_may_only_look_enters_nothing():
    contract = make.entered()
    looks_on = a_visitor(capabilities.SEE_CONTRACTS)
    assert looks_on.get(HERE).status_code == 200
    for address in (f"{HERE}/new", f"{HERE}/load", f"{HERE}/{contract.pk}/amendment"):
        assert looks_on.get(address).status_code == 403
    assert a_nobody().get(HERE).status_code == 403


def a_nobody() -> Client:
    return officers.a_visitor(officers.an_officer("Nora Example"))


def test_the_made_up_town_has_three_contracts_that_say_they_are_invented():
    furnishing.lay(TODAY)
    rows = queries.register(TODAY)
    assert len(rows) == 3
    assert all("(invented)" in one.title for one in rows)
    assert [len(queries.history(one.contract)) for one in rows] == [2, 1, 1]
    assert queries.of_the_partners() == rows[0].contract
    assert [queries.has_ended(one, TODAY) for one in rows] == [False, False, True]


def test_each_column_has_its_source_written_down():
    written = (DOCS / "contracts.md").read_text()
    rows = [line.split("|")[2].strip() for line in written.splitlines() if line.startswith("| ")]
    assert tuple(rows[2:18]) == columns.CODE
