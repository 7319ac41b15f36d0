"""A payment that the payer's bank took back: undone where it was received, or where it waits."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import matching, models, posting
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.commands import posting as ledger_posting
from borough.kernel.pages import wording

KIND = "kernel.receipt"
TITLE = "A payment to us that the payer’s bank took back: the number of its entry"


def undo(out: matching.Out, *, by: commanding.Actor, on: date) -> None:
    """Undo all of an entry: what its accounts received is owed again; what waited is gone.

    Args:
        out: the money that left; its target's reference is the number of the entry undone.
        by: who has found out.
        on: the day on which it is posted.

    Raises:
        matching.UnknownTarget: no entry of that number and amount was posted whole, or a service
            does not undo what it made of it.
    """
    entry = _received(out)
    waits = _waiting(entry)
    parts = _parts(entry, on)
    if waits + sum(one.pence for one in parts) != out.pence:
        raise matching.UnknownTarget(f"Entry {entry.pk} is not posted. Post it first.")
    try:
        matching.take_back(parts, by=by, on=on)
    except matching.NobodyReceives as refusal:
        raise matching.UnknownTarget(
            f"What entry {entry.pk} paid is not undone from here. Choose what it was above."
        ) from refusal
    if waits:
        _let_go(entry, waits, by=by, on=on)


def _received(out: matching.Out) -> models.Entry:
    number = out.target.reference
    is_number = number.isdecimal() and len(number) < 19 and str(int(number)) == number
    entry = models.Entry.objects.filter(pk=int(number)).first() if is_number else None
    if entry is None or entry.pence <= 0:
        raise matching.UnknownTarget(f"No entry of money that came in has the number {number}.")
    if entry.pence != out.pence:
        raise matching.UnknownTarget(
            f"Entry {number} brought {wording.money(entry.pence)}, and {wording.money(out.pence)} "
            "has left. Look for the difference first."
        )
    return entry


def _waiting(entry: models.Entry) -> int:
    """Return what waits of an entry in suspense, held still."""
    sub = ledger.sub_account_ids(posting.SUSPENSE, [str(entry.pk)]).get(str(entry.pk))
    if sub is None:
        return 0
    opening.lock_sub_account(sub)
    return -ledger.balances([sub])[sub]


def _parts(entry: models.Entry, on: date) -> list[matching.Receipt]:
    """Return what was made of an entry, each part under the key under which it was received."""
    return [
        matching.Receipt(
            key=posting.key_of_part(entry, nth) if one.by_hand else entry.key,
            target=matching.Target(one.kind, one.reference),
            pence=one.pence,
            on=on,
        )
        for nth, one in enumerate(entry.placed.order_by("pk"), 1)
    ]


def _let_go(entry: models.Entry, pence: int, *, by: commanding.Actor, on: date) -> None:
    sub = ledger.sub_account_ids(posting.SUSPENSE, [str(entry.pk)])[str(entry.pk)]
    ledger_posting.post(
        source=posting.SOURCE,
        key=f"back/{entry.pk}",
        on=on,
        narrative="The payer’s bank took it back before its owner was found",
        lines=[
            payload.Line(posting.CONTROL, pence, sub),
            payload.Line(posting.BANK, -pence),
        ],
        by=by,
    )
