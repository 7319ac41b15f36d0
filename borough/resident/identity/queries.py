"""Questions about who is who. Only what is joined counts; what is likely is the reviewer's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from borough.kernel import dated
from borough.resident.identity import models
from borough.rules import statistics


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the pairs that people decided, how many are one person; between which shares that lies.

    Shares are in thousandths, by Wilson's interval of 95 per cent; None where nothing was decided.
    """

    source: str
    is_check: bool
    decided: int
    same: int
    low_permille: int | None
    high_permille: int | None


def people_of(record_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return whose these records are on a day: person by record, only of those that are joined."""
    rows = models.Link.objects.filter(dated.holds_on(on), record_id__in=list(record_ids))
    return dict(rows.values_list("record_id", "person_id"))


def records_of(person_ids: Iterable[int], on: date) -> dict[int, list[int]]:
    """Return the records that are joined to these people on a day; those of none are left out."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = models.Link.objects.filter(dated.holds_on(on), person_id__in=list(person_ids))
    for person, record in rows.order_by("record_id").values_list("person_id", "record_id"):
        found[person].append(record)
    return dict(found)


def joined_by_source(on: date) -> dict[str, int]:
    """Return how many records of each source are joined on a day."""
    rows = models.Link.objects.filter(dated.holds_on(on)).values("record__source")
    return dict(rows.annotate(count=Count("pk")).values_list("record__source", "count"))


def waiting_by_source() -> dict[str, tuple[int, int]]:
    """Return how many records of each source wait: doubtful ones, and ones to be checked."""
    rows = models.Proposal.objects.values("record__source").annotate(
        doubtful=Count("record", filter=Q(is_check=False), distinct=True),
        checks=Count("record", filter=Q(is_check=True), distinct=True),
    )
    return {row["record__source"]: (row["doubtful"], row["checks"]) for row in rows}


def next_proposal() -> models.Proposal | None:
    """Return what a person decides next: the likeliest first, what was put off last."""
    return models.Proposal.objects.order_by("put_off", "-weight_hundredths", "pk").first()


def precision() -> list[Precision]:
    """Return what people found, by source: of the doubtful, and of the sample of the certain."""
    rows = (
        models.Verdict.objects.exclude(answer=models.Verdict.Answer.UNKNOWN)
        .values("record__source", "is_check")
        .annotate(decided=Count("pk"), same=Count("pk", filter=Q(answer="same")))
        .order_by("record__source", "-is_check")
    )
    return [
        Precision(
            row["record__source"],
            row["is_check"],
            row["decided"],
            row["same"],
            *interval_permille(row["same"], row["decided"]),
        )
        for row in rows
    ]


def interval_permille(right: int, count: int) -> tuple[int | None, int | None]:
    """Return between which shares of a thousand the true one lies, 95 times in a hundred."""
    return statistics.share(right, count).interval_permille or (None, None)
