"""What follows when a bank sends something back: as little as the code demands, kindly and at once.

Nothing here presses anybody. A collection that could not be paid is tried once more after the
payer was told; who has died or disputes what was told is left alone until a person has looked.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.bank import working_days
from borough.kernel.holds import capabilities as holding
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.lines.revenues import instructing, models, trying_again
from borough.rules import direct_debit

_THEN = models.Advice.Then
FOR_A_PERSON = frozenset(
    {_THEN.DECEASED, _THEN.DISPUTE, _THEN.MEND, _THEN.AMEND, _THEN.REINSTATE, _THEN.ASK}
    | {_THEN.CLAIMED}
)
"""What a person looks at, whatever else follows."""

_DISPUTES = (_THEN.DISPUTE, _THEN.CLAIMED)
_HOLDER = commanding.system("direct-debit", holding.PLACE_HOLD)


def draw(advices: Sequence[models.Advice], *, by: commanding.Actor, on: date) -> None:
    """Do what follows from each advice about a known instruction, in the order of the file.

    Two of them may be about one instruction: each sees what those before it have done.

    Args:
        advices: kept, with instruction, item and collection at hand.
        by: who loaded them.
        on: today.
    """
    for advice in advices:
        act = ACTS.get(advice.then)
        if act is not None and advice.instruction is not None:
            advice.instruction.refresh_from_db(fields=["ends"])
            act(advice, advice.instruction, by, on)


def again_on(item: models.CollectionItem, on: date) -> date | None:
    """Return the day on which a returned collection may be tried once more, or None.

    The payer is told first; the same amount is taken once more, within the months that the scheme
    gives, and never a third time. A day whose collection is committed takes nothing more: then it
    is the next.
    """
    if item.code == direct_debit.AGAIN:
        return None
    days = direct_debit.figure("again_notice_working_days", on)
    cycle = working_days.cycle_ending(working_days.later(on, days))
    committed = set(
        models.Collection.objects.filter(entry_day__gte=on).values_list("entry_day", flat=True)
    )
    while cycle.entry_day in committed:
        cycle = working_days.cycle_ending(working_days.later(cycle.entry_day, 1))
    months = direct_debit.figure("again_within_months", on)
    until = direct_debit.months_later(item.collection.processing_day, months)
    return cycle.entry_day if cycle.processing_day <= until else None


def settled(advice: models.Advice, on: date) -> None:
    """Let the debt of a dispute go that a person has settled, unless another of it still waits.

    Only the hold that was placed here ends; what an officer placed is the officer's.
    """
    held = advice.instruction
    if held is None or advice.then not in _DISPUTES:
        return
    account = held.account
    others = models.Advice.objects.filter(
        instruction__account=account, then__in=_DISPUTES, waits=True, settled=None
    )
    if others.exists():
        return
    for hold in Hold.objects.filter(
        dated.touches(on, None), kind="dispute", thing=account.thing, placed_by=_HOLDER.reference
    ):
        if hold.ends is None:
            about = tuple(account.liabilities.values_list("person_id", flat=True))
            holds.lift_hold(hold=hold, about=about, by=_HOLDER, on=on)


def _again(
    advice: models.Advice, instruction: models.Instruction, by: commanding.Actor, on: date
) -> None:
    """Try a collection once more, if the scheme still lets us and nothing stands against it.

    Where something does, the debt stands as it is and nobody is written to about it.
    """
    item = advice.item
    day = again_on(item, on) if item is not None and instruction.ends is None else None
    if item is not None and day is not None and not trying_again.held([item.sub_account_id], on)[0]:
        models.TriedAgain.objects.create(
            advice=advice, item=item, told_on=on, collects_on=day, pence=item.pence
        )


def _over(
    advice: models.Advice, instruction: models.Instruction, by: commanding.Actor, on: date
) -> None:
    """End the instruction: the bank knows it no more."""
    if instruction.ends is None:
        instructing.end(instruction, why=models.Instruction.Ended.BANK, by=by, on=on)


def _died(
    advice: models.Advice, instruction: models.Instruction, by: commanding.Actor, on: date
) -> None:
    """Collect nothing more, and leave the person alone until somebody has looked."""
    _over(advice, instruction, by, on)
    _hold("officers_hold", holds.Upon(person=instruction.details.person, line="revenues"), on)


def _disputed(
    advice: models.Advice, instruction: models.Instruction, by: commanding.Actor, on: date
) -> None:
    """Collect nothing until somebody has spoken with the payer; nor is the debt pressed."""
    instructing.halt_once(instruction, why=models.Stop.Why.DISPUTED, by=by, on=on)
    account = instruction.account
    liable = tuple(account.liabilities.values_list("person_id", flat=True))
    _hold("dispute", holds.Upon(thing=account.thing, about=liable, line="revenues"), on)


def _new_details(
    advice: models.Advice, instruction: models.Instruction, by: commanding.Actor, on: date
) -> None:
    """Collect nothing until the payer's new bank details are keyed and confirmed."""
    instructing.halt_once(instruction, why=models.Stop.Why.DETAILS, by=by, on=on)


def _hold(kind: str, upon: holds.Upon, on: date) -> None:
    try:
        holds.place_hold(kind=kind, upon=upon, by=_HOLDER, on=on)
    except holds.AlreadyHeld:
        return


Act = Callable[[models.Advice, models.Instruction, commanding.Actor, date], None]
ACTS: Mapping[str, Act] = {
    _THEN.REPRESENT: _again,
    _THEN.CANCEL: _over,
    _THEN.DECEASED: _died,
    _THEN.DISPUTE: _disputed,
    _THEN.AMEND: _new_details,
    _THEN.CLAIMED: _disputed,
}
