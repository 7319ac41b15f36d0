"""The letters of a billing run: a bill for every account that it noticed, issued and printed.

Issuing goes in parts: the letters of some hundred accounts and the record of the part are one
transaction, so that a run killed anywhere issues nothing twice and loses nothing. Printing follows
outside of any part, because each PDF is its own state: it is archived or it is not.
"""

from collections.abc import Callable, Iterator, Sequence

from django.db import connection, transaction

from borough.kernel.commanding import Actor
from borough.kernel.documents import commands as documents
from borough.kernel.documents import printing
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import models
from borough.lines.revenues.letters import bill, filling
from borough.lines.revenues.queries import mailing as queries
from borough.rules import years

# An officer whose account is in the part waits for about a second.
PART = 500
BY_HAND = "It goes out by hand, in the way agreed: make it on the account’s own page."

_LOCKED = """
select id from revenues_account
where id in (select account_id from revenues_bill where run_id = %s)
  and id between %s and %s
order by id for update
"""

# The letter says which notice it is, so that a notice has one letter, whoever made it.
_LETTERED = """
select a.id from revenues_account a
join lateral (select version from revenues_bill b where b.account_id = a.id and b.year = %s
              order by version desc limit 1) b on true
where a.id = any(%s) and exists (
    select 1 from documents_document d
    where d.thing = 'revenues.account/' || a.reference and d.thing <> '' and d.kind = %s
      and d.data ->> 'year' = %s and (d.data ->> 'version')::int = b.version)
"""

Progress = Callable[[int], None]


def _silent(_: int) -> None:
    pass


def divide(billing: Run, *, size: int = PART) -> list[list[int]]:
    """Return the parts of the letters of a billing run, as [first account id, last id]."""
    noticed = models.Bill.objects.filter(run=billing).order_by("account_id")
    ids = list(noticed.values_list("account_id", flat=True))
    return [[ids[at], ids[min(at + size, len(ids)) - 1]] for at in range(0, len(ids), size)]


def carry_out(
    run: Run,
    *,
    by: Actor,
    processes: int | None = None,
    issued: Progress = _silent,
    printed: Progress = _silent,
) -> None:
    """Issue and print the letters of a billing run; started again, it goes on where it stopped.

    Args:
        run: asked for by `commands.mailing.ask_bill_letters`.
        by: who issues them.
        processes: how many print at once; by default one for each core.
        issued: told the notices of each part as it is done.
        printed: told how many this call has printed, after each batch.

    Raises:
        runs.AlreadyRunning: another process issues the letters now.
    """
    runs.carry_out(run, lambda number: _issue(run, number, by), progress=issued)
    printing.print_these(_documents(run), processes=processes, report=printed)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            _finish(run, by=by)


def _issue(run: Run, number: int, by: Actor) -> runs.Result:
    """Issue the letters of a part: of each account's newest notice, unless it has one."""
    year = years.Year.named(run.asked["year"])
    ids = _locked(run, number)
    already = _lettered(ids, year)
    filled = filling.of_accounts([one for one in ids if one not in already], year, on=run.on)
    sent = [one for one in filled.ready.values() if not one.by_hand]
    left_out = [(one, str(refusal)) for one, refusal in filled.refused.items()]
    left_out += [(one, BY_HAND) for one, ready in filled.ready.items() if ready.by_hand]
    made = documents.issue_many(
        bill.KIND, [_letter(one) for one in sent], template=bill.TEMPLATE, by=by, on=run.on
    )
    return len(ids), {"already": len(already), "documents": made, "left_out": sorted(left_out)}


def _letter(ready: filling.Ready) -> documents.Letter:
    thing = f"revenues.account/{ready.said.account}"
    return documents.Letter(ready.said.as_json(), thing, ready.people)


def _locked(run: Run, number: int) -> list[int]:
    """Return the accounts of a part; nobody bills them while their letters are written."""
    first, last = run.asked["parts"][number]
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, [run.asked["billing"], first, last])
        return [one for (one,) in cursor.fetchall()]


def _lettered(ids: Sequence[int], year: years.Year) -> set[int]:
    said = filling.said_of(year)
    with connection.cursor() as cursor:
        cursor.execute(_LETTERED, [year.first, list(ids), bill.KIND, said])
        return {one for (one,) in cursor.fetchall()}


def _documents(run: Run) -> Iterator[int]:
    for result in run.parts.order_by("number").values_list("result", flat=True).iterator():
        yield from result["documents"]


def _finish(run: Run, *, by: Actor) -> None:
    counts = queries.counts(run)
    facts.record(
        "revenues.bills_sent",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        year=run.asked["year"],
        notices=counts.notices,
        letters=counts.issued,
        left_out=counts.left_out,
        printed=counts.printed,
    )
    runs.end(run)
