"""The whole person, from the kernel alone: no line's table is read here.

A debt is a ledger account in arrears, a happening is a fact, a letter a document; so every line
that has ever dealt with somebody is on the page without being asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from borough.kernel import dated, joining, offers, records, standing
from borough.kernel.documents import queries as documents
from borough.kernel.facts import queries as facts
from borough.kernel.holds import kinds
from borough.kernel.holds.models import Hold
from borough.kernel.ledger import models as ledger_models
from borough.kernel.ledger import queries as ledger
from borough.kernel.people import apart, models
from borough.kernel.places.models import Address
from borough.resident.identity import queries as identity
from borough.resident.sources import queries as sources
from borough.rules import years

LOOKED = "kernel.looked"
SEVERAL = 30
NEWEST_LOOKS = 40
NEWEST_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A year of an account, or all of it: pence owed, how it stands, as its line tells it."""

    name: str
    pence: int
    stage: str
    how: standing.Standing | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An account that the person holds, alone or with others. Positive pence are owed by them."""

    kind: str
    title: str
    reference: str
    href: str
    is_debt: bool
    parts: tuple[Part, ...]

    @property
    def pence(self) -> int:
        """All parts together."""
        return sum(part.pence for part in self.parts)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """That a debt, or all debts of the person, are left alone until ``ends``, and why.

    ``kind`` is of the hold; ``thing`` is what facts call the debt, empty for all of them.
    """

    kind: str
    thing: str
    title: str
    what: str
    starts: date
    ends: date | None
    review_by: date | None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next that would harm: the day, what happens, and to which debt."""

    on: date
    words: str
    debt: str
    href: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where the person lives or lived, on ``[starts, ends)``."""

    address: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Need:
    """What we must do differently for the person, and by when we ask again."""

    id: int
    kind: str
    title: str
    review_by: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach the person."""

    id: int
    title: str
    value: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class WriteTo:
    """Where letters go on ``[starts, ends)`` instead of home, a line each."""

    id: int
    lines: tuple[str, ...]
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A person as all services know them, on a day.

    ``owed`` and ``stands`` are what the accounts in ``held`` are made of. ``is_apart``: nobody else
    may learn of them. ``owes_with_apart``: somebody who owes a debt with
    them is to be kept apart, so nothing is told of anybody but them.
    """

    id: int
    name: str
    is_organisation: bool
    former_names: tuple[str, ...]
    date_of_birth: date | None
    date_of_death: date | None
    is_apart: bool
    owes_with_apart: bool
    needs: tuple[Need, ...]
    ways: tuple[Way, ...]
    write_to: tuple[WriteTo, ...]
    homes: tuple[Home, ...]
    owed: tuple[ledger.Owed, ...]
    stands: Mapping[int, standing.Standing]
    held: tuple[Held, ...]
    left_alone: tuple[LeftAlone, ...]
    elsewhere: tuple[sources.DebtHeld, ...]
    awards: tuple[sources.AwardHeld, ...]
    helpers: tuple[sources.Helper, ...]
    offers: tuple[offers.Offer, ...]
    letters: tuple[documents.Entry, ...]

    @property
    def owed_pence(self) -> int:
        """Every debt together, credits taken off; what is held for them is not counted."""
        return sum(one.pence for one in self.held if one.is_debt)

    @property
    def owed_elsewhere_pence(self) -> int:
        """What others told us that is owed to them; credits are not set off between holders."""
        return sum(max(one.pence, 0) for one in self.elsewhere)

    @property
    def next(self) -> Next | None:
        """What comes next that would harm, the soonest; None where nothing does."""
        harms = [
            Next(threat.on, threat.words, f"{held.title} {held.reference}, {part.name}", held.href)
            for held in self.held
            for part in held.parts
            if part.how and (threat := part.how.threat)
        ]
        return min(harms, key=lambda one: (one.on, one.debt), default=None)


def picture(person: models.Person, *, purpose: joining.Purpose, on: date) -> Picture:
    """Return the person as things are on a day: as much as the purpose opens, and no more."""
    now = dated.holds_on(on)
    needs = _needs(person, now)
    owed = tuple(row for row in ledger.owed_by([person.pk]) if purpose.shows(row.kind))
    stands = standing.standings([row for row in owed if row.pence], on)
    held = _held(owed, stands, on)
    elsewhere, awards, helpers = _told_by_others(person.pk, purpose, on)
    return Picture(
        id=person.pk,
        name=person.name,
        is_organisation=person.kind == models.Person.Kind.ORGANISATION,
        former_names=tuple(person.former_names.order_by("-ends").values_list("name", flat=True)),
        date_of_birth=person.date_of_birth,
        date_of_death=person.date_of_death,
        is_apart=any(need.kind in apart.KINDS for need in needs),
        owes_with_apart=_owes_with_apart(person.pk, owed, on),
        needs=needs,
        ways=_ways(person, now),
        write_to=_write_to(person, on),
        homes=_homes(person),
        owed=owed,
        stands=stands,
        held=held,
        left_alone=_left_alone(person.pk, _names(held, elsewhere), on),
        elsewhere=elsewhere,
        awards=awards,
        helpers=helpers,
        offers=tuple(
            one for one in offers.offers([person.pk], on)[person.pk] if purpose.shows(one.scheme)
        ),
        letters=_letters(person.pk, purpose),
    )


def timeline(
    person_id: int, *, purpose: joining.Purpose, before: int | None = None
) -> list[facts.Entry]:
    """Return what happened, newest first, in the services that the purpose opens.

    Sensitive kinds are left out.
    """
    sensitive = [kind.slug for kind in joining.fact_kinds().values() if kind.sensitive]
    hidden = {*sensitive, *purpose.hides()}
    return facts.timeline_of_people([person_id], before=before, limit=SEVERAL, without=hidden)


def looks(person_id: int) -> list[facts.Entry]:
    """Return who last opened this person's records, when and for which purpose."""
    return facts.timeline_of_people([person_id], limit=NEWEST_LOOKS, only=[LOOKED])


def _needs(person: models.Person, now: Q) -> tuple[Need, ...]:
    rows = person.needs.filter(now).order_by("kind")
    return tuple(Need(row.pk, row.kind, row.get_kind_display(), row.review_by) for row in rows)


def _owes_with_apart(person_id: int, owed: Sequence[ledger.Owed], on: date) -> bool:
    ids = [row.sub_account_id for row in owed]
    rows = ledger_models.Holding.objects.filter(sub_account__in=ids).exclude(person=person_id)
    others = set(rows.values_list("person_id", flat=True))
    return bool(others and apart.kept_apart(others, on))


def _ways(person: models.Person, now: Q) -> tuple[Way, ...]:
    rows = person.contact_points.filter(now).order_by("-preferred", "kind", "id")
    return tuple(Way(row.pk, row.get_kind_display(), row.value, row.preferred) for row in rows)


def _write_to(person: models.Person, on: date) -> tuple[WriteTo, ...]:
    """Return where letters go now and later; an address that is over says nothing any more."""
    rows = person.correspondence_addresses.filter(dated.touches(on, None)).order_by("starts")
    return tuple(
        WriteTo(
            row.pk,
            tuple(line for line in (*row.lines.splitlines(), row.postcode) if line),
            row.starts,
            row.ends,
        )
        for row in rows
    )


def _homes(person: models.Person) -> tuple[Home, ...]:
    rows = person.residences.order_by("-starts")
    known = {
        address.dwelling_id: str(address)
        for address in Address.objects.filter(
            dwelling_id__in=[row.dwelling_id for row in rows]
        ).order_by("starts")
    }
    return tuple(Home(known.get(row.dwelling_id, ""), row.starts, row.ends) for row in rows)


def _held(
    owed: Sequence[ledger.Owed], stands: Mapping[int, standing.Standing], on: date
) -> tuple[Held, ...]:
    held = []
    for (kind, reference), parts in groupby(owed, key=lambda row: (row.kind, row.reference)):
        each = list(parts)
        held.append(
            Held(
                kind=kind,
                title=each[0].title,
                reference=reference,
                href=records.account_page(kind, reference) if each[0].is_debt else "",
                is_debt=each[0].is_debt,
                parts=tuple(_part(one, stands.get(one.sub_account_id), on) for one in each[::-1]),
            )
        )
    return tuple(sorted(held, key=lambda one: -one.pence))


def _part(one: ledger.Owed, how: standing.Standing | None, on: date) -> Part:
    stage = how.stage if how and one.pence > 0 else _stage(one, on)
    return Part(one.part, one.pence, stage, how)


def _names(held: tuple[Held, ...], elsewhere: tuple[sources.DebtHeld, ...]) -> dict[str, str]:
    """Return what each debt shown is called, by what facts and holds call it."""
    ours = {records.thing_of(one.kind, one.reference): one for one in held}
    return {thing: f"{one.title} {one.reference}" for thing, one in ours.items()} | {
        f"resident.debt/{one.debt_id}": f"{one.title} {one.reference}" for one in elsewhere
    }


def _left_alone(person_id: int, names: dict[str, str], on: date) -> tuple[LeftAlone, ...]:
    """Return the holds on the person and on the debts shown, those to come with them."""
    rows = Hold.objects.filter(dated.touches(on, None)).filter(
        Q(person=person_id) | Q(thing__in=names)
    )
    known = kinds.all_kinds()
    return tuple(
        LeftAlone(
            row.kind,
            row.thing,
            known[row.kind].title if row.kind in known else row.kind,
            names[row.thing] + (f", {row.part}" if row.part else "") if row.thing else "All debts",
            row.starts,
            row.ends,
            row.review_by,
        )
        for row in rows.order_by("starts", "id")
    )


def _told_by_others(
    person_id: int, purpose: joining.Purpose, on: date
) -> tuple[tuple[sources.DebtHeld, ...], tuple[sources.AwardHeld, ...], tuple[sources.Helper, ...]]:
    """Return debts, awards and helpers of the records joined to the person, for a purpose.

    Each source says for which purposes it may be shown; a debt of two of the records counts once.
    """
    if not purpose.shows_joined:
        return (), (), ()
    records = identity.records_of([person_id], on).get(person_id, [])
    debts = {one.debt_id: one for one in sources.debts_of(records, on)}
    awards = {one.award_id: one for one in sources.awards_of(records, on)}
    return (
        tuple(one for one in debts.values() if one.right.opens_for(purpose.slug)),
        tuple(one for one in awards.values() if one.right.opens_for(purpose.slug)),
        tuple(one for one in sources.helpers_of(records, on) if one.right.opens_for(purpose.slug)),
    )


def _letters(person_id: int, purpose: joining.Purpose) -> tuple[documents.Entry, ...]:
    rows = documents.documents_for([person_id], limit=SEVERAL)
    return tuple(row for row in rows if purpose.shows(row.kind))[:NEWEST_LETTERS]


def _stage(one: ledger.Owed, on: date) -> str:
    """Say how a part stands, from its balance and its year alone."""
    if one.pence == 0:
        return "Settled"
    if not one.is_debt or one.pence < 0:
        return "Held for them"
    try:
        year = years.Year.named(one.part)
    except ValueError:
        return "Owed"
    if year.ends <= on:
        return "Arrears of an earlier year"
    return "This year’s" if on in year else "A year to come"
