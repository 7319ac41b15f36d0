"""What comes back from enforcement agents, and calling debts back from them.

Their fees are theirs (SI 2014/1 regulation 4): they are remembered beside the debt and never posted
to the council's ledger. What they pass on is a receipt like any other.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.kernel.holds import capabilities as hold_capabilities
from borough.kernel.holds import commands as holds
from borough.lines.revenues import (
    agent_layouts,
    capabilities,
    models,
    placing,
    recalling,
    remedy_receipts,
    remedying,
    returning,
)
from borough.lines.revenues.queries import agents as queries
from borough.rules import money

RowKind = models.ReturnRow.Kind
MONEY = {"payment", "fee"}
VULNERABLE = "vulnerable"
MOST_THEIRS = 39  # of an agent's own reference, so that it fits beside the firm's short name


class NotWithAnAgent(commanding.Refusal):
    """No agent has the debt."""


class NothingToCallBack(commanding.Refusal):
    """Every debt that was called back has been told of."""


class AlreadyLoaded(commanding.Refusal):
    """The same file was loaded before."""


class TotalsDiffer(commanding.Refusal):
    """What the file passes on is not what the agent announced."""


@commanding.command(capabilities.CALL_BACK)
def call_back(*, remedy: models.Remedy, why: str, by: commanding.Actor, on: date) -> models.Recall:
    """Call a debt back at once: from now on the agent may do nothing more.

    Where somebody needs care, all that is owed to the service is left alone until a person looked.

    Raises:
        NotWithAnAgent: no agent has it any more.
    """
    recall = recalling.recall(remedy, models.Recall.Why(why), by=by, on=on)
    if recall is not None and recall.why == models.Recall.Why.VULNERABLE:
        _leave_alone(remedy, on=on)
    if recall is None:
        raise NotWithAnAgent("No agent has this debt now, so there is nothing to call back.")
    return recall


@commanding.command(capabilities.CALL_BACK)
def make_recall_file(*, agent: models.Agent, by: commanding.Actor, on: date) -> models.AgentFile:
    """Make the file that tells an agent of every debt called back since the last one.

    Raises:
        NothingToCallBack: there is none.
    """
    recalls = queries.untold(agent)
    if not recalls:
        raise NothingToCallBack("Every debt that was called back has been told of.")
    layout = agent_layouts.layouts()[agent.layout]
    rows = [
        (
            one.remedy,
            {
                "reference": one.remedy.reference,
                "account": one.remedy.account.reference,
                "called_back_on": one.on.strftime(layout.day_format),
                "why": TOLD[one.why],
            },
        )
        for one in recalls
    ]
    kind = models.AgentFile.Kind.RECALL
    file = placing.keep(kind, agent, rows, columns=layout.recall, by=by, on=on)
    facts.record(
        "revenues.recall_file_made",
        thing=f"revenues.agent_file/{file.pk}",
        by=by,
        on=on,
        rows=file.rows,
    )
    return file


# An agent needs to know that somebody needs care; whose trouble it is, it need not.
TOLD: dict[str, str] = {
    models.Recall.Why.HOLD: "Stop at once",
    models.Recall.Why.VULNERABLE: "Stop at once",
    models.Recall.Why.PAID: "Paid",
    models.Recall.Why.ARRANGED: "Arrangement agreed",
    models.Recall.Why.OFFICER: "Called back",
}


@commanding.command(capabilities.LOAD_RETURNS)
def load_return(
    *,
    agent: models.Agent,
    content: bytes,
    announced_pence: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.AgentReturn:
    """Load a file from an agent: payments, fees, debts sent back.

    All of it or nothing: a file that was cut off half-way through has loaded nothing.

    Args:
        agent: whose file.
        content: the file.
        announced_pence: what the agent says that it passes on, where it is known.
        by: who loads it.
        on: today.

    Raises:
        feeds.UnreadableFile: the file as a whole cannot be read.
        AlreadyLoaded: the same file was loaded before.
        TotalsDiffer: what the rows pass on is not the announced amount.
    """
    layout = agent_layouts.layouts()[agent.layout]
    read = feeds.read(content, layout.returns)
    rows = _rows(read, layout, agent, on)
    passed_on = sum(row.passed_on_pence for row in rows if row.is_good)
    if announced_pence is not None and passed_on != announced_pence:
        raise TotalsDiffer(
            f"The rows that can be read pass on {money.pounds(passed_on)}, and you entered "
            f"{money.pounds(announced_pence)}. Nothing was loaded."
        )
    file = _remember(agent, read, rows, passed_on, by=by, on=on)
    for row in rows:
        _keep(file, row)
    _receive(file, [row for row in rows if row.is_good and row.passed_on_pence], by=by, on=on)
    for row in rows:
        if row.is_good:
            _follow(row, by=by, on=on)
    facts.record(
        "revenues.agent_return_loaded",
        thing=f"revenues.agent_return/{file.pk}",
        by=by,
        on=on,
        rows=file.rows,
        passed_on_pence=passed_on,
        set_aside=file.set_aside,
    )
    return file


@dataclass(slots=True)
class _Row:
    """A row on its way in: what it says, and why it is set aside or doubted, if it is."""

    line: int
    cells: dict[str, str]
    remedy: models.Remedy | None = None
    kind: str = ""
    code: str = ""
    on: date | None = None
    pence: int = 0
    passed_on_pence: int = 0
    key: str | None = None
    set_aside: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.set_aside


def _rows(
    read: feeds.Read, layout: agent_layouts.AgentLayout, agent: models.Agent, on: date
) -> list[_Row]:
    """Return every row with what it means; one that cannot be used says why."""
    remedies = queries.by_reference(agent, {row.values["reference"] for row in read.rows})
    keys = _keys(agent, read.rows)
    known, twice = queries.keys_known(keys), Counter(keys)
    rows = [_Row(bad.line, bad.cells, set_aside=bad.reason) for bad in read.bad]
    for one, key in zip(read.rows, keys, strict=True):
        row = _row(one, layout, remedies.get(one.values["reference"]), key)
        if row.on is not None and row.on > on:
            row.set_aside = "The day is in the future"
        elif row.remedy and row.on and row.on < row.remedy.starts:
            row.set_aside = "The day lies before the debt was placed"
        if key in known or twice[key] > 1:
            row.set_aside = "This payment was in another row or file before"
        if row.set_aside:
            row.key = None  # put right, it may come again
        rows.append(row)
    queries.doubt([row for row in rows if row.is_good], on)
    return sorted(rows, key=lambda row: row.line)


def _row(
    one: feeds.Row,
    layout: agent_layouts.AgentLayout,
    remedy: models.Remedy | None,
    key: str,
) -> _Row:
    values: dict[str, Any] = one.values
    code = layout.codes.get(values["code"])
    pence, passed_on = values["pence"] or 0, values["passed_on"] or 0
    row = _Row(one.line, one.cells, remedy, on=values["day"], pence=pence, key=key)
    if code is None:
        row.set_aside = "The code means nothing to us"
    elif remedy is None:
        row.set_aside = "No debt with this reference was placed with this agent"
    elif passed_on > pence or (passed_on and code.kind != "payment"):
        row.set_aside = "More is passed on than was collected"
    elif code.kind in MONEY and not pence:
        row.set_aside = "The amount is nothing"
    else:
        row.kind, row.code, row.passed_on_pence = code.kind, code.code, passed_on
    return row


def _keys(agent: models.Agent, rows: Sequence[feeds.Row]) -> list[str]:
    """Return what makes each row count once: the agent's reference, or else all that it says.

    Of several without a reference that say the same, the second is known as the second wherever
    they come again.
    """
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        if theirs := row.values["theirs"]:
            is_long = len(theirs) > MOST_THEIRS
            theirs = f"long/{_digest(theirs)}" if is_long else theirs
            keys.append(f"{agent.slug}/{theirs}")
            continue
        said = "\0".join(f"{name}={row.values[name]}" for name in sorted(row.values))
        key = f"{agent.slug}/row/{_digest(said)}"
        seen[key] += 1
        keys.append(f"{key}/{seen[key]}")
    return keys


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _remember(
    agent: models.Agent,
    read: feeds.Read,
    rows: Sequence[_Row],
    passed_on: int,
    *,
    by: commanding.Actor,
    on: date,
) -> models.AgentReturn:
    good = [row for row in rows if row.is_good]
    try:
        with transaction.atomic():
            return models.AgentReturn.objects.create(
                agent=agent,
                sha256=read.sha256,
                loaded_on=on,
                by=by.reference,
                rows=len(rows),
                set_aside=len(rows) - len(good),
                collected_pence=sum(row.pence for row in good if row.kind == RowKind.PAYMENT),
                passed_on_pence=passed_on,
            )
    except IntegrityError as error:
        raise AlreadyLoaded(
            "This file was loaded before. Nothing was posted a second time."
        ) from error


def _keep(file: models.AgentReturn, row: _Row) -> None:
    models.ReturnRow.objects.create(
        file=file,
        line=row.line,
        key=row.key,
        remedy=row.remedy if row.is_good else None,
        kind=row.kind if row.is_good else "",
        on=row.on,
        pence=row.pence if row.is_good else 0,
        passed_on_pence=row.passed_on_pence if row.is_good else 0,
        code=row.code,
        query=(row.set_aside or "; ".join(row.doubts))[:200],
        cells=row.cells,
    )


def _receive(
    file: models.AgentReturn, rows: Sequence[_Row], *, by: commanding.Actor, on: date
) -> None:
    """Post what was passed on: a receipt for the year of the order, wherever the debt is now."""
    days = {day: returning.open_day(day, on) for day in {row.on for row in rows}}
    several = [
        remedy_receipts.Received(
            f"agent/{file.sha256[:24]}/{row.line}", row.remedy, row.passed_on_pence, days[row.on]
        )
        for row in rows
        if row.remedy is not None
    ]
    remedy_receipts.receive(several, by=by, on=on)


def _follow(row: _Row, *, by: commanding.Actor, on: date) -> None:
    """Do what follows from a row: a fee is told of, a debt that is sent back ends the remedy."""
    if row.remedy is None:
        return
    if row.kind == RowKind.FEE:
        remedying.tell("revenues.agent_charged", row.remedy, by=by, on=on, pence=row.pence)
    elif row.kind == RowKind.RETURNED and row.code == VULNERABLE:
        _spare(row.remedy, by=by, on=on)
    elif row.kind == RowKind.RETURNED:
        recalling.end(row.remedy, models.Remedy.Ended.RETURNED, by=by, on=on)


def _spare(remedy: models.Remedy, *, by: commanding.Actor, on: date) -> None:
    """Take a debt back from an agent who found somebody who needs care, and hold all acts."""
    recalling.recall(remedy, models.Recall.Why.VULNERABLE, by=by, on=on)
    _leave_alone(remedy, on=on)


def _leave_alone(remedy: models.Remedy, *, on: date) -> None:
    actor = commanding.system("agent-returns", hold_capabilities.PLACE_HOLD)
    try:
        with transaction.atomic():
            holds.place_hold(
                kind=VULNERABLE,
                upon=holds.Upon(person=remedy.person, line="revenues"),
                by=actor,
                on=on,
            )
    except holds.AlreadyHeld:
        pass  # somebody saw it before the agent did
