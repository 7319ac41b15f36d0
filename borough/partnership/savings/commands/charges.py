"""Invoices and credit notes of the partner, each a journal of the ledger."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import opening, posting
from borough.partnership.savings import accounts, capabilities
from borough.partnership.savings.queries import charges as queries
from borough.rules import years


class NotACharge(commanding.Refusal):
    """It comes to nothing."""


class ReversedBefore(commanding.Refusal):
    """It was taken back already, or takes something back itself."""


@commanding.command(capabilities.RECORD_CHARGE)
def record_charge(
    *,
    year: years.Year,
    reference: str,
    pence: int,
    is_credit: bool = False,
    by: commanding.Actor,
    on: date,
) -> ledger.Journal:
    """Post an invoice, or a credit note, to the charge of a year; again posts nothing.

    Args:
        year: whose charge it is, whatever day it came.
        reference: the partner's number of it.
        pence: what it comes to, above 0.
        is_credit: it is a credit note: the charge becomes less.
        by: who records it.
        on: its day.

    Raises:
        NotACharge: it comes to nothing.
        refusals.KeyReused: that number was recorded before with another content.
        refusals.LedgerRefusal: the period is closed, or there is none.
    """
    if pence <= 0:
        raise NotACharge("An invoice or a credit note comes to more than nothing.")
    [sub] = opening.open_sub_accounts(
        kind=accounts.CHARGE.slug, references=[accounts.CONTRACT], part=year.name
    )
    signed, key = -pence if is_credit else pence, f"charge/{reference}"
    is_known = ledger.Journal.objects.filter(source=queries.SOURCE, key=key).exists()
    what = "Credit note" if is_credit else "Invoice"
    journal = posting.post(
        source=queries.SOURCE,
        key=key,
        on=on,
        narrative=f"{what} {reference}",
        lines=[
            payload.Line(accounts.CHARGE.control, signed, int(sub)),
            payload.Line(accounts.OWED, -signed),
        ],
        by=by,
    )
    if is_known:
        return journal
    facts.record(
        "partnership.charge_recorded",
        thing=f"ledger.journal/{journal.pk}",
        by=by,
        on=on,
        pence=signed,
        year=year.name,
    )
    return journal


@commanding.command(capabilities.RECORD_CHARGE)
def reverse_charge(*, journal: ledger.Journal, by: commanding.Actor, on: date) -> ledger.Journal:
    """Take an invoice or a credit note back: it was recorded wrongly.

    Raises:
        ReversedBefore: it was taken back before, or is itself a reversal.
    """
    if journal.reverses_id or journal.reversals.exists():
        raise ReversedBefore("This was taken back already.")
    [charged] = [one for one in queries.of_journal(journal) if one.sub_account]
    made = posting.reverse(journal, on=on, because=f"{journal.narrative} taken back", by=by)
    facts.record(
        "partnership.charge_reversed",
        thing=f"ledger.journal/{journal.pk}",
        by=by,
        on=on,
        pence=charged.pence,
        year=charged.sub_account.part if charged.sub_account else "",
    )
    return made
