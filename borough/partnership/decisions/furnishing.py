"""Two invented cases of the made-up town: one decided, one in which a position waits, sealed."""

from dataclasses import replace
from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.partnership.decisions import (
    capabilities,
    commands,
    models,
    positions,
    queries,
    recording,
)
from borough.partnership.sealed.models import Round
from borough.partnership.seats.models import Party, Seat
from borough.rules import years

BY = commanding.system("town", capabilities.PREPARE_DECISION)
CALLS = commands.Question(
    title="Answer calls until eight in the evening?",
    why="Residents who work by day cannot call. Calls in the last hour have risen all winter.",
    others=("Until eight on two days a week", "Until eight on each working day"),
    consult="The trade unions, and the residents' panel",
    decide_by=date.min,
    matters=models.Case.Matters.SIGNIFICANT,
    shown=models.Case.Shown.OPEN,
    mode=Round.Mode.SERVER,
)
TEXTS = replace(
    CALLS,
    title="Remind residents by text before a reminder is posted?",
    why="A letter costs more than a text, and comes later.",
    others=("A text three days before", "A text instead of the first reminder"),
    consult="",
    matters=models.Case.Matters.ROUTINE,
)
WORDS = {
    "change_mind": "Fewer than fifty residents a week who use it",
    "risks": "Nobody can be found for it",
    "vulnerable": "Who has no telephone gains nothing by it",
    "staff": "Other hours, by agreement alone",
}


def lay(on: date) -> None:
    """Put two cases before the partners; nothing where nobody sits, or nothing can be counted."""
    seats = {one.party: one for one in Seat.objects.select_related("officer").order_by("-pk")}
    if set(seats) != set(Party.values) or not queries.units():
        return
    council, partner = (officers.at_work(seats[one.value].officer, on=on) for one in Party)
    pack = _read(CALLS, on, council, partner)
    _seal(pack, on, council, option=1, sure=80, why="Two days show whether it is used")
    _seal(pack, on, partner, option=2, sure=60, why="A rule that residents can remember")
    recording.leave_note(
        case=pack.case, words="Two days first, and both count who calls.", by=partner, on=on
    )
    record = recording.propose_record(
        case=pack.case,
        words=recording.Words(
            option=1,
            decision="Calls are answered until eight on two days a week.",
            reasons="Who works can call, and it shows whether it is used.",
            rejected="Each day: dear before anybody knows. To do nothing: it stays as it is.",
            dissent="",
            conditions="Calls after five are counted each month.",
            review_on=on + timedelta(days=180),
            taken_by=models.Record.TakenBy.OFFICER_EXECUTIVE,
        ),
        by=council,
        on=on,
    )
    for by in (council, partner):
        recording.sign_record(record=record, by=by, on=on)
    waiting = _read(TEXTS, on, council, partner)
    _seal(waiting, on, council, option=1, sure=90, why="It is cheaper, and earlier")


def _read(question: commands.Question, on: date, *both: commanding.Actor) -> models.Pack:
    """Open a case, freeze what is known, and let both read it."""
    closes = on + timedelta(days=14)
    case = commands.open_case(question=replace(question, decide_by=closes), by=BY, on=on)
    pack = commands.freeze_pack(
        case=case,
        measures=[next(iter(queries.units()))],
        assumptions=["As many residents call, write and pay as last year"],
        closes=closes,
        by=BY,
        on=on,
    )
    for by in both:
        commands.acknowledge(pack=pack, holds_more=False, by=by, on=on)
    return pack


def _seal(
    pack: models.Pack, on: date, by: commanding.Actor, *, option: int, sure: int, why: str
) -> None:
    due = years.Year.holding(on).ends - timedelta(days=1)
    measure = next(iter(queries.units()))
    position = positions.Position(
        option=option,
        sure=sure,
        forecasts=(positions.Forecast(measure, 9000, 9400, 9700, due),),
        chance=positions.Chance(measure, "at_least", 9500, sure, due),
        reasons=("residents",),
        why=why,
        **WORDS,
    )
    commands.take_position(pack=pack, position=position, by=by, on=on)
