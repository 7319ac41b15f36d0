"""Asking sides to decide apart, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from borough.kernel import commanding
from borough.partnership.sealed import chain, models, sealing


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a round has come: sides by what they have done, and what was opened, by side."""

    round: models.Round
    sealed: dict[str, models.Commitment]
    handed_in: frozenset[str]
    opened: dict[str, sealing.Sealed]

    @property
    def all_sealed(self) -> bool:
        """Each side has sealed what it thinks."""
        return len(self.sealed) == len(self.round.sides)

    @property
    def is_open(self) -> bool:
        """All may read what each side thinks."""
        return bool(self.opened)

    def is_over(self, on: date) -> bool:
        """The last day has gone by before all had sealed, so it will never be opened."""
        return on > self.round.closes and not self.all_sealed


def ask(
    *,
    chain_of: str,
    thing: str,
    sides: Sequence[str],
    mode: models.Round.Mode,
    closes: date,
    by: commanding.Actor,
    on: date,
) -> models.Round:
    """Ask these sides for a sealed round; called inside the command of the room that asks."""
    chain.hold(chain_of)
    number = models.Round.objects.filter(thing=thing).count() + 1
    made = models.Round.objects.create(
        chain=chain_of,
        thing=thing,
        number=number,
        sides=list(sides),
        mode=mode,
        closes=closes,
        by=by.reference,
        on=on,
    )
    chain.tell(
        chain_of,
        "partnership.round_asked",
        by=by,
        on=on,
        round=made.pk,
        asked_of=thing,
        number=number,
        sides=list(sides),
        mode=str(mode),
        closes=closes,
    )
    return made


def standing(one: models.Round) -> Standing:
    """Return how far a round has come."""
    return standings(models.Round.objects.filter(pk=one.pk))[0]


def standings(found: QuerySet[models.Round]) -> list[Standing]:
    """Return how far rounds have come, in their order."""
    wanted = list(found.prefetch_related("commitments__kept", "commitments__opening"))
    return [_standing(one) for one in wanted]


def newest(thing: str) -> Standing | None:
    """Return how far the newest round about a thing has come; None where none was asked for."""
    found = standings(models.Round.objects.filter(thing=thing).order_by("-number")[:1])
    return found[0] if found else None


def _standing(one: models.Round) -> Standing:
    commitments = {row.side: row for row in one.commitments.all()}
    return Standing(
        round=one,
        sealed=commitments,
        handed_in=frozenset(side for side, row in commitments.items() if hasattr(row, "kept")),
        opened={
            side: sealing.Sealed(row.opening.text, row.opening.nonce)
            for side, row in commitments.items()
            if hasattr(row, "opening")
        },
    )
