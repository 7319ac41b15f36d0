"""Whether help reaches people of all groups alike, in a quarter: counts alone, of everybody.

*Looked at first*: a place in the support queue by points, on any day of the quarter. *In need*: so
many points on the last day, or a place or a case in the quarter. *Helped*: a contact by which help
was begun, or a plan for all debts agreed. *Days to contact*: from the first worry to the first
contact in which they were reached, of cases opened in the quarter.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.resident.effect import groups, quarters
from borough.resident.plans.models import Plan
from borough.resident.signals import models, scoring
from borough.rules import statistics

Ints = NDArray[np.int64]
Case, Contact = models.SupportCase, models.CaseContact
NEEDED = (Case.Outcome.ENTITLED, Case.Outcome.PLAN, Case.Outcome.HELPED, Case.Outcome.REFERRED)
"""How a case ends that was needed."""
REACHED = (Contact.Outcome.HELPED, Contact.Outcome.REACHED)


@dataclass(frozen=True)
class Quarter:
    """What happened to whom in a quarter, as ids of people.

    Attributes:
        days: from the first worry to the first contact, by person.
        drawn: had a place by lot, to learn whom the points miss; ``looked``: of these, were given a
            case; ``missed``: of these, needed help.
        urn: among how many the last places by lot were drawn; None where none was.
    """

    selected: set[int]
    in_need: set[int]
    helped: set[int]
    days: dict[int, int]
    drawn: set[int]
    looked: set[int]
    missed: set[int]
    urn: int | None


def find(asked: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the counts of a quarter, as JSON.

    Args:
        asked: ``quarter``; may hold ``deciles``, by postcode.
        on: the day; of a quarter that is not over, what was so up to then.
    """
    quarter = quarters.Quarter.named(asked["quarter"])
    last = min(on, quarter.ends - timedelta(1))
    people, age = groups.adults(last)
    seen = of_quarter(people, quarter.starts, last)
    deciles = asked.get(groups.DECILES)
    everybody = np.ones(len(people), np.bool_)
    return {
        "quarter": quarter.name,
        "up_to": last.isoformat(),
        "is_over": on >= quarter.ends,
        "deciles_loaded": deciles is not None,
        "urn": seen.urn,
        "all": _counted(people, everybody, seen),
        "divisions": [
            {
                "title": one.title,
                "note": one.note,
                "groups": [
                    {"name": name, **_counted(people, one.of == place, seen)}
                    for place, name in enumerate(one.names)
                ],
            }
            for one in groups.divisions(people, age, last, deciles)
        ],
    }


def of_quarter(people: Ints, starts: date, last: date) -> Quarter:
    """Return what happened to whom between two days, the last one included."""
    places = models.Place.objects.filter(queue__on__range=(starts, last))
    by_points = set(places.filter(by_lot=False).values_list("person_id", flat=True))
    drawn = set(places.filter(by_lot=True).values_list("person_id", flat=True))
    cases = list(Case.objects.filter(opened_on__range=(starts, last)))
    contacts = _contacts([one.pk for one in cases], last)
    by_lot = [one for one in cases if one.by_lot and one.person_id in drawn]
    queues = models.Queue.objects.filter(on__range=(starts, last), drawn_from__gt=0)
    newest = queues.order_by("-on", "-pk").first() if drawn else None
    opened = {one.person_id for one in cases if not one.by_lot}
    return Quarter(
        selected=by_points,
        in_need=_in_band(people, last) | by_points | opened,
        helped=_helped(starts, last),
        days=_days(cases, contacts),
        drawn=drawn,
        looked={one.person_id for one in by_lot},
        missed={one.person_id for one in by_lot if _was_needed(one, contacts)},
        urn=newest.drawn_from if newest else None,
    )


def _in_band(people: Ints, on: date) -> set[int]:
    scored = scoring.scored(people, on)
    return set(scored.people[scored.band == "queue"].tolist())


def _helped(starts: date, last: date) -> set[int]:
    """Return with whom help was begun, or who agreed a plan that did not follow another."""
    helped = Contact.objects.filter(on__range=(starts, last), outcome=Contact.Outcome.HELPED)
    plans = Plan.objects.filter(starts__range=(starts, last), follows=None)
    plans = plans.exclude(why_ended=Plan.Ended.MISTAKE)
    return set(helped.values_list("case__person_id", flat=True)) | set(
        plans.values_list("person_id", flat=True)
    )


def _contacts(cases: Collection[int], last: date) -> dict[int, list[models.CaseContact]]:
    found: dict[int, list[models.CaseContact]] = defaultdict(list)
    rows = Contact.objects.filter(case_id__in=cases, on__lte=last).order_by("on", "pk")
    for one in rows:
        found[one.case_id].append(one)
    return found


def _days(
    cases: Collection[models.SupportCase], contacts: Mapping[int, list[models.CaseContact]]
) -> dict[int, int]:
    """Return the days from the first worry to the first contact, of who was worried about."""
    found = {}
    for case in cases:
        reached = [one.on for one in contacts.get(case.pk, ()) if one.outcome in REACHED]
        if reached and case.first_seen_on:
            found[case.person_id] = max((reached[0] - case.first_seen_on).days, 0)
    return found


def _was_needed(case: models.SupportCase, contacts: Mapping[int, list[models.CaseContact]]) -> bool:
    begun = any(one.outcome == Contact.Outcome.HELPED for one in contacts.get(case.pk, ()))
    return begun or case.outcome in NEEDED


def _counted(people: Ints, group: NDArray[np.bool_], seen: Quarter) -> dict[str, Any]:
    """Return the counts of a group; ``median_days`` is None where nobody was reached."""
    mine = set(people[group].tolist())
    days = [many for person, many in seen.days.items() if person in mine]
    return {
        "people": len(mine),
        "selected": len(mine & seen.selected),
        "in_need": len(mine & seen.in_need),
        "helped": len(mine & seen.in_need & seen.helped),
        "reached": len(days),
        "median_days": statistics.median(days),
        "looked": len(mine & seen.looked),
        "missed": len(mine & seen.missed),
    }
