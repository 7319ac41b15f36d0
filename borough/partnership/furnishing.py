"""Furnishes the shared table of the made-up town, by the commands that officers press."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from borough.kernel import commanding, furnishing
from borough.kernel.officers import queries as officers
from borough.kernel.places.models import Ward
from borough.partnership.decisions import furnishing as decisions
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.measures import commands as measures
from borough.partnership.measures import definitions
from borough.partnership.next_year import furnishing as next_year
from borough.partnership.peers import capabilities as peer_capabilities
from borough.partnership.peers import commands as peers
from borough.partnership.promises import capabilities as promise_capabilities
from borough.partnership.promises import checklist, models
from borough.partnership.promises.commands import records, register, staff, transfers
from borough.partnership.register import furnishing as contracts
from borough.partnership.savings import furnishing as savings
from borough.partnership.seats import commands as signing_commands
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.surveys import capabilities as survey_capabilities
from borough.partnership.surveys import commands as surveys
from borough.rules import years

BY = commanding.system(
    "town",
    measure_capabilities.COUNT_MEASURES,
    peer_capabilities.LOAD_PEERS,
    survey_capabilities.LOAD_ANSWERS,
    promise_capabilities.PROPOSE_PROMISE,
    promise_capabilities.RECORD_EVIDENCE,
    promise_capabilities.RECORD_STAFF,
)
STAFF, COUNCILS, ASKED = 48, 14, 60
YEARS_PROMISED = 5
STAFF_HEADS = (
    *("Number", "Post", "FTE", "Work postcode", "Work ward", "From", "Until", "Why left"),
    *("Transferred on", "Pension"),
)
COUNTED = ("revenues.changes", "partnership.satisfied", "partnership.survey_answered")
_RATINGS = (5, 4, 3, 2, 1)
_OF_HUNDRED = (58, 85, 91, 96, 100)  # how many of a hundred give that rating or a better one


def furnish(town: furnishing.Town, progress: furnishing.Progress) -> None:
    """Put promises, staff, answers and other councils before the two partners."""
    year = years.Year.holding(town.on)
    with progress("The shared table", STAFF):
        _ask(town, year)
        _compare(town, year)
        _employ(town, year.preceding.starts)
        _promise(town, year.preceding.starts)
        _count(town, year)
        savings.lay(town.on)
        decisions.lay(town.on)
        contracts.lay(town.on)
        next_year.lay(town.on)


def _ask(town: furnishing.Town, year: years.Year) -> None:
    """Ask some residents each month whether they were satisfied; about half of them answer."""
    dice = furnishing.dice(town.seed, "answers")
    asked: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    for month in _months(year.preceding.starts, town.on):
        for service in ("revenues", "benefits"):
            asked.append((service, month, "letter", ASKED))
            for _ in range(int(dice.integers(ASKED // 3, ASKED // 2))):
                drawn = int(np.searchsorted(_OF_HUNDRED, dice.integers(0, 100), side="right"))
                day = month + timedelta(days=int(dice.integers(0, 28)))
                if day <= town.on:
                    reference = f"A-{len(answers) + 1:05}"
                    answers.append((reference, service, day, _RATINGS[drawn], "letter"))
    for command, heads, rows in (
        (surveys.load_invitations, ("Service", "Day", "Asked by", "Invited"), asked),
        (surveys.load_answers, ("Reference", "Service", "Day", "Rating", "Asked by"), answers),
    ):
        command(content=_file(heads, rows), title="Invented survey", **_said(town.on))


def _compare(town: furnishing.Town, year: years.Year) -> None:
    """Load what invented councils collected, in two years."""
    dice = furnishing.dice(town.seed, "councils")
    rows = [
        (f"E0699{number:04}", f"Invented {number}", one.name, f"{dice.integers(9200, 9800) / 100}")
        for one in (year.preceding, year)
        for number in range(1, COUNCILS + 1)
    ]
    if "revenues.collected_in_year" in definitions.measures():
        peers.load(
            content=_file(("ons_code", "council", "year", "rate_pct"), rows),
            measure="revenues.collected_in_year",
            title="Invented region",
            **_said(town.on),
        )


def _employ(town: furnishing.Town, transferred_on: date) -> None:
    """Transfer some staff, let a few of them go and a few come, and train them."""
    dice = furnishing.dice(town.seed, "staff")
    wards = list(Ward.objects.order_by("code").values_list("code", flat=True))
    posts, courses = _written()["posts"], _written()["courses"]
    rows, trained = [], []
    for number in range(1, STAFF + 1):
        came = "" if number > STAFF - 6 else transferred_on
        starts = transferred_on + timedelta(days=0 if came else int(dice.integers(60, 400)))
        post = posts[int(dice.integers(0, len(posts)))]
        fte = "1.00" if dice.integers(0, 4) else "0.60"
        ward = wards[int(dice.integers(0, min(3, len(wards))))] if wards else ""
        left = starts + timedelta(days=int(dice.integers(200, 600)))
        ended = (left, "resigned" if number % 2 else "retired") if number % 12 == 0 else ("", "")
        rows.append((f"ST-{number:03}", post, fte, "ZZ1 1AA", ward, starts, *ended, came, "fund"))
        course = courses[int(dice.integers(0, len(courses)))]
        day = starts + timedelta(days=int(dice.integers(1, 200)))
        if day <= town.on:
            trained.append((f"ST-{number:03}", day, course, f"{dice.integers(6, 24)}"))
    said = _said(town.on)
    staff.load_staff(content=_file(STAFF_HEADS, rows), title="Invented staff", **said)
    trained_heads = ("Number", "Day", "Course", "Hours")
    staff.load_training(content=_file(trained_heads, trained), title="Invented training", **said)
    made = transfers.record_transfer(
        title=_written()["transfer"], day=transferred_on, by=BY, on=town.on
    )
    for step in checklist.STEPS:
        done_on = transferred_on - timedelta(days=40)
        transfers.tick(transfer=made, step=step, done_on=done_on, by=BY, on=town.on)


def _promise(town: furnishing.Town, starts: date) -> None:
    """Propose the promises and let both partners sign them, and what was spent."""
    due = years.Year(starts.year + YEARS_PROMISED).starts - timedelta(days=1)
    for one in _written()["promises"]:
        if one.get("measure") and one["measure"] not in definitions.measures():
            continue
        made = register.propose(
            terms=register.Terms(
                topic=models.Promise.Topic(one["topic"]),
                title=one["title"],
                clause=one["clause"],
                evidence=models.Promise.Evidence(one["evidence"]),
                shape=models.Promise.Shape(one["shape"]),
                target=one["target"],
                starts=starts,
                due=due,
                measure=one.get("measure", ""),
                peers=one.get("peers", ""),
            ),
            by=BY,
            on=town.on,
        )
        _sign(made, town.on)
        if made.evidence == models.Promise.Evidence.MONEY:
            _spend(made, town.on)


def _spend(promise: models.Promise, on: date) -> None:
    made = [
        records.record(
            promise=promise,
            done_on=max(on - timedelta(days=30 * one["months_ago"]), promise.starts),
            amount=one["amount"],
            reference=one["reference"],
            what=one["what"],
            by=BY,
            on=on,
        )
        for one in _written()["spent"]
    ]
    for one in made[:-1]:  # the newest waits for both to look at its paper
        _sign(one, on)


def _sign(thing: models.Promise | models.Record, on: date) -> None:
    """Let whoever sits for each partner sign."""
    for seat in seats.seats(on):
        signing_commands.sign(
            thing=thing.thing,
            digest=signing.digest(thing.content),
            by=officers.at_work(seat.officer, on=on),
            on=on,
        )


def _count(town: furnishing.Town, year: years.Year) -> None:
    """Count measures as at the end of each month, as the first of each month would have done."""
    ends = [one - timedelta(days=1) for one in _months(year.preceding.starts, town.on)][1:]
    for slug in COUNTED:
        for as_at in [*ends, town.on] if slug in definitions.measures() else []:
            holding = years.Year.holding(as_at)
            measures.count(measure=slug, year=holding, as_at=as_at, by=BY, on=town.on)


def _months(first: date, until: date) -> list[date]:
    """Return the first day of each month from ``first`` to ``until``."""
    count = (until.year - first.year) * 12 + until.month - first.month
    places = range(first.month - 1, first.month + count)
    return [date(first.year + place // 12, place % 12 + 1, 1) for place in places]


def _said(on: date) -> dict[str, Any]:
    return {"source": _written()["source"], "by": BY, "on": on}


def _file(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()


@cache
def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    return found
