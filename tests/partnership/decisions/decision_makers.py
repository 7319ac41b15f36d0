"""A case as far as a test wants it, and the officers of both partners."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from borough.kernel.officers.models import Officer
from borough.kernel.officers.queries import OfficerAtWork, at_work
from borough.partnership.decisions import commands, models, positions, queries, recording
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Round
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from borough.rules import years
from tests import makers, officers

TODAY = makers.BILLING_DAY
CLOSES = date(2025, 3, 14)
MEASURE = "revenues.collected_in_year"
YEAR = years.Year.holding(TODAY)


QUESTION = commands.Question(
    title="Answer calls until eight in the evening?",
    why="Residents who work cannot call by day.",
    others=["Until eight on two days", "Until eight each day"],
    consult="The trade unions",
    decide_by=CLOSES,
    matters=models.Case.Matters.SIGNIFICANT,
    shown=models.Case.Shown.OPEN,
    mode=Round.Mode.SERVER,
)


@dataclass(frozen=True)
class Table:
    """Both partners at the table, each as an officer and as they act."""

    cora: Officer
    paul: Officer

    @property
    def council(self) -> OfficerAtWork:
        return at_work(self.cora, on=TODAY)

    @property
    def partner(self) -> OfficerAtWork:
        return at_work(self.paul, on=TODAY)

    @property
    def both(self) -> tuple[OfficerAtWork, OfficerAtWork]:
        return self.council, self.partner


def a_table(*, council: str = "Cora Council", partner: str = "Paul Partner") -> Table:
    """Return one officer of each partner, who may do all at the table."""
    allowed = [one for one in officers.every_capability() if one.slug.startswith("partnership.")]
    made = [officers.an_officer(name, *allowed) for name in (council, partner)]
    for officer, party in zip(made, Party, strict=True):
        seats.give_seat(
            officer=officer, party=party, starts=TODAY, by=makers.everything(), on=TODAY
        )
    return Table(*made)


def a_case(*, mode: Round.Mode = Round.Mode.SERVER, decide_by: date = CLOSES) -> models.Case:
    question = replace(QUESTION, decide_by=decide_by, mode=mode)
    return commands.open_case(question=question, by=makers.everything(), on=TODAY)


def a_pack(case: models.Case, *, closes: date = CLOSES, assume: str = "As many calls") -> Any:
    return commands.freeze_pack(
        case=case,
        measures=[MEASURE],
        assumptions=[assume],
        closes=closes,
        by=makers.everything(),
        on=TODAY,
    )


def a_read_pack(table: Table, *, mode: Round.Mode = Round.Mode.SERVER) -> models.Pack:
    """Return a pack that both partners have read."""
    pack = a_pack(a_case(mode=mode))
    for by in table.both:
        commands.acknowledge(pack=pack, holds_more=False, by=by, on=TODAY)
    return pack


def a_position(*, why: str = "Most who call then work", option: int = 1, **told: Any) -> Any:
    forecast = positions.Forecast(MEASURE, 9400, 9550, 9650, date(2025, 3, 31))
    return positions.Position(
        option=option,
        sure=told.pop("sure", 80),
        forecasts=told.pop("forecasts", (forecast,)),
        reasons=told.pop("reasons", ("residents",)),
        why=why,
        change_mind="Fewer than fifty calls an evening",
        risks="Staff who cannot stay",
        vulnerable="They reach us after work",
        staff="Two late days a week",
        **told,
    )


def take(pack: models.Pack, by: OfficerAtWork, on: date = TODAY, **told: Any) -> Any:
    return commands.take_position(pack=pack, position=a_position(**told), by=by, on=on)


def kept_by(pack: models.Pack, side: str, **told: Any) -> sealing.Sealed:
    """Return what a side seals on its own machine."""
    state = queries.state(pack.case)
    place = queries.place(pack, state.round.round, side)
    return sealing.seal(positions.content(a_position(**told), place))


def opened(pack: models.Pack) -> list[dict[str, positions.Position]]:
    """Return what was opened of a case, by side, the first round first."""
    return [one.positions for one in queries.opened([pack.case])]


def words(option: int = 1, **told: Any) -> recording.Words:
    """Return a joint record that could be signed."""
    said = {
        "decision": "Until eight on two days, from May.",
        "reasons": "Who works can call.",
        "rejected": "Each day: too few calls. Nothing: half of them cannot call.",
        "dissent": "",
        "conditions": "Counted each month.",
        "review_on": date(2025, 9, 1),
    }
    return recording.Words(option=option, **said | told)


def proposed(table: Table, case: models.Case) -> models.Record:
    """Write the joint record of an opened case."""
    return recording.propose_record(case=case, words=words(), by=table.council, on=TODAY)


def decided(table: Table, case: models.Case) -> models.Record:
    """Write the joint record of an opened case, and sign it for both."""
    record = proposed(table, case)
    for by in table.both:
        recording.sign_record(record=record, by=by, on=TODAY)
    return record
