"""The silos opened: what landlords, benefits, care and parking know, taken in and joined.

All of it by the commands that officers use, in parts that are done once: killed anywhere, the run
goes on with the part that was not done. The town keeps its own Council Tax here, so the accounts
that another system of Council Tax would send are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from django.db.models import Max, Min
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.holds import capabilities as holds
from borough.kernel.officers import queries as officers
from borough.kernel.officers.models import Officer
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.identity import capabilities as identity
from borough.resident.identity import commands as joins
from borough.resident.identity import engines, linking
from borough.resident.identity.models import Proposal
from borough.resident.signals import capabilities as signals
from borough.resident.signals import commands as worries
from borough.resident.signals import nightly
from borough.resident.sources import capabilities as sources
from borough.resident.sources import commands as feeds
from borough.resident.sources import order, taking_in
from borough.town import lives, models, plan, silos, visitors
from borough.town.silos import writing

KIND = "town.silos"
LEFT_OUT = "other-council-tax"
BOOKS = (
    "other-council-tax",
    "northway-rents",
    "marsh-lane-rents",
    "other-benefits",
    "social-care-charges",
    "parking-penalties",
)
BY = commanding.system(
    "town",
    sources.LOAD_FEED,
    identity.RUN_LINKING,
    signals.LOOK_FOR_WORRIES,
    signals.LEAD_SUPPORT,
    holds.PLACE_HOLD,
)
DECIDER = "support-caseworker"
EACH = 2
"""Of the records that wait for a person, one in so many has been decided by an officer."""
MOST_DECIDED = 200
DWELLINGS_A_PLACE = 200
"""The support team can look at one resident a day for so many dwellings."""


def ask() -> Run:
    """Ask for the silos of the furnished town to be opened; return the run that does it.

    Raises:
        runs.AlreadyAsked: they were, or are being.
    """
    on = models.Town.objects.get().on
    return runs.ask(KIND, KIND, asked={}, parts=len(BOOKS) + len(STEPS), by=BY, on=on)


def carry_out(run: Run) -> None:
    """Do what is not done yet: take in the files, join, decide some, look for worries."""
    opened = Opened(models.Town.objects.get())

    def do(number: int) -> runs.Result:
        if number < len(BOOKS):
            return _take_in(opened, BOOKS[number], run)
        return STEPS[number - len(BOOKS)](opened, run)

    runs.carry_out(run, do)
    runs.end(run)


@dataclass(frozen=True)
class Opened:
    """The silos of the town that stands here, drawn when they are first asked for."""

    town: models.Town

    @cached_property
    def files(self) -> Mapping[str, list[writing.File]]:
        """What each service sends, by its book."""
        town = self.town
        return {
            silo.book.source: [
                file
                for file in writing.files(silo, seed=town.seed, on=town.on)
                if file.source.slug != LEFT_OUT
            ]
            for silo in silos.draw(town.dwellings, town.seed, town.on)
            if silo.book.source in BOOKS
        }

    @cached_property
    def person_ids(self) -> NDArray[np.int64]:
        """The ids of the people as they were furnished, by row."""
        town = self.town
        count = lives.draw(plan.draw(town.dwellings, town.seed), town.on).people
        ids = Person.objects.order_by("pk").values_list("pk", flat=True)[:count]
        return np.array(ids, np.int64)

    def person_of(self, source: str, key: str) -> int | None:
        """Return who a record truly is; None for somebody of elsewhere."""
        row = self._rows[source, key]
        return int(self.person_ids[row]) if row < len(self.person_ids) else None

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], int]:
        return {
            (file.source.slug, key): row
            for several in self.files.values()
            for file in several
            for key, row in file.people.items()
        }


def _take_in(opened: Opened, book: str, run: Run) -> runs.Result:
    """Take in what a service sent the day before; what an officer has loaded meanwhile stands."""
    rows, eve = 0, run.on - timedelta(1)
    for file in opened.files[book]:
        if order.standing(file.source.slug):
            continue
        feed = feeds.prepare_feed(
            source=file.source.slug,
            content=file.content,
            as_at=eve,
            announced_pence=file.pence if file.source.total == "typed" else None,
            by=BY,
            on=eve,
        )
        taking_in.carry_out_reading(feed.reading)
        taking_in.carry_out_taking(feeds.commit_feed(feed=feed, by=BY, on=eve), by=BY)
        rows += len(file.rows)
    return rows, {}


def _join(_: Opened, run: Run) -> runs.Result:
    """Join what is certain; where nothing to compare with is installed, nothing is, and it says so.

    Raises:
        commanding.Refusal: there is nothing to compare.
    """
    asked = joins.ask_linking(by=BY, on=run.on)
    try:
        linking.carry_out(asked, by=BY)
    except engines.NotInstalled as refusal:
        runs.end(asked, refused=str(refusal))
        return 0, {"refused": str(refusal)}
    return 0, asked.parts.get().result


def _decide(opened: Opened, run: Run) -> runs.Result:
    """Have an invented officer decide every second record that waits, rightly."""
    email = next(one.email for one in visitors.ALL if one.role == DECIDER)
    officer = Officer.objects.filter(email=email).first()
    if officer is None:
        return 0, {}
    by = officers.at_work(officer, on=run.on)
    waiting = Proposal.objects.filter(is_check=False)
    records = waiting.values("record").annotate(first=Min("pk"), weight=Max("weight_hundredths"))
    chosen = [one["record"] for one in records.order_by("first")][: EACH * MOST_DECIDED : EACH]
    for record in chosen:
        for one in waiting.filter(record=record).select_related("record", "person"):
            truly = opened.person_of(one.record.source, one.record.key)
            decide = joins.join if truly == one.person_id else joins.split
            decide(record=one.record, person=one.person, by=by, on=run.on)
    return len(chosen), {"decided": len(chosen)}


def _look_for_worries(opened: Opened, run: Run) -> runs.Result:
    """Say how many the support team can look at, and look as each night does."""
    places = max(opened.town.dwellings // DWELLINGS_A_PLACE, 1)
    worries.set_capacity(places=places, by=BY, on=run.on)
    try:
        asked = worries.look_for_worries(by=BY, on=run.on)
    except runs.AlreadyAsked:
        asked = Run.objects.filter(kind=nightly.KIND, on=run.on).latest("pk")
    nightly.carry_out(asked, by=BY)
    return 0, {}


STEPS: tuple[Callable[[Opened, Run], runs.Result], ...] = (_join, _decide, _look_for_worries)
