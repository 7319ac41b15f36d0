"""What enforcement agents have, charged and passed on, beside what the Regulations allow."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np
from django.db.models import Sum

from borough.kernel import dated
from borough.kernel.runs.models import Run
from borough.lines.revenues import models
from borough.rules import enforcement, money, parameters

STAGES = {"compliance": 1, "enforcement": 2, "sale": 3}
RowKind = models.ReturnRow.Kind


class Doubtful(Protocol):
    """A row that came back from an agent, to which doubts may be added."""

    remedy: models.Remedy | None
    kind: str
    code: str
    pence: int
    passed_on_pence: int
    doubts: list[str]


def with_agents(on: date) -> int:
    """Return how many debts are with agents on a day."""
    rows = models.Remedy.objects.filter(dated.holds_on(on), kind=models.Remedy.Kind.AGENT)
    return rows.count()


def untold(agent: models.Agent) -> list[models.Recall]:
    """Return the debts called back of which the agent has not been told by a file."""
    placed = models.AgentRow.objects.filter(
        file__agent=agent, kind=models.AgentFile.Kind.PLACEMENT
    ).values("remedy")
    told = models.AgentRow.objects.filter(kind=models.AgentFile.Kind.RECALL).values("remedy")
    rows = models.Recall.objects.filter(remedy__in=placed).exclude(remedy__in=told)
    return list(rows.select_related("remedy__account").order_by("pk"))


def untold_count() -> int:
    """Return how many debts were called back of which no file has told the agent yet."""
    told = models.AgentRow.objects.filter(kind=models.AgentFile.Kind.RECALL).values("remedy")
    return models.Recall.objects.exclude(remedy__in=told).count()


def to_commit(reference: str, on: date) -> list[Run]:
    """Return the newest preview of a placing of today by somebody else that is not committed."""
    rows = Run.objects.filter(kind="revenues.placing_preview", on=on, endings__outcome="done")
    newest = rows.order_by("-pk").first()
    if newest is None or newest.by == reference:
        return []
    is_free = bool(newest.parts.get().result["free"])
    is_done = Run.objects.filter(key=f"revenues.placing/{newest.pk}").exists()
    return [newest] if is_free and not is_done else []


def by_reference(agent: models.Agent, references: Collection[str]) -> dict[str, models.Remedy]:
    """Return the debts that were placed with an agent, by the reference that it quotes."""
    ids = [int(one[2:]) for one in references if one[:2] == "EA" and one[2:].isdecimal()]
    rows = models.Remedy.objects.filter(
        pk__in=[one for one in ids if one < 2**63],
        agent_rows__file__agent=agent,
        agent_rows__kind=models.AgentFile.Kind.PLACEMENT,
    ).select_related("account", "person")
    return {row.reference: row for row in rows}


def keys_known(keys: Iterable[str]) -> set[str]:
    """Return which of these payments of an agent are in an earlier file."""
    rows = models.ReturnRow.objects.filter(key__in=keys).values_list("key", flat=True)
    return {key for key in rows if key is not None}


def doubt(rows: Sequence[Doubtful], on: date) -> None:
    """Add to each row what the Regulations say against it: a fee too high, too little passed on.

    Sums run on from earlier files, row by row.
    """
    figures = parameters.InForce(parameters.load("enforcement"), on)
    sums: dict[int, dict[str, int]] = {}
    for row in rows:
        if row.remedy is None:
            continue
        so_far = sums.setdefault(row.remedy.pk, _so_far(row.remedy))
        allowed = _allowed(row.remedy, figures)
        if row.kind == RowKind.FEE:
            _doubt_fee(row, so_far, allowed)
        elif row.kind == RowKind.PAYMENT:
            _doubt_share(row, row.remedy.owed_pence, so_far, allowed)


def charged(remedy: models.Remedy) -> list[models.ReturnRow]:
    """Return the fees that an agent charged for a debt, oldest first."""
    return list(remedy.returns.filter(kind=RowKind.FEE).order_by("on", "pk"))


def would_cost(pence: int, on: date) -> list[tuple[str, int]]:
    """Return what an agent would add to a debt by the end of each stage, in pence."""
    figures = parameters.InForce(parameters.load("enforcement"), on)
    stages = np.array(list(STAGES.values()))
    found = enforcement.worked_out(np.full(len(stages), pence), stages, figures)
    return list(zip(STAGES, found["fees"].tolist(), strict=True))


def _so_far(remedy: models.Remedy) -> dict[str, int]:
    """Return what was collected, passed on and charged by kind of fee so far."""
    rows = remedy.returns.filter(kind=RowKind.PAYMENT)
    paid = rows.aggregate(collected=Sum("pence"), passed_on=Sum("passed_on_pence"))
    fees = remedy.returns.filter(kind=RowKind.FEE).values("code").annotate(pence=Sum("pence"))
    found = {f"fee_{one['code']}": one["pence"] for one in fees.order_by("code")}
    return found | {name: pence or 0 for name, pence in paid.items()}


def _allowed(remedy: models.Remedy, figures: parameters.InForce) -> dict[str, int]:
    columns: Any = enforcement.worked_out(np.array([remedy.owed_pence]), np.array([3]), figures)
    return {stage: int(columns[stage][0]) for stage in STAGES}


def _doubt_fee(row: Doubtful, so_far: dict[str, int], allowed: dict[str, int]) -> None:
    name = f"fee_{row.code}"
    so_far[name] = so_far.get(name, 0) + row.pence
    most = allowed.get(row.code)
    if most is not None and so_far[name] > most:
        row.doubts.append(f"{money.pounds(most)} is the most that this fee may be")


def _doubt_share(
    row: Doubtful, owed_pence: int, so_far: dict[str, int], allowed: dict[str, int]
) -> None:
    """Doubt a payment of which less was passed on than regulation 13 gives the council so far."""
    so_far["collected"] += row.pence
    so_far["passed_on"] += row.passed_on_pence
    fees = {name: pence for name, pence in so_far.items() if name.startswith("fee_")}
    compliance = min(fees.pop("fee_compliance", 0), allowed["compliance"])
    [share] = enforcement.for_council(
        np.array([so_far["collected"]]),
        np.array([owed_pence]),
        compliance_pence=np.array([compliance]),
        other_fees_pence=np.array([sum(fees.values())]),
    )
    if so_far["passed_on"] < share:
        short = money.pounds(int(share) - so_far["passed_on"])
        row.doubts.append(f"{short} less was passed on than regulation 13 gives the council")
