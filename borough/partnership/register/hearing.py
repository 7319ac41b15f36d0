"""Changes asked for and risks named, heard from the service that keeps them: by number alone."""

from collections.abc import Sequence

from borough.kernel.facts.models import Fact
from borough.partnership.register import models

NUMBERS = {
    models.Heard.What.CHANGE_ASKED.value: "request",
    models.Heard.What.CHANGE_DECIDED.value: "request",
    models.Heard.What.RISK_NAMED.value: "risk",
    models.Heard.What.RISK_OVER.value: "risk",
}


def hear(facts: Sequence[Fact]) -> None:
    """Keep each of these facts once, whatever the order in which they come."""
    rows = [
        models.Heard(what=one.what, number=one.detail[NUMBERS[one.what]], fact=one.pk, on=one.on)
        for one in facts
    ]
    models.Heard.objects.bulk_create(rows, ignore_conflicts=True)
