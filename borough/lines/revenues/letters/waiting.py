"""Which rows wait for their letter, how a run of letters stands, and what was left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from borough.kernel.runs.models import Run
from borough.lines.revenues import models
from borough.lines.revenues.letters.made_from import all_sorts, sorts

LETTERS = "revenues.day_letters"
_LAST_ID = 2**63 - 1

_WAITING = """
select r.id from ({rows}) r
where r.id between %s and %s
  and not exists (select 1 from documents_document d
                  where d.source = replace(%s, '{{}}', r.id::text) and d.source <> '')
order by r.id
"""
_COUNTED = """
select count(*), min(r.day) from ({rows}) r
where not exists (select 1 from documents_document d
                  where d.source = replace(%s, '{{}}', r.id::text) and d.source <> '')
"""
_COUNTS = """
select coalesce(sum(rows), 0)::bigint,
       coalesce(sum(jsonb_array_length(result -> 'documents')), 0)::bigint,
       coalesce(sum(jsonb_array_length(result -> 'left_out')), 0)::bigint
from runs_part where run_id = %s
"""
_PRINTED = """
select count(*) from runs_part r
cross join lateral jsonb_array_elements_text(r.result -> 'documents') as d(id)
join documents_print p on p.document_id = d.id::bigint
where r.run_id = %s
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many rows of a sort wait for their letter, and the day of the oldest."""

    sort: sorts.Sort
    count: int
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How a run stands: rows of the parts done, letters issued and printed, rows left out."""

    rows: int
    issued: int
    left_out: int
    printed: int

    @property
    def reconciles(self) -> bool:
        """Tell whether every row is a letter, or was left out for a reason."""
        return self.rows == self.issued + self.left_out


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that got no letter: its sort, its account, and why."""

    title: str
    account: str
    reason: str


def waiting(sort: sorts.Sort, first: int = 0, last: int = _LAST_ID) -> list[int]:
    """Return the ids of the rows of a sort that have no letter yet, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING.format(rows=sort.rows), [first, last, sort.source])
        return [number for (number,) in cursor.fetchall()]


def all_waiting() -> list[Waiting]:
    """Return how many letters wait to be written, by sort."""
    found = []
    for sort in all_sorts.ALL:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED.format(rows=sort.rows), [sort.source])
            found.append(Waiting(sort, *cursor.fetchone()))
    return found


def newest() -> Run | None:
    """Return the newest run of letters, if there was one."""
    return Run.objects.filter(kind=LETTERS).order_by("-pk").first()


def counts(run: Run) -> Counts:
    """Return how a run stands."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [run.pk])
        rows, issued, left_out = cursor.fetchone()
        cursor.execute(_PRINTED, [run.pk])
        (printed,) = cursor.fetchone()
    return Counts(rows, issued, left_out, printed)


def rows_left_out(run: Run) -> list[tuple[str, int, str]]:
    """Return every row of a run that got no letter: its sort, its id, and why."""
    return [
        (result["sort"], row, reason)
        for result in run.parts.order_by("number").values_list("result", flat=True)
        for row, reason in result["left_out"]
    ]


def left_out(rows: Sequence[tuple[str, int, str]]) -> list[LeftOut]:
    """Return some of the rows that got no letter with their accounts."""
    accounts = {slug: _accounts(slug, [row for of, row, _ in rows if of == slug])
                for slug in {of for of, *_ in rows}}  # fmt: skip
    return [
        LeftOut(all_sorts.BY_SLUG[slug].title, accounts[slug][row], reason)
        for slug, row, reason in rows
    ]


def _accounts(slug: str, rows: list[int]) -> dict[int, str]:
    query = (
        f"select r.id, r.account_id from ({all_sorts.BY_SLUG[slug].rows}) r where r.id = any(%s)"  # noqa: S608  our own text
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [rows])
        account_of = dict(cursor.fetchall())
    references = dict(
        models.Account.objects.filter(pk__in=account_of.values()).values_list("pk", "reference")
    )
    # A row whose letter is no longer wanted (withdrawn since) has left the query.
    return {row: references.get(account_of.get(row, 0), "") for row in rows}
