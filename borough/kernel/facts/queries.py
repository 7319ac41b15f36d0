"""Timelines: what happened, in words, newest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from borough.kernel.facts import models, sentences


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    id: int
    what: str
    sentence: str
    thing: str
    on: date
    by: str
    recorded_at: datetime
    detail: dict[str, Any]


def of_batch(batch_id: int) -> QuerySet[models.Fact]:
    """Return the facts of a batch in order: one range of their numbers."""
    first = batch_id << models.BATCH_BITS
    return models.Fact.objects.filter(
        id__gt=first, id__lte=first + models.MOST_FACTS, batch=batch_id
    ).order_by("id")


def timeline_of_thing(
    thing: str, *, before: int | None = None, limit: int = 20, without: Collection[str] = ()
) -> list[Entry]:
    """Return the newest facts about a thing.

    Args:
        thing: e.g. ``revenues.account/100001``.
        before: the id of the last one seen.
        limit: how many at most.
        without: kinds of fact that are left out.
    """
    kept = models.Fact.objects.filter(thing=thing).exclude(what__in=without)
    return _entries(kept, before, limit)


def timeline_of_people(
    person_ids: Sequence[int],
    *,
    before: int | None = None,
    limit: int = 20,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> list[Entry]:
    """Return the newest facts about any of these persons.

    Args:
        person_ids: whom the facts concern.
        before: the id of the last one seen.
        limit: how many at most.
        only: kinds of fact that are wanted; all when empty.
        without: kinds of fact that are left out.
    """
    newest = models.Concerns.objects.filter(person_id__in=person_ids).order_by("-fact_id")
    if only:
        newest = newest.filter(fact__what__in=only)
    if without:
        newest = newest.exclude(fact__what__in=without)
    if before is not None:
        newest = newest.filter(fact_id__lt=before)
    ids = list(dict.fromkeys(newest.values_list("fact_id", flat=True)[: limit * len(person_ids)]))
    return _entries(models.Fact.objects.filter(id__in=ids[:limit]), None, limit)


def _entries(facts: Any, before: int | None, limit: int) -> list[Entry]:
    if before is not None:
        facts = facts.filter(id__lt=before)
    return [
        Entry(
            id=fact.id,
            what=fact.what,
            sentence=sentences.tell(fact.what, fact.detail),
            thing=fact.thing,
            on=fact.on,
            by=fact.by,
            recorded_at=fact.batch.recorded_at,
            detail=fact.detail,
        )
        for fact in facts.select_related("batch").order_by("-id")[:limit]
    ]
