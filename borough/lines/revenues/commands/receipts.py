"""Recording payments: one at a counter, or a file of them."""

from collections.abc import Callable
from datetime import date

import numpy as np
from django.db import IntegrityError, transaction

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.models import SubAccount
from borough.kernel.ledger.queries import balances
from borough.lines.revenues import billing, capabilities, models, receiving
from borough.lines.revenues.commands import changing
from borough.rules import years

UNMATCHED = "revenues.unallocated"


class AlreadyLoaded(commanding.Refusal):
    """The same file was loaded before."""


class TotalsDiffer(commanding.Refusal):
    """The file does not come to the total that the bank announced."""


class NothingBilled(commanding.Refusal):
    """The account has no year to pay."""


@commanding.command(capabilities.TAKE_PAYMENTS)
def record_payment(
    *,
    account: models.Account,
    pence: int,
    key: str,
    year: years.Year | None = None,
    by: commanding.Actor,
    on: date,
) -> None:
    """Record one payment; ``key`` (a receipt number) makes sure that it counts once.

    Raises:
        NothingBilled: no year of the account has been billed.
    """
    if pence <= 0:
        raise changing.NotADay("Enter an amount of more than nothing.")
    subs = _years_of([account.reference]).get(account.reference, {})
    owed = {part: balance for part, (_, balance) in subs.items()}
    part = receiving.year_of(year.name if year else None, owed)
    if part is None:
        raise NothingBilled(f"Account {account.reference} has not been billed yet.")
    posted = receiving.post(
        keys=[key],
        sub_accounts=np.array([subs[part][0]]),
        pence=np.array([pence]),
        on=on,
        by=by,
    )
    if posted.journals:
        changing.record("revenues.payment_received", account, on=on, by=by, pence=pence, year=part)


@commanding.command(capabilities.TAKE_PAYMENTS)
def load_receipts(
    *,
    content: bytes,
    layout: feeds.Layout,
    announced_pence: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.ReceiptFile:
    """Load a file of receipts: good rows are posted, the others set aside with their reason.

    A row whose account is unknown is money all the same: it waits on the unallocated account.

    Args:
        content: the file.
        layout: which columns it has.
        announced_pence: the total that the bank announced, where it is known.
        by: who loads it.
        on: today.

    Raises:
        feeds.UnreadableFile: the file as a whole cannot be read.
        AlreadyLoaded: the same file was loaded before.
        TotalsDiffer: the rows do not come to the announced total.
    """
    read = feeds.read(content, layout)
    read = _set_aside(read, lambda row: row.values["paid_on"] > on, "Paid on is in the future")
    read = _set_aside(read, lambda row: row.values["pence"] == 0, "Amount is nothing")
    _refuse_totals(read, announced_pence)
    matched, unmatched = _match(read)
    file = _remember(read, layout, matched, unmatched, by=by, on=on)
    _post_matched(file, matched, by=by)
    _post_unmatched(file, unmatched, by=by)
    _record(file, matched, by=by, on=on)
    return file


Matched = list[tuple[feeds.Row, int, str]]
"""Row, id of the sub-account, name of the year."""


def _set_aside(read: feeds.Read, is_bad: Callable[[feeds.Row], bool], reason: str) -> feeds.Read:
    bad = [feeds.Bad(row.line, reason, row.cells) for row in read.rows if is_bad(row)]
    good = [row for row in read.rows if not is_bad(row)]
    return feeds.Read(read.sha256, good, read.bad + bad)


def _refuse_totals(read: feeds.Read, announced_pence: int | None) -> None:
    found = sum(row.values["pence"] for row in read.rows)
    if announced_pence is not None and found != announced_pence:
        raise TotalsDiffer(
            f"The rows that can be read come to {_pounds(found)}, and you entered "
            f"{_pounds(announced_pence)}. {len(read.bad)} rows cannot be read. Nothing was loaded."
        )


def _match(read: feeds.Read) -> tuple[Matched, list[feeds.Row]]:
    known = _years_of([row.values["reference"] for row in read.rows])
    matched: Matched = []
    unmatched = []
    for row in read.rows:
        subs = known.get(row.values["reference"], {})
        owed = {part: balance for part, (_, balance) in subs.items()}
        part = receiving.year_of(row.values.get("year"), owed)
        if part is None:
            unmatched.append(row)
            continue
        number, balance = subs[part]
        subs[part] = (number, balance - row.values["pence"])  # the next row sees this one
        matched.append((row, number, part))
    return matched, unmatched


def _years_of(references: list[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """Return, by account and year, the id of the sub-account and its balance in pence."""
    rows = SubAccount.objects.filter(kind=billing.KIND, reference__in=set(references)).values_list(
        "id", "reference", "part"
    )
    owed = balances([number for number, _, _ in rows])
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for number, reference, part in rows:
        found.setdefault(reference, {})[part] = (number, owed[number])
    return found


def _remember(
    read: feeds.Read,
    layout: feeds.Layout,
    matched: Matched,
    unmatched: list[feeds.Row],
    *,
    by: commanding.Actor,
    on: date,
) -> models.ReceiptFile:
    try:
        with transaction.atomic():
            file = models.ReceiptFile.objects.create(
                sha256=read.sha256,
                layout=layout.name,
                rows=len(read.rows) + len(read.bad),
                posted=len(matched),
                posted_pence=sum(row.values["pence"] for row, _, _ in matched),
                set_aside=len(unmatched) + len(read.bad),
                set_aside_pence=sum(row.values["pence"] for row in unmatched),
                loaded_on=on,
                by=by.reference,
            )
    except IntegrityError as error:
        raise AlreadyLoaded(
            "This file was loaded before. Nothing was posted a second time."
        ) from error
    no_account = "No account has this number, or it has not been billed"
    models.SetAside.objects.bulk_create(
        [models.SetAside(file=file, line=b.line, reason=b.reason, row=b.cells) for b in read.bad]
        + [
            models.SetAside(file=file, line=row.line, reason=no_account, row=row.cells)
            for row in unmatched
        ]
    )
    return file


def _post_matched(file: models.ReceiptFile, matched: Matched, *, by: commanding.Actor) -> None:
    if matched:
        receiving.post(
            keys=[f"{file.sha256[:24]}/{row.line}" for row, _, _ in matched],
            sub_accounts=np.array([number for _, number, _ in matched], np.int64),
            pence=np.array([row.values["pence"] for row, _, _ in matched], np.int64),
            on=np.array([row.values["paid_on"] for row, _, _ in matched], "datetime64[D]"),
            by=by,
        )


def _post_unmatched(
    file: models.ReceiptFile, rows: list[feeds.Row], *, by: commanding.Actor
) -> None:
    if not rows:
        return
    subs = opening.open_sub_accounts(
        kind=UNMATCHED, references=[f"{file.sha256[:24]}/{row.line}" for row in rows]
    )
    receiving.post(
        keys=[f"{file.sha256[:24]}/{row.line}" for row in rows],
        sub_accounts=subs,
        pence=np.array([row.values["pence"] for row in rows], np.int64),
        on=np.array([row.values["paid_on"] for row in rows], "datetime64[D]"),
        narrative="Received, and not yet matched to an account",
        control=receiving.UNMATCHED,
        by=by,
    )


def _record(file: models.ReceiptFile, matched: Matched, *, by: commanding.Actor, on: date) -> None:
    references = {row.values["reference"] for row, _, _ in matched}
    liable: dict[str, list[int]] = {}
    for reference, person in models.Liability.objects.filter(
        account__reference__in=references
    ).values_list("account__reference", "person_id"):
        liable.setdefault(reference, []).append(person)
    facts.record_many(
        "revenues.payment_received",
        [
            facts.Happening(
                about=liable.get(row.values["reference"], []),
                thing=f"revenues.account/{row.values['reference']}",
                detail={
                    "pence": row.values["pence"],
                    "year": part,
                    "account": row.values["reference"],
                },
            )
            for row, _, part in matched
        ],
        by=by,
        on=on,
    )
    facts.record(
        "revenues.receipts_loaded",
        thing=f"revenues.receipts/{file.pk}",
        by=by,
        on=on,
        posted=file.posted,
        posted_pence=file.posted_pence,
        set_aside=file.set_aside,
    )


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"
