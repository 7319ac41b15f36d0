"""How far a run is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Sum

from borough.kernel.runs import models


@dataclass(frozen=True, slots=True)
class Progress:
    """A run as a page shows it. ``percent`` is of parts, which are of about equal size."""

    id: int
    kind: str
    by: str
    on: date
    started_at: datetime
    parts_done: int
    parts_expected: int
    rows: int
    last_at: datetime | None
    ended: str
    reason: str

    @property
    def percent(self) -> int:
        """Return 0 to 100; 100 only when every part is done."""
        return 100 * self.parts_done // self.parts_expected if self.parts_expected else 100

    @property
    def is_done(self) -> bool:
        """Tell whether it ended well."""
        return self.ended == models.Ending.Outcome.DONE


def progress(run: models.Run) -> Progress:
    """Return how far the run is, from the parts that are done."""
    done = run.parts.aggregate(parts=Count("id"), rows=Sum("rows"), last=Max("finished_at"))
    ending = run.endings.order_by("-id").first()
    return Progress(
        id=run.pk,
        kind=run.kind,
        by=run.by,
        on=run.on,
        started_at=run.started_at,
        parts_done=done["parts"],
        parts_expected=run.parts_expected,
        rows=done["rows"] or 0,
        last_at=done["last"],
        ended=ending.outcome if ending else "",
        reason=ending.reason if ending else "",
    )
