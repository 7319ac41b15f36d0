"""Who sits for whom, and what both partners have signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding, dated
from borough.partnership.seats import models

OFFICER = "officer/"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed one content of a thing, by partner; None where that partner has not."""

    council: models.Signature | None
    partner: models.Signature | None

    @property
    def both(self) -> bool:
        """Both partners have signed it."""
        return self.council is not None and self.partner is not None

    @property
    def since(self) -> date | None:
        """The day on which the second of them signed."""
        if self.council is None or self.partner is None:
            return None
        return max(self.council.on, self.partner.on)


def seat_of(actor: commanding.Actor, on: date) -> models.Seat | None:
    """Return the seat that somebody holds on a day. A run that nobody clicks holds none."""
    kind, _, number = actor.reference.partition("/")
    if f"{kind}/" != OFFICER or not number.isdigit():
        return None
    return models.Seat.objects.filter(dated.holds_on(on), officer_id=int(number)).first()


def seats(on: date) -> list[models.Seat]:
    """Return who sits on a day or will, the council's first, then by name."""
    rows = models.Seat.objects.filter(dated.touches(on, None)).select_related("officer")
    return list(rows.order_by("party", "officer__name", "starts"))


def signed(thing: str, digest: str) -> Signed:
    """Return who has signed this content of a thing."""
    return signed_all([(thing, digest)])[thing, digest]


def signed_all(contents: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Signed]:
    """Return who has signed each of these contents, in one question."""
    wanted = list(contents)
    rows = models.Signature.objects.filter(thing__in={thing for thing, _ in wanted})
    found = {(one.thing, one.digest, one.party): one for one in rows.select_related("officer")}
    return {
        (thing, digest): Signed(
            council=found.get((thing, digest, models.Party.COUNCIL.value)),
            partner=found.get((thing, digest, models.Party.PARTNER.value)),
        )
        for thing, digest in wanted
    }
