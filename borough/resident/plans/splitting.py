"""Money of a plan: a payment with its reference is split as agreed, to the penny, and undone so.

What is owed to us goes to the service that keeps the debt, through its card. What is owed to others
is held for them, on a sub-account for each debt, until it is passed on. What the plan's debts
cannot take waits in suspense, where it came from: nothing is lost, nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.bank import posting as bank
from borough.kernel.bank.models import Entry
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.pages import wording
from borough.kernel.people.models import Person
from borough.resident.plans import accounts, models
from borough.rules.support import plan as rules

KIND = "resident.plan"
BOUNCED = "resident.plan_bounced"
CLEARS = {KIND: "One plan for all debts: its number"}
LEAVES = {BOUNCED: "A payment of a plan for all debts, taken back: its number on the plan’s page"}
SOURCE = "resident.plans"
_ALONE = re.compile(r"(?:JOINT)?PLAN(?:NO|NUMBER|REF)?0*([1-9][0-9]{0,17})")
_NUMBER = re.compile(r"(?:PLAN)?0*([1-9][0-9]{0,17})")


class MoreThanIsOwed(matching.UnknownTarget):
    """The debts of the plan cannot take so much."""


def recognise(entries: Sequence[Entry]) -> dict[int, matching.Target]:
    """Return the running plans whose number stands alone in the reference, by index of the entry.

    Only where the debts of the plan can take it: what is more waits for a person in suspense.
    """
    found: dict[int, matching.Target] = {}
    room: dict[int, int] = {}
    for index, entry in enumerate(entries):
        named = _ALONE.fullmatch(re.sub(r"[^A-Z0-9]", "", entry.reference.upper()))
        plan = running(int(named[1])) if named else None
        if plan is None:
            continue
        left = room.setdefault(plan.pk, sum(_caps(_shares(plan)).values()))
        if 0 < entry.pence <= left:
            room[plan.pk] = left - entry.pence
            found[index] = matching.Target(KIND, str(plan.pk))
    return found


def running(number: int) -> models.Plan | None:
    """Return the plan that runs now, of the chain that a plan's number stands in.

    A standing order goes on with the number of the first plan when another has followed it.
    """
    plan = models.Plan.objects.filter(pk=number).first()
    while plan is not None and plan.ends is not None:
        plan = models.Plan.objects.filter(follows=plan).first()
    return plan


def receive(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> None:
    """Split a payment by the agreed shares and post each part; done before, it is passed over.

    Raises:
        matching.UnknownTarget: no plan of that number runs.
        MoreThanIsOwed: the debts cannot take so much; give the plan less, and leave the rest.
    """
    named = _NUMBER.fullmatch(re.sub(r"[^A-Z0-9]", "", receipt.target.reference.upper()))
    plan = running(int(named[1])) if named else None
    if plan is None:
        raise matching.UnknownTarget("No plan for all debts with this number runs.")
    Person.objects.select_for_update().get(pk=plan.person_id)
    if models.Split.objects.filter(key=receipt.key).exists():
        return
    shares = _shares(plan)
    caps = _caps(shares)
    pence = _what_it_takes(receipt, sum(caps.values()), by=by)
    if not pence:
        return
    given = share_out(pence, shares, caps)
    split = models.Split.objects.create(
        plan=plan, key=receipt.key, pence=pence, by=by.reference, on=on
    )
    parts = [
        models.Part(split=split, share=shares[number], pence=pence)
        for number, pence in given.items()
        if pence
    ]
    models.Part.objects.bulk_create(parts)
    _post(parts, receipt, by=by, on=on)
    facts.record(
        "resident.plan_payment_split",
        about=[plan.person_id],
        thing=plan.thing,
        by=by,
        on=on,
        pence=pence,
        debts=len(parts),
    )


def share_out(
    pence: int, shares: Mapping[int, models.Share], caps: Mapping[int, int]
) -> dict[int, int]:
    """Return what each share gets of a payment, whole pence that sum to it.

    By the agreed monthly shares, none more than is owed; pennies by largest fraction.

    Raises:
        MoreThanIsOwed: the debts cannot take so much.
    """
    names = {one.debt: number for number, one in shares.items()}
    items = [(one.debt, one.monthly_pence, caps[number]) for number, one in shares.items()]
    given = rules.fill(pence, items)
    short = pence - sum(given.values())
    if short:
        raise MoreThanIsOwed(
            f"The debts of the plan take {wording.money(pence - short)} of it. Give the plan no "
            "more; the rest waits where it is."
        )
    return {names[name]: some for name, some in given.items()}


def undo(out: matching.Out, *, by: commanding.Actor, on: date) -> None:
    """Undo a payment that the payer's bank took back: every part, to the penny.

    Raises:
        matching.UnknownTarget: there is no such payment of that amount, or it is undone already.
    """
    number = out.target.reference
    rows = models.Split.objects.select_related("plan")
    is_number = number.isdecimal() and len(number) < 19
    known = rows.filter(pk=int(number), pence=out.pence, undone=None) if is_number else rows.none()
    split = known.first()
    if split is None:
        raise matching.UnknownTarget(
            f"No payment {number} of {wording.money(out.pence)} of a plan stands."
        )
    Person.objects.select_for_update().get(pk=split.plan.person_id)
    models.Undone.objects.create(split=split, key=out.key, by=by.reference, on=on)
    parts = list(split.parts.select_related("share__sub_account", "split"))
    ours = [_receipt(one, on) for one in parts if one.share.is_ours]
    if ours:
        matching.take_back(ours, by=by, on=on)
    for one in parts:
        if not one.share.is_ours:
            _hold(one, payload.Line("BANK", -one.pence), f"back/{one.key}", by=by, on=on)
    facts.record(
        "resident.plan_payment_undone",
        about=[split.plan.person_id],
        thing=split.plan.thing,
        by=by,
        on=on,
        pence=split.pence,
    )


def _shares(plan: models.Plan) -> dict[int, models.Share]:
    rows = plan.shares.filter(monthly_pence__gt=0).select_related("sub_account").order_by("pk")
    return {one.pk: one for one in rows}


def _caps(shares: Mapping[int, models.Share]) -> dict[int, int]:
    """Return what each debt can take: what is owed now, less what we hold or passed on for it.

    What a holder last told is taken as still owed in so far as it does not count our money yet.
    """
    owed = ledger.balances(one.sub_account_id for one in shares.values())
    caps = {}
    for number, one in shares.items():
        now = max(owed[one.sub_account_id], 0)
        if not one.is_ours:
            now = min(now, max(one.owed_pence - received_for(one), 0))
        caps[number] = now
    return caps


def received_for(share: models.Share) -> int:
    """Return what a debt got of payments of its plan, less what was undone."""
    rows = models.Part.objects.filter(share=share, split__undone=None)
    return sum(rows.values_list("pence", flat=True))


def _what_it_takes(receipt: matching.Receipt, most: int, *, by: commanding.Actor) -> int:
    """Return what the plan takes of a receipt; the rest of one from the bank waits in suspense.

    Another payment may have come between the recognising and the posting, and a statement must not
    stop for that. Whoever gives the plan money by hand is told instead.
    """
    rest = max(receipt.pence - most, 0)
    entry = Entry.objects.filter(key=receipt.key).first() if receipt.suspense is None else None
    if not rest or entry is None:
        return receipt.pence
    [sub] = opening.open_sub_accounts(kind=bank.SUSPENSE, references=[str(entry.pk)])
    posting.post(
        source=SOURCE,
        key=f"{receipt.key}/rest",
        on=receipt.on,
        narrative="More than the plan’s debts take; its owner is being looked for",
        lines=[payload.Line("BANK", rest), payload.Line(bank.CONTROL, -rest, int(sub))],
        by=by,
    )
    return receipt.pence - rest


def _post(
    parts: Sequence[models.Part], receipt: matching.Receipt, *, by: commanding.Actor, on: date
) -> None:
    ours = [_receipt(one, receipt.on, receipt.suspense) for one in parts if one.share.is_ours]
    if ours:
        matching.receive(ours, by=by, on=on)
    origin = "BANK" if receipt.suspense is None else "SUSPENSE"
    for one in parts:
        if not one.share.is_ours:
            line = payload.Line(origin, one.pence, receipt.suspense)
            _hold(one, line, one.key, by=by, on=receipt.on)


def _receipt(part: models.Part, on: date, suspense: int | None = None) -> matching.Receipt:
    """Return a part as the service that keeps the debt takes it."""
    sub = part.share.sub_account
    target = matching.Target(sub.kind, sub.reference)
    return matching.Receipt(part.key, target, part.pence, on, sub.part, suspense)


def _hold(
    part: models.Part, origin: payload.Line, key: str, *, by: commanding.Actor, on: date
) -> None:
    """Post that we hold a part for somebody else, or hold it no more."""
    [sub] = opening.open_sub_accounts(kind=accounts.HELD.slug, references=[part.share.debt])
    posting.post(
        source=SOURCE,
        key=key,
        on=on,
        narrative="Held for whom it is owed to" if origin.pence > 0 else "Taken back by the bank",
        lines=[origin, payload.Line(accounts.HELD.control, -origin.pence, int(sub))],
        by=by,
    )
