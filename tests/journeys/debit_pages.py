"""What the pages of Direct Debit are shown with."""

from datetime import date

from borough.lines.revenues import lodging
from borough.lines.revenues.commands import collections as commands
from borough.lines.revenues.commands import returned
from tests import makers
from tests.revenues import debits, test_new_details, test_returned

APRIL, MARCH, BACK = date(2025, 4, 1), date(2025, 3, 24), date(2025, 4, 4)


def furnish() -> dict[str, str]:
    """Furnish payers, a collection and what came back; return the parts of their addresses."""
    account, returned_one, stopped, moved = (debits.a_payer(band="B") for _ in range(4))
    stopped.instructions.get().stops.create(why="officer", starts=makers.BILLING_DAY)
    waiting = makers.an_account(band="B")
    debits.an_instruction(waiting, confirmed=False, live_from=None)
    new = makers.an_account(band="B")
    debits.an_instruction(makers.an_account(band="B"), live_from=None)
    collection = debits.posted(debits.collected(APRIL, on=MARCH))
    by = makers.everything()
    lodging.carry_out(commands.send_instructions(by=by, on=MARCH), by=by)
    item = collection.items.get(instruction__account=returned_one)
    content = test_returned.arudd(item, code="4")
    file = returned.load_advices(content=content, by=by, on=BACK)
    lost = content.replace(item.instruction.reference.encode(), b"UNKNOWN9")
    unknown = returned.load_advices(content=lost, by=by, on=BACK).lines.get()
    told = returned.load_advices(content=test_new_details.moved(moved, "3"), by=by, on=BACK)
    preview = debits.prepared(debits.MAY, on=date(2025, 4, 15))
    claimed = collection.items.get(instruction__account=account)
    start = "accounts/<str:reference>/direct-debit"
    return {
        f"{start}/advices": moved.reference,
        f"{start}/new": new.reference,
        f"{start}/confirmation": waiting.reference,
        f"{start}/claims": account.reference,
        start: account.reference,
        "claims/<int:item>": str(claimed.pk),
        "collections/previews/<int:number>": str(preview.pk),
        "collections/<int:number>": str(collection.pk),
        "direct-debit/advices/<int:number>": str(told.lines.get().pk),
        "left-out/<slug:reason>": "stopped",
        "advices/lines/<int:number>/account": str(unknown.pk),
        "advices/lines/<int:number>": str(file.lines.get().pk),
        "advices/<int:number>": str(file.pk),
    }
