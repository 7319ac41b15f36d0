"""Making the accounts of a home follow from who is liable on which day.

Rows before the first day stay as they are; those after it are written anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from borough.kernel import commanding, dated
from borough.kernel.pages import wording
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import keeping, lapsing, models, moving
from borough.lines.revenues.queries import moves as queries

FIRST_REFERENCE = 100_001
Award = models.Reduction | models.DisabledReduction | models.Disregard | lapsing.Granted
AWARDS = ("reduction", "disabled", "disregard")


class LaterAccount(commanding.Refusal):
    """An account of the home begins after the move: what it says comes first."""


class NotInTheList(commanding.Refusal):
    """The home has no band on the day on which somebody becomes liable."""


@dataclass
class Settled:
    """The accounts of a home after a move: touched, opened, and the awards that ended.

    ``nobody``: days for which nobody is known to be liable.
    """

    accounts: list[models.Account] = field(default_factory=list)
    opened: list[models.Account] = field(default_factory=list)
    ended: list[Award] = field(default_factory=list)
    nobody: list[tuple[date, date | None]] = field(default_factory=list)


def account_on(dwelling: Dwelling, since: date) -> models.Account | None:
    """Return the account that holds on a day, if any.

    Raises:
        LaterAccount: one begins after it.
    """
    later = accounts_of(dwelling.pk, since, None)
    for one in later:
        if one.starts > since:
            raise LaterAccount(
                f"Account {one.reference} of this home begins on {wording.day(one.starts)}, after "
                f"the move on {wording.day(since)}. Undo its opening first."
            )
    return later[0] if later else None


def prescribed(known: Sequence[queries.There]) -> list[int]:
    """Return the owners whom section 8 makes liable whoever lives there."""
    basis = models.Liability.Basis.PRESCRIBED_OWNER
    return [one.person.pk for one in known if one.basis == basis]


def accounts_of(dwelling_id: int, starts: date, ends: date | None) -> list[models.Account]:
    """Return the accounts of a dwelling that share a day with ``[starts, ends)``, oldest first."""
    return list(
        models.Account.objects.filter(
            dated.touches(starts, ends), dwelling_id=dwelling_id
        ).order_by("starts")
    )


def next_reference() -> str:
    """Return the next free reference; the lock makes two officers wait, not collide."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [FIRST_REFERENCE])
        cursor.execute(
            "select coalesce(max(reference::bigint), %s) from revenues_account"
            " where reference ~ '^[0-9]+$'",
            [FIRST_REFERENCE - 1],
        )
        return str(cursor.fetchone()[0] + 1)


def close(account: models.Account, ends: date) -> None:
    """End an account and all that is so of it: discounts, reductions and the way of paying, too."""
    _close(account, ends, keeping.kinds_held(account, ends))


def _close(account: models.Account, ends: date, held: Collection[str]) -> None:
    account.ends = ends
    account.save(update_fields=["ends"])
    for kind in held:
        rows = keeping.BY_ACCOUNT[kind]._default_manager.filter(account=account)
        dated.write_over(rows, ends, None)


def settle(
    dwelling: Dwelling,
    account: models.Account | None,
    home: moving.Home,
) -> Settled:
    """Write liabilities, adults and use of a home from who lives there; open and end accounts.

    Args:
        dwelling: the home.
        account: the one that holds on ``home.since``, if any.
        home: who lives there from then on; every row of that day and later is written anew.
    """
    since, found, before = home.since, moving.spells(home), _liable_before(account, home.since)
    settled = Settled(nobody=[(one.starts, one.ends) for one in found if not one.liable])
    groups = list(moving.accounts(found, before))
    if account is not None:
        settled.accounts.append(account)
        if groups and groups[0][0]:
            settled.ended += _go_on(account, groups.pop(0)[1], since)
        else:
            settled.ended += _end(account, since)
    settled.opened = [_open(dwelling, spells) for _, spells in groups]
    settled.accounts += settled.opened
    for opened in settled.opened:
        _carry_disregards(opened, settled.ended, home)
    _write_use(dwelling, found, since)
    settled.ended += lapsing.lapse(dwelling, home, found, before)
    return settled


def end_disregards(
    account: models.Account | None, left: Sequence[tuple[int, date]]
) -> list[models.Disregard]:
    """End the disregards of those who left, on the day on which each did; return them."""
    ended = []
    for person, day in left if account is not None else ():
        rows = models.Disregard.objects.filter(account=account, person_id=person)
        ended += list(rows.filter(dated.touches(day, None)))
        dated.write_over(rows, day, None)
    return ended


def _liable_before(account: models.Account | None, since: date) -> list[int]:
    if account is None:
        return []
    rows = account.liabilities.filter(dated.touches(since - queries.A_DAY, None))
    return list(rows.values_list("person_id", flat=True))


def _go_on(account: models.Account, spells: Sequence[moving.Spell], since: date) -> list[Award]:
    """Let the account go on with whoever is liable; end it where nobody of them is any more."""
    _write_liabilities(account, spells, since)
    _write_adults(account, spells, since)
    ends = spells[-1].ends
    return _end(account, ends) if ends is not None else []


def _open(dwelling: Dwelling, spells: Sequence[moving.Spell]) -> models.Account:
    starts, ends = spells[0].starts, spells[-1].ends
    if not models.Band.objects.filter(dated.holds_on(starts), dwelling=dwelling).exists():
        raise NotInTheList(
            "The home has no band on that day. Record the band from the valuation list first."
        )
    account = models.Account.objects.create(
        reference=next_reference(), dwelling=dwelling, starts=starts, ends=ends
    )
    _write_liabilities(account, spells, starts)
    _write_adults(account, spells, starts)
    return account


def _end(account: models.Account, ends: date) -> list[Award]:
    """End the account; return the awards that end with it. One without a day left is void."""
    held = keeping.kinds_held(account, ends)
    awards: list[Award] = []
    for kind in AWARDS:
        if kind in held:
            rows: QuerySet[Any] = keeping.BY_ACCOUNT[kind]._default_manager.filter(account=account)
            awards += rows.filter(dated.touches(ends, None))
    _close(account, ends, held)
    return awards


def _carry_disregards(account: models.Account, ended: Sequence[Award], home: moving.Home) -> None:
    """Let somebody who stays in the home stay disregarded on the account that follows."""
    stay = {one.person: one for one in home.residents if one.starts < home.since}
    for row in ended:
        if not isinstance(row, models.Disregard) or row.person_id not in stay:
            continue
        starts = max(account.starts, row.starts)
        over = [
            day for day in (account.ends, stay[row.person_id].ends, row.ends) if day is not None
        ]
        if not over or starts < min(over):
            account.disregards.create(
                person_id=row.person_id,
                ground=row.ground,
                starts=starts,
                ends=min(over, default=None),
            )


def _write_liabilities(
    account: models.Account, spells: Sequence[moving.Spell], since: date
) -> None:
    """Write who is liable from ``since`` on; a row that says the same goes on as it is."""
    runs = _runs(spells)
    on = {(person, basis): over for person, basis, starts, over in runs if starts == since}
    account.liabilities.filter(starts__gte=since).delete()
    for row in account.liabilities.filter(dated.touches(since, None)):
        row.ends = on.pop((row.person_id, row.basis), since)
        row.save(update_fields=["ends"])
    for person, basis, starts, over in runs:
        if starts > since or (person, basis) in on:
            account.liabilities.create(person_id=person, basis=basis, starts=starts, ends=over)


def _runs(spells: Sequence[moving.Spell]) -> list[tuple[int, str, date, date | None]]:
    """Return the unbroken days of each person on one basis, in the order of their first days."""
    runs: list[tuple[int, str, date, date | None]] = []
    going: dict[tuple[int, str], int] = {}
    for spell in spells:
        for person, basis in spell.liable.items():
            place = going.get((person, basis))
            if place is not None and runs[place][3] == spell.starts:
                runs[place] = (person, basis, runs[place][2], spell.ends)
            else:
                going[person, basis] = len(runs)
                runs.append((person, basis, spell.starts, spell.ends))
    return runs


def _write_adults(account: models.Account, spells: Sequence[moving.Spell], since: date) -> None:
    rows = account.households.all()
    last = spells[-1].ends
    dated.write_over(rows, since, None)
    for spell in spells:
        if spell.adults is not None:
            _go_on_or_create(rows, spell.starts, spell.ends, account=account, adults=spell.adults)
    if last is not None:
        dated.write_over(rows, last, None)


def _write_use(dwelling: Dwelling, found: Sequence[moving.Spell], since: date) -> None:
    """Write how the home is used; that it is lived in need not be said where nothing was told."""
    rows = models.Occupation.objects.filter(dwelling=dwelling)
    told = rows.filter(starts__lt=since).exists()
    dated.write_over(rows, since, None)
    for spell in found:
        told = told or spell.state != models.Occupation.State.OCCUPIED
        if told:
            _go_on_or_create(rows, spell.starts, spell.ends, dwelling=dwelling, state=spell.state)


def _go_on_or_create(rows: object, starts: date, ends: date | None, **values: object) -> None:
    """Let the row that ends on ``starts`` and says the same go on, or write a new one."""
    before = rows.filter(ends=starts, **values).first()  # type: ignore[attr-defined]
    if before is None:
        rows.create(starts=starts, ends=ends, **values)  # type: ignore[attr-defined]
        return
    before.ends = ends
    before.save(update_fields=["ends"])
