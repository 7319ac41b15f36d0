"""The story told: the base year, then a year after the other, each of them done once and whole.

All of it by the commands that officers use. Killed anywhere, it goes on with the year that was not
told.
"""

from collections import defaultdict
from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.ledger import capabilities as ledger_capabilities
from borough.kernel.ledger import chart
from borough.kernel.ledger.commands import periods
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.measures import commands as measures
from borough.partnership.measures.models import Snapshot
from borough.partnership.savings.commands import evidence
from borough.partnership.surveys import capabilities as survey_capabilities
from borough.partnership.surveys import commands as surveys
from borough.partnership.surveys import measures as survey_measures
from borough.partnership.work import capabilities as work_capabilities
from borough.partnership.work import commands as work
from borough.partnership.work import measures as work_measures
from borough.partnership.work.models import Kind
from borough.rules import years
from borough.town import models
from borough.town.story import contract, drawing, people, written

KIND = "town.story"
PARTS = 1 + len(written.contract_years())
BY = commanding.system(
    "town",
    work_capabilities.LOAD_WORK,
    survey_capabilities.LOAD_ANSWERS,
    measure_capabilities.COUNT_MEASURES,
    ledger_capabilities.CLOSE_PERIOD,
)
MONTHS_A_QUARTER = 3
COUNTED = timedelta(days=5)
"""So many days after a month has ended what was done in it is counted."""


def ask() -> Run:
    """Ask for the story to be told to the furnished town; return the run that does it.

    Raises:
        runs.AlreadyAsked: it was, or is being.
    """
    on = models.Town.objects.get().on
    return runs.ask(KIND, KIND, asked={}, parts=PARTS, by=BY, on=on)


def carry_out(run: Run) -> None:
    """Tell what is not told yet."""

    def do(number: int) -> runs.Result:
        if number == 0:
            people.seat()
            return _base_year()
        return _year(written.contract_years()[number - 1])

    runs.carry_out(run, do)
    runs.end(run)


def _base_year() -> runs.Result:
    year = written.base_year()
    rows = sum(_work(month, content) for month, content in drawing.work(year).items())
    _count_work(year.ends - timedelta(days=1))
    return rows, {}


def _year(year: years.Year) -> runs.Result:
    """Tell a year: its terms, by month what was done and charged, then what was claimed."""
    chart.open_year(year)
    rule_set = contract.agree(year)
    rows, quarter_pence, so_far = 0, 0, dict.fromkeys(Kind, 0)
    credits: dict[str, list[evidence.Row]] = defaultdict(list)
    for place, (month, content) in enumerate(drawing.work(year).items(), start=1):
        last = drawing.last_of(month)
        rows += _work(month, content) + _answers(month)
        counted = _count_work(last)
        quarter_pence += contract.charge(
            rule_set, month, last, {kind: counted[kind] - so_far[kind] for kind in counted}
        )
        so_far.update(counted)
        if place % MONTHS_A_QUARTER == 0:
            notes = contract.credit(year, place // MONTHS_A_QUARTER, quarter_pence, last)
            for title, row in notes.items():
                credits[title].append(row)
            quarter_pence = 0
        for measure in survey_measures.ALL:
            _count(measure.slug, last)
    contract.claim(year, credits)
    _close(year)
    return rows, {}


def _work(month: date, content: bytes) -> int:
    file = work.load_work(
        content=content,
        title=f"Work of {month:%B %Y} (invented)",
        source=written.story()["source"],
        by=BY,
        on=drawing.last_of(month) + COUNTED,
    )
    return file.rows


def _answers(month: date) -> int:
    rows = 0
    for command, content, what in (
        (surveys.load_invitations, drawing.asked(month), "Asked in"),
        (surveys.load_answers, drawing.answers(month), "Answers of"),
    ):
        rows += command(
            content=content,
            title=f"{what} {month:%B %Y} (invented)",
            source=written.story()["source"],
            by=BY,
            on=drawing.last_of(month) + COUNTED,
        ).rows
    return rows


def _count_work(as_at: date) -> dict[Kind, int]:
    """Count the work of the year so far; return how much of each kind there was."""
    return {
        one.kind: _count(work_measures.slug(one.kind), as_at).numerator or 0
        for one in written.works()
    }


def _count(slug: str, as_at: date) -> Snapshot:
    year = years.Year.holding(as_at)
    return measures.count(measure=slug, year=year, as_at=as_at, by=BY, on=as_at + COUNTED)


def _close(year: years.Year) -> None:
    """Close the months of a year: it is over, and nobody posts into it by mistake."""
    for month in drawing.months(year):
        periods.close_period(
            month=month.year * 100 + month.month,
            because="The story of those years is told",
            by=BY,
            on=year.ends + contract.CLAIMED,
        )
