"""How far a case has come, and what each partner must do next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from borough.partnership.decisions import models, positions
from borough.partnership.measures import definitions
from borough.partnership.sealed import models as sealed
from borough.partnership.sealed import rounds
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party

SIDES = tuple(one.value for one in Party)
MOST_OPENED = 2


class Step(Enum):
    """What comes next for one partner, as a sentence begins."""

    FREEZE = "Freeze the information"
    READ = "Read the information, and say that you have it"
    WAIT_READ = "Wait until the other partner has read the information"
    SEAL = "Seal what you think"
    WAIT_SEAL = "Wait until the other partner has sealed what it thinks"
    ASK_AGAIN = "The last day has gone by: ask for another round"
    HAND_IN = "Hand in what you sealed"
    WAIT_HAND_IN = "Wait until the other partner has handed in what it sealed"
    WRITE = "Compare, talk, and write the joint record"
    SIGN = "Sign the joint record"
    WAIT_SIGN = "Wait until the other partner has signed the joint record"
    DONE = "Decided: both have signed"


@dataclass(frozen=True, slots=True)
class State:
    """How far a case has come.

    Attributes:
        pack: the newest information; None before any was frozen.
        read: by partner, whether it holds more than it can share; who has not said is not there.
        asked: every round of the case, the first first, on whatever pack.
        record: the newest joint record, and who has signed it.
    """

    case: models.Case
    pack: models.Pack | None
    read: dict[str, bool]
    asked: list[rounds.Standing]
    record: models.Record | None
    signed: seats.Signed | None

    @property
    def round(self) -> rounds.Standing | None:
        """The newest round on the newest pack; None before there is one."""
        return self._on_pack[-1] if self._on_pack else None

    @property
    def opened(self) -> int:
        """How many rounds on the newest pack were opened."""
        return sum(one.is_open for one in self._on_pack)

    @property
    def was_opened(self) -> bool:
        """Both may read both positions of some round, on this pack or an earlier one."""
        return any(one.is_open for one in self.asked)

    @property
    def is_decided(self) -> bool:
        """Both partners have signed the newest record."""
        return self.signed is not None and self.signed.both

    @property
    def to_sign(self) -> models.Record | None:
        """The newest record, where nothing was frozen or opened since it was written."""
        if not (self.record and self.pack and self.round and self.round.is_open):
            return None
        is_newest = self.record.round in {None, self.round.round.number}
        return self.record if self.record.pack_id == self.pack.pk and is_newest else None

    @property
    def holds_more(self) -> list[str]:
        """The partners who said that they hold more than they can share."""
        return [party for party, more in self.read.items() if more]

    @property
    def _on_pack(self) -> list[rounds.Standing]:
        return [one for one in self.asked if self.pack and one.round.thing == self.pack.thing]


def state(case: models.Case) -> State:
    """Return how far a case has come."""
    return states([case])[0]


def states(cases: Iterable[models.Case]) -> list[State]:
    """Return how far each of these cases has come, in a few questions for all."""
    wanted = list(cases)
    every = models.Pack.objects.filter(case__in=wanted).order_by("version")
    packs = {one.case_id: one for one in every}
    every_record = models.Record.objects.filter(case__in=wanted).select_related("pack")
    records = {one.case_id: one for one in every_record.order_by("pk")}
    contents = {pk: (one.thing, signing.digest(one.content)) for pk, one in records.items()}
    signed = seats.signed_all(contents.values())
    read, standing = _read(packs.values()), _rounds_of(wanted)
    return [
        State(
            case=one,
            pack=packs.get(one.pk),
            read=read[packs[one.pk].pk] if one.pk in packs else {},
            asked=standing[one.thing],
            record=records.get(one.pk),
            signed=signed[contents[one.pk]] if one.pk in records else None,
        )
        for one in wanted
    ]


def _read(packs: Iterable[models.Pack]) -> dict[int, dict[str, bool]]:
    """Return by pack who has read it, and whether they hold more."""
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    rows = models.Acknowledgement.objects.filter(pack__in=packs).order_by("party")
    for pack, party, more in rows.values_list("pack", "party", "holds_more"):
        found[pack][party] = more
    return found


def _rounds_of(cases: Iterable[models.Case]) -> dict[str, list[rounds.Standing]]:
    """Return by case how far each of its rounds has come, the first first."""
    found: dict[str, list[rounds.Standing]] = defaultdict(list)
    rows = sealed.Round.objects.filter(chain__in=[one.thing for one in cases]).order_by("pk")
    for one in rounds.standings(rows):
        found[one.round.chain].append(one)
    return found


def next_step(one: State, party: str, on: date) -> Step:
    """Return what a partner must do next; ``party`` is "" for who sits for nobody."""
    if one.is_decided:
        return Step.DONE
    if one.pack is None or one.round is None:
        return Step.FREEZE
    if len(one.read) < len(SIDES):
        return Step.WAIT_READ if party in one.read else Step.READ
    if not one.round.is_open:
        return _before_opening(one.round, party, on)
    if one.to_sign is None or one.signed is None:
        return Step.WRITE
    mine = one.signed.council if party == Party.COUNCIL else one.signed.partner
    return Step.WAIT_SIGN if mine else Step.SIGN


def _before_opening(one: rounds.Standing, party: str, on: date) -> Step:
    if one.is_over(on):
        return Step.ASK_AGAIN
    if not one.all_sealed:
        return Step.WAIT_SEAL if party in one.sealed else Step.SEAL
    return Step.WAIT_HAND_IN if party in one.handed_in else Step.HAND_IN


def place(pack: models.Pack, round_: sealed.Round, side: str) -> positions.Place:
    """Return what a position of a side in a round is bound to."""
    return positions.Place(pack.case.thing, pack.digest, round_.number, side)


def asked(pack: models.Pack) -> positions.Asked:
    """Return what a position on a pack answers; both are asked as it is frozen, and maybe again."""
    newest = sealed.Round.objects.filter(thing=pack.thing).latest("number")
    return positions.Asked(len(pack.case.options), units().keys(), newest.on)


@dataclass(frozen=True, slots=True)
class Opened:
    """What both thought, by side, in one round on one pack."""

    pack: models.Pack
    round: sealed.Round
    positions: dict[str, positions.Position]


def opened(cases: Iterable[models.Case]) -> list[Opened]:
    """Return every round of these cases that was opened, the first first."""
    wanted = list(cases)
    every = models.Pack.objects.filter(case__in=wanted).select_related("case")
    packs = {one.thing: one for one in every}
    standing = [one for each in _rounds_of(wanted).values() for one in each if one.is_open]
    return [
        Opened(
            packs[one.round.thing],
            one.round,
            {side: positions.parsed(told.content) for side, told in one.opened.items()},
        )
        for one in sorted(standing, key=lambda one: one.round.pk)
    ]


def is_withheld(case: models.Case) -> bool:
    """Tell whether somebody said that nothing of a case is published, whatever its class."""
    return models.Withholding.objects.filter(case=case).exists()


def units() -> dict[str, tuple[str, str]]:
    """Return the title and the unit of every measure that can be forecast, by its slug."""
    return {slug: (one.title, one.unit) for slug, one in definitions.measures().items()}


def titles() -> list[tuple[str, str]]:
    """Return the measures that can be forecast, as a form asks for them."""
    return [(slug, title) for slug, (title, _) in units().items()]
