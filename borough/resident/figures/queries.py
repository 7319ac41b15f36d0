"""What was published, in rows."""

from dataclasses import dataclass
from datetime import date

from borough.resident.figures import models
from borough.resident.figures.counting import TABLES, Table
from borough.rules.support import small_numbers


@dataclass(frozen=True, slots=True)
class Figures:
    """One table as it was published: rows by their words, and the total where it is shown."""

    table: Table
    rows: dict[str, small_numbers.Shown]
    total: int | None


def published(as_at: date | None = None) -> models.Published | None:
    """Return the figures of a day, or the newest; None where there are none."""
    rows = models.Published.objects.order_by("-as_at")
    return (rows.filter(as_at=as_at) if as_at else rows).first()


def figures(found: models.Published) -> list[Figures]:
    """Return the tables of what was published, those that are still known."""
    several = []
    for slug, shown in rows_of(found).items():
        if slug in TABLES:
            table = TABLES[slug]
            total = small_numbers.total(shown, as_at=found.as_at) if table.adds_up else None
            several.append(
                Figures(table, {table.rows.get(row, row): one for row, one in shown.items()}, total)
            )
    return several


def rows_of(found: models.Published) -> dict[str, dict[str, small_numbers.Shown]]:
    """Return the rows that were published, by table."""
    return {
        slug: {
            row: small_numbers.Shown(count, date.fromisoformat(since) if since else None)
            for row, (count, since) in rows.items()
        }
        for slug, rows in found.tables.items()
    }
