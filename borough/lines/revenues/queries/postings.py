"""The rows of the ledger behind a figure of collecting."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from borough.kernel.ledger.models import Posting
from borough.lines.revenues import billing, sources
from borough.lines.revenues.queries import collected


def that_mean(meanings: Collection[sources.Meaning]) -> QuerySet[Posting]:
    """Return the postings on payers' accounts that mean one of these."""
    named = [source for source, means in sources.MEANINGS.items() if means in meanings]
    theirs = Q(journal__source__in=named)
    if sources.Meaning.OTHER in meanings:
        theirs |= ~Q(journal__source__in=sources.MEANINGS)
    return Posting.objects.filter(theirs, sub_account__kind=billing.KIND)


def as_counted(found: QuerySet[Posting], count: collected.Count) -> QuerySet[Posting]:
    """Return those that a count has counted: what was posted since is left out."""
    counted = found.filter(journal__on__lte=count.on)
    return counted if count.batch is None else counted.filter(journal__batch__lte=count.batch)


def total(found: QuerySet[Posting]) -> tuple[int, int]:
    """Return how many postings these are, and what they come to in pence."""
    sums = found.aggregate(count=Count("line"), pence=Sum("pence"))
    return sums["count"], sums["pence"] or 0


def rows(found: QuerySet[Posting]) -> QuerySet[Posting, Any]:
    """Return what a list shows of postings."""
    return found.values(
        "journal_id",
        "line",
        "pence",
        on=F("journal__on"),
        narrative=F("journal__narrative"),
        reference=F("sub_account__reference"),
    )


def as_rows(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return postings as rows of a table, each with the address of its account."""
    return [{**one, "href": reverse("revenues:account", args=[one["reference"]])} for one in found]
