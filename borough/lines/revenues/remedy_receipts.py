"""Money that a remedy brought in: first the tax of the year, then the costs of the court.

Whatever is more than both stays on the year as a credit, to be given back. Costs belong to the
General Fund, so a payment of costs has two lines where one of the tax has four. An agent or an
employer tells of the money before the bank does: until its statement brings it, it is on its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import posting
from borough.kernel.ledger.models import Journal, Posting
from borough.lines.revenues import billing, costs, models, receiving, remedying, returning
from borough.rules import years

ON_ITS_WAY = "REMITTED"
CORRECTED = "the deduction was keyed wrongly"


@dataclass(frozen=True, slots=True)
class Received:
    """Money under a remedy: its key, unique for ever; from whose debt it is; how much; its day."""

    key: str
    remedy: models.Remedy
    pence: int
    on: date


def receive(several: Sequence[Received], *, by: commanding.Actor, on: date) -> None:
    """Post money received under remedies, each amount to tax and costs in that order.

    Amounts of one debt are shared in the order given; call it in the transaction of the command.
    """
    owed = _Owed(several)
    to_tax: list[matching.Receipt] = []
    to_costs: list[tuple[Received, int, int]] = []
    for one in several:
        costs_pence, sub = owed.share(one)
        if costs_pence:
            to_costs.append((one, sub, costs_pence))
        if one.pence > costs_pence:
            target = matching.Target(billing.KIND, one.remedy.account.reference)
            year = years.Year(one.remedy.year).name
            to_tax.append(matching.Receipt(one.key, target, one.pence - costs_pence, one.on, year))
    receiving.receive(to_tax, by=by, on=on, origin=receiving.Origin(ON_ITS_WAY))
    _post_costs(to_costs, by=by, on=on)


def take_back(key: str, *, by: commanding.Actor, on: date) -> None:
    """Post the opposite of what was received under a key, of tax and of costs.

    What it had paid stands open again; call it in the transaction of the command.
    """
    keys = [key, f"{key}/costs"]
    for journal in Journal.objects.filter(source=receiving.SOURCE, key__in=keys):
        posting.reverse(journal, on=on, because="Deduction from earnings corrected", by=by)
        paid = Posting.objects.filter(journal=journal, sub_account__isnull=False, pence__lt=0)
        for line, sub_account in paid.values_list("line", "sub_account_id"):
            returning.undo_allocations((journal.pk, line), sub_account, why=CORRECTED, by=by, on=on)
    for row in models.Allotment.objects.filter(key=key):
        models.Allotment.objects.create(
            key=key,
            sub_account_id=row.sub_account_id,
            pence=-row.pence,
            rule=row.rule,
            by=by.reference,
            on=on,
        )


class _Owed:
    """What is owed of tax and costs while several amounts are shared."""

    def __init__(self, several: Sequence[Received]) -> None:
        self.left: dict[tuple[str, str], list[int]] = {}
        references = sorted({one.remedy.account.reference for one in several})
        for year in {years.Year(one.remedy.year) for one in several}:
            tax = ledger.sub_account_ids(billing.KIND, references, year.name)
            cost = ledger.sub_account_ids(costs.KIND, references, costs.part(year))
            balances = ledger.balances([*tax.values(), *cost.values()])
            for reference in references:
                self.left[reference, year.name] = [
                    max(balances.get(tax.get(reference, 0), 0), 0),
                    max(balances.get(cost.get(reference, 0), 0), 0),
                    cost.get(reference, 0),
                ]

    def share(self, one: Received) -> tuple[int, int]:
        """Return what of an amount goes to costs, and to which sub-account."""
        left = self.left[one.remedy.account.reference, years.Year(one.remedy.year).name]
        to_tax = min(one.pence, left[0])
        to_costs = min(one.pence - to_tax, left[1])
        left[0] -= to_tax
        left[1] -= to_costs
        return to_costs, left[2]


def _post_costs(
    rows: Sequence[tuple[Received, int, int]], *, by: commanding.Actor, on: date
) -> None:
    if not rows:
        return
    accounts = ledger.account_ids()
    pence = np.array([pence for _, _, pence in rows], np.int64)
    subs = np.array([sub for _, sub, _ in rows], np.int64)
    none = np.full(len(rows), payload.NONE)
    columns = payload.Postings(
        journal=np.repeat(np.arange(len(rows)), 2),
        account=np.tile([accounts[ON_ITS_WAY], accounts[costs.CONTROL]], len(rows)),
        sub_account=np.column_stack([none, subs]).ravel(),
        pence=np.column_stack([pence, -pence]).ravel(),
    )
    days = np.array([one.on for one, _, _ in rows], "datetime64[D]")
    keys = [f"{one.key}/costs" for one, _, _ in rows]
    journals = payload.Journals(keys, days, "Costs of the court paid, thank you")
    posting.post_batch(source=receiving.SOURCE, journals=journals, postings=columns, by=by)
    for one, _, paid in rows:
        remedying.tell(
            "revenues.payment_received",
            one.remedy,
            by=by,
            on=on,
            pence=paid,
            account=one.remedy.account.reference,
        )
