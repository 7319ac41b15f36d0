"""Are arrangements kept? One question, for one of them or for all, as columns.

What counts is money received since the agreement, whichever part of the account it was put to: on
the debts that are covered, and elsewhere whatever is more than was asked for there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from borough.kernel import arrays, dated
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.models import SubAccount
from borough.lines.revenues import billing, models, notices, sources
from borough.lines.revenues.queries import instalments
from borough.rules import arrangements as rules
from borough.rules import parameters, years

COSTS = "revenues.council_tax_costs"
KINDS = (billing.KIND, COSTS)

_TERMS = """
select g.account_id, g.number, g.first_pence, g.other_pence, g.first_due - date '1970-01-01',
       g.payment_day, g.debt_pence, g.received_before_pence,
       w.issued - date '1970-01-01', w.put_right_by - date '1970-01-01'
from unnest(%s::bigint[]) with ordinality as x(id, row)
join revenues_arrangement g on g.id = x.id
left join lateral (select issued, put_right_by from revenues_arrangementwarning w
                   where w.arrangement_id = g.id and w.issued <= %s
                   order by w.issued desc limit 1) w on true
order by x.row
"""

_EVERY = "select every from unnest(%s::bigint[]) with ordinality as x(id, row)\
 join revenues_arrangement g on g.id = x.id order by x.row"

_PARTS = """
select x.row - 1, s.part, s.part = any(g.parts),
       coalesce(sum(p.pence), 0)::bigint,
       coalesce(-sum(p.pence) filter (where j.source = any(%(paid)s)), 0)::bigint,
       coalesce(-sum(p.pence) filter (where j.source = any(%(paid)s) and j."on" >= g.starts),
                0)::bigint
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join revenues_arrangement g on g.id = x.id
join revenues_account a on a.id = g.account_id
join ledger_subaccount s on s.reference = a.reference and s.kind = any(%(kinds)s)
left join ledger_posting p on p.sub_account_id = s.id
left join ledger_journal j on j.id = p.journal_id
group by 1, 2, 3
"""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Standings:
    """How arrangements stand on a day, as columns (n,) in the order asked for.

    Attributes:
        ids, account_ids: of the arrangements and of their accounts.
        terms: what was agreed.
        standing: state, what was asked for, what is missing, since when.
        received_pence: what counts for it, received since it was agreed.
        owed_pence: what is still owed of the debts that it covers.
        grown_pence: how much those debts grew by new bills since (negative: became smaller).
    """

    ids: Ints
    account_ids: Ints
    terms: rules.Terms
    standing: rules.Standing
    received_pence: Ints
    owed_pence: Ints
    grown_pence: Ints

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether it stands against acts of recovery: until it is broken or paid off."""
        state = self.standing.state
        kept: NDArray[np.bool_] = (state != rules.State.BROKEN) & (state != rules.State.PAID)
        return kept

    @property
    def is_worry(self) -> NDArray[np.bool_]:
        """Whether an instalment is late, warned about or not."""
        state = self.standing.state
        worry: NDArray[np.bool_] = (state == rules.State.LATE) | (state == rules.State.WARNED)
        return worry

    def one(self, row: int) -> "Standings":
        """Return one arrangement of them, as columns of one row."""
        this = slice(row, row + 1)
        return Standings(
            ids=self.ids[this],
            account_ids=self.account_ids[this],
            terms=rules.Terms(**{name: one[this] for name, one in vars(self.terms).items()}),
            standing=rules.Standing(
                **{name: one[this] for name, one in vars(self.standing).items()}
            ),
            received_pence=self.received_pence[this],
            owed_pence=self.owed_pence[this],
            grown_pence=self.grown_pence[this],
        )


def open_on(on: date) -> QuerySet[models.Arrangement]:
    """Return the arrangements that have not ended by a day."""
    return models.Arrangement.objects.filter(dated.holds_on(on))


def standings(ids: Sequence[int], on: date) -> Standings:
    """Return how these arrangements stand on a day; the queries do not grow with their number."""
    kept = np.array(ids, np.int64)
    columns = _columns(kept, on)
    account_ids, number, first, other, first_due, day, debt, before, warned, put_right = columns
    every = np.array([rules.EVERY_DAYS[one] for one in _every(kept)], np.int64)
    terms = rules.Terms(number, first, other, first_due.view("datetime64[D]"), every, day)
    owed, received, ahead = _money(kept, account_ids, on)
    counted = received - before
    standing = rules.standing(
        terms,
        counted + ahead,
        owed,
        warned_on=warned.view("datetime64[D]"),
        put_right_by=put_right.view("datetime64[D]"),
        on=np.datetime64(on),
        figures=figures(on),
    )
    return Standings(
        kept, account_ids, terms, standing, counted + ahead, owed, owed - (debt - counted)
    )


def standing_of(arrangement: models.Arrangement, on: date) -> Standings:
    """Return how one arrangement stands, as columns of one row."""
    return standings([arrangement.pk], on)


def newest(account: models.Account) -> models.Arrangement | None:
    """Return the newest arrangement of an account, ended or not."""
    return models.Arrangement.objects.filter(account=account).order_by("starts", "id").last()


def debts(account: models.Account) -> dict[str, int]:
    """Return what is owed of each part of an account, in pence, oldest first; credits left out."""
    subs = dict(
        SubAccount.objects.filter(kind__in=KINDS, reference=account.reference)
        .order_by("part")
        .values_list("pk", "part")
    )
    owed = ledger.balances(subs)
    return {part: owed[number] for number, part in subs.items() if owed[number] > 0}


def schedule(found: Standings) -> list[instalments.Instalment]:
    """Return the instalments of one arrangement with what came in set against the oldest first."""
    terms = found.terms
    each = [np.array([n]) for n in range(int(terms.number[0]))]
    asked = [
        (terms.due_on(nth)[0].item(), int((terms.up_to(nth + 1) - terms.up_to(nth))[0]))
        for nth in each
    ]
    total = int(terms.total_pence[0])
    return instalments.paid(asked, charged_pence=total, received_pence=int(found.received_pence[0]))


def received(sub_accounts: Sequence[int]) -> int:
    """Return what has been received on these sub-accounts together, less refunds, in pence."""
    sums = (ledger.charged_to(source, sub_accounts).pence.sum() for source in _paid())
    return -sum(int(one) for one in sums)


def figures(on: date) -> rules.Figures:
    """Return the council's own rules in force on a day."""
    sheet = parameters.InForce(parameters.load(f"local/{settings.COUNCIL}"), on)
    return rules.Figures(
        late_after_days=sheet["arrangement_late_after_days"],
        tolerance_pence=sheet["arrangement_tolerance"],
        days_to_put_right=sheet["arrangement_days_to_put_right"],
    )


def _columns(ids: Ints, on: date) -> Ints:
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [arrays.of_ids(ids), on])
        never = np.datetime64("NaT").view(np.int64).item()
        rows = [[never if one is None else one for one in row] for row in cursor.fetchall()]
    found: Ints = np.array(rows, np.int64).reshape(-1, 10).T.copy()
    return found


def _every(ids: Ints) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_EVERY, [arrays.of_ids(ids)])
        return [every for (every,) in cursor.fetchall()]


def _money(ids: Ints, account_ids: Ints, on: date) -> tuple[Ints, Ints, Ints]:
    """Return what is owed of the covered debts, received for them, and paid ahead elsewhere."""
    owed, received, ahead = np.zeros((3, len(ids)), np.int64)
    elsewhere: dict[str, list[tuple[int, int, int]]] = {}
    for row, part, covered, balance, paid, paid_since in _parts(ids):
        if covered:
            owed[row] += balance
            received[row] += paid
        elif not part.endswith(models.arrangements.COSTS):
            elsewhere.setdefault(part, []).append((row, paid, paid_since))
    for part, several in elsewhere.items():
        rows, paid_there, since = np.array(several, np.int64).T
        asked = _asked(account_ids[rows], years.Year.named(part), on)
        ahead[rows] += np.clip(paid_there - asked, 0, np.maximum(since, 0))
    return owed, received, ahead


def _parts(ids: Ints) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"paid": _paid(), "ids": arrays.of_ids(ids), "kinds": list(KINDS)})
        return list(cursor.fetchall())


def _paid() -> list[str]:
    return [source for source, means in sources.MEANINGS.items() if means in sources.PAID]


def _asked(account_ids: Ints, year: years.Year, on: date) -> Ints:
    """Return what a year's newest notices had asked for by the end of a day, int64 (n,) pence."""
    newest = notices.newest(account_ids, year)
    due = newest.due_days()
    fallen = ~np.isnat(due) & (due <= np.datetime64(on))
    asked: Ints = newest.earlier_pence + np.where(fallen, newest.amounts(), 0).sum(axis=1)
    return asked
