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


class NotDead(commanding.Refusal):
    """No death of that person is recorded, or not one that the account has not settled."""


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
        settled = settling.settle(
            account.dwelling, settling.account_on(account.dwelling, died), home
        )
        people.leave_residence(person=person, dwelling=account.dwelling, ends=died, by=by, on=on)
        if estate and not any(one.lives_there(died) for one in home.residents):
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
    if person.date_of_death is None or not person.date_of_death <= granted_on <= on:
        raise changing.NotADay("The grant must be on a day from the death until today.")
    rows = _estates(person)
    if not rows:
        raise NoEstate(f"No home is exempt as left empty by the death of {person.name}.")
    models.Grant.objects.create(person=person, granted_on=granted_on, by=by.reference, on=on)
    total = 0
    for exemption in rows:
        total += _limit(exemption, granted_on, by=by, on=on)
    return total


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
    return moving.Home(
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
        new_owners=[person.pk] if estate else [],
        prescribed=settling.prescribed(known),
        shared=queries.shared_right(account, []),
        adults=queries.adults(account, died),
        state=queries.state(account.dwelling, died) or models.Occupation.State.OCCUPIED,
    )


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


def _estates(person: Person) -> list[models.Exemption]:
    """Return the class F exemptions of homes for which the dead person's estate is liable."""
    homes = models.Liability.objects.filter(
        person=person, basis=models.Liability.Basis.OWNER, ends=None
    ).values("account__dwelling_id")
    rows = models.Exemption.objects.filter(dwelling__in=homes, letter=ESTATE)
    return list(rows.select_related("dwelling").order_by("pk"))


def _limit(exemption: models.Exemption, granted: date, *, by: commanding.Actor, on: date) -> int:
    """End class F six months after the grant."""
    dwelling = exemption.dwelling
    with keeping.kept(
        "revenues.grant_recorded", capabilities.SETTLE_DEATH, [dwelling], by=by, on=on
    ):
        exemption.ends = exemptions.latest_end(ESTATE, granted)
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
