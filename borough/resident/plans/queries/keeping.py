"""Is a plan kept? Asked, never stored: what was to be paid by a day, and what came.

What counts for a debt to us is money and help received on it since it was agreed; what was charged
meanwhile counts against nobody. Of a debt to somebody else we know what its holder last told: it
is judged by that day and not by ours. The plan is judged as a whole, so who pays one debt more and
another less keeps it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from django.db.models import Sum
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.kernel.ledger import queries as ledger
from borough.resident.plans import models
from borough.resident.sources import models as told
from borough.resident.sources import queries as sources
from borough.rules import arrangements as rules
from borough.rules import parameters

SHEET = "support/plan.yaml"
NEVER = np.array([rules.NEVER])
# Net by source: a payment that was taken back is none, and a new bill is no missed payment.
_RECEIVED = """
select sub, -sum(least(net, 0))::bigint from (
  select p.sub_account_id as sub, sum(p.pence) as net
  from ledger_posting p join ledger_journal j on j.id = p.journal_id
  where p.sub_account_id = any(%s::bigint[]) group by p.sub_account_id, j.source) by_source
group by sub
"""


@dataclass(frozen=True, slots=True)
class Paid:
    """What came for one debt since the plan, and what is owed of it now; judged by a day."""

    share: models.Share
    asked_pence: int
    received_pence: int
    owed_pence: int
    by_day: date


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a plan stands on a day.

    Attributes:
        state: paid, kept or late; a plan is broken only when a person ends it.
        asked_pence: what had fallen due by the days by which each debt is judged.
        received_pence: what came for all of them together.
        short_pence: what is missing; never more than is still owed.
        late_since: the day of the oldest payment that is missing; None where none is.
        next_due: the day of the next payment.
    """

    state: rules.State
    asked_pence: int
    received_pence: int
    short_pence: int
    late_since: date | None
    next_due: date
    paid: tuple[Paid, ...]


def received(sub_account_ids: Iterable[int]) -> dict[int, int]:
    """Return what was ever received on sub-accounts, in pence: net of what was taken back."""
    ids = list(sub_account_ids)
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED, [arrays.of_ids(ids)])
        return dict.fromkeys(ids, 0) | dict(cursor.fetchall())


def of_plan(plan: models.Plan, on: date) -> Keeping:
    """Return how a plan stands on a day."""
    terms = terms_of(plan)
    paid = tuple(_paid(plan, terms, on))
    asked = sum(one.asked_pence for one in paid)
    came = sum(one.received_pence for one in paid)
    owed = sum(one.owed_pence for one in paid)
    standing = rules.standing(
        terms,
        # What cannot be judged yet is taken as paid: nobody is late by a letter that is slow.
        _of(came + max(_asked(terms, on) - asked, 0)),
        _of(owed),
        warned_on=NEVER,
        put_right_by=NEVER,
        on=np.datetime64(on),
        figures=figures(on),
    )
    nth = terms.fallen(np.datetime64(on))
    since = standing.late_since[0]
    return Keeping(
        state=rules.State(int(standing.state[0])),
        asked_pence=asked,
        received_pence=came,
        short_pence=int(standing.short_pence[0]),
        late_since=None if np.isnat(since) else since.item(),
        next_due=terms.due_on(nth)[0].item(),
        paid=paid,
    )


def terms_of(plan: models.Plan) -> rules.Terms:
    """Return what was agreed as the rules of arrangements take it: one row, each month alike."""
    return rules.Terms(
        number=_of(plan.months),
        first_pence=_of(plan.monthly_pence),
        other_pence=_of(plan.monthly_pence),
        first_due=np.array([plan.first_due], rules.DAY),
        every_days=_of(rules.EVERY_DAYS["monthly"]),
        payment_day=_of(plan.payment_day),
    )


def figures(on: date) -> rules.Figures:
    """Return the council's rule of when a plan is late; its warning days are not asked for."""
    sheet = parameters.InForce(parameters.load_file(SHEET), on)
    return rules.Figures(
        late_after_days=sheet["plan_late_after_days"],
        tolerance_pence=sheet["plan_tolerance"],
        days_to_put_right=0,
    )


def _paid(plan: models.Plan, terms: rules.Terms, on: date) -> Iterable[Paid]:
    shares = sorted(plan.shares.all(), key=lambda one: (one.tier, one.debt))
    subs = [one.sub_account_id for one in shares]
    came, owed = received(subs), ledger.balances(subs)
    judged, through_us = _judged(shares, on), _through_us(shares)
    for one in shares:
        now = max(owed[one.sub_account_id], 0)
        by_day = judged.get(one.sub_account_id, on)
        fallen = int(terms.fallen(np.datetime64(by_day))[0])
        got = (
            came[one.sub_account_id] - one.received_before_pence
            if one.is_ours
            # What we passed on may not be in what its holder told yet; it is never counted twice.
            else max(one.owed_pence - now, through_us.get(one.pk, 0))
        )
        yield Paid(
            share=one,
            asked_pence=min(one.monthly_pence * fallen, one.owed_pence),
            received_pence=max(got, 0),
            owed_pence=min(now, max(one.owed_pence - max(got, 0), 0)),
            by_day=by_day,
        )


def _through_us(shares: Sequence[models.Share]) -> dict[int, int]:
    """Return what came for each share by payments of the plan, less what was undone."""
    rows = models.Part.objects.filter(share__in=shares, split__undone=None)
    summed = rows.values_list("share").annotate(pence=Sum("pence"))
    return {share: int(pence) for share, pence in summed}


def _judged(shares: Sequence[models.Share], on: date) -> dict[int, date]:
    """Return by which day debts to others are judged: that of which their holder last told."""
    subs = [one.sub_account_id for one in shares if not one.is_ours]
    rows = told.Debt.objects.filter(sub_account__in=subs).values_list("sub_account_id", "source")
    newest = sources.newest_feeds(on)
    return {sub: newest[source] for sub, source in rows if source in newest}


def _asked(terms: rules.Terms, on: date) -> int:
    return int(terms.up_to(terms.fallen(np.datetime64(on)))[0])


def _of(number: int) -> NDArray[np.int64]:
    return np.array([number], np.int64)
