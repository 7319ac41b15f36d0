"""What the pages of the support team show: somebody in the queue, one with a case, one to write."""

from datetime import date, timedelta

from borough.kernel.people.models import Person
from borough.resident.signals import commands, laying, models
from borough.rules.support import signals
from tests import makers

NEXT = timedelta(7)


def worried(person: Person, *codes: str, on: date) -> None:
    """Record that these worries were seen of somebody."""
    weighed = signals.law(on)
    for code in codes:
        models.Sighting.objects.create(
            person=person,
            code=code,
            key=f"made.up/{code}",
            observed_on=on,
            expires_on=on + timedelta(weighed.signals[code].days),
            value={"S2": 2}.get(code, 1),
            version=weighed.since[code],
        )


def furnish(mary: Person) -> dict[str, str]:
    """Furnish a queue, a case with a contact and a list for messages; return address parts."""
    by, on = makers.everything(), makers.BILLING_DAY
    worried(mary, "S1", "S2", "S3", on=on)
    joan, dora = makers.a_person("Joan", "Ledger"), makers.a_person("Dora", "Docks")
    worried(joan, "S3", "S11", "S12", on=on)
    worried(dora, "S3", "S4", on=on)
    commands.set_capacity(places=20, by=by, on=on)
    case = commands.take_case(person=joan, next_review=on + NEXT, by=by, on=on)
    commands.record_contact(case=case, how="phone", outcome="helped", by=by, on=on)
    laying.lay(on)
    return {
        "support-queue/<str:day>": on.isoformat(),
        "support-messages/<str:day>": on.isoformat(),
        "<int:page>": "1",
        "support-cases/<int:case>": str(case.pk),
    }
