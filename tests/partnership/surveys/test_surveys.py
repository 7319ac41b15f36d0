"""Every answer is a record: counted once, with who was asked, and nothing of who answered."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from borough.partnership.files import taking
from borough.partnership.surveys import capabilities, commands, models, queries
from borough.rules import years
from tests import makers, officers

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)
YEAR = years.Year(2025)
ANSWERS = "Reference,Service,Day,Rating,Asked by,Comment\n"
ASKED = "Service,Day,Asked by,Invited\n"


def answered(*ratings: int, service: str = "revenues", first: int = 1) -> None:
    """Load an answer for each rating."""
    rows = [
        f"A-{first + place},{service},2025-06-01,{rating},letter,I am Mary"
        for place, rating in enumerate(ratings)
    ]
    load(ANSWERS + "\n".join(rows))


def asked(count: int, service: str = "revenues", on: str = "2025-06-01") -> None:
    load(f"{ASKED}{service},{on},letter,{count}\n", commands.load_invitations)


def load(text: str, command=commands.load_answers):
    said = {"title": "Invented survey", "source": "Invented, June 2025"}
    return command(content=text.encode(), **said, by=makers.everything(), on=TODAY)


def invited() -> str:
    [code] = commands.invite(
        service=models.Service.REVENUES,
        way=models.Way.CALL,
        count=1,
        by=makers.everything(),
        on=TODAY,
    )
    return code


def reply(code: str, rating: models.Rating = models.Rating.VERY_SATISFIED, on: date = TODAY):
    return commands.answer(code=code, rating=rating, by=makers.everything(), on=on)


def test_satisfied_are_fours_and_fives_of_all_answers():
    answered(5, 4, 3, 2, 1)
    assert queries.satisfied(YEAR, TODAY) == (2, 5)
    assert queries.satisfied(YEAR, date(2025, 5, 31)) is None, "no answer yet is no data"
    [one] = queries.by_service(YEAR, TODAY)
    assert (one.satisfied.permille, one.satisfied.interval_permille) == (400, (118, 769))


def test_the_response_rate_needs_to_know_who_was_asked():
    answered(5, 5, 1)
    assert queries.answered(YEAR, TODAY) is None
    asked(2)
    assert queries.answered(YEAR, TODAY) is None, "three of two is no rate"
    asked(10, on="2025-06-02")
    assert queries.answered(YEAR, TODAY) == (3, 12)
    [one] = queries.by_service(YEAR, TODAY)
    assert (one.asked, one.answered.permille) == (12, 250)


def test_no_word_of_a_comment_is_kept_and_no_name_can_be_a_reference():
    answered(5)
    [kept] = models.Answer.objects.values()
    assert "Mary" not in str(kept)
    with pytest.raises(taking.NothingNew, match="letters, figures and hyphens"):
        load(f"{ANSWERS}mary@example.org,revenues,2025-06-01,5,letter,\n")


def test_an_answer_counts_once_however_often_it_is_sent():
    answered(5, 1)
    file = load(
        f"{ANSWERS}A-2,revenues,2025-06-01,1,letter,\nA-3,revenues,2025-06-01,5,letter,\n"
        "A-3,revenues,2025-06-02,4,letter,\n"
    )
    assert (file.rows, file.set_aside) == (1, 2)
    assert queries.satisfied(YEAR, TODAY) == (2, 3)


def test_bad_rows_say_what_is_wrong():
    rows = [
        "B-1,gardens,2025-06-01,5,letter,",
        "B-2,revenues,2025-07-02,5,letter,",
        "B-3,revenues,2025-06-01,6,letter,",
        "B-4,revenues,2025-06-01,5,pigeon,",
        "B-5,revenues,1 June,5,letter,",
        "B-6,revenues,2025-06-01,5,letter,",
    ]
    file = load(ANSWERS + "\n".join(rows))
    said = dict(file.asides.values_list("line", "reason"))
    assert list(said) == [2, 3, 4, 5, 6]
    assert "Service must be one of" in said[2]
    assert "today or before" in said[3]
    assert "from 1, very dissatisfied" in said[4]
    assert "Asked by" in said[5]


def test_an_invitation_is_answered_once_by_whoever_holds_it():
    code = invited()
    assert queries.answered(YEAR, TODAY) == (0, 1)
    reply(code)
    assert queries.satisfied(YEAR, TODAY) == (1, 1)
    with pytest.raises(commands.AnsweredAlready):
        reply(code, models.Rating.VERY_DISSATISFIED)
    assert queries.satisfied(YEAR, TODAY) == (1, 1), "the first answer stays"
    with pytest.raises(commands.NoSuchInvitation):
        reply("NOSUCHCODE")
    with pytest.raises(commands.NoSuchInvitation):
        reply(invited(), on=date(2025, 9, 29))
    assert not models.Invitation.objects.filter(digest__contains=code).exists()


def test_what_was_said_stays():
    answered(1)
    for change in ("update surveys_answer set rating = 5", "delete from surveys_answer"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            transaction.get_connection().cursor().execute(change)


def test_more_than_five_thousand_are_not_invited_at_once():
    with pytest.raises(commands.TooMany):
        commands.invite(
            service=models.Service.ICT,
            way=models.Way.LETTER,
            count=5_001,
            by=makers.everything(),
            on=TODAY,
        )


def test_a_resident_answers_the_one_question_on_a_page():
    officer = officers.an_officer("Cora Example", *officers.every_capability())
    visitor = officers.a_visitor(officer)
    answers = officers.posted(service="revenues", way="letter", count="2")
    file = visitor.post("/partnership/surveys/invitations/new", answers)
    heading, first, _ = file.content.decode().split()
    assert heading == "Address"
    again = visitor.post("/partnership/surveys/invitations/new", answers)
    assert again.status_code == 302, "the same page twice makes nothing twice"
    anybody, path = Client(), first.removeprefix("http://testserver")
    shown = anybody.get(path)
    assert "How satisfied were you" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "Select how satisfied" in anybody.post(path, {}).content.decode()
    assert "Thank you" in anybody.post(path, {"rating": "5"}).content.decode()
    assert "answered already" in anybody.get(path).content.decode()
    assert "not known" in anybody.get("/partnership/questions/NOTHING").content.decode()
    page = visitor.get("/partnership/surveys").content.decode()
    assert "Too few to conclude from" in page


def test_its_page_loads_answers():
    officer = officers.an_officer("Cora Example", capabilities.LOAD_ANSWERS)
    visitor = officers.a_visitor(officer)
    file = SimpleUploadedFile(
        "answers.csv", f"{ANSWERS}A-1,revenues,2025-03-01,5,letter,\n".encode()
    )
    answers = officers.posted(title="June", source="Invented") | {"file": file}
    assert visitor.post("/partnership/surveys/load/answers", answers).status_code == 302
    assert models.Answer.objects.get().rating == 5
    assert visitor.get("/partnership/surveys/load/nothing").status_code == 404
