"""What is measured of the work, as it stands on the card: a measure for each kind."""

from collections.abc import Callable
from datetime import date

from borough.kernel.joining import Measure
from borough.partnership.work import models, queries
from borough.rules import years


def _counts(kind: models.Kind) -> Callable[[years.Year, date], tuple[int, int] | None]:
    """Return what counts a kind: how much of it there was, and no data where none was told."""

    def read(year: years.Year, on: date) -> tuple[int, int] | None:
        counted = queries.count(kind, year, on)
        return None if counted is None else (counted, 1)

    return read


def slug(kind: models.Kind) -> str:
    """Return the slug of the measure of a kind."""
    return f"partnership.work_{kind.value}"


ALL = tuple(
    Measure(
        slug(kind),
        str(kind.label),
        unit="count",
        better="neither",
        read=_counts(kind),
        blind_to="How long each took, how well it was done, and whatever the other system did not "
        "send. More of it can mean more need, or the same people having to ask twice.",
        numerator="Records of the year so far, as the other system sent them",
        denominator="Nothing: it is a number",
        rows="partnership:work",
        gathers="numerator",
    )
    for kind in models.Kind
)
