"""How the letters of a billing run stand: counts that reconcile, and what was left out and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from borough.kernel.documents.models import Document
from borough.kernel.runs.models import Run
from borough.lines.revenues import models, notices
from borough.rules import years

LETTERS = "revenues.bill_letters"

_ISSUED = """
select coalesce(sum(rows), 0)::bigint,
       coalesce(sum((result ->> 'already')::int), 0)::bigint,
       coalesce(sum(jsonb_array_length(result -> 'documents')), 0)::bigint,
       coalesce(sum(jsonb_array_length(result -> 'left_out')), 0)::bigint
from runs_part where run_id = %s
"""

_PRINTED = """
select count(*), coalesce(sum(p.length_bytes), 0)::bigint
from runs_part r
cross join lateral jsonb_array_elements_text(r.result -> 'documents') as d(id)
join documents_print p on p.document_id = d.id::bigint
where r.run_id = %s
"""

_UNPRINTED = """
select d.id::bigint
from runs_part r
cross join lateral jsonb_array_elements_text(r.result -> 'documents') as d(id)
where r.run_id = %s
  and not exists (select 1 from documents_print p where p.document_id = d.id::bigint)
order by 1 limit %s
"""

_PRINTS = """
select d.id, d.thing, p.pdf_sha256, p.length_bytes
from runs_part r
cross join lateral jsonb_array_elements_text(r.result -> 'documents') as x(id)
join documents_document d on d.id = x.id::bigint
join documents_print p on p.document_id = d.id
where r.run_id = %s and r.number = %s order by d.id
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices, letters and PDFs there are.

    Attributes:
        expected: notices of the billing run; ``notices`` are those of the parts done so far.
        already: notices that had a letter before, made on the account's own page.
        issued: letters that the run issued, ``printed`` of them as PDFs of ``length_bytes``.
        left_out: notices that got no letter, each with its reason.
    """

    expected: int
    notices: int
    already: int
    issued: int
    left_out: int
    printed: int
    length_bytes: int

    @property
    def unprinted(self) -> int:
        """Letters issued whose PDF is not made."""
        return self.issued - self.printed

    @property
    def reconciles(self) -> bool:
        """Tell whether every notice is a letter, was one before, or was left out for a reason."""
        return self.expected == self.notices == self.already + self.issued + self.left_out


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter of the run as it lies in the archive."""

    document: int
    thing: str
    pdf_sha256: str
    length_bytes: int


def notices_of(billing: Run) -> int:
    """Return how many notices a billing run issued."""
    return models.Bill.objects.filter(run=billing).count()


def due_too_soon(billing: Run, on: date) -> bool:
    """Tell whether a first payment is due sooner after ``on`` than the law lets it be.

    SI 1992/613 Part V: so many days after the day on which the notice is issued.
    """
    year = years.Year.named(billing.asked["year"])
    soonest = on + timedelta(days=notices.least_days(year))
    return models.Bill.objects.filter(run=billing, first_due__lt=soonest).exists()


def letters_of(billing: Run) -> Run | None:
    """Return the run that makes the letters of a billing run, if it was asked for."""
    return Run.objects.filter(key=key_of(billing)).first()


def key_of(billing: Run) -> str:
    """Return the key that makes the letters of a billing run one run."""
    return f"{LETTERS}/{billing.pk}"


def counts(run: Run) -> Counts:
    """Return how the letters of a run stand."""
    expected = models.Bill.objects.filter(run=run.asked["billing"]).count()
    with connection.cursor() as cursor:
        cursor.execute(_ISSUED, [run.pk])
        notices, already, issued, left_out = cursor.fetchone()
        cursor.execute(_PRINTED, [run.pk])
        printed, length_bytes = cursor.fetchone()
    return Counts(expected, notices, already, issued, left_out, printed, length_bytes)


def all_left_out(run: Run) -> list[tuple[int, str]]:
    """Return every account that got no letter, by its id, and why."""
    results = run.parts.order_by("number").values_list("result", flat=True).iterator()
    return [(number, reason) for result in results for number, reason in result["left_out"]]


def left_out(found: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Return some accounts that got no letter by what a resident quotes, and why."""
    references = dict(
        models.Account.objects.filter(pk__in=[number for number, _ in found]).values_list(
            "pk", "reference"
        )
    )
    return [(references[number], reason) for number, reason in found]


def unprinted(run: Run, *, limit: int) -> list[tuple[int, str]]:
    """Return the first letters whose PDF is not made: the document's id and its account."""
    with connection.cursor() as cursor:
        cursor.execute(_UNPRINTED, [run.pk, limit])
        ids = [number for (number,) in cursor.fetchall()]
    things = Document.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "thing")
    return [(number, thing.rpartition("/")[2]) for number, thing in things]


def printed(run: Run) -> Iterator[Printed]:
    """Yield the printed letters of a run, in the order in which they were issued."""
    for number in range(run.parts_expected):
        with connection.cursor() as cursor:
            cursor.execute(_PRINTS, [run.pk, number])
            rows = cursor.fetchall()
        yield from (Printed(*row) for row in rows)
