"""Posting the entries of a statement: to whom they certainly belong, or to suspense."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.bank import figures, matching, models
from borough.kernel.ledger import models as ledger_models
from borough.kernel.ledger import payload, queries
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.commands import posting as ledger

SOURCE = "kernel.bank"
SUSPENSE = "kernel.suspense"
BANK, CONTROL = "BANK", "SUSPENSE"
NAMES = ("received", "received_pence", "suspense", "suspense_pence", "stopped", "stopped_pence")
"""What the posting of entries is counted by."""

Why = models.Stopped.Why


def post(entries: Sequence[models.Entry], *, by: commanding.Actor, on: date) -> dict[str, int]:
    """Post credits, stop what a person must look at first; return counts and sums by ``NAMES``.

    To be called once for each entry, inside the transaction that remembers so.

    Args:
        entries: of one file.
        by: who acts.
        on: today, for the council's limits and for what is found.
    """
    stopped = _stops(entries, on)
    models.Stopped.objects.bulk_create(
        models.Stopped(entry=entries[index], why=why) for index, why in stopped.items()
    )
    free = [entry for index, entry in enumerate(entries) if index not in stopped]
    asked = [entry for entry in free if not entry.is_reversal]
    belongs = {asked[index].pk: target for index, target in matching.recognised(asked).items()}
    received = [entry for entry in free if entry.pk in belongs]
    unknown = [entry for entry in free if entry.pk not in belongs]
    _receive(received, belongs, by=by, on=on)
    suspend(unknown, by=by)
    groups = (received, unknown, [entries[index] for index in stopped])
    counts: list[int] = []
    for group in groups:
        counts += [len(group), sum(entry.pence for entry in group)]
    return dict(zip(NAMES, counts, strict=True))


def suspend(
    entries: Sequence[models.Entry], *, by: commanding.Actor, on: date | None = None
) -> None:
    """Post credits to suspense, each on a sub-account of its own, until its owner is found.

    Args:
        entries: credits.
        by: who acts.
        on: the day on which all count; by default each on the day on which the bank booked it.
    """
    if not entries:
        return
    subs = opening.open_sub_accounts(kind=SUSPENSE, references=[str(entry.pk) for entry in entries])
    n = len(entries)
    accounts = queries.account_ids()
    pence = np.array([entry.pence for entry in entries], np.int64)
    days: NDArray[np.datetime64] = np.array([on or entry.on for entry in entries], "datetime64[D]")
    ledger.post_batch(
        source=SOURCE,
        journals=payload.Journals(
            [entry.key for entry in entries], days, "Received; its owner is being looked for"
        ),
        postings=payload.Postings(
            journal=np.repeat(np.arange(n), 2),
            account=np.tile([accounts[BANK], accounts[CONTROL]], n),
            sub_account=np.column_stack([np.full(n, payload.NONE), subs]).ravel(),
            pence=np.column_stack([pence, -pence]).ravel(),
        ),
        by=by,
    )


def key_of_part(entry: models.Entry, nth: int) -> str:
    """Return the key under which the nth part of an entry, from 1, was given from suspense."""
    return f"placed/{entry.pk}/{nth}"


def _stops(entries: Sequence[models.Entry], on: date) -> dict[int, str]:
    """Return why entries are not posted, by their index."""
    limit = int(figures.in_force(on)["second_look_pence"])
    months = set(
        ledger_models.Period.objects.filter(
            book__code="MAIN", state=ledger_models.Period.State.OPEN
        ).values_list("month", flat=True)
    )
    stopped: dict[int, str] = {}
    for index, entry in enumerate(entries):
        if entry.pence < 0:
            stopped[index] = Why.OUT
        elif entry.on.year * 100 + entry.on.month not in months:
            stopped[index] = Why.NO_PERIOD
        elif entry.pence > limit:
            stopped[index] = Why.LARGE
    return stopped


def _receive(
    entries: Sequence[models.Entry],
    belongs: dict[int, matching.Target],
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    matching.receive(
        [
            matching.Receipt(
                key=entry.key,
                target=belongs[entry.pk],
                pence=entry.pence,
                on=entry.on,
                year=entry.year,
            )
            for entry in entries
        ],
        by=by,
        on=on,
    )
    models.Placed.objects.bulk_create(
        models.Placed(
            entry=entry,
            kind=belongs[entry.pk].kind,
            reference=belongs[entry.pk].reference,
            pence=entry.pence,
            by_hand=False,
            certainty_percent=100,
            by=by.reference,
            on=on,
        )
        for entry in entries
    )
