"""Where a letter to one person goes: where they asked for it, else to their home."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.people.models import Need, Person
from borough.kernel.places.models import Address


class NowhereToSend(commanding.Refusal):
    """No address is known at which the person alone would get the letter."""


@dataclass(frozen=True, slots=True)
class Written:
    """To whom, where, a line each; ``large_print`` for those who asked for it."""

    name: str
    address: tuple[str, ...]
    large_print: bool


def written_to(person: Person, *, on: date) -> Written:
    """Return how a letter to the person is addressed.

    Raises:
        NowhereToSend: there is no address; or the home alone, for somebody who is written to only
            in the safe way agreed with them.
    """
    needs = set(person.needs.filter(dated.holds_on(on)).values_list("kind", flat=True))
    asked = person.correspondence_addresses.filter(dated.holds_on(on)).first()
    if asked:
        lines = (*asked.lines.splitlines(), asked.postcode)
    elif Need.Kind.SAFE_CONTACT in needs:
        raise NowhereToSend(
            "They are written to only in the safe way agreed with them, and no address for that "
            "is recorded. Agree one, and record where letters go."
        )
    else:
        lines = _home(person, on)
    if not any(lines):
        raise NowhereToSend("No address is recorded for them. Record where letters go.")
    large = Need.Kind.LARGE_PRINT in needs
    return Written(person.name, tuple(line.strip() for line in lines if line.strip()), large)


def _home(person: Person, on: date) -> tuple[str, ...]:
    home = person.residences.filter(dated.holds_on(on)).first()
    where = home and Address.objects.filter(dwelling=home.dwelling_id).order_by("-starts").first()
    return (where.line, where.town, where.postcode) if where else ()
