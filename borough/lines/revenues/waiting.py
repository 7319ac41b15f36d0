"""What of Revenues waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.runs import queries as runs
from borough.lines.revenues import capabilities
from borough.lines.revenues.queries import annual
from borough.rules import years


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return the billing that a colleague has prepared and this officer may commit."""
    if capabilities.COMMIT_BILLING.slug not in actor.capabilities:
        return []
    newest: dict[str, joining.Waiting] = {}
    for run in annual.previews():
        year = run.asked["year"]
        if run.by == actor.reference or run.asked.get("what_if") or year in newest:
            continue
        if runs.progress(run).is_done and annual.billing_of(years.Year.named(year)) is None:
            newest[year] = joining.Waiting(
                f"Annual billing {year} is prepared: look at it and commit it",
                reverse("revenues:preview", args=[run.pk]),
            )
    return list(newest.values())
