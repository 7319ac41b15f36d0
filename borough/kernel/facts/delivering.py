"""News between lines: after commit, at least once, to idempotent handlers.

What is owed to one line goes to it together, for a handler that is asked once about a hundred
debts asks the database once. Where that fails each batch goes alone, so that one which cannot be
heard keeps no other back.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet

from borough.kernel import clock, joining
from borough.kernel.facts import models, queries

MOST_ATTEMPTS = 20
MOST_FACTS = 5_000  # handed over together, unless one batch has more
log = logging.getLogger(__name__)


def deliver(limit: int = 100) -> int:
    """Hand owed batches to the cards that hear them; return how many arrived."""
    arrived, together = 0, limit
    failed: list[int] = []
    while limit > 0:
        with transaction.atomic():
            owed = _next(min(together, limit), failed)
            heard = bool(owed) and _hear(owed)
        if not owed:
            break
        if not heard and len(owed) > 1:
            together = 1
            continue
        arrived += len(owed) if heard else 0
        failed += [] if heard else [owed[0].pk]
        limit -= len(owed)
    return arrived


def _owed() -> QuerySet[models.Delivery]:
    return models.Delivery.objects.filter(
        delivered_at=None, attempts__lt=MOST_ATTEMPTS, line__in=[c.slug for c in joining.cards()]
    )


def _next(most: int, failed: Sequence[int]) -> list[models.Delivery]:
    """Return what is owed longest to one line, and hold it until the transaction ends.

    What failed in this call waits for the next: the reason may have gone by then.
    """
    rows = _owed().exclude(pk__in=failed).select_related("batch")
    rows = rows.select_for_update(skip_locked=True, of=("self",))
    taken: list[models.Delivery] = []
    facts = 0
    for one in rows.order_by("attempts", "id")[:most]:
        facts += one.batch.facts
        if taken and (one.line != taken[0].line or facts > MOST_FACTS):
            break
        taken.append(one)
    return taken


def _hear(owed: Sequence[models.Delivery]) -> bool:
    """Hand batches over; tell whether they arrived. One that did not on its own is tried again."""
    rows = models.Delivery.objects.filter(pk__in=[one.pk for one in owed])
    try:
        with transaction.atomic():
            _hand_over(owed)
    except Exception:
        if len(owed) == 1:
            # The news stays owed; the log names the batch, never its people.
            log.exception("facts batch %s did not reach %s", owed[0].batch_id, owed[0].line)
            rows.update(attempts=F("attempts") + 1)
        return False
    rows.update(delivered_at=clock.now())
    return True


def _hand_over(owed: Sequence[models.Delivery]) -> None:
    by_kind = defaultdict(list)
    for one in owed:
        for fact in queries.of_batch(one.batch_id):
            by_kind[fact.what].append(fact)
    for what, facts in by_kind.items():
        for line, handler in joining.hearers(what):
            if line == owed[0].line:
                handler(facts)
