"""Twenty cases that nobody chooses, and that both decide apart."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as some

from borough.kernel.officers.queries import at_work
from borough.lines.revenues import routine
from borough.partnership.sealed import commands as sealed
from borough.partnership.twenty import commands, drawing, models, queries
from tests import makers, markup, officers
from tests.partnership.decisions import decision_makers
from tests.revenues.test_receipts import LAST, billed
from tests.revenues.test_write_offs import ask

SEEDED, DECIDED, OVER = date(2025, 4, 10), date(2025, 5, 1), date(2025, 7, 1)
BY = makers.everything()
CASES = some.lists(some.tuples(some.sampled_from("ab"), some.integers(1, 500)), unique=True)


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
