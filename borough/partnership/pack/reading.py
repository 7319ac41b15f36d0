"""All that the board pack says on a day, read from the rooms of the shared table.

The question comes first: what became of last year's answers, and what comes next. Nothing here is
worked out anew: each part is what its own page shows, in the same words.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from borough.kernel.pages import wording as words
from borough.partnership.decisions import models as cases
from borough.partnership.decisions import queries as deciding
from borough.partnership.measures import queries as counts
from borough.partnership.measures import wording as counted
from borough.partnership.next_year import note, steps
from borough.partnership.next_year import queries as asking
from borough.partnership.promises import queries as promises
from borough.partnership.promises import wording as promised
from borough.partnership.savings.pages import showing
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats.models import Party
from borough.rules import years

COLOUR = "#0f4a5c"
UNTIL = "Nobody has asked yet what both will do better or differently next year."


def said(on: date) -> dict[str, Any]:
    """Return all that the pack of a day says: texts and whole numbers alone."""
    return {
        "title": f"Joint board pack, {words.day(on)}",
        "council": {"name": settings.COUNCIL_NAME, "colour": COLOUR},
        "invented": settings.TOWN_IS_INVENTED,
        "issued_on": on.isoformat(),
        "question": _question(on),
        "measures": _measures(on),
        "money": _money(on),
        "decisions": _decisions(on),
        "promises": _promises(on),
    }


def _question(on: date) -> dict[str, Any]:
    """Return the newest answers that both signed and what came of those before.

    While the next ones are asked for: what they wait for, and what came of the last so far.
    """
    newest = asking.newest()
    if newest is None:
        return {"stands": UNTIL, "note": None}
    told = note.said(newest, on)
    before = asking.before(newest)
    if told is not None:
        return {"stands": f"Both have signed what is chosen for {newest.year}.", "note": told}
    waits = steps.waits(asking.state(newest, on), on)
    stands = f"For {newest.year} nothing is chosen yet. {waits}"
    return {"stands": stands, "note": note.came(before, on) if before else None}


def _measures(on: date) -> list[dict[str, str]]:
    year = years.Year.holding(on)
    before = {one.measure.slug: one for one in counts.readings(year.preceding, on)}
    return [
        {
            "title": one.measure.title,
            "value": counted.value(one.measure, one.value_hundredths),
            "before": counted.value(one.measure, before[one.measure.slug].value_hundredths),
            "rating": one.rating.value if one.rating else "",
            "flags": ", ".join(_flags(one)),
            "blind_to": one.measure.blind_to,
        }
        for one in counts.readings(year, on)
    ]


def _flags(reading: counts.Reading) -> Iterator[str]:
    yield from (f"disputed by the {party}" for party in reading.disputed_by)
    if reading.restated:
        yield "restated"


def _money(on: date) -> dict[str, Any]:
    """Return the newest year that could be worked out; else why the newest could not."""
    found = [one for one in reckoning.accounts(years.Year.holding(on), on) if one.rule_set]
    if not found:
        return {"year": "", "finding": "Both partners have signed no terms yet.", "bars": []}
    account = next((one for one in reversed(found) if one.bridge), found[-1])
    totals = account.totals
    return {
        "year": account.year.name,
        "finding": showing.finding(account),
        "naive": showing.naive(account),
        "bars": _bars(account),
        "totals": [
            ["In this year, in cash", totals.headline_pence],
            ["In a full year, of what comes again", totals.run_rate_pence],
            ["All years so far", totals.cumulative_pence],
        ],
        "levels": [[level, net] for level, net in showing.by_level(account.claims) if net],
        "disputed": _disputed(account, on),
    }


def _bars(account: reckoning.Account) -> list[dict[str, Any]]:
    return [
        {"name": one.label, "pence": one.pence, "is_level": one.is_level}
        for one in showing.steps(account)
    ]


def _disputed(account: reckoning.Account, on: date) -> list[list[str]]:
    """Return each claim that a partner disputes: the money at stake, by whom, for how long."""
    return [
        [
            showing.title(one.standing),
            words.money(one.rule.net_pence),
            f"disputed by the {each.party} for {(on - each.starts).days} days",
        ]
        for one in account.claims
        for each in one.standing.disputes
    ]


def _decisions(on: date) -> list[dict[str, str]]:
    """Return what is to be decided, the next first, and what each partner has to do for it."""
    found = deciding.states(cases.Case.objects.order_by("decide_by", "pk"))
    return [
        {
            "title": one.case.title,
            "decide_by": one.case.decide_by.isoformat(),
            **{party.value: deciding.next_step(one, party, on).value for party in Party},
        }
        for one in found
        if not one.is_decided
    ]


def _promises(on: date) -> list[dict[str, str]]:
    return [
        {
            "title": one.promise.title,
            "promised": promised.promised(one.promise),
            "status": one.judged.status.value,
            "why": promised.why(one.promise, one.judged),
            "signed": "" if one.signed.both else "Not signed by both",
        }
        for one in promises.standings(on)
    ]
