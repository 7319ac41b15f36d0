"""One changed byte of a yearly question shows: in the database, and in the book of it."""

from datetime import date
from io import StringIO

import pytest

from borough.partnership.next_year import books, check_command, models
from borough.partnership.sealed import chain, proving
from tests.partnership import tampering
from tests.partnership.next_year import review_makers as make

CHANGES = (
    "update next_year_review set year = '2031-32'",
    'update next_year_group set ends = "on"',
    "update next_year_choice set content = replace(content, 'calls', 'cakes')",
    "update next_year_choice set digest = reverse(digest)",
    "update next_year_choice set groups = groups || 7::bigint",
    "update seats_signature set party = 'other' where party = 'council'",
    "update sealed_opening set text = replace(text, '9', '8') where text like '%Answer until%'",
    "update sealed_opening set nonce = reverse(nonce)",
    "update sealed_commitment set side = 'other' where side = 'staff'",
    "update sealed_round set closes = closes + 1",
    "update sealed_event set text = replace(text, 'review', 'revue') where position = 1",
    "delete from sealed_event where position = 1",
)


@pytest.fixture
def review(monkeypatch) -> models.Review:
    make.counts(monkeypatch, lambda slug, year, on: None)
    made = make.a_review()
    people = make.four(made)
    make.opened(people, made)
    make.chosen(people, made)
    return made


def test_one_change_of_a_yearly_question_in_the_database_shows(own_database, review):
    said = StringIO()
    assert check_command.main(said) == 0
    assert said.getvalue().endswith(
        f"head {chain.head(review.thing)}\n1 yearly questions, 0 wrong\n"
    )
    assert tampering.unseen(CHANGES, lambda: check_command.main(StringIO()) == 1) == []


def test_one_changed_byte_of_its_book_shows_and_what_is_sealed_is_in_none(db, monkeypatch):
    make.counts(monkeypatch, lambda slug, year, on: None)
    made = make.a_review()
    people = make.four(made)
    make.asked(made)
    make.seal(people, made, "council", make.a_proposal(people), on=date(2025, 9, 8))
    assert books.book(made)["openings"] == {}
    assert books.faults(made) == []
    content = books.books.file(books.book(made))
    assert b"Answer until eight" not in content
    head = chain.head(made.thing)
    assert proving.faults_of_file(content, head) == []
    for place in range(0, len(content), max(1, len(content) // 300)):
        changed = bytearray(content)
        changed[place] ^= 1
        assert proving.faults_of_file(bytes(changed)), f"byte {place} was changed, and nobody saw"
