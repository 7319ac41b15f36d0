"""What an entry of the bank's statement may be to Revenues: the tax, its costs, or what was coming.

A Direct Debit counts as received on its day, and what an agent or an employer passes on when they
tell us. Days later the bank's statement brings the same money. That entry pays nobody's debt a
second time: it clears what was on its way.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.bank.models import Entry
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.pages import wording
from borough.lines.revenues import (
    billing,
    collections,
    costs,
    models,
    receiving,
    recognising,
    remedy_receipts,
    returning,
    transit,
)
from borough.lines.revenues.queries import returned

COLLECTION, REMITTED = "revenues.collection", "revenues.remitted"
UNKNOWN_RETURN = "revenues.unknown_return"
CLEARS = {
    COLLECTION: "A Direct Debit collection: the serial number of its file",
    REMITTED: "Passed on by an agent or employer, and told of before: their name or reference",
    UNKNOWN_RETURN: "Taken back by mistake for a Direct Debit that nobody knew: its reference",
}
RETURNED = "revenues.returned"
LEAVES = {RETURNED: "Direct Debits that came back: how the name of the ARUDD file begins"}
EXACT, TOLD = 90, 70
SHOWN = 8  # of the figures of a file's hash, as its pages name it
RECENT = timedelta(days=60)
_CLEARING = 0x52_45_4D_49  # "REMI": the number of the lock, so that it meets no other


class NotOnItsWay(matching.UnknownTarget):
    """No such money is on its way to the bank."""


def receive(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    """Post money from the bank, or from suspense, to whatever it is.

    Raises:
        matching.UnknownTarget, matching.UnknownPart: there is no such account, year, or money.
        matching.NobodyReceives: another service keeps accounts of that kind.
    """
    by_kind: dict[str, list[matching.Receipt]] = {}
    for receipt in receipts:
        by_kind.setdefault(receipt.target.kind, []).append(receipt)
    for kind, theirs in by_kind.items():
        take = _TAKERS.get(kind)
        if take is None:
            raise matching.NobodyReceives("Revenues keeps no accounts of that kind.")
        take(theirs, by=by, on=on)


def take_back(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    """Undo receipts of the tax and of costs that a bank took back; the debt stands again.

    Raises:
        matching.UnknownTarget: a receipt was never posted, or is of another kind.
    """
    for receipt in receipts:
        undo = _UNDOERS.get(receipt.target.kind)
        if undo is None:
            raise matching.UnknownTarget("Such a receipt is not undone here.")
        undo(receipt, by=by, on=on)


def propose(entries: Sequence[Entry], *, on: date) -> dict[int, list[matching.Proposal]]:
    """Return what each of a few entries may be, by index: money that was coming, or whose."""
    accounts = recognising.propose(entries, on=on)
    return {
        index: [*_coming(entry), *accounts.get(index, [])] for index, entry in enumerate(entries)
    }


def credit(
    collection: models.Collection,
    *,
    pence: int,
    origin: payload.Line,
    by: commanding.Actor,
    on: date,
) -> models.Credited:
    """Record that the bank has credited a collection; call it in the transaction of a command.

    Args:
        collection: posted as received, and not credited yet.
        pence: what the bank credited.
        origin: the line that the money comes from: the bank, or suspense.
        by: who acts.
        on: the day.

    Raises:
        NotOnItsWay: its credit is recorded already.
    """
    try:
        with transaction.atomic():
            credited: models.Credited = models.Credited.objects.create(
                collection=collection, pence=pence, on=on, by=by.reference
            )
    except IntegrityError as error:
        raise NotOnItsWay("The bank’s credit of that collection is recorded already.") from error
    posting.post(
        source=receiving.SOURCE,
        key=f"direct-debit/credited/{collection.pk}",
        on=on,
        narrative="Direct Debits credited by the bank",
        lines=[origin, payload.Line(collections.IN_TRANSIT, -pence)],
        by=by,
    )
    facts.record(
        "revenues.collection_credited", thing=f"run/{collection.pk}", by=by, on=on, pence=pence
    )
    return credited


def pay_out(out: matching.Out, *, by: commanding.Actor, on: date) -> None:
    """Post that returned Direct Debits have left the bank: what was on its way is settled.

    Raises:
        NotOnItsWay: no file has that name, or it took another amount back.
    """
    name = out.target.reference.lower()
    found = models.AdviceFile.objects.filter(sha256__startswith=name, pence__gt=0)
    file = found.first() if len(name) == SHOWN else None
    taken = returned.taken_back_pence(file) if file is not None else None
    if file is None or taken is None:
        raise NotOnItsWay(f"No file of returned Direct Debits is called {out.target.reference}.")
    if taken != out.pence:
        raise NotOnItsWay(
            f"That file took {wording.money(taken)} back, and the entry is "
            f"{wording.money(out.pence)}. Look for the difference first."
        )
    posting.post(
        source=receiving.SOURCE,
        key=f"returned/debited/{file.pk}",
        on=on,
        narrative="Returned Direct Debits debited by the bank",
        lines=[payload.Line(collections.IN_TRANSIT, out.pence), payload.Line("BANK", -out.pence)],
        by=by,
    )


def _origin(receipt: matching.Receipt) -> payload.Line:
    if receipt.suspense is None:
        return payload.Line("BANK", receipt.pence)
    return payload.Line("SUSPENSE", receipt.pence, receipt.suspense)


def _take_costs(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    for one in receipts:
        sub, year = _costs_of(one)
        costs.receive(sub, one.pence, key=one.key, on=one.on, by=by, origin=_origin(one))
        _tell("revenues.costs_paid", one, by=by, on=on, year=year, received=one.on)


def _undo_costs(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> None:
    costs.take_back(receipt, by=by, on=on)
    _tell("revenues.payment_bounced", receipt, by=by, on=on, account=receipt.target.reference)


def _tell(
    what: str, receipt: matching.Receipt, *, by: commanding.Actor, on: date, **detail: object
) -> None:
    account = models.Account.objects.get(reference=receipt.target.reference)
    facts.record(
        what,
        about=sorted(set(account.liabilities.values_list("person_id", flat=True))),
        thing=account.thing,
        by=by,
        on=on,
        pence=receipt.pence,
        **detail,
    )


def _costs_of(receipt: matching.Receipt) -> tuple[int, str]:
    """Return whose costs a receipt pays, held still, and their year: that named, or the oldest."""
    reference, named = (
        receipt.target.reference,
        receiving.year_named(receipt.year.removesuffix(" costs")),
    )
    parts = costs.parts_of(reference)
    wanted = {named: parts[named]} if named in parts else ({} if named else parts)
    for year, sub in sorted(wanted.items()):
        opening.lock_sub_account(sub)
        if ledger.balances([sub])[sub] >= receipt.pence:
            return sub, year
    raise matching.UnknownTarget(
        f"Account {reference} does not owe costs of {wording.money(receipt.pence)}. Enter no more "
        "than the costs it owes; the rest is a payment of the tax."
    )


def _take_collections(
    receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date
) -> None:
    for one in receipts:
        serial = one.target.reference.upper()
        found = models.SentFile.objects.filter(serial=serial).first()
        collection = models.Collection.objects.filter(pk=found.pk).first() if found else None
        if found is None or collection is None:
            raise NotOnItsWay(f"No collection was sent with the file {one.target.reference}.")
        if collection.pk in transit.unposted():
            raise NotOnItsWay("That collection is not posted as received yet. Post it first.")
        if one.pence != found.pence:
            raise NotOnItsWay(
                f"The file {serial} came to {wording.money(found.pence)}. Look for the difference "
                "first: returned collections are debited on their own."
            )
        credit(collection, pence=one.pence, origin=_origin(one), by=by, on=one.on)


def _take_remitted(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    _alone()
    for one in receipts:
        coming = ledger.account_balance(remedy_receipts.ON_ITS_WAY)
        if one.pence > coming:
            raise NotOnItsWay(
                f"Agents and employers have told of {wording.money(max(coming, 0))} that has not "
                "reached the bank. Load the agent’s file, or record the deduction, first."
            )
        posting.post(
            source=receiving.SOURCE,
            key=one.key,
            on=one.on,
            narrative="Passed on by an agent or employer, arrived at the bank",
            lines=[_origin(one), payload.Line(remedy_receipts.ON_ITS_WAY, -one.pence)],
            by=by,
        )


def _alone() -> None:
    """Clear what was told of one entry at a time, so that two never clear the same money."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CLEARING])


def _take_unknown(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    """Post that a bank has paid again what it had taken back for nobody whom we know."""
    for one in receipts:
        waiting = returned.unknown(one.target.reference, one.pence)
        if not waiting:
            raise NotOnItsWay(
                f"No {wording.money(one.pence)} waits that was taken back under the reference "
                f"{one.target.reference}."
            )
        advice, sub = next(iter(waiting.items()))
        opening.lock_sub_account(sub)
        if ledger.balances([sub])[sub] != one.pence:
            raise NotOnItsWay("Somebody has placed it meanwhile.")
        posting.post(
            source=receiving.SOURCE,
            key=one.key,
            on=one.on,
            narrative="Direct Debit taken back by mistake, paid again by the bank",
            lines=[
                _origin(one),
                payload.Line("OWED-TO-CF", -one.pence),
                payload.Line("CT-CASH-WITH-GF", one.pence),
                payload.Line(receiving.UNMATCHED, -one.pence, sub),
            ],
            by=by,
        )
        found = models.Advice.objects.get(pk=advice)
        returning.put_right(found, outcome="done", by=by, on=on)


Taker = Callable[..., None]
_TAKERS: Mapping[str, Taker] = {
    billing.KIND: receiving.receive,
    costs.KIND: _take_costs,
    COLLECTION: _take_collections,
    REMITTED: _take_remitted,
    UNKNOWN_RETURN: _take_unknown,
}


_UNDOERS: Mapping[str, Taker] = {
    billing.KIND: receiving.take_back,
    costs.KIND: _undo_costs,
}


def _coming(entry: Entry) -> list[matching.Proposal]:
    """Return what was coming of which an entry is exactly the amount, the newest first."""
    files = models.SentFile.objects.filter(
        pence=entry.pence, run__in=models.Collection.objects.filter(credited=None).values("run")
    ).order_by("-pk")[:2]
    since = entry.on - RECENT
    loaded = models.AgentReturn.objects.filter(
        passed_on_pence=entry.pence, loaded_on__gte=since
    ).select_related("agent__person")
    taken = models.Deduction.objects.filter(
        deducted_pence=entry.pence, received_on__gte=since, taken_back=None
    ).select_related("attachment__remedy")
    if entry.pence > ledger.account_balance(remedy_receipts.ON_ITS_WAY):
        loaded, taken = loaded.none(), taken.none()  # so much is not on its way any more
    exactly = f"it is exactly that amount: {wording.money(entry.pence)}"
    return [
        *(
            _proposal(COLLECTION, one.serial, f"Direct Debits, file {one.serial}", EXACT, exactly)
            for one in files
        ),
        *(
            _proposal(
                REMITTED, one.agent.slug, f"Passed on by {one.agent.person.name}", TOLD, exactly
            )
            for one in loaded[:2]
        ),
        *(
            _proposal(
                REMITTED,
                one.attachment.remedy.reference,
                f"Deducted under {one.attachment.remedy.reference}",
                TOLD,
                exactly,
            )
            for one in taken[:2]
        ),
    ]


def _proposal(
    kind: str, reference: str, title: str, certainty_percent: int, reason: str
) -> matching.Proposal:
    return matching.Proposal(matching.Target(kind, reference), title, certainty_percent, (reason,))
