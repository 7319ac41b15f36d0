"""Write-offs: giving a debt up for a reason, within limits, and taking it up again."""

from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.pages import wording
from borough.lines.revenues import allotting, capabilities, models, receiving, writing_off
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import remedies
from borough.lines.revenues.queries import write_offs as queries
from borough.rules import years

SOURCE = "revenues.write_offs"
WRITTEN_OFF = "CT-WRITTEN-OFF"


class NotOwed(commanding.Refusal):
    """The year owes less than that."""


class NotAReason(commanding.Refusal):
    """The reason is not one of the council's, or what it says is not so."""


class AboveTheLimit(commanding.Refusal):
    """The officer's roles do not reach so far."""


class LookFirst(commanding.Refusal):
    """Something stands against collecting the debt, and nobody has looked at it."""


class SamePerson(commanding.Refusal):
    """Whoever asked for so large a write-off may not decide on it."""


DECIDED = "This write-off has been decided already."
NOT_GRANTED = "This debt was not written off."
BACK = "This debt has been written back already."


class AlreadyDecided(commanding.Refusal):
    """It has been decided, or written back, meanwhile."""


@commanding.command(capabilities.WRITE_OFF)
def ask_write_off(
    *,
    account: models.Account,
    year: str,
    pence: int,
    reason: str,
    stays_seen: bool = False,
    by: commanding.Actor,
    on: date,
) -> models.WriteOff:
    """Ask that a debt be given up; small ones are decided at once, others by a second officer.

    Args:
        account: whose debt it is.
        year: the part that is owed, such as ``2019-20``.
        pence: how much of it.
        reason: one of the council's codes.
        stays_seen: the officer has looked at what stands against collecting it.
        by: who asks.
        on: today.

    Raises:
        NotOwed: less than that is owed, or what is left is asked for already.
        NotAReason: no such reason, or it does not hold.
        LookFirst: a hold, a need or an arrangement stands, and nobody has looked at it.
    """
    _refuse_reason(account, year, reason, on)
    stays = queries.stays(account, year, on)
    if stays and not stays_seen:
        raise LookFirst(
            f"{stays[0].words}. Look at what stands against collecting this, and at what would "
            "help, before it is given up."
        )
    sub_account = _owing(account, year, pence)
    needs_another = _needs_another(sub_account, pence, by, on)
    asked = models.WriteOff.objects.create(
        account=account,
        sub_account_id=sub_account,
        pence=pence,
        reason=reason,
        needs_another=needs_another,
        stays_seen=stays_seen,
        asked_by=by.reference,
        on=on,
    )
    changing.record("revenues.write_off_asked", account, on=on, by=by, pence=pence, year=year)
    if not needs_another:
        _grant(asked, by=by, on=on)
    return asked


@commanding.command(capabilities.WRITE_OFF)
def grant_write_off(*, write_off: models.WriteOff, by: commanding.Actor, on: date) -> None:
    """Give up a debt that a colleague asked to be given up.

    Raises:
        SamePerson: the officer asked for it.
        AboveTheLimit: it is more than the officer's roles reach.
        NotOwed: so much is not owed any more.
        AlreadyDecided: it was decided meanwhile.
    """
    opening.lock_sub_account(write_off.sub_account_id)
    if why_not := writing_off.why_not(write_off, by, on):
        theirs = writing_off.is_theirs(write_off, by)
        raise SamePerson(why_not) if theirs else AboveTheLimit(why_not)
    _grant(write_off, by=by, on=on)


@commanding.command(capabilities.WRITE_OFF)
def refuse_write_off(*, write_off: models.WriteOff, by: commanding.Actor, on: date) -> None:
    """Leave a debt as it is that a colleague asked to be given up.

    Raises:
        AlreadyDecided: it was decided meanwhile.
    """
    _decide(write_off, granted=False, by=by, on=on)
    changing.record(
        "revenues.write_off_refused", write_off.account, on=on, by=by, pence=write_off.pence
    )


@commanding.command(capabilities.WRITE_OFF)
def write_back(*, write_off: models.WriteOff, because: str, by: commanding.Actor, on: date) -> None:
    """Take a debt up again that was given up: the person is found, or the reason was mistaken.

    Raises:
        AlreadyDecided: it was never given up, or has been taken up before.
    """
    if not models.WriteOffDecision.objects.filter(write_off=write_off, granted=True).exists():
        raise AlreadyDecided(NOT_GRANTED)
    try:
        with transaction.atomic():
            models.WriteBack.objects.create(
                write_off=write_off, because=because[:200], by=by.reference, on=on
            )
    except IntegrityError as error:
        raise AlreadyDecided(BACK) from error
    _post(write_off, f"{write_off.pk}/back", write_off.pence, "Written back", by=by, on=on)
    changing.record("revenues.written_back", write_off.account, on=on, by=by, pence=write_off.pence)


def _refuse_reason(account: models.Account, year: str, reason: str, on: date) -> None:
    if reason not in writing_off.reasons(on):
        raise NotAReason("Choose one of the reasons.")
    if (
        reason == "deceased"
        and not account.liabilities.exclude(person__date_of_death=None).exists()
    ):
        raise NotAReason("No death of anybody liable on this account is recorded.")
    if reason == "statute_barred" and not writing_off.barred_on(_year(year), on):
        raise NotAReason(f"Not all of {year} fell due more than six years ago.")
    if reason == "statute_barred" and remedies.order_of(account, _year(year), on) is not None:
        raise NotAReason(
            f"The court made a liability order for {year}: what is outstanding under it is not "
            "barred by the six years."
        )


def _needs_another(sub_account: int, pence: int, by: commanding.Actor, on: date) -> bool:
    """Tell whether one officer may not decide alone; what was given up before counts with it.

    A debt given up piece by piece is looked at by two like one that is given up at once.
    """
    alone = int(writing_off.in_force(on)["write_off_alone_pence"])
    by_one = pence + writing_off.given_up(sub_account, needs_another=False)
    in_all = pence + writing_off.given_up(sub_account)
    return by_one > alone or in_all > writing_off.limit_pence(by, on)


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError as error:
        raise NotOwed("Choose a year that is owed for.") from error


def _owing(account: models.Account, year: str, pence: int) -> int:
    """Return the sub-account of a year that owes so much; held until the transaction ends."""
    subs = allotting.sub_accounts([account.reference]).get(account.reference, {})
    number, _ = subs.get(year, (None, 0))
    left = queries.left_to_write_off(number) if number is not None else 0
    if number is None or not 0 < pence <= left:
        raise NotOwed(f"{wording.money(max(left, 0))} of {year} can be written off, and no more.")
    return number


def _grant(write_off: models.WriteOff, *, by: commanding.Actor, on: date) -> None:
    opening.lock_sub_account(write_off.sub_account_id)
    owed = ledger.balances([write_off.sub_account_id])[write_off.sub_account_id]
    if owed < write_off.pence:
        raise NotOwed(f"Only {wording.money(max(owed, 0))} is owed now. Refuse it.")
    _decide(write_off, granted=True, by=by, on=on)
    _post(write_off, str(write_off.pk), -write_off.pence, "Written off", by=by, on=on)
    changing.record(
        "revenues.written_off",
        write_off.account,
        on=on,
        by=by,
        pence=write_off.pence,
        reason=write_off.reason,
    )


def _decide(write_off: models.WriteOff, *, granted: bool, by: commanding.Actor, on: date) -> None:
    try:
        with transaction.atomic():
            models.WriteOffDecision.objects.create(
                write_off=write_off,
                granted=granted,
                needs_another=write_off.needs_another,
                asked_by=write_off.asked_by,
                by=by.reference,
                on=on,
            )
    except IntegrityError as error:
        raise AlreadyDecided(DECIDED) from error


def _post(
    write_off: models.WriteOff,
    key: str,
    pence: int,
    narrative: str,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    posting.post(
        source=SOURCE,
        key=key,
        on=on,
        narrative=narrative,
        lines=[
            payload.Line(receiving.TO_PAYER, pence, write_off.sub_account_id),
            payload.Line(WRITTEN_OFF, -pence),
        ],
        by=by,
    )
