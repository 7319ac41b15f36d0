"""What a pack of information holds: each paper, each count, each assumption, by its digest."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from borough.kernel.post import looking
from borough.partnership.decisions import models
from borough.partnership.measures import queries as measures
from borough.partnership.seats import signing
from borough.rules import years


def manifest(
    case: models.Case, slugs: Collection[str], assumptions: Sequence[str], *, on: date
) -> dict[str, Any]:
    """Return what a pack frozen now would hold, as plain data.

    A measure is frozen as it was counted last, with who disputes it; no data is told as no data.
    """
    return {
        "case": signing.digest(case.content),
        "papers": [
            {"title": one.title, "sha256": one.sha256}
            for one in case.papers.order_by("title", "sha256")
        ],
        "measures": [_count(one) for one in _readings(on) if one.measure.slug in slugs],
        "assumptions": [one.strip() for one in assumptions if one.strip()],
    }


def where(folder: Path, paper: models.Paper) -> Path:
    """Return where the file of a paper is kept."""
    ending = looking.ENDINGS[paper.media]
    return folder / "decisions" / paper.sha256[:2] / f"{paper.sha256}.{ending}"


def _readings(on: date) -> list[measures.Reading]:
    return measures.readings(years.Year.holding(on), on)


def _count(reading: measures.Reading) -> dict[str, Any]:
    count = reading.snapshot
    told: dict[str, Any] = {
        "measure": reading.measure.slug,
        "title": reading.measure.title,
        "blind_to": reading.measure.blind_to,
        "disputed_by": list(reading.disputed_by),
        "count": None,
    }
    if count is not None:
        told["count"] = {
            "number": count.pk,
            "year": count.year,
            "as_at": count.as_at.isoformat(),
            "numerator": count.numerator,
            "denominator": count.denominator,
            "definition": count.definition,
        }
    return told
