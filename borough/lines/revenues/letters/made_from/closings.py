"""The statements of accounts that closed by a move or a death."""

from collections.abc import Sequence
from datetime import date, timedelta

from borough.kernel.people.models import Person
from borough.lines.revenues import models
from borough.lines.revenues.letters import addressing, closing, frame
from borough.lines.revenues.letters.made_from import left_to_pay, sorts
from borough.lines.revenues.queries import accounts

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
    left = left_to_pay.by_day([one for one, _ in kept], owed, on)
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
