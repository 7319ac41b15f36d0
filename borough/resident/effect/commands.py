"""Asking for a count."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.effect import capabilities, measuring, quarters


class NotBegun(commanding.Refusal):
    """The quarter is yet to come."""


@commanding.command(capabilities.MEASURE_EFFECT)
def measure(*, count: measuring.Count, by: commanding.Actor, on: date) -> Run:
    """Ask for a count of how things stand today."""
    return _ask(count, str(on), {"period": wording.day(on)}, by=by, on=on)


@commanding.command(capabilities.MEASURE_EFFECT)
def report_fairness(*, quarter: quarters.Quarter, by: commanding.Actor, on: date) -> Run:
    """Ask for the report of a quarter: once when it is over, and as often as wished while it runs.

    Raises:
        NotBegun: it is yet to come.
        runs.AlreadyAsked: the quarter is over and was reported on.
    """
    if on < quarter.starts:
        raise NotBegun("The quarter has not begun.")
    asked = {
        "period": quarter.name if on >= quarter.ends else f"{quarter.name} up to {wording.day(on)}",
        "quarter": quarter.name,
    }
    if on >= quarter.ends:
        key = f"{measuring.FAIRNESS.kind}/{quarter.name}"
        return runs.ask(measuring.FAIRNESS.kind, key, asked=asked, parts=1, by=by, on=on)
    return _ask(measuring.FAIRNESS, f"{quarter.name}/{on}", asked, by=by, on=on)


def _ask(
    count: measuring.Count, period: str, asked: dict[str, str], *, by: commanding.Actor, on: date
) -> Run:
    """Ask for one more count of a period; each is kept beside those before."""
    key = f"{count.kind}/{period}"
    before = Run.objects.filter(kind=count.kind, key__startswith=key).count()
    return runs.ask(count.kind, f"{key}/{before + 1}", asked=asked, parts=1, by=by, on=on)
