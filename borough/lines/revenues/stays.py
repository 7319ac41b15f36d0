"""What Revenues knows that stands against acting on a debt: it can hold back, never press on."""

from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel.holds import acts
from borough.kernel.holds import queries as holds
from borough.lines.revenues import laws, models
from borough.lines.revenues.queries import arrangements, unwritten
from borough.rules import parameters, years
from borough.rules.council_tax import recovery as rules

KEPT = "An arrangement to pay is agreed and not broken. While it holds, nothing else is done"
UNWRITTEN = holds.Reason(
    "unwritten",
    "The letter of the step before it was never written, so nobody has been told. Have the letters "
    "written, or withdraw that step",
    "revenues",
)
TOO_SHORT = holds.Reason(
    "too_short",
    "The letter of the summons left fewer days before the hearing than the law gives. Ask the "
    "court to put it off, or withdraw the summons",
    "revenues",
)
FEW = 500
_PREFIX = "revenues.account/"

Found = Mapping[int, tuple[holds.Reason, ...]]


def stays(debts: Sequence[holds.Debt], act: str, on: date) -> Found:
    """Return what stands against an act on these debts, by index (``ServiceLine.stays``)."""
    references = {
        debt.thing.removeprefix(_PREFIX) for debt in debts if debt.thing.startswith(_PREFIX)
    }
    # To ask how an arrangement goes is part of it; neither that nor a collection rests on a step.
    kept = {} if act == acts.CHASE else _kept(debts, references, on)
    untold = {} if act in acts.GOES_WITH else _untold(debts, references, act, on)
    return {
        index: (*kept.get(index, ()), *untold.get(index, ())) for index in sorted({*kept, *untold})
    }


def _untold(debts: Sequence[holds.Debt], references: set[str], act: str, on: date) -> Found:
    """Return where the step on which an act would rest was never told, or told too late."""
    reasons: dict[str, dict[str, holds.Reason]] = {}
    for told in unwritten.newest(references, on):
        reason = _of_the_letter(told, act)
        if reason is not None:
            thing = f"{_PREFIX}{told.reference}"
            reasons.setdefault(thing, {})[years.Year(told.year).name] = reason
    found: dict[int, tuple[holds.Reason, ...]] = {}
    for index, debt in enumerate(debts):
        some = reasons.get(debt.thing, {})
        part = debt.part.removesuffix(models.arrangements.COSTS)
        mine = [reason for year, reason in some.items() if part in ("", year)]
        if mine:
            found[index] = tuple(dict.fromkeys(mine))
    return found


def _of_the_letter(told: unwritten.Told, act: str) -> holds.Reason | None:
    if told.went is None:
        return UNWRITTEN
    summoned = act == acts.LIABILITY_ORDER and told.kind == models.Step.Kind.SUMMONS
    if summoned and told.hearing is not None:
        figures = parameters.InForce(laws.sheet(), told.went)
        return TOO_SHORT if rules.earliest_hearing(told.went, figures) > told.hearing else None
    return None


def _kept(debts: Sequence[holds.Debt], references: set[str], on: date) -> Found:
    """Return where an arrangement is kept; that stands against every act."""
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
