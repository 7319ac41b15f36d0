"""Collections as their pages show them: what a preview found, what was sent, what came back."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from borough.kernel.runs.models import Run
from borough.lines.revenues import models, transit
from borough.rules import direct_debit


@dataclass(slots=True)
class Found:
    """What a preview or a run comes to.

    Attributes:
        codes: by transaction code, items and pence.
        reasons: by reason, ids of accounts, and pence that were told and not collected.
    """

    codes: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: dict[direct_debit.Reason, tuple[list[int], int]] = field(default_factory=dict)

    @property
    def items(self) -> int:
        """How many collections."""
        return sum(items for items, _ in self.codes.values())

    @property
    def pence(self) -> int:
        """What they come to."""
        return sum(pence for _, pence in self.codes.values())


@dataclass(frozen=True, slots=True)
class Made:
    """A collection that was committed: its day, file, and what came back."""

    number: int
    entry_day: date
    items: int
    pence: int
    returned: int
    returned_pence: int
    has_file: bool
    is_posted: bool
    is_credited: bool

    @property
    def state(self) -> str:
        """Say in a few words how far it is."""
        if not self.has_file:
            return "Being made"
        if not self.is_posted:
            return "File made"
        return "Credited by the bank" if self.is_credited else "Posted as received"


_MADE = """
select c.run_id, c.entry_day, coalesce(f.items, 0), coalesce(f.pence, 0),
       count(a.id), coalesce(sum(a.pence), 0)::bigint, f.run_id is not null, c.run_id <> all(%s),
       exists (select 1 from revenues_credited x where x.collection_id = c.run_id)
from revenues_collection c
left join revenues_sentfile f on f.run_id = c.run_id
left join (revenues_advice a join revenues_collectionitem i on i.id = a.item_id)
     on i.collection_id = c.run_id
where %s::bigint is null or c.run_id = %s
group by c.run_id, f.run_id order by c.entry_day desc limit %s
"""


def found(run: Run) -> Found:
    """Return what the parts done so far come to."""
    sums = Found()
    for result in run.parts.values_list("result", flat=True):
        for code, (items, pence) in result.get("codes", {}).items():
            before = sums.codes.get(code, (0, 0))
            sums.codes[code] = (before[0] + items, before[1] + pence)
        for name, one in result.get("reasons", {}).items():
            reason = direct_debit.Reason[name]
            accounts, pence = sums.reasons.get(reason, ([], 0))
            sums.reasons[reason] = (accounts + one["accounts"], pence + one["pence"])
    sums.codes = dict(sorted(sums.codes.items()))
    sums.reasons = dict(sorted(sums.reasons.items()))
    return sums


def made(limit: int = 24) -> list[Made]:
    """Return the newest collections, newest first."""
    return _made(None, limit)


def one(collection_id: int) -> Made:
    """Return one collection."""
    [found] = _made(collection_id, 1)
    return found


def lodgings(limit: int = 24) -> list[models.SentFile]:
    """Return the newest files of instructions, newest first, without their content."""
    files = models.SentFile.objects.filter(run__kind="revenues.lodging").select_related("run")
    return list(files.defer("content").order_by("-run_id")[:limit])


def due_for_posting(on: date) -> list[models.Collection]:
    """Return the collections whose file is made and money has moved, and nobody asked to post."""
    asked = Run.objects.filter(kind=transit.POSTING).values_list("asked__collection", flat=True)
    return list(
        models.Collection.objects.filter(
            entry_day__lte=on, run__endings__outcome="done", pk__in=transit.unposted()
        ).exclude(pk__in=[number for number in asked if number is not None])
    )


def _made(only: int | None, limit: int) -> list[Made]:
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [transit.unposted(), only, only, limit])
        return [Made(*row) for row in cursor.fetchall()]


def previews(limit: int = 10) -> list[Run]:
    """Return the newest previews, newest first."""
    return list(Run.objects.filter(kind="revenues.collection_preview").order_by("-id")[:limit])


def committed(entry_day: date) -> models.Collection | None:
    """Return the collection of a day, if it was committed."""
    return models.Collection.objects.filter(entry_day=entry_day).first()
