"""Enforcement agents, last of all: debts placed each month, called back, sent back, paid.

What the agent does is drawn for each debt and month, and comes as the agent's own file.
"""

import csv
import io
from datetime import date

from borough.kernel.bank import working_days
from borough.kernel.living import Counts, Day
from borough.kernel.people import commands as people
from borough.lines.revenues import agent_layouts, models, placing, remedying
from borough.lines.revenues.commands import agents as commands
from borough.lines.revenues.commands import placements
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import officers
from borough.lines.revenues.queries import agents as queries
from borough.lines.revenues.queries import remedies
from borough.rules import money, years

PLACED_ON, COMES_BACK_ON = 12, 26  # days of the month, or the next working day
TOLD_ON = 3  # Thursday: the agent is told what was called back, by a file
SLUG, LAYOUT = "invented", "plain"
COMPLIANCE_PENCE = 75_00  # SI 2014/1 Schedule: what an agent keeps of the first payment
PAID, CODES = "PAY", {"no_goods": "NB", "gone_away": "GONE", "vulnerable": "VULN"}


def place(day: Day) -> Counts:
    """Place debts, load what came back, and tell of what is called back, each on its day."""
    agent = models.Agent.objects.filter(slug=SLUG).first()
    counts: dict[str, int] = {}
    if _falls_on(day.on, PLACED_ON):
        counts |= _place(agent or _record(day.on), day.on)
    if agent is not None and _falls_on(day.on, COMES_BACK_ON):
        counts |= _load(agent, day)
    if agent is not None and day.on.weekday() == TOLD_ON and queries.untold(agent):
        file = commands.make_recall_file(agent=agent, by=officers.preparer(), on=day.on)
        counts["debts called back from the agent"] = file.rows
    return counts


def _falls_on(on: date, number: int) -> bool:
    return working_days.on_or_after(on.replace(day=number)) == on


def _record(on: date) -> models.Agent:
    firm = people.record_organisation(
        name="Invented Enforcement Limited", by=officers.preparer(), on=on
    )
    return placements.record_agent(
        person=firm, slug=SLUG, layout=LAYOUT, by=officers.committer(), on=on
    )


def _place(agent: models.Agent, on: date) -> Counts:
    preview = placements.prepare_placing(agent=agent, by=officers.preparer(), on=on)
    placing.preview(preview)
    try:
        run = placements.commit_placing(preview=preview, by=officers.committer(), on=on)
    except placements.NothingToPlace:
        return {}
    placing.carry_out(run, by=officers.committer())
    return {"debts placed with the agent": sum(run.parts.values_list("rows", flat=True))}


def _load(agent: models.Agent, day: Day) -> Counts:
    rows = [row for one in _with_the_agent(day.on) for row in _happened(day, one)]
    if not rows:
        return {}
    text = io.StringIO()
    written = csv.writer(text)
    columns = agent_layouts.layouts()[LAYOUT].returns.columns.values()
    written.writerow([column.heading for column in columns])
    written.writerows(rows)
    file = commands.load_return(
        agent=agent, content=text.getvalue().encode(), by=officers.preparer(), on=day.on
    )
    sent_back = file.lines.filter(kind=models.ReturnRow.Kind.RETURNED).count()
    return {
        "payments passed on by the agent": file.lines.filter(passed_on_pence__gt=0).count(),
        "debts sent back by the agent": sent_back,
    }


def _with_the_agent(on: date) -> list[models.Remedy]:
    return [one for one in remedying.running(on) if one.kind == remedying.Kind.AGENT]


def _happened(day: Day, remedy: models.Remedy) -> list[list[str]]:
    """Return what the agent writes of a debt this month, as rows of its file; mostly nothing."""
    mix = habits.figures()["living"]["agent_percent"]
    draw = int(day.dice(f"revenues agent {remedy.pk}").integers(0, 100))
    for what, percent in mix.items():
        if draw < percent:
            return _rows(day, remedy, what)
        draw -= percent
    return []


def _rows(day: Day, remedy: models.Remedy, what: str) -> list[list[str]]:
    on, reference = f"{day.on:%d/%m/%Y}", remedy.reference
    if what in CODES:
        return [[reference, CODES[what], on, "", "", ""]]
    order = remedies.order_of(remedy.account, years.Year(remedy.year), day.on)
    left = order.outstanding_pence if order else 0
    first = not queries.charged(remedy)
    fee = COMPLIANCE_PENCE if first else 0
    passed_on = left if what == "pays all" else min(left, max(left // 4, 20_00))
    theirs = f"{remedy.pk}-{day.on:%y%m}"
    paid = [money.in_pounds(passed_on + fee), money.in_pounds(passed_on), theirs]
    charged = [[reference, "FEE-C", on, money.in_pounds(fee), "", f"{theirs}F"]] if first else []
    return [*charged, [reference, PAID, on, *paid]] if passed_on else []
