"""Money without a reference: its owner is looked for by likeness, as an officer does it.

What is placed has one account that is much more likely than any other; all else waits.
"""

from borough.kernel.bank import commands as bank
from borough.kernel.bank import matching, models
from borough.kernel.bank import queries as waiting
from borough.kernel.living import Counts, Day
from borough.lines.revenues.living import officers

LOOKS_BACK_DAYS = 1  # what could not be placed as it came waits for the payer to write
CERTAIN, AHEAD = 50, 20


def place(day: Day) -> Counts:
    """Look for whose money it is that came today; place what is as good as certain."""
    waits = {one.entry_id for one in waiting.waiting() if (day.on - one.on).days < LOOKS_BACK_DAYS}
    entries = list(models.Entry.objects.filter(pk__in=waits).order_by("pk"))
    found = matching.proposed(entries, on=day.on)
    placed = 0
    for index, entry in enumerate(entries):
        best = _best(found.get(index, []))
        if best is None:
            continue
        part = bank.Part(best.target, entry.pence, certainty_percent=best.certainty_percent)
        bank.place_entry(entry=entry, parts=[part], by=officers.preparer(), on=day.on)
        placed += 1
    return {"suspense placed by likeness": placed, "suspense left waiting": len(entries) - placed}


def _best(proposals: list[matching.Proposal]) -> matching.Proposal | None:
    """Return the proposal that stands out, if one does; the surest comes first."""
    if not proposals or proposals[0].certainty_percent < CERTAIN:
        return None
    first, *others = proposals
    if others and others[0].certainty_percent + AHEAD > first.certainty_percent:
        return None
    return first
