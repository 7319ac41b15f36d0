"""What Revenues knows that stands against acting on a debt: it can hold back, never press on."""

from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel.holds import queries as holds
from borough.lines.revenues import models
from borough.lines.revenues.queries import arrangements

KEPT = "An arrangement to pay is agreed and not broken. While it holds, nothing else is done"
FEW = 500
_PREFIX = "revenues.account/"


def stays(
    debts: Sequence[holds.Debt], act: str, on: date
) -> Mapping[int, tuple[holds.Reason, ...]]:
    """Return what stands against an act on these debts, by index (``ServiceLine.stays``)."""
    del act  # a kept arrangement stands against every one
    references = {
        debt.thing.removeprefix(_PREFIX) for debt in debts if debt.thing.startswith(_PREFIX)
    }
    covered = _covered(references, on)
    kept = holds.Reason("arrangement", KEPT, "revenues")
    return {
        index: (kept,)
        for index, debt in enumerate(debts)
        if _covers(covered.get(debt.thing, ()), debt.part)
    }


def _covered(references: set[str], on: date) -> dict[str, Sequence[str]]:
    """Return the parts under an arrangement that is not broken, by account."""
    agreed = arrangements.open_on(on)
    if len(references) < FEW:  # there are far fewer arrangements than accounts
        agreed = agreed.filter(account__reference__in=references)
    rows = list(agreed.values_list("pk", "account__reference", "parts"))
    if not rows:
        return {}
    found = arrangements.standings([row[0] for row in rows], on)
    return {
        f"{_PREFIX}{reference}": parts
        for (_, reference, parts), kept in zip(rows, found.is_kept.tolist(), strict=True)
        if kept
    }


def _covers(parts: Sequence[str], part: str) -> bool:
    """Tell whether a debt is held: of a year covered, or of an older one; of an account: any.

    Who keeps an arrangement about this year is not pressed for what came before it. What falls due
    later than the years covered is not part of what was agreed.
    """
    covered = {one.removesuffix(models.arrangements.COSTS) for one in parts}
    return bool(covered) and part.removesuffix(models.arrangements.COSTS) <= max(covered)
