"""What everybody may read of a decision: what its class allows, once both have signed."""

import csv
import io
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from borough.kernel.pages import wording
from borough.partnership.decisions import commands, models, publishing, recording
from tests import makers, markup, officers
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import TODAY

pytestmark = pytest.mark.django_db
HERE = "/partnership/public/decisions"
Shown, TakenBy = models.Case.Shown, models.Record.TakenBy
SECRET = ("marmalade", "toast")


@pytest.fixture
def table(db):
    return table_of.a_table()


def an_opened_case(table, shown: Shown) -> models.Case:
    case = commands.open_case(
        question=replace(table_of.QUESTION, title=f"To be {shown.value}?", shown=shown),
        by=makers.everything(),
        on=TODAY,
    )
    pack = table_of.a_pack(case)
    for by in table.both:
        commands.acknowledge(pack=pack, holds_more=False, by=by, on=TODAY)
    for by in table.both:
        table_of.take(pack, by)
    return case


def recorded(table, case: models.Case, **told) -> models.Record:
    """Write a record whose decision says bread, and all else marmalade or toast."""
    said = {
        "decision": "Bread",
        **dict.fromkeys(("reasons", "rejected", "dissent", "conditions"), SECRET[0]),
        "interests": "Councillor Toast",
        "dispensation": SECRET[1],
        "taken_by": TakenBy.MEETING,
    }
    return recording.propose_record(
        case=case, words=table_of.words(**said | told), by=table.council, on=TODAY
    )


def sign(table, record: models.Record) -> None:
    for by in table.both:
        recording.sign_record(record=record, by=by, on=TODAY)


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def everything_public(case: models.Case) -> str:
    """Return all that anybody can read of a case: the list, the file and its own page."""
    answer = Client().get(f"{HERE}/{case.pk}")
    return read(HERE) + read(f"{HERE}/file") + answer.content.decode()


def test_a_record_is_public_from_the_second_signature_on_and_not_before(table):
    case = an_opened_case(table, Shown.OPEN)
    assert publishing.published() == []
    record = recorded(table, case)
    assert Client().get(f"{HERE}/{case.pk}").status_code == 404
    recording.sign_record(record=record, by=table.council, on=TODAY)
    assert "Bread" not in everything_public(case)
    recording.sign_record(record=record, by=table.partner, on=TODAY)
    for address in (HERE, f"{HERE}/{case.pk}"):
        markup.check(read(address))
    shown = read(f"{HERE}/{case.pk}")
    for words in (
        *("Decision made", "Bread", "Reasons for the decision", "marmalade"),
        *("Alternative options considered and rejected", "Conflicts of interest declared"),
        *("Councillor Toast", "Dispensation granted", "toast", wording.day(TODAY), "regulation 12"),
    ):
        assert words in shown, words
    assert table.cora.name not in everything_public(case), "nobody who signed is named"


def test_the_file_holds_a_row_of_each_with_what_the_law_asks_for(table):
    sign(table, recorded(table, an_opened_case(table, Shown.OPEN), decision="=1+1"))
    [head, row] = csv.reader(io.StringIO(read(f"{HERE}/file")))
    told = dict(zip(head, row, strict=True))
    assert told["Title"] == "To be open?"
    assert told["Date of the decision"] == TODAY.isoformat()
    assert told["Decision made"] == "'=1+1", "a spreadsheet must not run it"
    assert told["Conflicts of interest declared"] == "Councillor Toast"
    assert told["Recorded under"] == publishing.LAWS[TakenBy.MEETING]


def test_of_a_closed_case_nothing_is_ever_shown(table):
    case = an_opened_case(table, Shown.CLOSED)
    sign(table, recorded(table, case))
    public = everything_public(case)
    assert not any(one in public for one in ("To be closed?", "Bread", *SECRET))
    absent, closed = (Client().get(f"{HERE}/{number}") for number in (99_999, case.pk))
    assert (absent.status_code, closed.status_code) == (404, 404)
    assert absent.content == closed.content, "nobody can tell that there is such a case"


def test_of_a_summary_only_what_was_decided(table):
    case = an_opened_case(table, Shown.SUMMARY)
    sign(table, recorded(table, case))
    public = everything_public(case)
    assert "Bread" in public
    assert publishing.WITHHELD in public
    assert not any(one in public for one in (*SECRET, "Toast"))


@pytest.mark.parametrize("decided_first", [True, False])
def test_a_case_that_is_withheld_is_shown_no_more_and_never_again(table, decided_first):
    case = an_opened_case(table, Shown.OPEN)
    record = recorded(table, case)
    if decided_first:
        sign(table, record)
        assert "Bread" in everything_public(case)
    cora = officers.a_visitor(table.cora)
    here = f"/partnership/decisions/{case.pk}"
    markup.check(cora.get(f"{here}/withholding").content.decode())
    done = cora.post(f"{here}/withholding", officers.posted(why="Of a trade secret"), follow=True)
    assert "Of a trade secret" in done.content.decode()
    markup.check(done.content.decode())
    if not decided_first:
        sign(table, record)
    assert "Bread" not in everything_public(case)
    assert "trade secret" not in everything_public(case)
    with pytest.raises(recording.AlreadyWithheld):
        recording.withhold(case=case, why="again", by=table.council, on=TODAY)
    assert "Not one byte was changed" in cora.get(f"{here}/check").content.decode()


def test_a_dispensation_is_from_an_interest(table):
    case = an_opened_case(table, Shown.OPEN)
    with pytest.raises(recording.NoInterest):
        recorded(table, case, interests="")
    record = recorded(table, case)
    with pytest.raises(IntegrityError, match="from_an_interest"), transaction.atomic():
        models.Record.objects.create(
            case=case, pack=record.pack, option=0, review_on=TODAY, on=TODAY, by="x",
            interests="", dispensation="granted",
        )  # fmt: skip


def test_a_record_from_before_it_was_asked_says_so_and_its_signatures_stand(table):
    case = an_opened_case(table, Shown.OPEN)
    record = recorded(table, case)
    before = models.Record.objects.get(pk=record.pk)
    before.taken_by = before.interests = before.dispensation = None
    assert "interests" not in before.content
    assert publishing.declared(before.interests) == publishing.NOT_ASKED
    assert set(record.content) - set(before.content) == {"taken_by", "interests", "dispensation"}
