"""One pack of information, two sealed positions, opened at once, one record signed by both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel.commanding import NotAllowed
from borough.kernel.officers.queries import at_work
from borough.partnership.decisions import (
    alike,
    commands,
    comparing,
    furnishing,
    models,
    outcomes,
    positions,
    queries,
    recording,
    waiting,
)
from borough.partnership.measures.models import Snapshot
from borough.partnership.sealed import commands as sealed
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Commitment, Kept, Opening, Round
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party, Seat
from tests import makers, officers
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import CLOSES, TODAY, take

pytestmark = pytest.mark.django_db
SPLIT = Round.Mode.SPLIT


@pytest.fixture
def table(db):
    return table_of.a_table()


@pytest.fixture
def pack(table):
    return table_of.a_read_pack(table)


def step(case: models.Case, party: str, on: date = TODAY) -> queries.Step:
    return queries.next_step(queries.state(case), party, on)


def test_from_a_case_to_a_record_that_both_signed(table):
    case = table_of.a_case()
    assert step(case, "council") is queries.Step.FREEZE
    pack = table_of.a_pack(case)
    assert step(case, "partner") is queries.Step.READ
    commands.acknowledge(pack=pack, holds_more=False, by=table.council, on=TODAY)
    assert step(case, "council") is queries.Step.WAIT_READ
    commands.acknowledge(pack=pack, holds_more=False, by=table.partner, on=TODAY)
    take(pack, table.council, option=1)
    assert (step(case, "council"), step(case, "partner")) == (
        queries.Step.WAIT_SEAL,
        queries.Step.SEAL,
    )
    assert table_of.opened(pack) == []
    take(pack, table.partner, option=2, sure=60)
    [opened] = table_of.opened(pack)
    assert {side: (one.option, one.sure) for side, one in opened.items()} == {
        "council": (1, 80),
        "partner": (2, 60),
    }
    assert comparing.verdict(opened) is comparing.Verdict.DIFFER
    recording.leave_note(case=case, words="Two days, and we count", by=table.partner, on=TODAY)
    record = recording.propose_record(case=case, words=table_of.words(), by=table.council, on=TODAY)
    recording.sign_record(record=record, by=table.council, on=TODAY)
    assert not queries.state(case).is_decided
    recording.sign_record(record=record, by=table.partner, on=TODAY)
    assert queries.state(case).is_decided
    assert step(case, "") is queries.Step.DONE


def test_to_do_nothing_is_always_the_first_option(table):
    assert table_of.a_case().options[0] == models.DO_NOTHING
    question = commands.Question(
        "t", "w", [" ", ""], "", CLOSES, models.Case.Matters.KEY, models.Case.Shown.OPEN,
        Round.Mode.SERVER,
    )  # fmt: skip
    with pytest.raises(commands.NoChoice):
        commands.open_case(question=question, by=makers.everything(), on=TODAY)


@pytest.mark.parametrize(
    "others",
    [
        [models.DO_NOTHING.upper()],
        ["Do nothing."],
        ["x" * (commands.LONGEST_OPTION + 1)],
        [str(number) for number in range(commands.MOST_OPTIONS + 1)],
    ],
)
def test_options_that_cannot_be_told_apart_or_taken_in_are_refused(table, others):
    with pytest.raises(commands.NoChoice):
        commands.open_case(
            question=replace(table_of.QUESTION, others=others), by=makers.everything(), on=TODAY
        )


def test_same_option_for_other_reasons_is_told_apart():
    one = table_of.a_position(reasons=("residents", "cost"))
    verdicts = [
        comparing.verdict({"council": one, "partner": table_of.a_position(reasons=reasons)})
        for reasons in (("cost",), ("law", "staff"), ("residents", "law", "staff"))
    ]
    agree, other = comparing.Verdict.AGREE, comparing.Verdict.OTHER_REASONS
    assert verdicts == [agree, other, other]


def test_nobody_seals_before_both_have_read(table):
    pack = table_of.a_pack(table_of.a_case())
    commands.acknowledge(pack=pack, holds_more=True, by=table.council, on=TODAY)
    assert queries.state(pack.case).holds_more == ["council"]
    with pytest.raises(commands.OutOfOrder, match="Both partners read"):
        take(pack, table.council)
    with pytest.raises(commands.AlreadyRead):
        commands.acknowledge(pack=pack, holds_more=False, by=table.council, on=TODAY)


def test_nobody_talks_or_writes_the_record_before_all_is_open(table, pack):
    take(pack, table.council)
    with pytest.raises(recording.NotOpenYet):
        recording.leave_note(case=pack.case, words="Take two", by=table.council, on=TODAY)
    with pytest.raises(recording.NotOpenYet):
        recording.propose_record(case=pack.case, words=table_of.words(), by=table.council, on=TODAY)


def test_a_partner_seals_once_and_takes_nothing_back(table, pack):
    made = take(pack, table.council)
    with pytest.raises(sealed.AlreadySealed):
        take(pack, table.council)
    for change in ("update sealed_commitment set digest = digest", "delete from sealed_kept"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    assert Commitment.objects.get() == made


def test_who_sits_for_nobody_or_may_not_seals_for_nobody(table, pack):
    nora = officers.an_officer("Nora Nobody", *officers.every_capability())
    with pytest.raises(commands.NoSeat):
        take(pack, at_work(nora, on=TODAY))
    with pytest.raises(NotAllowed):
        take(pack, at_work(officers.an_officer("Una Unable"), on=TODAY))
    seats.end_seat(
        seat=Seat.objects.get(officer=table.cora),
        ends=TODAY + timedelta(days=1),
        by=makers.everything(),
        on=TODAY,
    )
    with pytest.raises(commands.NoSeat):
        take(pack, table.council, on=TODAY + timedelta(days=1))


def test_the_database_takes_no_seal_for_the_other_partner_nor_late(table, pack):
    round_ = Round.objects.get()
    digest = "a" * 64

    def insert(**told):
        given = {"side": "council", "officer": table.cora, "on": TODAY, "digest": digest}
        with transaction.atomic():
            Commitment.objects.create(round=round_, **given | told)

    with pytest.raises(DatabaseError, match="only who sits for a partner"):
        insert(side="partner")
    with pytest.raises(DatabaseError, match="only a side of the round"):
        insert(side="residents")
    with pytest.raises(DatabaseError, match="the last day"):
        insert(on=CLOSES + timedelta(days=1))
    with pytest.raises(DatabaseError, match="a_seal_is_a_sha256"):
        insert(digest="A" * 64)


def test_the_database_opens_all_or_none_and_only_what_was_sealed(table, pack):
    made = take(pack, table.council)
    with pytest.raises(DatabaseError, match="before all have sealed"), transaction.atomic():
        Opening.objects.create(commitment=made, text="{}", nonce="0" * 64, on=TODAY)
    split = table_of.a_read_pack(table, mode=SPLIT)
    kept = {side: table_of.kept_by(split, side) for side in queries.SIDES}
    for by, side in zip(table.both, queries.SIDES, strict=True):
        commands.enter_seal(pack=split, digest=kept[side].digest, by=by, on=TODAY)
    [mine, _] = Commitment.objects.filter(round__thing=split.thing).order_by("side")
    with pytest.raises(DatabaseError, match="not what was sealed"), transaction.atomic():
        Opening.objects.create(
            commitment=mine, text=kept["council"].text + " ", nonce=kept["council"].nonce, on=TODAY
        )
    connection.cursor().execute("set constraints all immediate")
    with pytest.raises(DatabaseError, match="at once, or none"), transaction.atomic():
        Opening.objects.create(
            commitment=mine, text=kept["council"].text, nonce=kept["council"].nonce, on=TODAY
        )


def test_the_last_day_counts_and_the_day_after_does_not(table, pack):
    take(pack, table.council, on=CLOSES)
    after = CLOSES + timedelta(days=1)
    with pytest.raises(sealed.Closed):
        take(pack, table.partner, on=after)
    assert (step(pack.case, "council", CLOSES), step(pack.case, "council", after)) == (
        queries.Step.WAIT_SEAL,
        queries.Step.ASK_AGAIN,
    )
    assert table_of.opened(pack) == [], "what only one sealed in time stays sealed"


def test_after_the_last_day_both_are_asked_again_and_what_was_sealed_stays_so(table, pack):
    take(pack, table.council, why="the first time")
    after = CLOSES + timedelta(days=1)
    with pytest.raises(commands.OutOfOrder):
        commands.ask_again(pack=pack, closes=after, by=table.partner, on=CLOSES)
    with pytest.raises(commands.NotADay):
        commands.ask_again(pack=pack, closes=CLOSES, by=table.partner, on=after)
    commands.ask_again(pack=pack, closes=after, by=table.partner, on=after)
    take(pack, table.partner, on=after)
    take(pack, table.council, on=after, why="the second time")
    [opened] = table_of.opened(pack)
    assert opened["council"].why == "the second time"
    assert Opening.objects.count() == 2
    assert Kept.objects.count() == 3


def test_a_second_round_and_no_third(table, pack):
    for option in (1, 2):
        for by in table.both:
            take(pack, by, option=option)
        if option == 1:
            commands.ask_again(pack=pack, closes=CLOSES, by=table.partner, on=TODAY)
            with pytest.raises(recording.NotOpenYet):
                recording.propose_record(
                    case=pack.case, words=table_of.words(), by=table.council, on=TODAY
                )
    assert [one["council"].option for one in table_of.opened(pack)] == [1, 2]
    with pytest.raises(commands.OutOfOrder, match="Two rounds"):
        commands.ask_again(pack=pack, closes=CLOSES, by=table.partner, on=TODAY)


def test_late_evidence_is_another_pack_and_positions_begin_anew(table, pack):
    take(pack, table.council)
    with pytest.raises(commands.NothingNew):
        table_of.a_pack(pack.case)
    newer = table_of.a_pack(pack.case, assume="Twice as many calls")
    assert (newer.version, newer.digest != pack.digest) == (2, True)
    with pytest.raises(commands.NotTheNewest):
        take(pack, table.partner)
    assert step(pack.case, "partner") is queries.Step.READ
    assert Opening.objects.count() == 0


def test_a_record_is_signed_in_order_and_only_the_newest(table, pack):
    for by in table.both:
        take(pack, by)
    case, by = pack.case, table.council
    first = recording.propose_record(case=case, words=table_of.words(), by=by, on=TODAY)
    recording.sign_record(record=first, by=by, on=TODAY)
    second = recording.propose_record(
        case=case, words=table_of.words(dissent="None"), by=table.partner, on=TODAY
    )
    with pytest.raises(recording.Superseded):
        recording.sign_record(record=first, by=table.partner, on=TODAY)
    recording.sign_record(record=second, by=table.partner, on=TODAY)
    with pytest.raises(seats.AlreadySigned):
        recording.sign_record(record=second, by=table.partner, on=TODAY)
    recording.sign_record(record=second, by=by, on=TODAY)
    for more in (
        lambda: recording.sign_record(record=second, by=by, on=TODAY),
        lambda: recording.propose_record(case=case, words=table_of.words(), by=by, on=TODAY),
    ):
        with pytest.raises(recording.Decided):
            more()
    with pytest.raises(commands.Decided):
        table_of.a_pack(case, assume="something else")


def test_a_record_from_before_both_were_opened_once_more_is_signed_no_more(table, pack):
    for by in table.both:
        take(pack, by)
    first = table_of.proposed(table, pack.case)
    recording.sign_record(record=first, by=table.council, on=TODAY)
    commands.ask_again(pack=pack, closes=CLOSES, by=table.partner, on=TODAY)
    for by in table.both:
        take(pack, by, option=2)
    assert step(pack.case, "partner") is queries.Step.WRITE
    with pytest.raises(recording.Superseded):
        recording.sign_record(record=first, by=table.partner, on=TODAY)
    shown = officers.a_visitor(table.paul).get(f"/partnership/records/{first.pk}")
    assert "Sign it" not in shown.content.decode()
    table_of.decided(table, pack.case)
    assert queries.state(pack.case).is_decided


def test_in_split_mode_only_the_seal_comes_before_all_have_sealed(table):
    pack = table_of.a_read_pack(table, mode=SPLIT)
    kept = {side: table_of.kept_by(pack, side, why=f"as the {side}") for side in queries.SIDES}
    with pytest.raises(sealed.KeptElsewhere):
        take(pack, table.council)
    with pytest.raises(sealed.NotASeal):
        commands.enter_seal(pack=pack, digest="0" * 63, by=table.council, on=TODAY)
    commands.enter_seal(pack=pack, digest=kept["council"].digest, by=table.council, on=TODAY)
    with pytest.raises(sealed.NotYet):
        commands.hand_in(pack=pack, kept=kept["council"], by=table.council, on=TODAY)
    with pytest.raises(sealed.NotASeal, match="another partner"):
        commands.enter_seal(pack=pack, digest=kept["council"].digest, by=table.partner, on=TODAY)
    commands.enter_seal(pack=pack, digest=kept["partner"].digest, by=table.partner, on=TODAY)
    with pytest.raises(sealed.AnotherText):
        commands.hand_in(pack=pack, kept=kept["council"], by=table.partner, on=TODAY)
    assert not commands.hand_in(pack=pack, kept=kept["council"], by=table.council, on=TODAY)
    assert table_of.opened(pack) == []
    with pytest.raises(sealed.AlreadyHandedIn):
        commands.hand_in(pack=pack, kept=kept["council"], by=table.council, on=TODAY)
    assert commands.hand_in(pack=pack, kept=kept["partner"], by=table.partner, on=TODAY)
    [opened] = table_of.opened(pack)
    assert opened["partner"].why == "as the partner"


def test_what_was_sealed_for_another_place_is_not_handed_in(table):
    pack = table_of.a_read_pack(table, mode=SPLIT)
    wrong = sealing.seal(
        positions.content(
            table_of.a_position(), positions.Place(pack.case.thing, "0" * 64, 1, "council")
        )
    )
    commands.enter_seal(pack=pack, digest=wrong.digest, by=table.council, on=TODAY)
    right = table_of.kept_by(pack, "partner")
    commands.enter_seal(pack=pack, digest=right.digest, by=table.partner, on=TODAY)
    with pytest.raises(positions.BadPosition, match="sealed for another"):
        commands.hand_in(pack=pack, kept=wrong, by=table.council, on=TODAY)


def test_a_forecast_is_scored_by_the_first_count_of_its_day_as_it_stands_today(table):
    [forecast] = table_of.a_position().forecasts  # 94.00 to 96.50 per cent on 31 March 2025
    assert outcomes.outcomes([forecast])[0].score is None

    def counted(as_at: date, numerator: int | None, restates: Snapshot | None = None) -> Snapshot:
        return Snapshot.objects.create(
            measure=forecast.measure,
            definition="x",
            year="2024-25",
            as_at=as_at,
            numerator=numerator,
            denominator=None if numerator is None else 1000,
            restates=restates,
            by="system/tests",
            on=date(2025, 6, 1),
        )

    counted(date(2025, 3, 30), 500)
    assert outcomes.outcomes([forecast])[0].came is None, "that was the day before"
    first = counted(date(2025, 4, 30), None)
    assert outcomes.outcomes([forecast])[0].came is None, "no data is not nought"
    counted(date(2025, 4, 30), 970, restates=first)
    counted(date(2025, 5, 31), 990)
    [one] = outcomes.outcomes([forecast])
    assert (one.came, one.score) == (9700, 250 + 10 * 50)


def test_a_seat_of_each_partner_is_all_that_is_asked():
    assert (Party.COUNCIL.value, Party.PARTNER.value) == queries.SIDES


def test_how_often_both_decide_alike_is_counted_in_twelves(table):
    made = models.Case(others=["One", "Two"])
    cases = [
        alike.Judged(made, {"council": table_of.a_position(option=1), "partner": partner})
        for partner in (table_of.a_position(option=number) for number in [1] * 11 + [2] + [1])
    ]
    assert alike.windows(cases[:11]) == []
    assert [(one.hits, one.of) for one in alike.windows(cases)] == [(11, 12), (11, 12)]
    # Raw 12/13; used: option 1 25 times of 26, option 2 once: chance (25 + 25) / 26 / 26 / 2.
    chance = 2 * (25 / 26) * (1 / 26) / 2
    assert alike.beyond_chance(cases) == pytest.approx((12 / 13 - chance) / (1 - chance))
    assert alike.beyond_chance([]) is None


def test_a_case_is_judged_once_as_it_was_judged_first(table, pack):
    for option in (1, 2):
        take(pack, table.council, option=option)
        take(pack, table.partner, option=2)
        if option == 1:
            commands.ask_again(pack=pack, closes=CLOSES, by=table.partner, on=TODAY)
    [one] = alike.judged()
    assert (one.is_alike, one.first["council"].option) == (False, 1)
    assert alike.equally_informed([one]).hits == 1


def test_what_was_opened_stays_to_be_read_when_there_is_newer_information(table, pack):
    for by in table.both:
        take(pack, by)
    table_of.a_pack(pack.case, assume="Twice as many calls")
    state = queries.state(pack.case)
    assert (state.opened, state.was_opened) == (0, True)
    assert len(table_of.opened(pack)) == 1
    shown = officers.a_visitor(table.cora).get(f"/partnership/decisions/{pack.case_id}/comparison")
    assert "There is newer information since" in shown.content.decode()
    assert "Write the joint record" not in shown.content.decode()


def test_each_partner_is_told_on_the_home_page_what_is_theirs_to_do(table):
    furnishing.lay(TODAY)
    assert [one.case.title for one in alike.judged()] == [furnishing.CALLS.title]
    decided, waits = queries.states(models.Case.objects.order_by("pk"))
    assert (decided.is_decided, list(waits.round.sealed)) == (True, ["council"])
    assert waiting.waits(table.council, TODAY) == []
    assert [one.text for one in waiting.waits(table.partner, TODAY)] == [
        f"{furnishing.TEXTS.title} Seal what you think."
    ]
    assert waiting.waits(makers.everything(), TODAY) == [], "who sits for nobody has nothing to do"
