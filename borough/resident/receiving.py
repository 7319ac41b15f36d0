"""Money for the residents' floor, room by room: in, taken back by a bank, and come back to us."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.resident.fund import accounts as fund
from borough.resident.fund import money
from borough.resident.plans import accounts as plans
from borough.resident.plans import splitting
from borough.resident.plans.commands import remittances

TAKERS = {
    splitting.KIND: splitting.receive,
    fund.AWARDS.slug: money.receive_back,
    plans.HELD.slug: remittances.receive_back,
}


def receive(receipts: Sequence[matching.Receipt], *, by: commanding.Actor, on: date) -> None:
    """Post receipts to the rooms whose money they are.

    Raises:
        matching.UnknownTarget: no room knows such money.
    """
    for receipt in receipts:
        taker = TAKERS.get(receipt.target.kind)
        if taker is None:
            raise matching.UnknownTarget("Nothing of that kind is paid here.")
        taker(receipt, by=by, on=on)
