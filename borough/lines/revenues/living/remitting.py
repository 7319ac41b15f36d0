"""What agents and employers told of reaches the bank some days later, and clears what was coming.

It comes as a statement like everybody's. The entry names the agent or the order, so it is given to
what was told of, and pays nobody's debt a second time.
"""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing, matching, working_days
from borough.kernel.bank.models import Entry
from borough.kernel.living import Counts, Day
from borough.lines.revenues import arriving, models
from borough.lines.revenues.living import officers
from borough.rules import money

ARRIVES_AFTER = 2  # working days after we were told
LOOKS_BACK = timedelta(14)
LAYOUT = "statement"

Coming = tuple[str, int]
"""A reference, and how much."""


def arrive(day: Day) -> Counts:
    """Load the bank's statement of what was passed on, and give each entry to what was told of."""
    coming = _coming(day)
    if not coming:
        return {}
    clerk = officers.preparer()
    run = bank.load_statement(content=_file(day, coming), layout=LAYOUT, by=clerk, on=day.on)
    importing.carry_out(run, by=clerk)
    for entry in Entry.objects.filter(file__run=run).order_by("pk"):
        target = matching.Target(arriving.REMITTED, entry.reference)
        bank.place_entry(entry=entry, parts=[bank.Part(target, entry.pence)], by=clerk, on=day.on)
    return {"transfers of agents and employers": len(coming)}


def _coming(day: Day) -> list[Coming]:
    """Return what arrives today: a sum for each file of an agent, and for each deduction."""
    since = day.on - LOOKS_BACK
    files = models.AgentReturn.objects.filter(loaded_on__gt=since, passed_on_pence__gt=0)
    taken = models.Deduction.objects.filter(
        received_on__gt=since, deducted_pence__gt=0, taken_back=None
    )
    told = [
        *((one.loaded_on, one.agent.slug, one.passed_on_pence)
          for one in files.select_related("agent").order_by("pk")),
        *((one.received_on, one.attachment.remedy.reference, one.deducted_pence)
          for one in taken.select_related("attachment__remedy").order_by("pk")),
    ]  # fmt: skip
    return [
        (reference, pence)
        for on, reference, pence in told
        if working_days.later(on, ARRIVES_AFTER) == day.on
    ]


def _file(day: Day, coming: Sequence[Coming]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("Date", "Paid in", "Paid out", "Description", "Reference"))
    for reference, pence in coming:
        paid_in = money.in_pounds(pence)
        rows.writerow((f"{day.on:%d/%m/%Y}", paid_in, "", "PASSED ON", reference))
    return text.getvalue().encode()
