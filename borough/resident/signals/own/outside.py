"""What other organisations tell of those whose records are joined, where helping is a purpose."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, joining, offers
from borough.resident import purposes
from borough.resident.signals.own.joined import Joined, joined
from borough.resident.sources import columns as sources
from borough.resident.sources import queries
from borough.rules.support import signals, worries

Ints = NDArray[np.int64]
HELPING = purposes.SUPPORT.slug
# Of a debt whose oldest day nobody told, these stages say all the same that it is late.
LATE_STAGES = ("reminded", "final", "notice", "court", "order", "warrant", "agent")
POSSESSION = ("notice", "court", "order", "warrant")
RENT = "RENT"
# Our own tax, should another system tell of it too, is one service and not two.
SERVICES = {"CTAX": "council_tax"}
WEEKS_IN = {"week": (1, 1), "fortnight": (1, 2), "month": (12, 52), "year": (1, 52)}
BY_INCOME = ("HB", "UC", "PC")
REDUCTION = "CTR"
CREDIT = "UC"


def behind(people: Ints, on: date) -> joining.Seen:
    """See who is behind with what is owed to others, by the kind of service."""
    known, owed = _debts(people, on)
    told = ~np.isnat(owed.oldest_due)
    late = np.where(told, owed.oldest_due < np.datetime64(on), np.isin(owed.stage, LATE_STAGES))
    late &= owed.pence > 0
    services = [SERVICES.get(kind, kind.lower()) for kind in owed.kind[late].tolist()]
    return known.seen(owed.record[late], on, services)


def far_behind_with_rent(people: Ints, on: date) -> joining.Seen:
    """See who owes so many weeks' rent; a rent that is not told is none that can be counted in."""
    known, owed = _debts(people, on)
    weeks = signals.law(on).signals["S3"].asks["rent_weeks"]
    far = worries.owes_weeks(owed.pence, _a_week(owed), weeks) & (owed.kind == RENT)
    return known.seen(owed.record[far], on, _debt_things(owed.debt[far]))


def possession_threatened(people: Ints, on: date) -> joining.Seen:
    """See who owes rent and was told that the landlord may go to court."""
    known, owed = _debts(people, on)
    told = owed.notice_served | np.isin(owed.stage, POSSESSION)
    told &= (owed.kind == RENT) & (owed.pence > 0)
    return known.seen(owed.record[told], on, _debt_things(owed.debt[told]))


def awards_fell(people: Ints, on: date) -> joining.Seen:
    """See whose award of a kind fell or ended, against what it was as long ago as it counts.

    Awards of a kind are taken together, so that one that follows another is no loss. A source that
    sends nothing any more tells of nothing that ended.
    """
    weighed = signals.law(on).signals["S4"]
    known = joined(people, on)
    before = _weekly(known, on - timedelta(weighed.days))
    after = _weekly(known, on)
    still = np.isin(before.record, _of_standing_sources(known, on))
    now = np.zeros(len(before.code), np.int64)
    _, mine, theirs = np.intersect1d(
        before.code, after.code, assume_unique=True, return_indices=True
    )
    now[mine] = after.pence[theirs]
    fell = worries.fell_by(before.pence, now, weighed.asks["fall_percent"]) & still
    record, kind, pence = before.record[fell], before.kind[fell], before.pence[fell]
    rows = zip(record.tolist(), kind.tolist(), pence.tolist(), strict=True)
    return joining.Seen(
        person=known.whose(record),
        on=np.full(len(record), np.datetime64(on)),
        thing=[f"resident.award/{one}/{kind}/{pence}" for one, kind, pence in rows],
        value=np.ones(len(record), np.int64),
        record=record,
    )


def deducted_to_the_cap(people: Ints, on: date) -> joining.Seen:
    """See from whose Universal Credit as much is taken as may be; what is not told is not seen."""
    percent = worries.deduction_cap_percent(on)
    if percent is None:
        return joining.Seen.of([])
    known = joined(people, on)
    given = sources.awards(known.record, purpose=HELPING, on=on)
    told = (given.kind == CREDIT) & (given.deductions_pence >= 0) & (given.allowance_pence >= 0)
    told &= worries.at_deduction_cap(given.deductions_pence, given.allowance_pence, percent)
    record = given.record[told]
    return known.seen(record, on, [f"resident.record/{one}" for one in record.tolist()])


def got_in_touch(people: Ints, on: date) -> joining.Seen:
    """See who got in touch about paying, each contact once; 1 where they said that they cannot."""
    known = joined(people, on)
    since = on - timedelta(signals.law(on).signals["S9"].days)
    told = sources.contacts(known.record, purpose=HELPING, after=since, on=on)
    return joining.Seen(
        person=known.whose(told.record),
        on=told.on,
        thing=told.thing,
        value=told.cannot_pay.astype(np.int64),
        record=told.record,
    )


def not_claiming(people: Ints, on: date) -> joining.Seen:
    """See who gets help by income, no Council Tax Reduction, and is offered help by income."""
    known = joined(people, on)
    given = _weekly(known, on)
    helped = known.whose(given.record[np.isin(given.kind, BY_INCOME)])
    reduced = known.whose(given.record[given.kind == REDUCTION])
    asked = np.setdiff1d(helped, reduced).tolist()
    offered = offers.offers(asked, on)
    return joining.Seen.of(
        (who, on, one.scheme) for who in asked for one in offered[who] if one.by_income
    )


def is_late(one: queries.DebtHeld, on: date) -> bool:
    """Tell whether a debt is owed and late: by its oldest day, else by how far its holder went."""
    if one.pence <= 0:
        return False
    return one.oldest_due < on if one.oldest_due else one.stage in LATE_STAGES


def _debts(people: Ints, on: date) -> tuple[Joined, sources.Debts]:
    """Return whose records are joined, and what they owe to others, for help and nothing else."""
    known = joined(people, on)
    return known, sources.debts(known.record, purpose=HELPING, on=on)


def _debt_things(debts: Ints) -> list[str]:
    return [f"resident.debt/{one}" for one in debts.tolist()]


def _a_week(owed: sources.Debts) -> Ints:
    """Return the rent of a week in whole pence, (n,); 0 where it is not told."""
    week = np.zeros(len(owed.debt), np.int64)
    for every, (times, weeks) in WEEKS_IN.items():
        here = owed.regular_every == every
        week[here] = owed.regular_pence[here] * times // weeks
    return week


@dataclass(frozen=True)
class _Weekly:
    """Pence a week by record and kind, (n,); ``code`` is one number for both, each once."""

    code: Ints
    record: Ints
    kind: NDArray[np.str_]
    pence: Ints


def _weekly(known: Joined, on: date) -> _Weekly:
    given = sources.awards(known.record, purpose=HELPING, on=on)
    kinds = sources.AWARD_KINDS
    place = np.searchsorted(kinds, given.kind, sorter=np.argsort(kinds))
    code, which = np.unique(given.record * len(kinds) + place, return_inverse=True)
    pence = np.zeros(len(code), np.int64)
    np.add.at(pence, which, given.weekly_pence)
    kind = kinds[np.argsort(kinds)][code % len(kinds)]
    return _Weekly(code, code // len(kinds), kind, pence)


def _of_standing_sources(known: Joined, on: date) -> Ints:
    """Return the records of sources of which a feed stands, (k,)."""
    [found] = arrays.read(
        ["r.id"],
        "from sources_record r where r.id = any(%s::bigint[]) and r.source = any(%s)",
        [arrays.of_ids(known.record), list(queries.newest_feeds(on))],
    )
    return found
