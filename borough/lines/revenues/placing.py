"""Placing debts with an enforcement agent: a preview that changes nothing, and a run that does.

The preview asks of every debt what stands against it. The run asks again: what changed in between
is left out and said. Each part begins remedies, the last writes the file; started again after any
end, the run goes on where it stopped.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import agent_layouts, models, recalling, remedying, steps
from borough.lines.revenues.letters import addressing, frame
from borough.lines.revenues.queries import remedies
from borough.rules import money, years

PREVIEW = "revenues.placing_preview"
PLACING = "revenues.placing"
PART = 500
NOWHERE = "No address is recorded at which those who owe it would be found"

Progress = Callable[[int], None] | None
Left = list[tuple[str, str, list[str]]]
"""Account, year, and why it is left alone."""


def preview(run: Run, *, progress: Progress = None) -> None:
    """Find which debts could be placed on the day of the run, and why not the others."""

    def do(number: int) -> runs.Result:
        del number  # one part: the question is one, for however many debts
        found = [one for one in remedies.orders(run.on) if one.outstanding_pence]
        asked = remedying.ask(remedying.Kind.AGENT, found, on=run.on)
        there, nowhere = _found([one for one, _ in asked.free], run)
        free = [
            [one.account_id, one.reference, one.year.name, one.outstanding_pence] for one in there
        ]
        return len(found), {"free": free, "left": _said([*asked.stood, *nowhere])}

    runs.carry_out(run, do, progress=progress)
    runs.end(run)


def free_of(preview_run: Run) -> list[list[Any]]:
    """Return what a preview found free: account id, reference, year, pence."""
    return list(preview_run.parts.get().result["free"])


def left_of(run: Run) -> Left:
    """Return what a preview or a run leaves alone, each with why."""
    return [
        (account, year, reasons)
        for part in run.parts.order_by("number")
        for account, year, reasons in part.result.get("left", [])
    ]


def reasons_of(left: Left) -> list[tuple[str, int]]:
    """Return how many debts each reason keeps back, the most first; a debt may have several."""
    return Counter(reason for _, _, reasons in left for reason in reasons).most_common()


def carry_out(run: Run, *, by: commanding.Actor, progress: Progress = None) -> None:
    """Begin the remedies, write the file, tell of it."""
    agent = models.Agent.objects.get(slug=run.asked["agent"])

    def do(number: int) -> runs.Result:
        if number < run.parts_expected - 1:
            return _begin(run, number, by=by)
        return _write(run, agent, by=by)

    runs.carry_out(run, do, progress=progress)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():
            _finish(run, by=by)


def _begin(run: Run, number: int, *, by: commanding.Actor) -> runs.Result:
    """Begin the remedies of a part; those that now stand are left out and kept with why."""
    wanted = {(account, year) for account, year in run.asked["parts"][number]}
    found = remedies.orders(run.on, [account for account, _ in wanted])
    mine = [one for one in found if (one.account_id, one.year.name) in wanted]
    there, nowhere = _found(mine, run)
    begun, left = remedying.start_many(remedying.Kind.AGENT, there, on=run.on)
    gone = _gone(wanted - {(one.account_id, one.year.name) for one in mine})
    _tell(begun, run, by=by)
    ids = [one.pk for one in begun]
    return len(begun), {"remedies": ids, "left": [*_said([*nowhere, *left]), *gone]}


def _write(run: Run, agent: models.Agent, *, by: commanding.Actor) -> runs.Result:
    """Write the file of all that was begun; without any there is no file."""
    ids = [one for part in run.parts.all() for one in part.result.get("remedies", [])]
    if not ids:
        return 0, {"file": None}
    layout = agent_layouts.layouts()[agent.layout]
    rows = _cells(ids, layout, run, by=by)
    file = keep(
        models.AgentFile.Kind.PLACEMENT, agent, rows, columns=layout.placement, run=run, by=by
    )
    return 0, {"file": file.pk}


def keep(
    kind: models.AgentFile.Kind,
    agent: models.Agent,
    rows: Sequence[tuple[models.Remedy, dict[str, str]]],
    *,
    columns: Sequence[agent_layouts.Column],
    run: Run | None = None,
    by: commanding.Actor,
    on: Any = None,
) -> models.AgentFile:
    """Keep a file for an agent, row by row as it goes out, and its hash."""
    content = agent_layouts.written(columns, [cells for _, cells in rows])
    file = models.AgentFile.objects.create(
        kind=kind,
        agent=agent,
        run=run,
        made_on=run.on if run else on,
        by=by.reference,
        rows=len(rows),
        pence=sum(remedy.owed_pence for remedy, _ in rows),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    models.AgentRow.objects.bulk_create(
        models.AgentRow(
            file=file, line=line, remedy=remedy, kind=kind, pence=remedy.owed_pence, cells=cells
        )
        for line, (remedy, cells) in enumerate(rows, 2)  # line 1 is the headings
    )
    return file


def content(file: models.AgentFile) -> bytes:
    """Return a file as it went out, from its rows."""
    layout = agent_layouts.layouts()[file.agent.layout]
    kind = models.AgentFile.Kind
    columns = layout.placement if file.kind == kind.PLACEMENT else layout.recall
    return agent_layouts.written(columns, [row.cells for row in file.lines.order_by("line")])


def _cells(
    ids: Sequence[int],
    layout: agent_layouts.AgentLayout,
    run: Run,
    *,
    by: commanding.Actor,
) -> list[tuple[models.Remedy, dict[str, str]]]:
    rows = list(models.Remedy.objects.filter(pk__in=ids).select_related("account").order_by("pk"))
    account_ids = [row.account_id for row in rows]
    orders = {(one.account_id, one.year.first): one for one in remedies.orders(run.on, account_ids)}
    heads = addressing.heads([_to(row.account_id, years.Year(row.year)) for row in rows], on=run.on)
    found = []
    for row, head in zip(rows, heads, strict=True):
        if isinstance(head, commanding.Refusal):  # the address went since the part was done
            recalling.recall(row, models.Recall.Why.OFFICER, by=by, on=run.on)
        else:
            found.append((row, _row(row, orders[row.account_id, row.year], head.head, layout)))
    return found


def _row(
    remedy: models.Remedy,
    order: remedies.Order,
    head: frame.Head,
    layout: agent_layouts.AgentLayout,
) -> dict[str, str]:
    """Return the cells of a debt: who owes it and where they are, not only the home taxed."""
    *lines, postcode = head.address
    return {
        "reference": remedy.reference,
        "account": remedy.account.reference,
        "year": order.year.name,
        "name": " and ".join(head.addressees),
        "address": ", ".join(lines),
        "postcode": postcode,
        "home": ", ".join(head.property_address),
        "ordered_on": order.ordered_on.strftime(layout.day_format),
        "tax": money.in_pounds(max(order.tax_pence, 0)),
        "costs": money.in_pounds(max(order.costs_pence, 0)),
        "total": money.in_pounds(remedy.owed_pence),
    }


def _found(
    orders: Sequence[remedies.Order], run: Run
) -> tuple[list[remedies.Order], list[remedying.Stood]]:
    """Return the debts whose debtors can be found, and the others: nobody rings a wrong bell."""
    heads = addressing.heads([_to(one.account_id, one.year) for one in orders], on=run.on)
    there: list[remedies.Order] = []
    nowhere: list[remedying.Stood] = []
    for order, head in zip(orders, heads, strict=True):
        if isinstance(head, commanding.Refusal):
            nowhere.append((order, (NOWHERE,)))
        else:
            there.append(order)
    return there, nowhere


def _to(account_id: int, year: years.Year) -> addressing.Asked:
    return addressing.Asked(account_id, year.starts, year.ends)


def _tell(begun: Sequence[models.Remedy], run: Run, *, by: commanding.Actor) -> None:
    by_year: dict[int, list[models.Remedy]] = {}
    for one in begun:
        by_year.setdefault(one.year, []).append(one)
    references = dict(
        models.Account.objects.filter(pk__in=[one.account_id for one in begun]).values_list(
            "pk", "reference"
        )
    )
    happenings = []
    for first, several in by_year.items():
        year = years.Year(first)
        people = steps.liable([one.account_id for one in several], year)
        happenings += [
            facts.Happening(
                about=people.get(one.account_id, ()),
                thing=f"revenues.account/{references[one.account_id]}",
                detail={"pence": one.owed_pence, "year": year.name, "remedy_id": one.pk},
            )
            for one in several
        ]
    facts.record_many("revenues.debt_placed", happenings, by=by, on=run.on)


def _finish(run: Run, *, by: commanding.Actor) -> None:
    file = models.AgentFile.objects.filter(run=run).first()
    facts.record(
        "revenues.placing_done",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        placed=file.rows if file else 0,
        pence=file.pence if file else 0,
        left_out=len(left_of(run)),
    )
    runs.end(run)


def _gone(missing: set[tuple[int, str]]) -> Left:
    references = dict(
        models.Account.objects.filter(pk__in=[one for one, _ in missing]).values_list(
            "pk", "reference"
        )
    )
    return [(references[one], year, [remedying.NO_ORDER]) for one, year in sorted(missing)]


def _said(stood: Sequence[remedying.Stood]) -> Left:
    return [(one.reference, one.year.name, list(reasons)) for one, reasons in stood]
