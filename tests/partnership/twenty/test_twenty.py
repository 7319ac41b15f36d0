"""Twenty cases that nobody chooses, and that both decide apart."""

from datetime import date
from io import StringIO

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as some

from borough.kernel.officers.queries import at_work
from borough.lines.revenues import routine
from borough.partnership.sealed import chain, proving
from borough.partnership.sealed import commands as sealed
from borough.partnership.twenty import (
    books,
    check_command,
    commands,
    drawing,
    models,
    queries,
    waiting,
)
from tests import makers, markup, officers
from tests.partnership import tampering
from tests.partnership.decisions import decision_makers
from tests.revenues.test_receipts import LAST, billed
from tests.revenues.test_write_offs import ask

SEEDED, DECIDED, OVER = date(2025, 4, 10), date(2025, 5, 1), date(2025, 7, 1)
BY = makers.everything()
CASES = some.lists(
    some.tuples(some.sampled_from("ab"), some.integers(1, 500)), unique=True, max_size=60
)


@given(CASES, some.randoms())
def test_the_draw_does_not_depend_on_the_order_nor_on_who_decides(cases, chance):
    drawn = drawing.pick("seed", cases)
    chance.shuffle(cases)
    assert drawing.pick("seed", cases) == drawn
    assert len(drawn) == min(len(cases), 20)
    assert drawing.pick("seed", drawn) == drawn


def test_another_seed_draws_others():
    cases = [("a", number) for number in range(1000)]
    drawn = [set(drawing.pick(seed, cases)) for seed in ("one", "two")]
    assert len(drawn[0] & drawn[1]) < 5


def test_the_quarters_of_a_year():
    assert drawing.quarter(date(2025, 12, 31)) == (date(2025, 10, 1), date(2026, 1, 1))
    assert drawing.quarter(date(2026, 1, 1)) == (date(2026, 1, 1), date(2026, 4, 1))
    assert drawing.quarter(date(2024, 5, 31)) == (date(2024, 4, 1), date(2024, 7, 1))


def a_draw(cases: int = 3) -> models.Draw:
    """Return a quarter whose seed was told, and in which so many write-offs were decided."""
    draw = commands.tell_seed(by=BY, on=SEEDED)
    account = billed(LAST)
    for pence in range(1, cases + 1):
        ask(account, 100 * pence, on=DECIDED)
    return draw


def drawn(cases: int = 3) -> models.Draw:
    draw = a_draw(cases)
    commands.draw_cases(draw=draw, closes=OVER, by=BY, on=OVER)
    return draw


def test_a_seed_is_told_once_and_before_the_quarter_is_over(db):
    draw = commands.tell_seed(by=BY, on=SEEDED)
    assert (draw.starts, draw.ends, len(draw.seed)) == (date(2025, 4, 1), OVER, 64)
    with pytest.raises(commands.AlreadyTold):
        commands.tell_seed(by=BY, on=DECIDED)
    with pytest.raises(DatabaseError, match="before_the_quarter_is_over"), transaction.atomic():
        models.Draw.objects.create(
            seed="0" * 64, starts=date(2025, 1, 1), ends=date(2025, 4, 1), by="x", on=SEEDED
        )


def test_cases_are_drawn_once_and_only_when_the_quarter_is_over(db):
    draw = a_draw()
    with pytest.raises(commands.NotOver):
        commands.draw_cases(draw=draw, closes=OVER, by=BY, on=date(2025, 6, 30))
    with pytest.raises(commands.NotADay):
        commands.draw_cases(draw=draw, closes=date(2025, 6, 30), by=BY, on=OVER)
    commands.draw_cases(draw=draw, closes=OVER, by=BY, on=OVER)
    with pytest.raises(commands.AlreadyDrawn):
        commands.draw_cases(draw=draw, closes=OVER, by=BY, on=OVER)
    told = draw.drawn.get(told__0__startswith="To give up £1.00").told
    assert told[1:3] == ["Because: Gone away and not found", "Asked for on 1 May 2025"]
    assert not any("Rimmer" in words for one in draw.drawn.all() for words in one.told)


def test_a_quarter_in_which_nothing_was_decided_says_so(db):
    draw = commands.tell_seed(by=BY, on=SEEDED)
    with pytest.raises(commands.NothingDecided):
        commands.draw_cases(draw=draw, closes=OVER, by=BY, on=OVER)


def test_both_decide_apart_and_then_it_is_counted(db):
    table, draw = decision_makers.a_table(), drawn(cases=3)
    council, partner = (at_work(one, on=OVER) for one in (table.cora, table.paul))
    with pytest.raises(commands.NotAll):
        commands.answer(draw=draw, choices={1: 0, 2: 0}, by=council, on=OVER)
    with pytest.raises(commands.NotAll):
        commands.answer(draw=draw, choices={1: 0, 2: 0, 3: 2}, by=council, on=OVER)
    commands.answer(draw=draw, choices={1: 0, 2: 0, 3: 1}, by=council, on=OVER)
    assert queries.compared(draw) == []
    with pytest.raises(sealed.AlreadySealed):
        commands.answer(draw=draw, choices={1: 0, 2: 0, 3: 1}, by=council, on=OVER)
    commands.answer(draw=draw, choices={1: 0, 2: 1, 3: 1}, by=partner, on=OVER)
    [kind] = queries.of_kinds(queries.compared(draw))
    assert kind.table == [[1, 1], [0, 1]]
    assert (kind.seen.hits, kind.seen.of) == (2, 3)
    assert kind.gwet_ac1 == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))  # each used 3 times of 6


def a_sealed_draw() -> models.Draw:
    """Return three cases that both have decided apart."""
    table, draw = decision_makers.a_table(), drawn(cases=3)
    for officer, last in ((table.cora, 1), (table.paul, 0)):
        choices = {1: 0, 2: 0, 3: last}
        commands.answer(draw=draw, choices=choices, by=at_work(officer, on=OVER), on=OVER)
    return draw


# What an owner of the database might change who has switched its triggers off.
CHANGES = (
    "update twenty_draw set seed = reverse(seed)",
    "update twenty_draw set starts = starts + 1",
    "update twenty_drawn set number = number + 1000 where position = 2",
    "update twenty_drawn set told = told || '[\"and more\"]' where position = 1",
    "update twenty_drawn set kind = 'revenues.refunds' where position = 3",
    "delete from twenty_drawn where position = 3",
    "update sealed_opening set text = replace(text, '1', '0')",
    "update sealed_opening set nonce = reverse(nonce)",
    "delete from sealed_opening",
    "update sealed_commitment set digest = reverse(digest) where side = 'partner'",
    "update sealed_commitment set side = 'other' where side = 'council'",
    "update sealed_round set closes = closes + 1",
    "update sealed_event set text = replace(text, '2025', '2024') where position = 1",
    "update sealed_event set digest = reverse(digest) where position = 4",
    "delete from sealed_event where position = 1",
)


def test_one_change_of_the_twenty_cases_in_the_database_shows(own_database):
    draw, said = a_sealed_draw(), StringIO()
    assert check_command.main(said) == 0
    assert said.getvalue().endswith(f"head {chain.head(draw.thing)}\n1 draws, 0 wrong\n")
    assert tampering.unseen(CHANGES, lambda: check_command.main(StringIO()) == 1) == []


def test_one_changed_byte_of_the_book_of_the_twenty_cases_shows(db):
    draw = a_sealed_draw()
    content, head = books.file(draw), chain.head(draw.thing)
    assert proving.faults_of_file(content, head) == []
    for place in range(0, len(content), max(1, len(content) // 500)):
        changed = bytearray(content)
        changed[place] ^= 1
        assert proving.faults_of_file(bytes(changed)), f"byte {place} was changed, and nobody saw"


def test_what_one_partner_sealed_of_the_twenty_is_in_no_book(db):
    table, draw = decision_makers.a_table(), drawn(cases=2)
    by = at_work(table.cora, on=OVER)
    commands.answer(draw=draw, choices={1: 1, 2: 0}, by=by, on=OVER)
    assert books.book(draw)["openings"] == {}
    assert books.faults(draw) == []
    assert b"choices" not in books.file(draw)


def test_refunds_are_told_without_names(db):
    assert routine.ALL[1].decided(DECIDED, OVER) == []
    assert routine.ALL[1].told([]) == {}


def test_its_pages_from_the_seed_to_the_table(db, settings):
    table = decision_makers.a_table()
    settings.STANDING_DATE = SEEDED
    cora, paul = officers.a_visitor(table.cora), officers.a_visitor(table.paul)
    told = cora.post("/partnership/twenty/seed", officers.posted(), follow=True).content.decode()
    assert "Seed told" in told
    draw = models.Draw.objects.get()
    account = billed(LAST)
    for pence in (100, 200):
        ask(account, pence, on=DECIDED)
    settings.STANDING_DATE = OVER
    here = f"/partnership/twenty/{draw.pk}"
    day = {"closes_day": "1", "closes_month": "7", "closes_year": "2025"}
    done = cora.post(f"{here}/cases", officers.posted(**day), follow=True).content.decode()
    assert "0 of 2 sealed" in done
    choices = {"case_1": "0", "case_2": "1"}
    for visitor in (cora, paul):
        markup.check(visitor.get(f"{here}/answers").content.decode())
        answered = visitor.post(f"{here}/answers", officers.posted(**choices), follow=True)
        markup.check(answered.content.decode())
    assert "In 2 of 2 cases both would have decided the same" in answered.content.decode()
    for address in ("/partnership/twenty", "/partnership/twenty/seed", f"{here}/cases"):
        markup.check(cora.get(address).content.decode())
    books_of = [visitor.get(f"{here}/book").content for visitor in (cora, paul)]
    assert books_of[0] == books_of[1]
    checked = cora.get(f"{here}/check").content.decode()
    assert "Not one byte was changed" in checked
    markup.check(checked)


def waits(officer, on: date) -> list[str]:
    return [one.text for one in waiting.waits(at_work(officer, on=on), on)]


def test_a_quarter_that_one_did_not_seal_in_time_is_asked_again_and_nothing_was_opened(
    db, settings
):
    table, draw = decision_makers.a_table(), drawn(cases=2)
    after = date(2025, 7, 2)
    cora = officers.a_visitor(table.cora)
    commands.answer(draw=draw, choices={1: 1, 2: 1}, by=at_work(table.cora, on=OVER), on=OVER)
    assert (waits(table.cora, OVER), waits(table.paul, after)) == ([], [])
    [told] = waits(table.paul, OVER)
    assert told.startswith("The twenty cases from 1 April 2025. Seal what you would do until")
    with pytest.raises(commands.GoingOn):
        commands.ask_again(draw=draw, closes=after, by=BY, on=OVER)
    settings.STANDING_DATE = after
    here = f"/partnership/twenty/{draw.pk}"
    assert "Ask both again" in cora.get(here).content.decode()
    markup.check(cora.get(f"{here}/round").content.decode())
    day = {"closes_day": "2", "closes_month": "7", "closes_year": "2025"}
    assert (
        "0 of 2 sealed"
        in cora.post(f"{here}/round", officers.posted(**day), follow=True).content.decode()
    )
    for officer in (table.paul, table.cora):
        commands.answer(draw=draw, choices={1: 0, 2: 0}, by=at_work(officer, on=after), on=after)
    assert [(one.council, one.partner) for one in queries.compared(draw)] == [(0, 0), (0, 0)]
    assert waits(table.paul, after) == []
    assert books.faults(draw) == []
    with pytest.raises(commands.GoingOn):
        commands.ask_again(draw=draw, closes=after, by=BY, on=after)


def test_cases_of_a_service_that_was_left_out_since_are_shown_all_the_same(db, monkeypatch):
    draw = a_sealed_draw()
    monkeypatch.setattr(queries, "routines", dict)
    visitor = officers.a_visitor(decision_makers.Officer.objects.get(name="Cora Council"))
    shown = visitor.get(f"/partnership/twenty/{draw.pk}").content.decode()
    markup.check(shown)
    assert "In 2 of 3 cases both would have decided the same" in shown
    assert "Option 2" in shown
