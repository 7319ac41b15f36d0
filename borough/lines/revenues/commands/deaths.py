"""A death, on the Council Tax side: who is liable then, class F, and the grant of probate.

That somebody died is recorded of the person. Here an officer settles what follows for the home:
the others go on; where nobody lives there any more the estate is liable, and exempt (class F)
while there is no grant and for six months after it.
"""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.people import commands as people
from borough.kernel.people.models import Person
from borough.lines.revenues import capabilities, keeping, models, moving, settling
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import accounts
from borough.lines.revenues.queries import deaths as grants
from borough.lines.revenues.queries import moves as queries
from borough.rules.council_tax import exemptions

ESTATE = "F"
OWNER = models.Liability.Basis.OWNER


class NotDead(commanding.Refusal):
    """No death of that person is recorded, or not one that the account has not settled."""


class StillThere(commanding.Refusal):
    """Adults are recorded as living there whom nobody knows by name."""


class OwnerNotKnown(commanding.Refusal):
    """The law makes the owner liable, and nobody says who that is now."""


class NoEstate(commanding.Refusal):
    """No home of theirs is exempt as left empty by somebody who has died."""


@commanding.command(capabilities.SETTLE_DEATH)
def settle_death(
    *,
    account: models.Account,
    person: Person,
    estate: bool,
    letters_to: str = "",
    postcode: str = "",
    by: commanding.Actor,
    on: date,
) -> int:
    """Let the account follow from a death; return the change in pence.

    Args:
        account: on which the person was liable on the day of their death.
        person: who died.
        estate: whether the estate owns the home, or a tenancy of theirs goes on: then it is liable
            while nobody lives there, and class F exempts it.
        letters_to: where letters to the executors go, a line each; empty for the home itself.
        postcode: of that address.
        by: who settles it.
        on: the day of the new notices.

    Raises:
        NotDead: no death is recorded, or the person is not liable on its day.
        StillThere: more adults live there than are known by name.
        OwnerNotKnown: the home is of a class whose owner is liable, and was not the estate's.
        settling.LaterAccount: an account of the home begins after it.
    """
    died = _died(account, person)
    with keeping.kept(
        "revenues.death_settled",
        capabilities.SETTLE_DEATH,
        [account.dwelling],
        people=[person.pk],
        by=by,
        on=on,
    ):
        home = _described(account, person, died, estate=estate)
        held = settling.account_on(account.dwelling, died)
        settled = settling.settle(account.dwelling, held, home)
        settling.end_disregards(held, [(person.pk, died)])
        _begin_estate(account, person, died)
        people.leave_residence(person=person, dwelling=account.dwelling, ends=died, by=by, on=on)
        if _is_left_empty(home, person):
            _exempt(account, person, died)
        _write_to_executors(account, person, died, (letters_to, postcode), by=by, on=on)
    total = sum(
        changing.bill_again(one, on=on, by=by, because="a death") for one in settled.accounts
    )
    changing.record("revenues.death_settled", account, on=on, by=by, change_pence=total)
    return total


@commanding.command(capabilities.SETTLE_DEATH)
def record_grant(*, person: Person, granted_on: date, by: commanding.Actor, on: date) -> int:
    """Record the day of the grant of probate, and end class F six months later.

    Raises:
        changing.NotADay: the grant would be before the death, or is yet to come.
        NoEstate: no home of theirs is exempt under class F.
    """
    died = person.date_of_death
    if died is None or not died <= granted_on <= on:
        raise changing.NotADay("The grant must be on a day from the death until today.")
    rows = _estates(person, died)
    if not rows:
        raise NoEstate(f"No home is exempt as left empty by the death of {person.name}.")
    was = exemptions.latest_end(ESTATE, grants.granted_on(person))
    models.Grant.objects.create(person=person, granted_on=granted_on, by=by.reference, on=on)
    return sum(_limit(exemption, granted_on, was, by=by, on=on) for exemption in rows)


def _died(account: models.Account, person: Person) -> date:
    died = person.date_of_death
    if died is None:
        raise NotDead(f"No death of {person.name} is recorded. Record it on their page first.")
    if not account.liabilities.filter(dated.touches(died, None), person=person).exists():
        raise NotDead(f"{person.name} is not liable here from {wording.day(died)} on.")
    estates = models.Exemption.objects.filter(dwelling=account.dwelling, letter=ESTATE)
    if estates.filter(starts=died).exists():
        raise NotDead(f"What follows from the death of {person.name} is settled already.")
    return died


def _described(account: models.Account, person: Person, died: date, *, estate: bool) -> moving.Home:
    known = queries.there(account.dwelling, died)
    owners = [one.person.pk for one in known if one.basis == OWNER and one.person != person]
    by_law = settling.prescribed(known)
    home = moving.Home(
        since=died,
        residents=[
            moving.Resident(
                one.person.pk,
                one.basis,
                one.starts,
                died if one.person == person else one.ends,
                changing.of_age(one.person),
            )
            for one in known
            if one.lives_there
        ],
        new_owners=owners or ([person.pk] if estate else []),
        prescribed=[one for one in by_law if one != person.pk] or (by_law if estate else []),
        shared=queries.shared_right(account, []),
        adults=queries.adults(account, died),
        state=queries.state(account.dwelling, died) or models.Occupation.State.OCCUPIED,
    )
    if by_law and not home.prescribed:
        raise OwnerNotKnown(
            "This home is of a class whose owner is liable. End the class from the page of the "
            "home, and make the new owner liable there."
        )
    if left_over := moving.nameless(home):
        raise StillThere(
            f"{left_over} more {'adult is' if left_over == 1 else 'adults are'} recorded as living "
            "there than are known by name. Record who they are by a move, or how many adults live "
            "there, first."
        )
    return home


def _begin_estate(account: models.Account, person: Person, died: date) -> None:
    """Let an owner's liability end with the death, and that of the estate begin."""
    rows = account.liabilities.filter(dated.touches(died, None), person=person)
    for row in rows.filter(basis__in=queries.NOT_LIVING_THERE, starts__lt=died):
        basis, over = row.basis, row.ends
        row.ends = died
        row.save(update_fields=["ends"])
        account.liabilities.create(person=person, basis=basis, starts=died, ends=over)


def _is_left_empty(home: moving.Home, person: Person) -> bool:
    """Tell whether nobody lives there, and nobody but the estate is liable (class F)."""
    lived_in = moving.state_on(home, home.since) == models.Occupation.State.OCCUPIED
    return not lived_in and moving.liable_on(home, home.since) == {person.pk: OWNER}


def _exempt(account: models.Account, person: Person, died: date) -> None:
    rows = models.Exemption.objects.filter(dwelling=account.dwelling)
    dated.write_over(rows, died, None)
    granted = grants.granted_on(person)
    rows.create(
        dwelling=account.dwelling,
        letter=ESTATE,
        starts=died,
        ends=exemptions.latest_end(ESTATE, granted),
    )


def _write_to_executors(
    account: models.Account,
    person: Person,
    died: date,
    where: tuple[str, str],
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    """Address letters about the dead person's days to the executors, not to the dead."""
    if person.correspondence_addresses.filter(dated.touches(died, None)).exists():
        return  # somebody has told us already where they go
    lines, postcode = where
    if not lines:
        *home, postcode = accounts.address_lines(account.dwelling_id)
        lines = "\n".join(home)
    people.record_correspondence_address(
        person=person,
        lines=f"The executors of {person.name}\n{lines}",
        postcode=postcode,
        starts=died,
        by=by,
        on=on,
    )


def _estates(person: Person, died: date) -> list[models.Exemption]:
    """Return the class F exemptions of homes for which the dead person's estate is, or was, liable.

    A home may have been exempt for an earlier death, too: each begins on the day of its own.
    """
    homes = models.Liability.objects.filter(
        dated.touches(died, None), person=person, basis=OWNER
    ).values("account__dwelling_id")
    rows = models.Exemption.objects.filter(dwelling__in=homes, letter=ESTATE, starts=died)
    return list(rows.select_related("dwelling").order_by("pk"))


def _limit(
    exemption: models.Exemption,
    granted: date,
    was: date | None,
    *,
    by: commanding.Actor,
    on: date,
) -> int:
    """End class F six months after the grant; where it ended sooner, by a sale, that stays so.

    Args:
        exemption: of a home that the estate owns, or owned.
        granted: the day of the grant.
        was: the end that an earlier day of the grant gave, which may have been wrong.
        by: who records it.
        on: today.
    """
    dwelling = exemption.dwelling
    over = exemptions.latest_end(ESTATE, granted)
    with keeping.kept(
        "revenues.grant_recorded", capabilities.SETTLE_DEATH, [dwelling], by=by, on=on
    ):
        if exemption.ends not in (None, was):
            over = min(one for one in (over, exemption.ends) if one is not None)
        exemption.ends = over
        exemption.save(update_fields=["ends"])
    total = 0
    for account in settling.accounts_of(dwelling.pk, exemption.starts, None):
        change = changing.bill_again(account, on=on, by=by, because="probate granted")
        changing.record(
            "revenues.grant_recorded",
            account,
            on=on,
            by=by,
            granted=granted,
            ends=exemption.ends,
            change_pence=change,
        )
        total += change
    return total
