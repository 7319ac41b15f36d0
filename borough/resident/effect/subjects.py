"""Which count a page shows, and whose cases stand behind one of its outcomes."""

from django.http import Http404

from borough.kernel import visits
from borough.kernel.runs.models import Run
from borough.resident.effect import measuring
from borough.resident.signals.models import SupportCase

LARGEST_ID = 2**63 - 1
ON_A_PAGE = 25
MOST_PAGES = 100_000


def run(number: int) -> Run:
    """Return a count, or answer that there is no such page."""
    found = Run.objects.filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None or found.kind not in measuring.ALL:
        raise Http404
    return found


def cases(number: int, outcome: str, page: int) -> tuple[list[SupportCase], bool]:
    """Return a stretch of the cases behind an outcome, and whether it is the last."""
    found = run(number)
    kept = measuring.of(found) if found.kind == measuring.OUTCOMES.kind else None
    if kept is None or not 1 <= page <= MOST_PAGES:
        raise Http404
    ids = next((one["cases"] for one in kept.found["outcomes"] if one["slug"] == outcome), None)
    if ids is None:
        raise Http404
    first = (page - 1) * ON_A_PAGE
    rows = SupportCase.objects.filter(pk__in=ids[first : first + ON_A_PAGE])
    return list(rows.select_related("person").order_by("pk")), first + ON_A_PAGE >= len(ids)


def of_rows(number: int, outcome: str, page: int) -> visits.Subject:
    """Return whose records the list of an outcome's cases opens."""
    some, _ = cases(number, outcome, page)
    people = tuple(one.person_id for one in some)
    return visits.Subject(people, f"run/{number}", f"the cases behind an outcome, count {number}")
