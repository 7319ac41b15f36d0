"""How Council Tax debts stand, for whoever looks at the whole person (``ServiceLine.stands``)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from borough.kernel import standing as kernel
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, models, overdue
from borough.lines.revenues.queries import arrangements, due, instalments, remedies, stages
from borough.rules import years
from borough.rules.council_tax.recovery import Rung

AGENT = models.Remedy.Kind.AGENT.label
WARNING = {
    Rung.REMINDER: "the rest of the year can fall due at once",
    Rung.SECOND_REMINDER: "the rest of the year can fall due at once",
    Rung.FINAL_NOTICE: "it can go to court, with costs",
}


def stands(owed: Sequence[ledger.Owed], on: date) -> dict[int, kernel.Standing]:
    """Return how sub-accounts of Council Tax stand on a day, by their ids.

    What a year's bill asks, how late it is, how far recovery has come, what comes next. Costs of
    the court stand beside the year to which they were added.
    """
    accounts = dict(
        models.Account.objects.filter(reference__in={one.reference for one in owed}).values_list(
            "reference", "pk"
        )
    )
    found: dict[int, kernel.Standing] = {}
    for part, some in groupby(sorted(owed, key=_part), _part):
        mine = [one for one in some if one.kind == billing.KIND and one.reference in accounts]
        if mine:
            year = years.Year.named(part)
            ids = {accounts[one.reference]: one.sub_account_id for one in mine}
            found |= {ids[account]: how for account, how in _of_year(year, sorted(ids), on)}
    costs = {one.sub_account_id for one in owed if one.kind == arrangements.COSTS}
    added = {one: kernel.Standing("Costs of the court") for one in costs}
    return found | added


def _part(one: ledger.Owed) -> str:
    return one.part


def _of_year(
    year: years.Year, ids: Sequence[int], on: date
) -> Iterator[tuple[int, kernel.Standing]]:
    stood = overdue.standing(year, on, account_ids=ids)
    stage = stages.stages(stood.account, year, on)
    owing = due.of(stood, stage)
    late, since, whole = owing.pence.tolist(), owing.since.tolist(), owing.is_all.tolist()
    added = _costs(stood.account.tolist(), year, on)
    plans = _arranged(stood.account.tolist(), year, on)
    orders = {
        one.account_id: one.remedy
        for one in remedies.orders(on, stood.account.tolist())
        if one.year == year
    }
    harms = _threats(stood.account.tolist(), stage, orders, on)
    said, coming = stage.words(), _coming(stood, on)
    for row, account in enumerate(stood.account.tolist()):
        words, payment = plans.get(account, (said[row], None if whole[row] else coming[row]))
        is_owed = int(stood.balance_pence[row]) > 0
        yield (
            account,
            kernel.Standing(
                stage=words,
                overdue_pence=late[row],
                oldest_due=since[row],
                costs_pence=added.get(account, 0),
                next_payment=payment if is_owed else None,
                threat=harms.get(account) if is_owed and account not in plans else None,
                taken=orders.get(account, "").replace(AGENT, ""),
            ),
        )


def _coming(stood: overdue.Standing, on: date) -> list[kernel.Payment | None]:
    """Return the next instalment of each bill; what was paid ahead is not taken off."""
    asked = stood.schedule
    days = asked.first_after(np.full(len(stood.account), on - timedelta(1), "M8[D]"))
    mine = asked.day == days[asked.row]  # never where nothing comes: no day is NaT
    pence = np.zeros(len(days), np.int64)
    np.add.at(pence, asked.row[mine], asked.pence[mine])
    return [
        None if day is None else kernel.Payment(day, amount, "a month")
        for day, amount in zip(days.tolist(), pence.tolist(), strict=True)
    ]


def _arranged(
    ids: Sequence[int], year: years.Year, on: date
) -> dict[int, tuple[str, kernel.Payment | None]]:
    """Return, for accounts whose year is under an arrangement that is kept, its next payment."""
    rows = arrangements.open_on(on).filter(account_id__in=ids, parts__contains=[year.name])
    every = {one.pk: one.get_every_display().lower() for one in rows}
    stood = arrangements.standings(list(every), on)
    found: dict[int, tuple[str, kernel.Payment | None]] = {}
    for row in np.flatnonzero(stood.is_kept).tolist():
        coming = instalments.next_due(arrangements.schedule(stood.one(row)), on)
        payment = (
            kernel.Payment(coming.due_on, coming.left_pence, every[int(stood.ids[row])])
            if coming and coming.due_on
            else None
        )
        found[int(stood.account_ids[row])] = ("Arrangement to pay agreed", payment)
    return found


def _costs(ids: Sequence[int], year: years.Year, on: date) -> dict[int, int]:
    """Return the costs that steps added to each account's year, in pence."""
    added: dict[int, int] = {}
    rows = models.Step.objects.filter(account_id__in=ids, year=year.first, issued__lte=on)
    for account, pence in rows.values_list("account_id", "costs_pence"):
        added[account] = added.get(account, 0) + pence
    return added


def _threats(
    ids: Sequence[int], stage: stages.Stages, orders: Mapping[int, str], on: date
) -> Mapping[int, kernel.Threat]:
    """Return what comes next of recovery on each account: a court's day, an agent, a last day."""
    counts = models.Step.objects.filter(pk__in=stage.step.tolist())
    by = dict(counts.values_list("account_id", "complied_by"))
    found = {}
    for row, account in enumerate(ids):
        rung, hearing = Rung(int(stage.rung[row])), stage.hearing[row]
        last = by.get(account)
        if orders.get(account) == AGENT:
            found[account] = kernel.Threat(on, "an enforcement agent has it and may call", "agent")
        elif rung is Rung.SUMMONS and not np.isnat(hearing) and hearing.item() >= on:
            found[account] = kernel.Threat(hearing.item(), "the court hears it", "court")
        elif rung in WARNING and last is not None:
            found[account] = kernel.Threat(max(last + timedelta(1), on), WARNING[rung])
    return found
