"""Who looked at a resident's record, and why, as the resident is told it.

An officer is named by their role and number: who disagrees can ask about the very person, and
nobody's name is given to everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from borough.kernel import dated, joining
from borough.kernel.facts import queries as facts
from borough.kernel.officers.models import Appointment

LOOKED = "kernel.looked"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: its number, when, by whom in words, the purpose and the law behind it."""

    id: int
    at: datetime
    who: str
    why: str
    law: str


def looks_at(person_id: int, *, most: int, before: int | None = None) -> list[Look]:
    """Return the newest looks at a person's record."""
    entries = facts.timeline_of_people([person_id], limit=most, only=[LOOKED], before=before)
    known = joining.purposes()
    roles: dict[tuple[str, date], str] = {}
    found = []
    for entry in entries:
        key = (entry.by, entry.on)
        roles.setdefault(key, _who(*key))
        purpose = known.get(entry.detail["purpose"])
        found.append(
            Look(
                entry.id,
                entry.recorded_at,
                roles[key],
                purpose.title if purpose else entry.detail["purpose"],
                purpose.gateway if purpose else "",
            )
        )
    return found


def _who(reference: str, on: date) -> str:
    kind, _, number = reference.partition("/")
    if kind != "officer":
        return "The council’s own system"
    held = Appointment.objects.filter(dated.holds_on(on), officer=int(number))
    titles = held.order_by("role__title").values_list("role__title", flat=True)
    return f"{', '.join(titles) or 'Officer'}, officer {number}"
