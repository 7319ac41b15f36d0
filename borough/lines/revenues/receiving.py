"""Money in: four postings a receipt, against the year that the published rules give it.

The bank account is the General Fund's; Council Tax is the Collection Fund's. So the General Fund
has the cash and owes it, and the Collection Fund is owed it by the General Fund instead of by the
payer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.lines.revenues import allotting, models
from borough.rules import years

SOURCE = "revenues.receipts"
RECEIVED = "Payment received, thank you"
TO_PAYER, UNMATCHED = "CT-PAYERS", "CT-UNALLOCATED"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the money of receipts comes from: an account of the General Fund.

    Attributes:
        account: its code.
        sub_accounts: int64 (n,), where each waited; None when the account has none.
    """

    account: str = "BANK"
    sub_accounts: NDArray[np.int64] | None = None


FROM_BANK = Origin()


def post(
    *,
    keys: Sequence[str],
    sub_accounts: NDArray[np.int64],
    pence: NDArray[np.int64],
    on: date | NDArray[np.datetime64],
    narrative: str | Sequence[str] = RECEIVED,
    origin: Origin = FROM_BANK,
    by: commanding.Actor,
) -> posting.Posted:
    """Post receipts, each with its key; those posted before are skipped.

    Args:
        keys: (n,), unique for ever: the file and the line.
        sub_accounts: int64 (n,), whose debt becomes smaller.
        pence: int64 (n,), more than nothing.
        on: the day of each, datetime64[D] (n,), or one for all.
        narrative: what the payer reads on the statement.
        origin: where the money comes from.
        by: who acts.
    """
    n = len(keys)
    accounts = ledger.account_ids()
    four = [accounts[code] for code in (origin.account, "OWED-TO-CF", "CT-CASH-WITH-GF", TO_PAYER)]
    none = np.full(n, payload.NONE)
    waited = none if origin.sub_accounts is None else origin.sub_accounts
    columns = payload.Postings(
        journal=np.repeat(np.arange(n), 4),
        account=np.tile(four, n),
        sub_account=np.column_stack([waited, none, none, sub_accounts]).ravel(),
        pence=np.column_stack([pence, -pence, pence, -pence]).ravel(),
    )
    journals = payload.Journals(keys, on, narrative)
    return posting.post_batch(source=SOURCE, journals=journals, postings=columns, by=by)


def receive(
    receipts: Sequence[matching.Receipt],
    *,
    by: commanding.Actor,
    on: date,
    origin: Origin = FROM_BANK,
) -> None:
    """Post receipts against the year that the rules give each, log the rule, and tell of them.

    A receipt whose key was received before is checked against what was posted, and changes nothing.

    Args:
        receipts: what came in.
        by: who acts.
        on: today.
        origin: where the money comes from that did not wait in suspense.

    Raises:
        matching.UnknownTarget: an account is unknown, or has no year that could be paid.
        matching.UnknownPart: an officer named a year for which the account was never billed.
        ledger.refusals.KeyReused: a key was received before with another amount or day.
    """
    if not receipts:
        return
    before = dict(
        models.Allotment.objects.filter(key__in=[one.key for one in receipts], pence__gt=0)
        .exclude(rule=allotting.OFFICER)
        .values_list("key", "sub_account_id")
    )
    fresh = [one for one in receipts if one.key not in before]
    chosen = _choose(fresh, on=on)
    subs = before | {one.key: sub for one, (sub, _, _) in zip(fresh, chosen, strict=True)}
    for group in _by_origin(receipts):
        _post(group, [subs[one.key] for one in group], origin=origin, by=by)
    _log(fresh, chosen, by=by, on=on)
    _tell(fresh, chosen, by=by, on=on)


def take_back(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> None:
    """Undo a receipt whose money a bank took back: where it stands now the debt stands again.

    Raises:
        matching.UnknownTarget: it was never received, or is undone already.
    """
    stands = _stands(receipt.key)
    total = sum(stands.values())
    if total != receipt.pence:
        raise matching.UnknownTarget(f"No such payment of {receipt.target.reference} stands.")
    posting.post(
        source=SOURCE,
        key=f"back/{receipt.key}",
        on=on,
        narrative="Your bank took this payment back",
        lines=[
            payload.Line(FROM_BANK.account, -total),
            payload.Line("OWED-TO-CF", total),
            payload.Line("CT-CASH-WITH-GF", -total),
            *(payload.Line(TO_PAYER, pence, sub) for sub, pence in stands.items()),
        ],
        by=by,
    )
    models.Allotment.objects.bulk_create(
        models.Allotment(
            key=receipt.key,
            sub_account_id=sub,
            pence=-pence,
            rule=allotting.OFFICER,
            by=by.reference,
            on=on,
        )
        for sub, pence in stands.items()
    )
    reference = receipt.target.reference
    facts.record(
        "revenues.payment_bounced",
        about=_liable([reference]).get(reference, []),
        thing=f"revenues.account/{reference}",
        by=by,
        on=on,
        pence=total,
        account=reference,
    )


def _stands(key: str) -> dict[int, int]:
    """Return where a receipt stands, in pence by sub-account; whoever would move it waits."""
    rows = models.Allotment.objects.filter(key=key)
    for sub in sorted(set(rows.values_list("sub_account", flat=True))):
        opening.lock_sub_account(sub)
    stands: dict[int, int] = {}
    for sub, pence in rows.values_list("sub_account", "pence"):
        stands[sub] = stands.get(sub, 0) + pence
    return {sub: pence for sub, pence in stands.items() if pence}


Chosen = tuple[int, str, str]
"""Sub-account, year, rule."""


def _choose(receipts: Sequence[matching.Receipt], *, on: date) -> list[Chosen]:
    wanted = [
        allotting.Wanted(one.target.reference, one.pence, year_named(one.year)) for one in receipts
    ]
    chosen: list[Chosen] = []
    for receipt, answer in zip(receipts, allotting.choose_many(wanted, on=on), strict=True):
        if answer is None:
            raise matching.UnknownTarget(
                f"No account has the number {receipt.target.reference}, or it has not been billed."
            )
        if receipt.suspense is not None and receipt.year and answer[2] != allotting.PAYER:
            raise matching.UnknownPart(
                f"Account {receipt.target.reference} was not billed for “{receipt.year}”. Enter a "
                "year that it was billed for, like 2025-26, or leave it empty."
            )
        chosen.append(answer)
    return chosen


def year_named(words: str) -> str:
    """Return the year that a payer named as the office writes it; other words as they are."""
    try:
        return years.Year.named(words).name
    except ValueError:
        return words


def _by_origin(receipts: Sequence[matching.Receipt]) -> list[list[matching.Receipt]]:
    """Return those from the bank and those from suspense, leaving out what is empty."""
    groups = [
        [one for one in receipts if one.suspense is None],
        [one for one in receipts if one.suspense is not None],
    ]
    return [group for group in groups if group]


def _post(
    group: Sequence[matching.Receipt],
    sub_accounts: list[int],
    *,
    origin: Origin,
    by: commanding.Actor,
) -> None:
    waited = [one.suspense for one in group if one.suspense is not None]
    post(
        keys=[one.key for one in group],
        sub_accounts=np.array(sub_accounts, np.int64),
        pence=np.array([one.pence for one in group], np.int64),
        on=np.array([one.on for one in group], "datetime64[D]"),
        narrative=[one.words or RECEIVED for one in group],
        origin=Origin("SUSPENSE", np.array(waited, np.int64)) if waited else origin,
        by=by,
    )


def _log(
    receipts: Sequence[matching.Receipt],
    chosen: Sequence[Chosen],
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    models.Allotment.objects.bulk_create(
        models.Allotment(
            key=one.key, sub_account_id=sub, pence=one.pence, rule=rule, by=by.reference, on=on
        )
        for one, (sub, _, rule) in zip(receipts, chosen, strict=True)
    )


def _tell(
    receipts: Sequence[matching.Receipt],
    chosen: Sequence[Chosen],
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    liable = _liable([one.target.reference for one in receipts])
    facts.record_many(
        "revenues.payment_received",
        [
            facts.Happening(
                about=liable.get(one.target.reference, []),
                thing=f"revenues.account/{one.target.reference}",
                detail={"pence": one.pence, "year": year, "account": one.target.reference},
            )
            for one, (_, year, _) in zip(receipts, chosen, strict=True)
        ],
        by=by,
        on=on,
    )


def _liable(references: Iterable[str]) -> dict[str, list[int]]:
    """Return who is or was liable on accounts, by what a resident quotes."""
    found: dict[str, set[int]] = {}
    for reference, person in models.Liability.objects.filter(
        account__reference__in=set(references)
    ).values_list("account__reference", "person_id"):
        found.setdefault(reference, set()).add(person)
    return {reference: sorted(people) for reference, people in found.items()}
