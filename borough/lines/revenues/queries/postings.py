"""The rows of the ledger behind a figure of collecting."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from borough.kernel.ledger.models import Posting
from borough.lines.revenues import billing, sources


def of_meaning(part: str, meaning: sources.Meaning) -> QuerySet[Posting, Any]:
    """Return the postings on payers' accounts of a year that mean this, newest first by journal."""
    found = Posting.objects.filter(sub_account__kind=billing.KIND, sub_account__part=part)
    if meaning is sources.Meaning.OTHER:
        found = found.exclude(journal__source__in=sources.MEANINGS)
    else:
        named = [source for source, means in sources.MEANINGS.items() if means is meaning]
        found = found.filter(journal__source__in=named)
    return found.values(
        "journal_id",
        "pence",
        on=F("journal__on"),
        narrative=F("journal__narrative"),
        reference=F("sub_account__reference"),
    )


def as_rows(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return postings as rows of a table, each with the address of its account."""
    return [{**one, "href": reverse("revenues:account", args=[one["reference"]])} for one in found]
