"""Making letters about an account."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.documents import commands as documents
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing
from borough.lines.revenues.letters import bill, filling
from borough.rules import years

BILL = "revenues.bill"


@commanding.command(capabilities.REBILL)
def issue_bill(*, account: models.Account, year: years.Year, by: commanding.Actor, on: date) -> int:
    """Make the newest bill of a year as a letter, dated ``on``; return the document's id.

    Raises:
        filling.NothingToBill: the year has not been billed.
        filling.NotAsBilled: the ledger holds another charge than the circumstances come to.
    """
    data = filling.of_account(account, year, on=on)
    liable = account.liabilities.order_by("id").values_list("person_id", flat=True)
    number = documents.issue(
        BILL,
        template=bill.TEMPLATE,
        data=data.as_json(),
        thing=account.thing,
        about=tuple(dict.fromkeys(liable)),
        by=by,
        on=on,
    )
    changing.record("revenues.bill_issued", account, on=on, by=by, year=year.name, document=number)
    return number
