"""Rows of the ledger that claims lead to, and how much of each is not claimed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from borough.kernel.ledger import models as ledger
from borough.partnership.savings import models
from borough.partnership.savings.queries import charges
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that could show a claim: a credit note of the year of which something is left."""

    journal_id: int
    line: int
    on: date
    narrative: str
    pence: int
    left_pence: int


def left_pence(journal_id: int, line: int, pence: int) -> int:
    """Return how much of a posting no live claim holds, with the posting's sign."""
    gone = models.Event.objects.filter(what=models.Event.What.REVERSED).values("entry")
    rows = models.Traced.objects.filter(journal_id=journal_id, line=line)
    taken = rows.exclude(evidence__entry__in=gone).aggregate(total=Sum("pence"))["total"] or 0
    return pence - int(taken)


def candidates(year: years.Year, on: date, *, credits: bool) -> list[Candidate]:
    """Return the rows of the charge of a year of which something is left, by day.

    Args:
        year: of the charge.
        on: up to which day.
        credits: credit notes, which show a saving; else invoices, which show a cost.
    """
    reversed_ones = {one.reverses_id for one in charges.statement(year, on) if one.reverses_id}
    found = []
    for one in charges.statement(year, on):
        left = left_pence(one.journal_id, one.line, one.pence)
        is_live = one.reverses_id is None and one.journal_id not in reversed_ones
        if is_live and left and (one.pence < 0) == credits:
            found.append(
                Candidate(one.journal_id, one.line, one.on, one.narrative, one.pence, left)
            )
    return found


def rows_of(evidence: Sequence[models.Evidence]) -> dict[int, list[tuple[models.Traced, str, str]]]:
    """Return what each piece of evidence leads to: the trace, the narrative, the account."""
    traced = list(models.Traced.objects.filter(evidence__in=evidence).order_by("pk"))
    postings = {
        (one.journal_id, one.line): one
        for one in ledger.Posting.objects.filter(
            journal_id__in=[each.journal_id for each in traced]
        ).select_related("journal", "account")
    }
    found: dict[int, list[tuple[models.Traced, str, str]]] = {}
    for one in traced:
        posting = postings[one.journal_id, one.line]
        row = (one, posting.journal.narrative, posting.account.title)
        found.setdefault(one.evidence_id, []).append(row)
    return found
