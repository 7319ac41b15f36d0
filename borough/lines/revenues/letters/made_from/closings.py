"""The statements of accounts that closed by a move or a death."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from borough.kernel.people.models import Person
from borough.lines.revenues import models, notices
from borough.lines.revenues.letters import addressing, closing, frame
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import years

# What was closed before changes were kept has had its letter from the system before; an account
# opened by mistake closed no day, and there is nothing to tell.
ROWS = """
select a.id, a.id as account_id, a.ends as day from revenues_account a
where a.ends > a.starts and exists (
    select 1 from revenues_change c
    where c.things @> array['revenues.account/' || a.reference]::varchar[]
      and c.what in ('revenues.moved', 'revenues.death_settled', 'revenues.account_closed'))
"""


def fill(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the closing statements of some accounts, written on a day."""
    found = models.Account.objects.filter(pk__in=rows, ends__isnull=False)
    kept = [(one, one.ends) for one in found.order_by("pk") if one.ends is not None]
    owed = accounts.owed_of([one.reference for one, _ in kept])
    left = _left([one for one, _ in kept], owed, on)
    died = _all_died([one.pk for one, _ in kept])

    def write(place: int, head: frame.Head) -> closing.Closing:
        account, ends = kept[place]
        lines = tuple(_lines(owed.get(account.reference, ())))
        pence = sum(one.pence for one in lines)
        return closing.Closing(
            head=head,
            ended_on=ends,
            lines=lines,
            left="owed" if pence > 0 else "details" if pence < 0 else "nothing",
            payments=left[account.pk] if pence > 0 else (),
            died=account.pk in died,
        )

    to = [addressing.Asked(one.pk, ends - timedelta(days=1), ends) for one, ends in kept]
    return sorts.told([one.pk for one, _ in kept], to, write, on=on)


SORT = sorts.Sort(
    "closing_statement",
    "Closing statements after a move",
    ROWS,
    "revenues.account/{}/closed",
    fill,
)


def _lines(owed: Sequence[accounts.YearOwed]) -> list[frame.Sum]:
    """Return charge and payments of each year, the oldest first."""
    lines: list[frame.Sum] = []
    for one in reversed(owed):
        said = f"{one.year.first} to {one.year.first + 1}"
        lines.append(frame.Sum(words=f"Council Tax {said}", pence=one.charged_pence))
        if one.received_pence:
            lines.append(frame.Sum(words=f"Paid or credited for {said}", pence=-one.received_pence))
    return lines


Payments = tuple[frame.Payment, ...]


def _left(
    kept: Sequence[models.Account], owed: dict[str, tuple[accounts.YearOwed, ...]], on: date
) -> dict[int, Payments]:
    """Return when the rest of each account is due: what is late, today; the rest on its days."""
    due: dict[int, dict[date, int]] = {one.pk: {} for one in kept}
    for first in sorted({held.year.first for some in owed.values() for held in some}):
        year = years.Year(first)
        newest = notices.newest(np.array([one.pk for one in kept], np.int64), year)
        for account, asked in zip(kept, instalments.asked_for(newest), strict=True):
            for held in owed.get(account.reference, ()):
                if held.year == year:
                    _add(due[account.pk], asked, held, on)
    return {number: _payments(days) for number, days in due.items()}


def _add(due: dict[date, int], asked: instalments.Asked, held: accounts.YearOwed, on: date) -> None:
    paid = instalments.paid(
        asked, charged_pence=held.charged_pence, received_pence=held.received_pence
    )
    rest = held.balance_pence
    for one in paid:
        if one.due_on and one.due_on > on and one.left_pence > 0:
            due[one.due_on] = due.get(one.due_on, 0) + one.left_pence
            rest -= one.left_pence
    if rest:  # late already, asked for by an earlier system, or a credit of another year
        due[on] = due.get(on, 0) + rest


def _payments(due: dict[date, int]) -> Payments:
    return tuple(frame.Payment(due_on=day, pence=pence) for day, pence in sorted(due.items()))


def _all_died(account_ids: Sequence[int]) -> set[int]:
    """Return the accounts of which everybody who is or was liable has died."""
    rows = list(
        models.Liability.objects.filter(account__in=account_ids).values_list(
            "account_id", "person_id"
        )
    )
    people = {person for _, person in rows}
    dead = set(
        Person.objects.filter(pk__in=people, date_of_death__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return {account for account, _ in rows} - {
        account for account, person in rows if person not in dead
    }
