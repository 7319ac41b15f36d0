"""``borough town live``: a year of the town, day by day, and what it came to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from rich.console import Console

from borough.kernel import commanding, joining, living
from borough.kernel.facts import chain, delivering
from borough.kernel.runs import commands as runs
from borough.kernel.runs import statistics
from borough.kernel.runs.models import Ending, Part, Run
from borough.partnership.measures import wording
from borough.rules import years
from borough.rules.partnership import rating
from borough.town import models, watching
from borough.town.living import happening, posting, standing

KIND = "town.day"
ACTOR = commanding.System("system/town", frozenset())
STATISTICS_EVERY_DAYS = 14


class CannotLive(Exception):
    """The town cannot live through that year, and why."""


def main(name: str, until: str | None, *, with_post: bool = False) -> int:
    """Live through a year, or its first days; return 0, or 2 with a sentence.

    Args:
        name: of the year, as 2025-26.
        until: the last day, as 2025-06-30; None for the year's last.
        with_post: print each day's letters and let them leave, as PDF and in print files.
    """
    console = Console(stderr=True)
    try:
        year = years.Year.named(name)
        last = date.fromisoformat(until) if until else year.ends - timedelta(1)
        _, seconds = live(year, last, console, with_post=with_post)
    except (ValueError, CannotLive, runs.AlreadyRunning) as error:
        console.print(f"borough: {error}", soft_wrap=True, highlight=False)
        return 2
    counts = {title: f"{number:,}" for title, number in came_to(last).items()}
    took = {title: f"{taken:,.1f} s" for title, taken in seconds.most_common()}
    _list(console, counts)
    console.print(
        f"Lived through {year} until {last} in {sum(seconds.values()):,.0f} s, "
        f"at most {watching.peak_megabytes():,} MB.",
        highlight=False,
    )
    _list(console, _measured(year, last))
    _list(console, took)
    return 0


def _list(console: Console, values: Mapping[str, str]) -> None:
    width = max(map(len, values), default=0)
    for title, value in values.items():
        console.print(f"  {title:<{width}}{value:>14}", soft_wrap=True, highlight=False)


def _measured(year: years.Year, on: date) -> dict[str, str]:
    """Return what each measure shows at the end, as both partners read it, by its title."""
    shown: dict[str, str] = {}
    for measure in (one for card in joining.cards() for one in card.measures):
        above, below = measure.read(year, on) or (0, 0)
        value = rating.value_hundredths(above, below, percent=measure.unit == "percent")
        shown[measure.title] = wording.value(measure, value)
    return shown


def came_to(last: date) -> Counter[str]:
    """Return what every step counted on the days up to ``last``, whichever call lived them."""
    counts: Counter[str] = Counter()
    parts = Part.objects.filter(run__kind=KIND, run__on__lte=last).order_by("run__on", "number")
    for result in parts.values_list("result", flat=True):
        counts.update(result)
    return counts


def live(
    year: years.Year, last: date, console: Console, *, with_post: bool = False
) -> tuple[Counter[str], Counter[str]]:
    """Live through the days that were not lived yet, up to ``last``; ``with_post`` as in ``main``.

    Returns:
        What every step counted, and the seconds that each took.

    Raises:
        CannotLive: no invented town stands here, or it has passed the year, or not come to it.
    """
    town = models.Town.objects.first()
    if town is None or not settings.TOWN_IS_INVENTED:
        raise CannotLive("There is no invented town here. Furnish one first: borough town.")
    if not year.starts <= last < year.ends:
        raise CannotLive(f"{last} does not lie in {year}.")
    counts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    memory: dict[str, Any] = {}
    days = list(_days(town, year, last))
    with watching.days(console, len(days)) as passed:
        for on in days:
            _live(happening.of_day(town, year, on, memory), counts, seconds)
            if with_post:
                with watching.timed(seconds, "The day’s post"):
                    counts["letters posted"] += posting.post(on)
            _tell_news(seconds)
            chain.link()
            standing.set_day(on)
            if on.day in (1, STATISTICS_EVERY_DAYS):
                statistics.take()
            passed(on)
    return counts, seconds


def steps() -> Sequence[living.Step]:
    """Return what every line does on a day, in the order of the lines."""
    return [step for line in joining.lines() if line.live for step in import_string(line.live)]


def _days(town: models.Town, year: years.Year, last: date) -> Iterator[date]:
    """Return the days after the one on which the town was furnished, those not lived yet."""
    day = town.on + timedelta(1)
    done = set(
        Run.objects.filter(kind=KIND, endings__outcome=Ending.Outcome.DONE).values_list(
            "on", flat=True
        )
    )
    while day <= last:
        if day not in done:
            yield day
        day += timedelta(1)


def _tell_news(seconds: Counter[str]) -> None:
    """Hand the day's news to the lines that hear it, as the workers do every minute."""
    with watching.timed(seconds, "News between the lines"):
        while delivering.deliver():
            pass


def _live(day: living.Day, counts: Counter[str], seconds: Counter[str]) -> None:
    """Do the steps of a day; each and its record are one transaction."""
    todo = steps()
    run = Run.objects.filter(key=f"{KIND}/{day.on}").first() or runs.ask(
        KIND, f"{KIND}/{day.on}", asked={}, parts=len(todo), by=ACTOR, on=day.on
    )

    def do(number: int) -> runs.Result:
        step = todo[number]
        with watching.timed(seconds, step.title):
            found = dict(step.do(day))
        return sum(found.values()), found

    runs.carry_out(run, do)
    runs.end(run)
    for part in run.parts.all():
        counts.update(part.result)
