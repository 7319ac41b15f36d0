"""What is past the time for which it is kept, by purpose: listed, and erased by nobody here.

Facts, sightings and openings only grow: the database refuses to change them. To erase them takes an
owner of the database and the council's own decision, so this room only says what is due.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from borough.kernel import joining
from borough.kernel.facts.models import BATCH_BITS, Batch, Fact
from borough.resident.looking.models import Opening
from borough.resident.looking.queries import LOOKED
from borough.resident.signals.models import Sighting
from borough.resident.sources.models import Feed, SetAside

LOOKS = "Looks at records"


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept for a purpose, since when it may go, and how much of it is past that.

    Attributes:
        what: in words.
        purpose: for which it is kept.
        before: what served its purpose for the last time before this day is past its time; None
            where nobody has said how long it is kept.
        count: how many are.
    """

    what: str
    purpose: joining.Purpose
    before: date | None
    count: int


def past(on: date) -> list[Past]:
    """Return what is kept for each purpose, and how much of it is past its time on a day."""
    support = joining.purposes()["resident.support"]
    emergency = joining.purposes()["resident.emergency"]
    looks = [_looks(one, on) for one in joining.purposes().values()]
    told = {
        "Early worries that count no more": (Sighting.objects.all(), "expires_on"),
        "Feeds taken back": (Feed.objects.all(), "withdrawal__on"),
        "Rows set aside": (SetAside.objects.all(), "feed__loaded_on"),
    }
    return [
        *looks,
        *(_past(what, support, rows, day, on) for what, (rows, day) in told.items()),
        _past("Words of emergencies", emergency, Opening.objects.all(), "ends_at__date", on),
    ]


def _looks(purpose: joining.Purpose, on: date) -> Past:
    """Count old looks by the range of their numbers, which follow the order of recording."""
    kept = purpose.kept_on(on)
    if kept is None:
        return Past(LOOKS, purpose, None, 0)
    before = _years_before(on, kept.years)
    rows = Fact.objects.filter(what=LOOKED, detail__purpose=purpose.slug)
    later = Batch.objects.filter(recorded_at__date__gte=before).order_by("id").first()
    if later:
        rows = rows.filter(id__lt=later.pk << BATCH_BITS)
    return Past(LOOKS, purpose, before, rows.count())


def _past(what: str, purpose: joining.Purpose, rows: QuerySet[Model], day: str, on: date) -> Past:
    kept = purpose.kept_on(on)
    if kept is None:
        return Past(what, purpose, None, 0)
    before = _years_before(on, kept.years)
    return Past(what, purpose, before, rows.filter(Q(**{f"{day}__lt": before})).count())


def _years_before(on: date, years: int) -> date:
    """Return the same day so many years before; of 29 February the day before."""
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year - years, day=last)
