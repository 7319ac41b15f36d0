"""Which letters there are. Pages that show them are guarded by whoever writes the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from borough.kernel.documents import models


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of a list."""

    id: int
    kind: str
    title: str
    thing: str
    on: date
    by: str
    is_printed: bool


def documents_of(thing: str, *, limit: int = 50) -> list[Entry]:
    """Return the newest letters about a thing, e.g. ``revenues.account/100001``."""
    return _entries(models.Document.objects.filter(thing=thing), limit)


def documents_for(person_ids: Sequence[int], *, limit: int = 50) -> list[Entry]:
    """Return the newest letters addressed to any of these persons, each once."""
    theirs = models.Addressee.objects.filter(person_id__in=person_ids).values("document_id")
    return _entries(models.Document.objects.filter(id__in=theirs), limit)


def written(sources: Sequence[str]) -> dict[str, int]:
    """Return the document made from each of these rows, by the row's name; the others have none."""
    rows = models.Document.objects.filter(source__in=sources).exclude(source="")
    return dict(rows.values_list("source", "pk"))


def _entries(documents: Any, limit: int) -> list[Entry]:
    rows = documents.annotate(is_printed=Q(print__isnull=False)).order_by("-id")[:limit]
    return [
        Entry(**row)
        for row in rows.values("id", "kind", "title", "thing", "on", "by", "is_printed")
    ]
