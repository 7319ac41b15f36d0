"""What a notice lays on each debt, and takes off it again: the holds, and what stands still."""

from collections.abc import Iterable, Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.holds import capabilities
from borough.kernel.holds import commands as holds
from borough.kernel.holds import moratoria as asking
from borough.resident.moratoria import models

# What the law lays on a debt is laid by the notice, not by whoever keys it.
BY_LAW = commanding.system("moratorium", capabilities.PLACE_STATUTORY_HOLD)


def hold(
    notice: models.Notice,
    found: Iterable[asking.Covered],
    listed: frozenset[str] | None,
    *,
    on: date,
) -> list[models.NoticeDebt]:
    """Keep every debt that was looked at, hold those inside, and let what runs stand still."""
    origin = models.NoticeDebt.Origin
    debts, inside = [], []
    for one in found:
        placed = None
        if one.is_inside:
            inside.append(one)
            upon = holds.Upon(
                thing=one.thing,
                part=one.part,
                about=one.people,
                line=one.thing.partition(".")[0],
                code=notice.thing,
            )
            placed = holds.place_statutory_hold(
                kind=notice.kind, upon=upon, starts=notice.starts, by=BY_LAW, on=on
            )
        is_named = listed is None or one.name in listed
        debts.append(
            models.NoticeDebt.objects.create(
                notice=notice,
                thing=one.thing,
                part=one.part,
                title=one.title,
                pence=one.pence,
                is_inside=one.is_inside,
                why=one.why,
                holder=one.holder,
                remarks=list(one.remarks),
                origin=origin.NAMED if is_named else origin.FOUND,
                people=list(one.people),
                hold=placed,
                on=on,
            )
        )
    asking.stand_still(inside, by=BY_LAW, on=on)
    return debts


def end_holds(debts: Sequence[models.NoticeDebt], ends: date, *, on: date) -> None:
    """Let everybody act on these debts from ``ends``; what ends sooner by itself stays."""
    for debt in debts:
        if debt.hold is not None and (debt.hold.ends is None or debt.hold.ends > ends):
            holds.end_statutory_hold(hold=debt.hold, ends=ends, about=debt.people, by=BY_LAW, on=on)
