"""What other organisations tell of those whose records are joined, where helping is a purpose."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import joining, offers
from borough.resident import purposes
from borough.resident.signals.own.joined import joined
from borough.resident.sources import queries as sources
from borough.rules.support import signals, worries

# Of a debt whose oldest day nobody told, these stages say all the same that it is late.
LATE_STAGES = {"reminded", "final", "notice", "court", "order", "warrant", "agent"}
POSSESSION = {"notice", "court", "order", "warrant"}
RENT = "RENT"
# Our own tax, should another system tell of it too, is one service and not two.
SERVICES = {"CTAX": "council_tax"}
WEEKS_IN = {"week": (1, 1), "fortnight": (1, 2), "month": (12, 52), "year": (1, 52)}
BY_INCOME = {"HB", "UC", "PC"}
REDUCTION = "CTR"


def behind(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who is behind with what is owed to others, by the kind of service."""
    return joining.Seen.of(
        (person, on, SERVICES.get(one.kind, one.kind.lower()))
        for person, one in _debts(people, on)
        if is_late(one, on)
    )


def far_behind_with_rent(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who owes so many weeks' rent; a rent that is not told is none that can be counted in."""
    rents = [(who, one) for who, one in _debts(people, on) if one.kind == RENT]
    far = worries.owes_weeks(
        np.array([one.pence for _, one in rents], np.int64),
        np.array([_a_week(one) for _, one in rents], np.int64),
        signals.law(on).signals["S3"].asks["rent_weeks"],
    )
    return joining.Seen.of(
        (who, on, f"resident.debt/{one.debt_id}")
        for (who, one), is_far in zip(rents, far.tolist(), strict=True)
        if is_far
    )


def possession_threatened(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who owes rent and was told that the landlord may go to court."""
    return joining.Seen.of(
        (who, on, f"resident.debt/{one.debt_id}")
        for who, one in _debts(people, on)
        if one.kind == RENT
        and one.pence > 0
        and (one.notice_served is not None or one.stage in POSSESSION)
    )


def awards_fell(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See whose award of a kind fell or ended, against what it was as long ago as it counts.

    Awards of a kind are taken together, so that one that follows another is no loss.
    """
    weighed = signals.law(on).signals["S4"]
    known = joined(people, on).person_of
    before = _weekly(known, on - timedelta(weighed.days))
    still = set(sources.newest_feeds(on))
    after = _weekly(known, on)
    rows = [(key, pence, after.get(key, 0)) for key, pence in before.items() if key[2] in still]
    fell = worries.fell_by(
        np.array([row[1] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.int64),
        weighed.asks["fall_percent"],
    )
    kept = [row for row, is_less in zip(rows, fell.tolist(), strict=True) if is_less]
    things = [f"resident.award/{record}/{kind}/{pence}" for (record, kind, _), _, pence in kept]
    records = [record for (record, _, _), _, _ in kept]
    return joining.Seen(
        person=np.array([known[record] for record in records], np.int64),
        on=np.full(len(kept), np.datetime64(on)),
        thing=things,
        value=np.ones(len(kept), np.int64),
        record=np.array(records, np.int64),
    )


def not_claiming(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who gets help by income, no Council Tax Reduction, and is offered help by income."""
    known = joined(people, on).person_of
    kinds: dict[int, set[str]] = defaultdict(set)
    for record, kind, _ in _weekly(known, on):
        kinds[known[record]].add(kind)
    asked = [who for who, some in kinds.items() if some & BY_INCOME and REDUCTION not in some]
    offered = offers.offers(asked, on)
    return joining.Seen.of(
        (who, on, one.scheme) for who in asked for one in offered[who] if one.by_income
    )


def is_late(one: sources.DebtHeld, on: date) -> bool:
    """Tell whether a debt is owed and late, by its oldest day, else by how far its holder has "
    "gone."""
    if one.pence <= 0:
        return False
    return one.oldest_due < on if one.oldest_due else one.stage in LATE_STAGES


def _debts(people: NDArray[np.int64], on: date) -> Iterable[tuple[int, sources.DebtHeld]]:
    """Give each debt to others with whom of the people it is owed by, for help and nothing else."""
    known = joined(people, on).person_of
    for one in sources.debts_of(known, on):
        if purposes.SUPPORT.slug in one.right.purposes:
            yield known[one.record_id], one


def _a_week(one: sources.DebtHeld) -> int:
    """Return the rent of a week in whole pence; 0 where it is not told."""
    if one.regular_pence is None or one.regular_every not in WEEKS_IN:
        return 0
    times, weeks = WEEKS_IN[one.regular_every]
    return one.regular_pence * times // weeks


def _weekly(known: Iterable[int], on: date) -> dict[tuple[int, str, str], int]:
    """Return pence a week by record, kind and source."""
    found: dict[tuple[int, str, str], int] = defaultdict(int)
    for one in sources.awards_of(known, on):
        if purposes.SUPPORT.slug in one.right.purposes:
            found[one.record_id, one.kind, one.right.source] += one.weekly_pence
    return dict(found)
