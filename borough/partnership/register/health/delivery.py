"""Delivery: disputes, measures, money and risks."""

from collections.abc import Iterator
from datetime import date

from borough.kernel.pages import wording as words
from borough.partnership.measures import definitions
from borough.partnership.measures import models as measures
from borough.partnership.measures import queries as counts
from borough.partnership.register import models
from borough.partnership.register.health.evidence import Evidence, age, any_old, counted
from borough.partnership.savings.queries import charges, entries, terms
from borough.partnership.savings.queries import years as reckoning
from borough.rules import years

HEARD = models.Heard.What
CHANGES = "In the register of changes"


def relationships(on: date) -> Iterator[Evidence]:
    """Yield what either partner disputes, and for how long."""
    claims = [one for one in entries.all_claims(on) if not one.is_over]
    of_claims = [each.starts for one in claims for each in one.disputes]
    rows = measures.Dispute.objects.filter(starts__lte=on).exclude(ends__lte=on)
    of_counts = list(rows.values_list("starts", flat=True))
    for days, what, several, route in (
        (of_claims, "dispute of a claim is open", "disputes of claims are open", "disagreements"),
        (of_counts, "dispute of a count is open", "disputes of counts are open", "measures"),
    ):
        how_old = f", {age(days, on)}" if days else ""
        said = f"{counted(len(days), what, several)}{how_old}."
        yield Evidence(said, route, attend=any_old(days, on))


def performance(on: date) -> Iterator[Evidence]:
    """Yield whether both understand the baseline, and whether measures are counted and judged."""
    newest = terms.of_year(years.Year.holding(on), on)
    if newest is not None:
        since = terms.signed(newest).since
        many = counted(len(terms.lines(newest)), "line", "lines")
        day = words.day(since) if since else ""
        said = f"Both signed this year’s baseline on {day}: {many} in version {newest.version}."
        yield Evidence(said, "terms_version", (newest.pk,))
    else:
        yield Evidence("Both have signed no baseline for this year.", "terms", attend=True)
    known = definitions.measures()
    month = {"as_at__gte": on.replace(day=1), "as_at__lte": on, "measure__in": list(known)}
    done = measures.Snapshot.objects.filter(**month).values("measure").distinct().count()
    said = f"{done} of {counted(len(known), 'measure', 'measures')} counted this month."
    yield Evidence(said, "measures", attend=not done)
    judged = sum(counts.target_of(slug, on) is not None for slug in known)
    said = f"{counted(judged, 'measure has', 'measures have')} a target that both have signed."
    yield Evidence(said, "measures", attend=not judged)


def payment(on: date) -> Iterator[Evidence]:
    """Yield what was charged, and how far claims of savings under this contract have come."""
    year = years.Year.holding(on)
    for one in (year.preceding, year):
        rows = charges.statement(one, on)
        if rows:
            many = counted(len(rows), "charge is", "charges are")
            total = words.money(rows[-1].balance_pence)
            said = f"{many} in the ledger for {one.name}: {total} net."
        else:
            said = f"Nothing charged for {one.name} is in the ledger."
        yield Evidence(said, "savings_year", (one.name,))
    first = reckoning.first_of(year, on).name
    claims = [one for one in entries.all_claims(on) if not one.is_over and one.entry.year >= first]
    signed = sum(one.is_signed for one in claims)
    many = counted(len(claims), "saving is claimed", "savings are claimed")
    if claims:
        yield Evidence(f"{many}; both have signed {signed}.", "claims")


def risk(on: date) -> Iterator[Evidence]:
    """Yield the risks that the register of changes has told."""
    days = lying(HEARD.RISK_NAMED, HEARD.RISK_OVER, on)
    if days is not None:
        how_old = f", {age(days, on)}" if days else ""
        many = counted(len(days), "risk of an initiative is open", "risks of initiatives are open")
        yield Evidence(f"{many}{how_old}.", elsewhere=CHANGES)


def lying(begins: str, ends: str, on: date) -> list[date] | None:
    """Return since when each thing that was heard of has been open; None if none ever was."""
    rows = models.Heard.objects.filter(what__in=(begins, ends), on__lte=on)
    told = list(rows.values_list("what", "number", "on"))
    if not told:
        return None
    over = {number for what, number, _ in told if what == ends}
    return [day for what, number, day in told if what == begins and number not in over]
