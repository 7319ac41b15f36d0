"""The letters of refunds: made when the money was sent, and when it came back."""

from collections.abc import Sequence
from datetime import date

from borough.kernel.bank.models import Sent
from borough.lines.revenues import models
from borough.lines.revenues.letters import addressing, frame, refund
from borough.lines.revenues.letters.made_from import sorts

ROWS_PAID = """
select r.id, r.account_id, f.processing_day as day
from revenues_refund r
join revenues_refunddecision d on d.refund_id = r.id
join bank_sent s on s.payment_id = d.payment_id
join bank_paymentfile f on f.id = s.file_id
"""
ROWS_BACK = """
select r.id, r.account_id, b."on" as day
from revenues_refund r
join revenues_refunddecision d on d.refund_id = r.id
join bank_cameback b on b.payment_id = d.payment_id
"""
CAME_BACK = "We sent it, but your bank sent it back."


def fill_paid(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters of refunds that were sent."""
    kept = _kept(rows)
    things = {f"revenues.refund/{one.pk}": one.pk for one in kept}
    files = Sent.objects.filter(payment__thing__in=list(things)).select_related("file", "payment")
    sent_on = {things[one.payment.thing]: one.file.processing_day for one in files}

    def write(place: int, head: frame.Head) -> refund.Refund:
        mine = kept[place]
        return refund.Refund(
            head=head,
            kind="paid",
            parts=(_part(mine),),
            paid_on=sent_on.get(mine.pk),
            ending=mine.details.account_number[-4:],
        )

    return sorts.told([one.pk for one in kept], [_to(one, on) for one in kept], write, on=on)


def fill_back(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters that ask where to send refunds that came back."""
    kept = _kept(rows)

    def write(place: int, head: frame.Head) -> refund.Refund:
        return refund.Refund(
            head=head, kind="details", parts=(_part(kept[place]),), why_again=CAME_BACK
        )

    return sorts.told([one.pk for one in kept], [_to(one, on) for one in kept], write, on=on)


PAID = sorts.Sort("refund_paid", "Refunds sent", ROWS_PAID, "revenues.refund/{}/paid", fill_paid)
BACK = sorts.Sort(
    "refund_details",
    "Refunds that came back",
    ROWS_BACK,
    "revenues.refund/{}/came_back",
    fill_back,
)


def _kept(rows: Sequence[int]) -> list[models.Refund]:
    found = models.Refund.objects.filter(pk__in=rows)
    return list(found.select_related("details", "sub_account").order_by("pk"))


def _part(mine: models.Refund) -> frame.Sum:
    first = mine.sub_account.part.partition("-")[0]
    return frame.Sum(words=f"{first} to {int(first) + 1}", pence=mine.pence)


def _to(mine: models.Refund, on: date) -> addressing.Asked:
    """Address whoever is paid: it is their bank account."""
    return addressing.Asked(mine.account_id, on, only=(mine.details.person_id,))
