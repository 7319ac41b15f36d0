"""What came of deciding apart: forecasts of yes or no, who moved, how long it took."""

from datetime import date, timedelta

import pytest

from borough.partnership.decisions import (
    alike,
    commands,
    figures,
    models,
    positions,
    queries,
    recording,
)
from borough.partnership.measures.models import Snapshot
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Round
from borough.rules.partnership import agreement, deciding
from tests import markup, officers
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import MEASURE, TODAY, take
from tests.partnership.decisions.test_decisions_leak import typed

DUE = date(2025, 3, 31)


def a_chance(percent: int, **told) -> positions.Chance:
    given = {"measure": MEASURE, "reach": "at_least", "value": 9500, "due": DUE}
    return positions.Chance(percent=percent, **given | told)


def an_interval(low: int, middle: int, high: int, due: date = DUE) -> positions.Forecast:
    return positions.Forecast(MEASURE, low, middle, high, due)


def judged(council: positions.Position, partner: positions.Position) -> alike.Judged:
    made = models.Case(others=["One", "Two"], ordered=True)
    return alike.Judged(made, {"council": council, "partner": partner})


def counted(numerator: int, as_at: date = DUE) -> None:
    """Count the measure: so many of a thousand."""
    Snapshot.objects.create(
        measure=MEASURE, definition="x", year="2024-25", as_at=as_at, numerator=numerator,
        denominator=1000, by="system/tests", on=date(2025, 6, 1),
    )  # fmt: skip


def test_a_chance_is_scored_by_brier_once_its_measure_is_counted(db):
    case = judged(
        table_of.a_position(chance=a_chance(80)), table_of.a_position(chance=a_chance(60))
    )
    assert figures.brier([case])["both"] == figures.Brier(None, 0)
    counted(950)  # 95.00 per cent: at least the 95.00 that was asked
    assert figures.brier([case]) == {
        "council": figures.Brier(400, 1),  # 0.2 squared
        "partner": figures.Brier(1600, 1),  # 0.4 squared
        "both": figures.Brier(900, 1),  # of 70 per cent: 0.3 squared
    }
    other = table_of.a_position(chance=a_chance(60, value=9600))
    apart = judged(table_of.a_position(chance=a_chance(80)), other)
    assert figures.brier([case, apart]) == {
        "council": figures.Brier(400, 2),
        "partner": figures.Brier(2600, 2),  # 1600, and 0.6 squared: the mean of both
        "both": figures.Brier(900, 1),  # they did not ask the same
    }


def test_the_value_itself_is_a_yes_on_either_side():
    assert [a_chance(1).came_about(came) for came in (9499, 9500, 9501)] == [False, True, True]
    most = a_chance(1, reach="at_most")
    assert [most.came_about(came) for came in (9499, 9500, 9501)] == [True, True, False]


def test_forecasts_of_both_are_scored_apart_and_on_average_and_others_are_not(db):
    council, partner = an_interval(9000, 9500, 10000), an_interval(9400, 9800, 10200)
    later = an_interval(9000, 9500, 10000, DUE + timedelta(days=1))
    case = judged(
        table_of.a_position(forecasts=(council,)), table_of.a_position(forecasts=(partner, later))
    )
    # The middles are 300 apart, the bounds 1,000 and 800 wide, 900 on the mean: a third.
    assert figures.gap([case]) == deciding.Spread(least=33, middle=33, most=33, of=1)
    assert figures.interval_scores([case]) == []
    counted(890)  # 89.00: 100 below the council's bounds, 500 below the partner's
    [one] = figures.interval_scores([case])
    assert (one.of, one.council, one.partner) == (1, 1000 + 1000, 800 + 5000)
    assert one.both == 900 + 3000  # 92.00 to 101.00: 300 below
    assert figures.gap([]) is None


def test_the_weighted_kappa_waits_for_twenty_ordered_cases():
    one, two = table_of.a_position(option=0), table_of.a_position(option=2)
    cases = [judged(one, one)] * 10 + [judged(one, two)] * 9
    assert alike.weighted(cases).why_not is agreement.Unweighted.FEW
    told = alike.weighted([*cases, judged(one, two)])
    # Observed: 10 of 20 missed by the whole way. By chance: 20 * 10 * the whole way.
    assert (told.of, told.options, told.kappa) == (20, 3, pytest.approx(1 - 20 * 20 / (20 * 20)))
    unordered = alike.Judged(models.Case(others=["One", "Two"]), cases[0].first)
    assert alike.weighted([unordered] * 20).why_not is agreement.Unweighted.NO_ORDER


def test_who_moved_and_how_long_it_took(db):
    table = table_of.a_table()
    pack = table_of.a_read_pack(table)
    take(pack, table.council, option=1)
    take(pack, table.partner, option=2)
    assert figures.learning(alike.judged()).council.of == 0, "nothing is decided yet"
    record = recording.propose_record(
        case=pack.case, words=table_of.words(option=2), by=table.council, on=TODAY
    )
    recording.sign_record(record=record, by=table.council, on=TODAY)
    assert figures.days_to_decide() is None
    recording.sign_record(record=record, by=table.partner, on=TODAY + timedelta(days=9))
    said = figures.learning(alike.judged())
    assert (said.council.hits, said.partner.hits, said.neither.hits, said.council.of) == (
        1,
        0,
        0,
        1,
    )
    assert figures.days_to_decide() == deciding.Spread(9, 9, 9, 1)
    shown = officers.a_visitor(table.cora).get("/partnership/decisions/agreement")
    markup.check(shown.content.decode())
    assert "9 days in the middle of 1 case; 9 at the least, 9 at the most" in shown.content.decode()


def chance_typed(**told: str) -> dict[str, str]:
    answers = {
        "chance_measure": MEASURE,
        "chance_reach": "at_most",
        "chance_value": "95.5",
        "chance_percent": "0",
        "chance_due_day": "31",
        "chance_due_month": "3",
        "chance_due_year": "2025",
    }
    return typed(**answers | told)


def test_the_form_asks_for_a_chance_whole_or_not_at_all(db):
    table = table_of.a_table()
    pack = table_of.a_read_pack(table)
    address = f"/partnership/information/{pack.pk}/position"
    visitor = officers.a_visitor(table.cora)
    for name in ("chance_measure", "chance_reach", "chance_value", "chance_percent"):
        answer = visitor.post(address, chance_typed(**{name: ""}))
        markup.check(answer.content.decode(), in_error=True)
    assert visitor.post(address, chance_typed()).status_code == 302
    take(pack, table.partner, chance=a_chance(40))
    [opened] = table_of.opened(pack)
    assert opened["council"].chance == a_chance(0, reach="at_most", value=9550)
    counted(960)
    shown = visitor.get(f"/partnership/decisions/{pack.case_id}/comparison").content.decode()
    for words in ("0% that it is at most 95.50%", "No: 96.00%", "0.00 (Brier)", "0.36 (Brier)"):
        assert words in shown


def test_a_position_that_was_sealed_before_chances_were_asked_for_still_opens():
    place = positions.Place("partnership.case/1", "0" * 64, 1, "council")
    told = positions.content(table_of.a_position(), place)
    del told["position"]["chance"]
    assert positions.parsed(told) == table_of.a_position()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"forecasts": (an_interval(0, 10**15, 10**400),)}, "too large"),
        ({"forecasts": (an_interval(-(10**16), 0, 0),)}, "too large"),
        ({"forecasts": (an_interval(0, 0, 0, date.max),)}, "still to come"),
        ({"forecasts": (an_interval(0, 0, 0, TODAY - timedelta(days=1)),)}, "still to come"),
        ({"chance": a_chance(101)}, "from 0 to 100"),
        ({"chance": a_chance(50, value=10**400)}, "too large"),
        ({"chance": a_chance(50, due=date(2035, 4, 1))}, "still to come"),
        ({"chance": a_chance(50, reach="about")}, "at least or at most"),
        ({"chance": a_chance(50, measure="none")}, "of the list"),
    ],
)
def test_what_can_never_be_scored_or_shown_is_refused_in_either_mode(db, wrong, words):
    table = table_of.a_table()
    pack = table_of.a_read_pack(table)
    with pytest.raises(positions.BadPosition, match=words):
        take(pack, table.council, **wrong)
    split = table_of.a_read_pack(table, mode=Round.Mode.SPLIT)
    place = queries.place(split, queries.state(split.case).round.round, "council")
    mine = sealing.seal(positions.content(table_of.a_position(**wrong), place))
    theirs = table_of.kept_by(split, "partner")
    for by, kept in zip(table.both, (mine, theirs), strict=True):
        commands.enter_seal(pack=split, digest=kept.digest, by=by, on=TODAY)
    with pytest.raises(positions.BadPosition, match=words):
        commands.hand_in(pack=split, kept=mine, by=table.council, on=TODAY)
