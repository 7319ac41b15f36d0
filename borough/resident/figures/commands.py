"""Publishing the figures of the month that is over: once, for good."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.resident.figures import capabilities, counting, fact_kinds, models, queries
from borough.rules.support import small_numbers


class PublishedAlready(commanding.Refusal):
    """The figures of that day stand."""


def newest_day(on: date) -> date:
    """Return the last day of the month that is over: figures are of no other day."""
    return on.replace(day=1) - timedelta(days=1)


@commanding.command(capabilities.SEE_FIGURES)
def publish(*, by: commanding.Actor, on: date) -> models.Published:
    """Publish the figures as at the end of last month, without small numbers.

    Raises:
        PublishedAlready: they are, or those of a later day.
    """
    as_at = newest_day(on)
    newest = models.Published.objects.order_by("-as_at").first()
    if newest and newest.as_at >= as_at:
        raise PublishedAlready(f"The figures as at {wording.day(newest.as_at)} stand already.")
    before = queries.rows_of(newest) if newest else {}
    tables = {}
    for slug, table in counting.TABLES.items():
        counts = dict.fromkeys(table.rows, 0) | table.count(as_at)
        shown = small_numbers.shown(counts, before.get(slug, {}), as_at=as_at)
        tables[slug] = {row: [one.count, _text(one.since)] for row, one in shown.items()}
    try:
        with transaction.atomic():
            published = models.Published.objects.create(
                as_at=as_at, tables=tables, by=by.reference, on=on
            )
    except IntegrityError as error:
        raise PublishedAlready("Somebody published them meanwhile.") from error
    facts.record(fact_kinds.PUBLISHED, thing="resident.figures", by=by, on=on, as_at=as_at)
    return published


def _text(since: date | None) -> str | None:
    return since.isoformat() if since else None
