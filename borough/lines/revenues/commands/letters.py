"""Making letters about an account."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.documents import commands as documents
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing
from borough.lines.revenues.letters import bill, filling
from borough.rules import years


@commanding.command(capabilities.REBILL)
def issue_bill(
    *,
    account: models.Account,
    year: years.Year,
    only: int | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Make the newest bill of a year as a letter, dated ``on``; return the document's id.

    Args:
        account: whose bill it is.
        year: of the bill.
        only: the one of those liable to whom alone it is addressed; None: all of them together.
        by: who makes it.
        on: the day that it bears.

    Raises:
        addressing.NotTogether: one of those liable is kept apart from the others.
        filling.NothingToBill: the year has not been billed.
        filling.NotAsBilled: the ledger holds another charge than the circumstances come to.
        addressing.NowhereToSend: no address is on record.
    """
    ready = filling.ready(account, year, only=only, on=on)
    number = documents.issue(
        bill.KIND,
        template=bill.TEMPLATE,
        data=ready.said.as_json(),
        thing=account.thing,
        about=ready.people,
        by=by,
        on=on,
    )
    changing.record("revenues.bill_issued", account, on=on, by=by, year=year.name, document=number)
    return number
