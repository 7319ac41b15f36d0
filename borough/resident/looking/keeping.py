"""What is past the time for which it is kept, by purpose: what of it can be erased, and what stays.

Facts, sightings and openings only grow: the database refuses to let them go. They hold numbers; who
a number is stands elsewhere. What names somebody, or was said of them in words, can be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Model, Q, QuerySet

from borough.kernel import joining
from borough.kernel.facts.models import BATCH_BITS, Batch, Fact
from borough.resident.looking.models import ERASED, Opening
from borough.resident.looking.queries import LOOKED
from borough.resident.signals.models import Sighting
from borough.resident.sources.models import Feed, RecordState, SetAside

LOOKS = "Looks at records"
GROWS = "Stays: it holds numbers alone, in a table that only grows"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is kept, and what is left of it once it is erased.

    Attributes:
        slug: in addresses.
        what: in words.
        purpose: slug of the purpose for which it is kept.
        rows: those of which anything is left to erase.
        day: the column of the last day on which it served its purpose.
        becomes: what its columns hold afterwards; empty where it stays.
        says: what goes and what stays, or why all of it stays.
    """

    slug: str
    what: str
    purpose: str
    rows: QuerySet[Model]
    day: str
    says: str
    becomes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept for a purpose, since when it may go, and how much of it is past that.

    Attributes:
        what: in words.
        purpose: for which it is kept.
        before: what served its purpose for the last time before this day is past its time; None
            where nobody has said how long it is kept.
        count: how many are.
        says: what becomes of it when it is erased, or why it stays.
        slug: under which it is erased; empty where it stays.
    """

    what: str
    purpose: joining.Purpose
    before: date | None
    count: int
    says: str = GROWS
    slug: str = ""


def kinds() -> dict[str, Kind]:
    """Return everything that is kept for a time, but for looks, by slug."""
    support, emergency = "resident.support", "resident.emergency"
    nobody = {"title": "", "given_names": "", "family_name": ERASED, "date_of_birth": None}
    nobody |= {"nino": "", "address": "", "postcode": "", "uprn": None}
    nobody |= {"helper": "", "helper_contact": ""}
    found = (
        Kind(
            "worries",
            "Early worries that count no more",
            support,
            Sighting.objects.all(),
            "expires_on",
            GROWS,
            {},
        ),
        Kind(
            "feeds",
            "Feeds taken back",
            support,
            Feed.objects.all(),
            "withdrawal__on",
            "Stays: counts and a digest alone are left of a file",
            {},
        ),
        Kind(
            "rows",
            "Rows set aside",
            support,
            SetAside.objects.exclude(row={}),
            "feed__loaded_on",
            "What stood in the row goes. Its line and the reason stay",
            {"row": {}},
        ),
        Kind(
            "records",
            "Who somebody was, as another service no longer says it",
            support,
            RecordState.objects.exclude(family_name=ERASED),
            "ends",
            "Name, birth, National Insurance number and address go. The number of the record stays",
            nobody,
        ),
        Kind(
            "openings",
            "Words of emergencies",
            emergency,
            Opening.objects.exclude(words=ERASED),
            "ends_at__date",
            "The words go. That it was opened, by whom and for which reason stays",
            {"words": ERASED},
        ),
    )
    return {one.slug: one for one in found}


def past(on: date) -> list[Past]:
    """Return what is kept for each purpose, and how much of it is past its time on a day."""
    looks = [_looks(one, on) for one in joining.purposes().values()]
    return [*looks, *(of_kind(one, on) for one in kinds().values())]


def of_kind(kind: Kind, on: date) -> Past:
    """Return how much of a kind is past its time on a day."""
    before = before_of(kind, on)
    count = rows_past(kind, before).count() if before else 0
    slug = kind.slug if kind.becomes else ""
    return Past(kind.what, _purpose(kind), before, count, kind.says, slug)


def before_of(kind: Kind, on: date) -> date | None:
    """Return before which day a kind is past its time; None where nobody said how long."""
    kept = _purpose(kind).kept_on(on)
    return _years_before(on, kept.years) if kept else None


def rows_past(kind: Kind, before: date) -> QuerySet[Model]:
    """Return the rows of a kind that served their purpose for the last time before a day."""
    return kind.rows.filter(Q(**{f"{kind.day}__lt": before}))


def span(kind: Kind, before: date) -> tuple[date | None, date | None]:
    """Return the first and the last day on which what is past its time served its purpose."""
    found = rows_past(kind, before).aggregate(first=Min(kind.day), last=Max(kind.day))
    return found["first"], found["last"]


def decided_by(kind: Kind, on: date) -> str:
    """Return who decided how long a kind is kept, and where it is written; "" for nobody yet."""
    kept = _purpose(kind).kept_on(on)
    return kept.decided if kept else ""


def _purpose(kind: Kind) -> joining.Purpose:
    return joining.purposes()[kind.purpose]


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


def _years_before(on: date, years: int) -> date:
    """Return the same day so many years before; of 29 February the day before."""
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year - years, day=last)
