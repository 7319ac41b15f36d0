"""To whom a letter goes, and where: names as they are written to, and the address of each.

A letter goes where somebody asked for their letters; else to the home that is taxed, if they live
there; else to where they live now. It never goes to a home that is let to others, nor to one that
they have left: then it waits until an address is found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from borough.kernel import arrays, commanding, dated
from borough.kernel.people import apart
from borough.kernel.people.models import CorrespondenceAddress, Need, Person
from borough.lines.revenues import models
from borough.lines.revenues.letters import frame, letterhead
from borough.lines.revenues.queries import accounts

Lines = tuple[str, ...]
OWNS = (models.Liability.Basis.OWNER, models.Liability.Basis.PRESCRIBED_OWNER)
# Written to in no other way than the one that was agreed: never by a mass posting.
BY_HAND = (Need.Kind.SAFE_CONTACT,)

_HOMES = """
select a.id, a.reference, a.dwelling_id,
       exists (select 1 from people_residence r where r.dwelling_id = a.dwelling_id
               and r.starts <= %(on)s and (r.ends is null or r.ends > %(on)s))
       and not exists (select 1 from people_residence r
                       join revenues_liability l using (person_id)
                       where r.dwelling_id = a.dwelling_id and l.account_id = a.id
                       and r.starts <= %(on)s and (r.ends is null or r.ends > %(on)s)),
       d.line, d.town, d.postcode
from revenues_account a
left join lateral (select line, town, postcode from places_address d
                   where d.dwelling_id = a.dwelling_id order by d.starts desc limit 1) d on true
where a.id = any(%(ids)s::bigint[])
"""
_LIVES = """
select r.person_id, r.dwelling_id, d.line, d.town, d.postcode
from people_residence r
left join lateral (select line, town, postcode from places_address d
                   where d.dwelling_id = r.dwelling_id order by d.starts desc limit 1) d on true
where r.person_id = any(%s::bigint[]) and r.starts <= %s and (r.ends is null or r.ends > %s)
"""


class NowhereToSend(commanding.Refusal):
    """No address is known at which those concerned would get the letter."""


class NotTogether(commanding.Refusal):
    """One of them is kept apart from the others: no letter goes to them together."""


class NobodyToWriteTo(commanding.Refusal):
    """Nobody is or was liable on those days."""


@dataclass(frozen=True, slots=True)
class Home:
    """The home that an account is about.

    Attributes:
        address: a line each; none where none is recorded.
        is_let: whether people live there, none of whom is or was liable for the account.
    """

    reference: str
    dwelling: int
    address: Lines
    is_let: bool


@dataclass(frozen=True, slots=True)
class Liable:
    """A person who is liable for an account on days ``[starts, ends)``, and on which basis."""

    person: int
    basis: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter to address: about an account, to those liable on ``[starts, ends)``, or to ``only``.

    A joint debt is one letter to all who were billed together.
    """

    account: int
    starts: date
    ends: date | None = None
    only: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressed:
    """The head of a letter, the ids of those to whom it is addressed, and whether by hand."""

    head: frame.Head
    people: tuple[int, ...]
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """What is known, on a day, of how some people are written to.

    Attributes:
        names: as the letter has them; of the dead, their executors.
        asked_for: where they asked for their letters.
        lives: the dwelling in which they live, and its address.
        dead: those who have died: their letters are for their executors.
        large_print, by_hand, apart: those with that need.
    """

    names: Mapping[int, str]
    asked_for: Mapping[int, Lines]
    lives: Mapping[int, tuple[int, Lines]]
    dead: frozenset[int]
    large_print: frozenset[int]
    by_hand: frozenset[int]
    apart: frozenset[int]

    def refuse_together(self, reference: str, people: Iterable[int]) -> None:
        """Refuse a letter that would tell others of somebody who is kept apart from them.

        Raises:
            NotTogether: with what to do.
        """
        ids = set(people)
        if len(ids) > 1 and not self.apart.isdisjoint(ids):
            raise NotTogether(
                f"Somebody who owes account {reference} is kept apart from the others. Write to "
                "each of them alone, from the letters of the account."
            )

    def address(self, home: Home, people: Sequence[Liable], *, on: date) -> Lines:
        """Return where a letter to these people about a home goes, as they are written on a day.

        Raises:
            NowhereToSend: no address is known at which any of them would get it.
        """
        for one in people:
            if one.person in self.asked_for:
                return self.asked_for[one.person]
        if home.address and any(self._gets_letters_at(home, one, on) for one in people):
            return home.address
        for one in people:
            if one.person in self.lives and self.lives[one.person][1]:
                return self.lives[one.person][1]
        raise NowhereToSend(
            f"Account {home.reference} has no address to write to. Record one first: where those "
            "liable live now, or where their letters should go."
        )

    def _gets_letters_at(self, home: Home, one: Liable, on: date) -> bool:
        """Tell whether somebody gets letters at the home; where no record says, by the basis."""
        if one.person in self.dead:
            return not home.is_let
        if one.person in self.lives:
            return self.lives[one.person][0] == home.dwelling
        is_liable = one.ends is None or one.ends > on
        return is_liable and not (one.basis in OWNS and home.is_let)


def heads(asked: Sequence[Asked], *, on: date) -> list[Addressed | commanding.Refusal]:
    """Return the head of each letter, dated ``on``, or why it cannot be addressed, in their order.

    One query a kind of row, for any number of letters.
    """
    ids = {one.account for one in asked}
    known, liable = homes(ids, on=on), liable_of(ids)
    wanted = [_wanted(one, liable.get(one.account, ())) for one in asked]
    people = {one.person for some in wanted for one in some}
    directory = directory_of(people, on=on)
    made: list[Addressed | commanding.Refusal] = []
    for one, some in zip(asked, wanted, strict=True):
        try:
            made.append(_head(known[one.account], some, directory, on))
        except commanding.Refusal as refusal:
            made.append(refusal)
    return made


def homes(account_ids: Iterable[int], *, on: date) -> dict[int, Home]:
    """Return the homes of accounts as they stand on a day, by the account's id."""
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, {"ids": arrays.of_ids(account_ids), "on": on})
        return {
            number: Home(reference, dwelling, _lines(lines), is_let)
            for number, reference, dwelling, is_let, *lines in cursor.fetchall()
        }


def liable_of(account_ids: Iterable[int]) -> dict[int, list[Liable]]:
    """Return who is or was liable for each account, its first first."""
    rows = models.Liability.objects.filter(account_id__in=list(account_ids))
    found: dict[int, list[Liable]] = {}
    for row in rows.order_by("starts", "id"):
        liable = Liable(row.person_id, row.basis, row.starts, row.ends)
        found.setdefault(row.account_id, []).append(liable)
    return found


def directory_of(people: Iterable[int], *, on: date) -> Directory:
    """Return how people are written to on a day: the queries do not grow with their number."""
    ids = list(people)
    needs = Need.objects.filter(dated.holds_on(on), person__in=ids)
    kinds = list(needs.values_list("kind", "person_id"))
    persons = list(Person.objects.filter(pk__in=ids))
    return Directory(
        names={one.pk: _name(one) for one in persons},
        asked_for=_asked_for(ids, on),
        lives=_lives(ids, on),
        dead=frozenset(one.pk for one in persons if one.date_of_death),
        large_print=frozenset(one for kind, one in kinds if kind == Need.Kind.LARGE_PRINT),
        by_hand=frozenset(one for kind, one in kinds if kind in BY_HAND),
        apart=frozenset(one for kind, one in kinds if kind in apart.KINDS),
    )


def _wanted(asked: Asked, liable: Sequence[Liable]) -> list[Liable]:
    """Return those to whom the letter is addressed, each once."""
    found: dict[int, Liable] = {}
    for one in liable:
        is_then = (asked.ends is None or one.starts < asked.ends) and (
            one.ends is None or one.ends > asked.starts
        )
        if one.person in asked.only or (is_then and not asked.only):
            found[one.person] = one
    for person in asked.only:  # who pays for somebody else is liable for nothing
        found.setdefault(person, Liable(person, "", asked.starts, asked.starts))
    return list(found.values())


def _head(home: Home, people: Sequence[Liable], directory: Directory, on: date) -> Addressed:
    ids = tuple(one.person for one in people)
    if not ids:
        raise NobodyToWriteTo(f"Nobody is liable on account {home.reference} on those days.")
    directory.refuse_together(home.reference, ids)
    head = frame.Head(
        council=letterhead.council(),
        account=home.reference,
        issued_on=on,
        addressees=tuple(dict.fromkeys(directory.names[one] for one in ids)),
        address=directory.address(home, people, on=on),
        property_address=home.address or (accounts.NO_ADDRESS,),
        large_print=not directory.large_print.isdisjoint(ids),
        invented=settings.TOWN_IS_INVENTED,
    )
    return Addressed(head, ids, by_hand=not directory.by_hand.isdisjoint(ids))


def _name(person: Person) -> str:
    return f"The executors of {person.name}" if person.date_of_death else person.name


def _asked_for(people: list[int], on: date) -> dict[int, Lines]:
    rows = CorrespondenceAddress.objects.filter(dated.holds_on(on), person__in=people)
    return {row.person_id: _lines([*row.lines.splitlines(), row.postcode]) for row in rows}


def _lives(people: list[int], on: date) -> dict[int, tuple[int, Lines]]:
    with connection.cursor() as cursor:
        cursor.execute(_LIVES, [arrays.of_ids(people), on, on])
        return {person: (dwelling, _lines(lines)) for person, dwelling, *lines in cursor.fetchall()}


def _lines(lines: Iterable[str | None]) -> Lines:
    return tuple(line for line in lines if line)
