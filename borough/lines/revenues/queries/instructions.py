"""The Direct Debit of one account: how it stands, what is collected next, what was."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from borough.kernel import dated
from borough.kernel.bank import working_days
from borough.lines.revenues import collecting, models, notices, transit
from borough.lines.revenues.queries import instalments
from borough.rules import direct_debit, years

REASONS = {
    direct_debit.Reason.NONE: "Will be collected",
    direct_debit.Reason.NO_INSTRUCTION: "Pays by Direct Debit, but has no instruction",
    direct_debit.Reason.NOT_CONFIRMED: "Bank details not confirmed by a second officer",
    direct_debit.Reason.NOT_YET_LIVE: "The bank has not had the instruction long enough",
    direct_debit.Reason.DECEASED: "The payer, or everybody liable, has died",
    direct_debit.Reason.STOPPED: "Collecting is stopped",
    direct_debit.Reason.DORMANT: "Not used for so long that the bank forgets it",
    direct_debit.Reason.ARRANGED: "An arrangement asks for it instead",
    direct_debit.Reason.LEFT_ALONE: "It came back, and something stands against trying again",
    direct_debit.Reason.PAID: "Paid already, or no longer owed",
    direct_debit.Reason.NOT_TOLD: "The payer has not been told",
    direct_debit.Reason.TOLD_TOO_LATE: "The payer was told too late",
}
"""Why nothing is collected, as officers read it."""

# The plan of the account's first day still holds: nobody has chosen another way of paying since.
_LEFT_BEHIND = """
select distinct n.reference, n.dwelling_id, n.starts
from revenues_account a
join revenues_instruction i on i.account_id = a.id and (i.ends is null or i.why_ended = 'last')
join bank_bankdetails d on d.id = i.details_id
join revenues_liability l on l.person_id = d.person_id and (l.ends is null or l.ends > %(on)s)
join revenues_account n on n.id = l.account_id and n.id <> a.id and n.starts > a.starts
     and (n.ends is null or n.ends > %(on)s)
join revenues_plan p on p.account_id = n.id and p.starts = n.starts and p.method = 'cash'
     and (p.ends is null or p.ends > %(on)s)
where a.ends > a.starts and a.ends <= %(on)s
  and not exists (select 1 from revenues_instruction x where x.account_id = n.id)
order by n.starts, n.reference
"""

SENT, RECEIVED, RETURNED, CLAIMED = "On its way", "Received", "Returned", "Paid back"


ONCE_MORE = "It came back: tried once more"


@dataclass(frozen=True, slots=True)
class Coming:
    """An instalment still to be collected: due, collected on, as told, and what stands against it.

    ``pence`` is what would be collected now, None where that is only known nearer the day.
    """

    due_on: date
    collects_on: date
    told_pence: int
    pence: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Past:
    """A collection that was made."""

    item_id: int
    on: date
    pence: int
    code: str
    state: str


def left_behind(on: date) -> list[tuple[str, int, date]]:
    """Return the accounts of payers whose Direct Debit stayed with the home that they left.

    An instruction is for one reference, so each payer is asked for another. Each with its home
    and first day. Setting one up ends the wait, and so does choosing how it is paid instead.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_BEHIND, {"on": on})
        return list(cursor.fetchall())


def of_account(account: models.Account, on: date) -> models.Instruction | None:
    """Return the instruction in force on a day."""
    held: models.Instruction | None = (
        account.instructions.filter(dated.holds_on(on)).select_related("details__person").first()
    )
    return held


def state(instruction: models.Instruction, on: date) -> str:
    """Say in a word or two how an instruction stands on a day."""
    if instruction.ends is not None and instruction.ends <= on:
        return "Ended"
    if not instruction.details.may_be_used:
        return "Waits for a second officer"
    if instruction.stops.filter(dated.holds_on(on)).exists():
        return "Stopped"
    if instruction.live_from is None:
        return "To be sent to the bank"
    return "In use" if instruction.live_from <= on else "Sent to the bank"


def coming(account: models.Account, on: date) -> list[Coming]:
    """Return the instalments still to be collected by the newest bills, oldest first.

    The first is worked out as the collection itself would; the others are as told.
    """
    rows = [
        Coming(due, working_days.on_or_after(due), pence, None, "")
        for year in _years(account)
        for due, pence in _asked(account, year)
        if working_days.cycle_ending(due).input_day >= on
    ]
    rows.sort(key=lambda row: row.due_on)
    told = [_worked_out(account, row) for row in rows[:1]] + rows[1:]
    return sorted([*_once_more(account, on), *told], key=lambda row: (row.collects_on, row.due_on))


def _once_more(account: models.Account, on: date) -> list[Coming]:
    """Return the returned collections that will be tried once more on a day that was told."""
    rows = models.TriedAgain.objects.filter(
        item__instruction__account=account, item__instruction__ends=None, collects_on__gte=on
    ).exclude(item__in=models.CollectionItem.objects.exclude(again_of=None).values("again_of"))
    return [
        Coming(one.item.due_on, one.collects_on, one.pence, one.pence, ONCE_MORE)
        for one in rows.select_related("item")
    ]


def past(account: models.Account) -> list[Past]:
    """Return the collections of an account, newest first."""
    items = (
        models.CollectionItem.objects.filter(instruction__account=account)
        .select_related("collection")
        .prefetch_related("advices")
        .order_by("-id")
    )
    waiting = set(transit.unposted())
    return [
        Past(
            item.pk,
            item.collection.entry_day,
            item.pence,
            item.code,
            _became(item, waiting),
        )
        for item in items
    ]


def returned_within_a_year(account: models.Account, on: date) -> int:
    """Return how many collections came back unpaid in the twelve months before a day."""
    return models.Advice.objects.filter(
        instruction__account=account,
        kind="ARUDD",
        item__isnull=False,
        on__gt=direct_debit.months_later(on, -12),
    ).count()


def is_hard_to_pay(account: models.Account, on: date) -> bool:
    """Tell whether so much came back that another day or an arrangement should be offered."""
    return returned_within_a_year(account, on) >= direct_debit.figure(
        "returns_before_suggesting", on
    )


def _years(account: models.Account) -> list[years.Year]:
    firsts = models.Bill.objects.filter(account=account).values_list("year", flat=True)
    return [years.Year(first) for first in sorted(set(firsts))]


def _asked(account: models.Account, year: years.Year) -> list[tuple[date, int]]:
    [asked] = instalments.asked_for(notices.newest(np.array([account.pk]), year))
    taken = set(
        models.CollectionItem.objects.filter(
            instruction__account=account, sub_account__part=year.name, again_of=None
        ).values_list("due_on", flat=True)
    )
    return [(due, pence) for due, pence in asked if due is not None and due not in taken]


def _worked_out(account: models.Account, row: Coming) -> Coming:
    chosen = collecting.choose(account.pk, account.pk, collecting.days(row.due_on))
    where = np.flatnonzero(chosen.due == np.datetime64(row.due_on))
    if not len(where):
        return row
    reason = direct_debit.Reason(chosen.reason[where[0]])
    return Coming(
        row.due_on, row.collects_on, row.told_pence, int(chosen.pence[where[0]]), REASONS[reason]
    )


def _became(item: models.CollectionItem, waiting: set[int]) -> str:
    kinds = {advice.kind for advice in item.advices.all()}
    if "DDICA" in kinds:
        return CLAIMED
    if kinds:
        return RETURNED
    return SENT if item.collection_id in waiting else RECEIVED
