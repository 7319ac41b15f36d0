"""Questions to the bank's rooms: what waits, for how long, and what became of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from borough.kernel import commanding
from borough.kernel.bank import bouncing, figures, importing, models, posting
from borough.kernel.ledger import queries as ledger

BOUNCES_WITHIN_DAYS = 120  # a cheque or a payment is taken back within weeks
SHOWN = 5

# One sub-account an entry; what is nought has been placed. Oldest first: it has waited longest.
_WAITING = """
select e.id, e."on", -sum(p.pence)::bigint as waits, e.pence, e.reference
from ledger_subaccount s
join ledger_posting p on p.sub_account_id = s.id
join bank_entry e on e.id = s.reference::bigint
where s.kind = %s
group by e.id having sum(p.pence) <> 0
order by e."on", e.id
"""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits in suspense of an entry, and since when."""

    entry_id: int
    on: date
    pence: int
    received_pence: int
    reference: str


@dataclass(frozen=True, slots=True)
class Age:
    """How much has waited how long: from ``least`` days to ``most``, both included."""

    title: str
    least: int
    most: int | None
    count: int
    pence: int


def to_confirm(actor: commanding.Actor) -> QuerySet[models.BankDetails]:
    """Return the bank details that colleagues of this officer keyed, the oldest first."""
    rows = models.BankDetails.objects.filter(confirmed_by=None, withdrawn_by=None)
    return rows.exclude(keyed_by=actor.reference).order_by("keyed_on", "pk")


def waiting() -> list[Waits]:
    """Return all that waits in suspense, what has waited longest first."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [posting.SUSPENSE])
        return [Waits(*row) for row in cursor.fetchall()]


def waits_of(entry: models.Entry) -> int:
    """Return what waits of one entry, in pence."""
    reference = str(entry.pk)
    number = ledger.sub_account_ids(posting.SUSPENSE, [reference]).get(reference)
    return -ledger.balances([number])[number] if number is not None else 0


def ages(rows: Sequence[Waits], *, on: date) -> list[Age]:
    """Return what waits by age, in the council's steps; every row is in exactly one."""
    steps = [int(days) for days in figures.in_force(on)["suspense_ages_days"]]
    least = [0, *(days + 1 for days in steps)]
    most: list[int | None] = [*steps, None]
    found = []
    for start, end in zip(least, most, strict=True):
        theirs = [row for row in rows if is_aged(row, start, end, on=on)]
        title = f"{start} to {end} days" if end is not None else f"{start} days or more"
        found.append(Age(title, start, end, len(theirs), sum(row.pence for row in theirs)))
    return found


def is_aged(row: Waits, least: int, most: int | None, *, on: date) -> bool:
    """Tell whether a row has waited so many days; what is dated after today has waited none."""
    days = max((on - row.on).days, 0)
    return days >= least and (most is None or days <= most)


def may_be_back(entry: models.Entry) -> QuerySet[models.Payment]:
    """Return the payments sent of which an entry may be the return: same amount, not back yet."""
    rows = models.Payment.objects.filter(
        pence=entry.pence, came_back=None, sent__file__made_on__lte=entry.on
    )
    return rows.select_related("details", "sent__file").order_by("-pk")


def may_have_bounced(out: models.Entry) -> list[models.Entry]:
    """Return the credits that money out may have taken back, the likeliest first.

    Of the same amount and not long before; from the same bank account, or given to an account that
    the bank names now, first; then the newest.
    """
    undone = models.Placed.objects.filter(kind=bouncing.KIND).values_list("reference", flat=True)
    rows = models.Entry.objects.filter(
        pence=-out.pence, on__lte=out.on, on__gte=out.on - timedelta(BOUNCES_WITHIN_DAYS)
    ).exclude(pk__in=[int(one) for one in undone])
    own = (out.payer_sort_code, out.payer_account)
    said = f"{out.reference} {out.narrative}"

    def likelihood(one: models.Entry) -> tuple[bool, date, int]:
        is_theirs = bool(out.payer_account) and own == (one.payer_sort_code, one.payer_account)
        is_named = any(part.reference in said for part in one.placed.all())
        return is_theirs or is_named, one.on, one.pk

    return sorted(rows.prefetch_related("placed"), key=likelihood, reverse=True)[:SHOWN]


def took_back(entry: models.Entry) -> list[int]:
    """Return the entry by which the payer's bank took a payment back, if it did."""
    rows = models.Placed.objects.filter(kind=bouncing.KIND, reference=str(entry.pk))
    return list(rows.values_list("entry", flat=True))


def may_take_in(row: models.SetAside, on: date) -> bool:
    """Tell whether a row that was set aside for its day can be taken in: it has come, and it waits.

    A row that another file has brought meanwhile is refused by the command.
    """
    if row.reason != importing.FUTURE or date.fromisoformat(row.row["Day"]) > on:
        return False
    return not models.Entry.objects.filter(file=row.file_id, number=row.line).exists()


def stopped(file: models.StatementFile) -> QuerySet[models.Stopped]:
    """Return the entries of a file that were stopped, in their order there."""
    return (
        models.Stopped.objects.filter(entry__file=file)
        .select_related("entry", "taken_up")
        .order_by("entry__number")
    )


def stopped_in_all() -> QuerySet[models.Stopped]:
    """Return every entry that still has to be looked at before it is posted, newest first."""
    return (
        models.Stopped.objects.exclude(why=models.Stopped.Why.OUT)
        .filter(taken_up=None)
        .select_related("entry")
        .order_by("-pk")
    )
