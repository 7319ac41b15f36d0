"""Classes of home whose owner is liable whoever lives there (section 8; SI 1992/551)."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import capabilities, keeping, models, moving, settling
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import moves as queries
from borough.rules.council_tax import owners


class NoSuchClass(commanding.Refusal):
    """The letter names no class."""


class NoOwner(commanding.Refusal):
    """Nobody is named as the owner."""


class AlreadyOfAClass(commanding.Refusal):
    """The home is of such a class on one of those days already."""


class AlreadyOver(commanding.Refusal):
    """It has ended already."""


@commanding.command(capabilities.CHANGE_LIABILITY)
def record_owner_class(
    *,
    dwelling: Dwelling,
    letter: str,
    people: Sequence[Person],
    starts: date,
    by: commanding.Actor,
    on: date,
) -> settling.Settled:
    """Make the owner of a home liable from ``starts``, whoever lives there.

    Args:
        dwelling: the home.
        letter: the class of SI 1992/551.
        people: the owner, or the owners jointly. Of a house in multiple occupation it is whoever
            has the most inferior interest in the whole of it (regulation 2A).
        starts: the first day.
        by: who records it.
        on: the day of the new notices.

    Raises:
        NoSuchClass, NoOwner, AlreadyOfAClass: what is said cannot be.
        settling.LaterAccount: an account of the home begins after that day.
    """
    if letter not in owners.CLASSES:
        raise NoSuchClass("Choose a class of home whose owner is liable.")
    if not people:
        raise NoOwner("Say who owns the home.")
    with keeping.kept(
        "revenues.owner_made_liable", capabilities.CHANGE_LIABILITY, [dwelling], by=by, on=on
    ):
        rows = models.OwnerLiable.objects.filter(dwelling=dwelling)
        if rows.filter(dated.touches(starts, None)).exists():
            raise AlreadyOfAClass("The home is of such a class on one of those days. End it first.")
        rows.create(dwelling=dwelling, letter=letter, starts=starts)
        settled = _settle(dwelling, starts, prescribed=[one.pk for one in people])
    _bill(settled, letter, starts, by=by, on=on)
    return settled


@commanding.command(capabilities.CHANGE_LIABILITY)
def end_owner_class(
    *, row: models.OwnerLiable, ends: date, by: commanding.Actor, on: date
) -> settling.Settled:
    """Let whoever lives there be liable again from ``ends``, by section 6(2).

    Raises:
        AlreadyOver: it has an end.
        changing.NotADay: it would not last a day.
    """
    changing.refuse_order(row.starts, ends)
    if row.ends is not None:
        raise AlreadyOver("That has ended already. Undo its end to change it.")
    with keeping.kept(
        "revenues.owner_no_longer_liable",
        capabilities.CHANGE_LIABILITY,
        [row.dwelling],
        by=by,
        on=on,
    ):
        row.ends = ends
        row.save(update_fields=["ends"])
        settled = _settle(row.dwelling, ends, prescribed=[])
    _bill(settled, row.letter, ends, by=by, on=on, what="revenues.owner_no_longer_liable")
    return settled


def _settle(dwelling: Dwelling, since: date, *, prescribed: list[int]) -> settling.Settled:
    account = settling.account_on(dwelling, since)
    known = queries.there(dwelling, since)
    basis = models.Liability.Basis
    home = moving.Home(
        since=since,
        residents=[
            moving.Resident(
                one.person.pk, one.basis, one.starts, one.ends, changing.of_age(one.person)
            )
            for one in known
            if one.lives_there
        ],
        owners=[
            moving.Owner(one.person.pk)
            for one in known
            if one.basis in (basis.OWNER, basis.PRESCRIBED_OWNER)
        ],
        prescribed=prescribed,
        shared=queries.shared_right(account, []),
        adults=queries.adults(account, since),
        state=queries.state(dwelling, since) or models.Occupation.State.OCCUPIED,
    )
    return settling.settle(dwelling, account, home)


def _bill(
    settled: settling.Settled,
    letter: str,
    starts: date,
    *,
    by: commanding.Actor,
    on: date,
    what: str = "revenues.owner_made_liable",
) -> None:
    for account in settled.accounts:
        change = changing.bill_again(account, on=on, by=by, because="who is liable by law")
        changing.record(
            what, account, on=on, by=by, letter=letter, starts=starts, change_pence=change
        )
