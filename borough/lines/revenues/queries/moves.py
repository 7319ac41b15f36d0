"""What is known of a home before people move: who lives there, who is liable, how it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import dated
from borough.kernel.people.models import CorrespondenceAddress, Person, Residence
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models, moving

A_DAY = timedelta(days=1)
NOT_LIVING_THERE = (
    models.Liability.Basis.OWNER,
    models.Liability.Basis.PRESCRIBED_OWNER,
)


@dataclass(frozen=True, slots=True)
class There:
    """Somebody who lives in a home or is liable for it, since when, and by what right."""

    person: Person
    basis: str
    starts: date
    ends: date | None
    lives_there: bool


def there(dwelling: Dwelling, since: date) -> list[There]:
    """Return who lived in the home or was liable for it just before ``since`` or came after."""
    touching = dated.touches(since - A_DAY, None)
    found: dict[int, There] = {}
    rows = models.Liability.objects.filter(touching, account__dwelling=dwelling)
    for row in rows.select_related("person").order_by("starts", "pk"):
        resident = row.basis not in NOT_LIVING_THERE
        found[row.person_id] = There(row.person, row.basis, row.starts, row.ends, resident)
    living = Residence.objects.filter(touching, dwelling=dwelling).select_related("person")
    for home in living.order_by("starts", "pk"):
        known = found.get(home.person_id)
        if known is None or known.lives_there:
            basis = known.basis if known else models.Liability.Basis.RESIDENT
            found[home.person_id] = There(home.person, basis, home.starts, home.ends, True)  # noqa: FBT003
    return list(found.values())


def living_now(dwelling: Dwelling, on: date) -> list[There]:
    """Return who lives in the home, or is liable for it, on a day."""
    return [
        one
        for one in there(dwelling, on)
        if one.starts <= on and (one.ends is None or one.ends > on)
    ]


def lives_elsewhere(person: Person, dwelling: Dwelling, day: date) -> bool:
    """Tell whether somebody lived in another home just before a day."""
    rows = Residence.objects.filter(dated.holds_on(day - A_DAY), person=person)
    return rows.exclude(dwelling=dwelling).exists()


def written_elsewhere(opened: Iterable[models.Account]) -> list[CorrespondenceAddress]:
    """Return where letters to those liable on new accounts went before, and still go."""
    people = {person: one.starts for one in opened for person in _liable(one)}
    rows = CorrespondenceAddress.objects.filter(ends=None, person__in=people)
    found = rows.select_related("person").order_by("pk")
    return [one for one in found if one.starts < people[one.person_id]]


def _liable(account: models.Account) -> Iterable[int]:
    return account.liabilities.values_list("person_id", flat=True)


def adults(account: models.Account | None, since: date) -> int | None:
    """Return how many adults were declared just before ``since``, or on the account's first day."""
    if account is None:
        return None
    day = max(since - A_DAY, account.starts)
    rows = models.Household.objects.filter(dated.holds_on(day), account=account)
    return rows.values_list("adults", flat=True).first()


def state(dwelling: Dwelling, since: date) -> str | None:
    """Return how the home was used just before ``since``; None where nobody told us."""
    rows = models.Occupation.objects.filter(dated.holds_on(since - A_DAY), dwelling=dwelling)
    return rows.values_list("state", flat=True).first()


def shared_right(account: models.Account | None, came: Iterable[str]) -> str:
    """Return the right that partners share: the first of section 6(2) among those they live with.

    Whoever shared it stays liable by it when the other has left: they are taken to hold the home
    as the other did, until somebody tells us otherwise.
    """
    held = account.liabilities.values_list("basis", flat=True) if account else ()
    ranked = [one for one in held if one in moving.RANKS] or [
        one for one in came if one in moving.RANKS
    ]
    return min(ranked, key=moving.RANKS.__getitem__, default=models.Liability.Basis.RESIDENT)


def ever_exempt(dwelling: Dwelling) -> bool:
    """Tell whether an exemption, or an exception from a premium, is recorded for any day."""
    some = (models.Exemption, models.PremiumException)
    one, other = (kind._default_manager.filter(dwelling=dwelling).values("pk") for kind in some)
    return one.union(other).exists()
