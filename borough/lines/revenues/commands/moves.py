"""A move in one: who left, who came, when each did, when the furniture went and came.

All of it happens, or nothing: liability by section 6(2), accounts, adults, use of the home, where
people live, where letters go, what is left over. Every year touched is billed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.people import commands as people
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import billing, capabilities, keeping, models, moving, settling
from borough.lines.revenues.commands import changing, transfers
from borough.lines.revenues.queries import accounts
from borough.lines.revenues.queries import moves as queries


class NobodyMoved(commanding.Refusal):
    """Nobody left and nobody came."""


class NotThere(commanding.Refusal):
    """Somebody who is said to have left lives elsewhere."""


class StillThere(commanding.Refusal):
    """Somebody stays, or comes, who is not named or lives there already."""


class TwoHomes(commanding.Refusal):
    """Somebody would live in two homes at once, or in the same home twice."""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who left, and the first day on which they did not live there at its end."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came, on which day, and by what right: a basis of section 6(2), or partner."""

    person: Person
    day: date
    basis: str


@dataclass(frozen=True, slots=True)
class AtHome:
    """What happened at one home.

    Attributes:
        left, came: who, and on which day each.
        furniture_went, furniture_came: the days on which the home was empty, and furnished again.
        owners: who is liable while nobody lives there; none when that is not known, and whoever
            is recorded as the owner stays so.
    """

    dwelling: Dwelling
    left: Sequence[Left] = ()
    came: Sequence[Came] = ()
    furniture_went: date | None = None
    furniture_came: date | None = None
    owners: Sequence[Person] = ()

    @property
    def since(self) -> date | None:
        """The first day that is named."""
        days = [*(one.day for one in self.left), *(one.day for one in self.came)]
        return min(days, default=None)

    @property
    def people(self) -> list[Person]:
        """Everybody who left or came."""
        return [*(one.person for one in self.left), *(one.person for one in self.came)]


@dataclass(frozen=True, slots=True)
class Letters:
    """Where letters of those who left go from the day on which each did."""

    lines: str
    postcode: str = ""


@dataclass
class Moved:
    """What a move came to.

    Attributes:
        accounts: whose days or charges it touched, in the order of their homes.
        opened: those of them that are new.
        ended: discounts, reductions and exemptions that ended by it; some can be asked for again.
        nobody: homes and days for which nobody is known to be liable.
        kept_credit: accounts whose credit stays: no new one is of all who were liable together.
        unpaid_by_debit: new accounts of people who paid the one before by Direct Debit.
        change_pence: the change of all charges.
    """

    accounts: list[models.Account] = field(default_factory=list)
    opened: list[models.Account] = field(default_factory=list)
    ended: list[settling.Award] = field(default_factory=list)
    nobody: list[tuple[Dwelling, date, date | None]] = field(default_factory=list)
    kept_credit: list[models.Account] = field(default_factory=list)
    unpaid_by_debit: list[models.Account] = field(default_factory=list)
    change_pence: int = 0
    change: models.Change | None = None


@commanding.command(capabilities.RECORD_MOVE)
def record_move(
    *,
    homes: Sequence[AtHome],
    letters: Letters | None = None,
    carry_credit: bool = True,
    by: commanding.Actor,
    on: date,
) -> Moved:
    """Record a move out of and into one home or several, and bill all that it touches again.

    Args:
        homes: what happened at each.
        letters: where letters of those who left go, when not to a home named here.
        carry_credit: a credit left over goes to the new account of the same people; else, and when
            they part, it stays where it is, to be refunded.
        by: who records it.
        on: the day of the new notices.

    Raises:
        NobodyMoved, NotThere, StillThere, TwoHomes: who left and came cannot be as it is said.
        settling.LaterAccount: an account begins after the move.
        settling.NotInTheList: a home has no band.
        changing.NotADay: somebody would leave before they came.
        people.AlreadyRecorded, people.NotADay: where people live, or letters go, says otherwise.
    """
    _refuse(homes)
    everybody = [person for home in homes for person in home.people]
    moved = Moved()
    with keeping.kept(
        "revenues.moved",
        capabilities.RECORD_MOVE,
        [home.dwelling for home in homes],
        people=[one.pk for one in everybody],
        by=by,
        on=on,
    ) as kept:
        for home in homes:
            _settle(home, moved)
        _rehouse(homes, letters, by=by, on=on)
        _carry_plans(moved)
        charges = _bill(homes, moved, by=by, on=on)
        if carry_credit:
            kept.journals += _carry_credit(moved, by=by, on=on)
    moved.change = kept.change
    _record(homes, moved, charges, by=by, on=on)
    return moved


def _settle(home: AtHome, moved: Moved) -> None:
    """Make what is so of one home follow from who lives in it."""
    since = home.since
    if since is None:
        return
    known = queries.there(home.dwelling, since)
    account = settling.account_on(home.dwelling, since)
    described = _described(home, since, known, account)
    if left_over := moving.nameless(described):
        raise StillThere(
            f"{left_over} more {'adult is' if left_over == 1 else 'adults are'} recorded as living "
            f"at {accounts.address_line(home.dwelling.pk)} than those who left. Say who they are "
            "and when they left, or record how many adults live there first."
        )
    settled = settling.settle(home.dwelling, account, described)
    moved.accounts += settled.accounts
    moved.opened += settled.opened
    moved.ended += settled.ended
    moved.ended += settling.end_disregards(account, [(one.person.pk, one.day) for one in home.left])
    moved.nobody += [(home.dwelling, *days) for days in settled.nobody]


def _described(
    home: AtHome, since: date, known: Sequence[queries.There], account: models.Account | None
) -> moving.Home:
    """Return the home as the arithmetic reads it."""
    gone = {one.person.pk: one.day for one in home.left}
    stay = [
        moving.Resident(
            one.person.pk,
            one.basis,
            one.starts,
            gone.get(one.person.pk, one.ends),
            changing.of_age(one.person),
        )
        for one in known
        if one.lives_there
    ]
    recorded = {one.person.pk for one in known}
    stay += [  # adults whom nobody had recorded by name
        moving.Resident(
            one.person.pk,
            models.Liability.Basis.RESIDENT,
            since - queries.A_DAY,
            one.day,
            changing.of_age(one.person),
        )
        for one in home.left
        if one.person.pk not in recorded
    ]
    came = [
        moving.Resident(one.person.pk, one.basis, one.day, None, changing.of_age(one.person))
        for one in home.came
    ]
    owners = [
        moving.Owner(one.person.pk, gone.get(one.person.pk, one.ends))
        for one in known
        if one.basis == models.Liability.Basis.OWNER
    ]
    return moving.Home(
        since=since,
        residents=[*stay, *came],
        owners=owners,
        new_owners=[one.pk for one in home.owners],
        prescribed=settling.prescribed(known),
        shared=queries.shared_right(account, [one.basis for one in home.came]),
        adults=queries.adults(account, since),
        state=queries.state(home.dwelling, since) or models.Occupation.State.OCCUPIED,
        furniture=_furniture(home),
    )


def _furniture(home: AtHome) -> list[tuple[date, bool]]:
    days = ((home.furniture_went, False), (home.furniture_came, True))
    return [(day, came) for day, came in days if day is not None]


def _rehouse(
    homes: Sequence[AtHome], letters: Letters | None, *, by: commanding.Actor, on: date
) -> None:
    """Record where those who moved live, and where letters to those who left go."""
    gone = [(home, one) for home in homes for one in home.left]
    for home, one in gone:
        people.leave_residence(
            person=one.person, dwelling=home.dwelling, ends=one.day, by=by, on=on
        )
    for home in homes:
        for each in home.came:
            people.take_residence(
                person=each.person, dwelling=home.dwelling, starts=each.day, by=by, on=on
            )
    if letters is None:
        return
    for _, one in gone:
        people.record_correspondence_address(
            person=one.person,
            lines=letters.lines,
            postcode=letters.postcode,
            starts=one.day,
            by=by,
            on=on,
        )


def _carry_plans(moved: Moved) -> None:
    """Give each new account the instalments and the day that its people had before, if they had.

    A Direct Debit stays behind: an instruction is for one reference, so that the payer is asked
    for another. Until then the bill is paid in another way, and a list waits for an officer.
    """
    for account in moved.opened:
        liable = account.liabilities.values("person_id")
        before = (
            models.Plan.objects.filter(account__liabilities__person_id__in=liable)
            .exclude(account=account)
            .order_by("-starts", "-pk")
            .first()
        )
        if before is not None and not account.plans.exists():
            account.plans.create(
                instalments=before.instalments,
                payment_day=before.payment_day,
                method=models.Plan.Method.CASH,
                starts=account.starts,
                ends=account.ends,
            )
            if before.method == models.Plan.Method.DIRECT_DEBIT:
                moved.unpaid_by_debit.append(account)


def _bill(
    homes: Sequence[AtHome], moved: Moved, *, by: commanding.Actor, on: date
) -> dict[int, int]:
    """Bill every account of the homes that the move touches; return the change of each, pence."""
    for home in homes:
        if home.since is not None:
            touched = settling.accounts_of(home.dwelling.pk, home.since, None)
            moved.accounts += [one for one in touched if one not in moved.accounts]
    moved.accounts.sort(key=lambda one: (one.dwelling_id, one.starts, one.pk))
    charges = billing.rebill_each(moved.accounts, on=on, by=by, because="a move")
    moved.change_pence = sum(charges.values())
    return charges


def _carry_credit(moved: Moved, *, by: commanding.Actor, on: date) -> list[int]:
    """Carry what is left over on accounts that ended to the new accounts of the same people."""
    journals: list[int] = []
    for source in moved.accounts:
        if source.ends is None or source in moved.opened:
            continue
        if not any(one.balance_pence < 0 for one in accounts.owed_by_year(source.reference)):
            continue
        last = source.liabilities.filter(dated.touches(source.ends - queries.A_DAY, None))
        liable = set(last.values_list("person_id", flat=True))
        to = next((one for one in moved.accounts if _is_new_home_of(one, liable, source)), None)
        if to is None:
            moved.kept_credit.append(source)
        else:
            journals += [
                one.pk for one in transfers.transfer_credit(source=source, to=to, by=by, on=on)
            ]
    return journals


def _is_new_home_of(account: models.Account, liable: set[int], source: models.Account) -> bool:
    """Tell whether all who were liable together are liable on an account of another home."""
    if account.ends is not None or account.dwelling_id == source.dwelling_id:
        return False
    return liable <= set(account.liabilities.values_list("person_id", flat=True))


def _record(
    homes: Sequence[AtHome],
    moved: Moved,
    charges: dict[int, int],
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    since = {home.dwelling.pk: home.since for home in homes}
    for account in moved.accounts:
        changing.record(
            "revenues.moved",
            account,
            on=on,
            by=by,
            starts=since[account.dwelling_id],
            change=moved.change.pk if moved.change else None,
            change_pence=charges[account.pk],
        )
    billed = {one.dwelling_id for one in moved.accounts}
    for home in homes:
        if home.since is not None and home.dwelling.pk not in billed:
            changing.record_home(
                [home.dwelling], because="people moved", starts=home.since, by=by, on=on
            )


def _refuse(homes: Sequence[AtHome]) -> None:
    """Refuse what cannot be, before anything is held."""
    if not any(home.left or home.came for home in homes):
        raise NobodyMoved("Say who left or who came, and when.")
    if len({home.dwelling.pk for home in homes}) != len(homes):
        raise TwoHomes("The home that was left and the one moved to are the same. Choose another.")
    for home in homes:
        _refuse_twice(home)
        _refuse_strangers(home)
    _refuse_two_homes(homes)


def _refuse_two_homes(homes: Sequence[AtHome]) -> None:
    left = {one.person.pk: one.day for home in homes for one in home.left}
    came: set[int] = set()
    for one in [each for home in homes for each in home.came]:
        if one.person.pk in came:
            raise TwoHomes(f"{one.person.name} cannot move into both homes. Choose one.")
        came.add(one.person.pk)
        gone = left.get(one.person.pk)
        if gone is not None and one.day < gone:
            raise TwoHomes(
                f"{one.person.name} left on {wording.day(gone)}, so cannot have moved into "
                f"the other home on {wording.day(one.day)}. One has one main home at a time."
            )


def _refuse_twice(home: AtHome) -> None:
    for person in home.people:
        if home.people.count(person) > 1:
            raise TwoHomes(f"{person.name} left and came to the same home. Record two moves.")


def _refuse_strangers(home: AtHome) -> None:
    if home.since is None:
        return
    there = {one.person.pk: one for one in queries.there(home.dwelling, home.since)}
    for one in home.left:
        known = there.get(one.person.pk)
        if known is None and queries.lives_elsewhere(one.person, home.dwelling, one.day):
            raise NotThere(
                f"{one.person.name} is recorded as living elsewhere, so cannot have left "
                f"{accounts.address_line(home.dwelling.pk)}."
            )
        if known is not None and one.day <= known.starts and not known.lives_there:
            raise changing.NotADay(
                f"{one.person.name} is liable as the owner from {wording.day(known.starts)}. Undo "
                "the move that says so first, from the page of changes, or enter a later day."
            )
        if known is not None and one.day <= known.starts:
            raise changing.NotADay(
                f"{one.person.name} is there from {wording.day(known.starts)}. Enter a later day."
            )
    for each in home.came:
        held = there.get(each.person.pk)
        if held is not None and held.lives_there and (held.ends is None or held.ends > each.day):
            raise StillThere(f"{each.person.name} is recorded as living there already.")
