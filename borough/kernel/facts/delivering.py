"""News between lines: after commit, at least once, a batch at a time, to idempotent handlers."""

import logging
from collections import defaultdict

from django.db import transaction
from django.db.models import F, QuerySet

from borough.kernel import clock, joining
from borough.kernel.facts import models, queries

MOST_ATTEMPTS = 20
log = logging.getLogger(__name__)


def deliver(limit: int = 100) -> int:
    """Hand owed batches to the lines that hear them; return how many arrived."""
    arrived = 0
    for _ in range(limit):
        handed_over = _deliver_next()
        if handed_over is None:
            break
        arrived += handed_over
    return arrived


def _owed() -> QuerySet[models.Delivery]:
    return models.Delivery.objects.filter(
        delivered_at=None, attempts__lt=MOST_ATTEMPTS, line__in=[c.slug for c in joining.lines()]
    )


def _deliver_next() -> bool | None:
    """Hand over what is owed longest; return whether it arrived, or None where nothing is owed."""
    with transaction.atomic():
        owed = _owed().select_for_update(skip_locked=True).order_by("attempts", "id").first()
        if owed is None:
            return None
        try:
            with transaction.atomic():
                _hand_over(owed)
        except Exception:
            # The news stays owed and is tried again; the log names the batch, never its people.
            log.exception("facts batch %s did not reach %s", owed.batch_id, owed.line)
            models.Delivery.objects.filter(pk=owed.pk).update(attempts=F("attempts") + 1)
            return False
        models.Delivery.objects.filter(pk=owed.pk).update(delivered_at=clock.now())
        return True


def _hand_over(owed: models.Delivery) -> None:
    by_kind = defaultdict(list)
    for fact in queries.of_batch(owed.batch_id):
        by_kind[fact.what].append(fact)
    for what, facts in by_kind.items():
        for line, handler in joining.hearers(what):
            if line == owed.line:
                handler(facts)
