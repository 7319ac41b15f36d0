"""Steps of recovery that wait for a second officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.lines.revenues import capabilities, models, recovering


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return the steps that a colleague has prepared today and this officer may commit."""
    if capabilities.COMMIT_RECOVERY.slug not in actor.capabilities:
        return []
    return [
        joining.Waiting(
            f"{models.Step.Kind(run.asked['step']).label} {run.asked['year']} is prepared: "
            "look at it and commit it",
            reverse("revenues:recovery_preview", args=[run.pk]),
        )
        for run in recovering.waiting(on)
        if run.by != actor.reference
    ]
