"""The letters of Direct Debit: made from advance notices, and from collections that came back."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from borough.kernel.bank import working_days
from borough.lines.revenues import models, notices
from borough.lines.revenues.letters import addressing, direct_debit, frame
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import direct_debit as rules
from borough.rules import years

# A newer bill tells the payer itself.
ROWS_TOLD = """
select n.id, i.account_id, n.told_on as day
from revenues_advancenotice n
join revenues_instruction i on i.id = n.instruction_id
join revenues_bill b on b.id = n.bill_id
where not n.by_bill and i.ends is null
  and not exists (select 1 from revenues_bill x where x.account_id = b.account_id
                  and x.year = b.year and x.version > b.version)
"""
ROWS_AGAIN = """
select t.id, i.account_id, t.told_on as day
from revenues_triedagain t
join revenues_collectionitem c on c.id = t.item_id
join revenues_instruction i on i.id = c.instruction_id
"""
# What a person has to look at first is not written about; nor what the bank says of a death.
ROWS_OVER = """
select v.id, i.account_id, v."on" as day
from revenues_advice v
join revenues_collectionitem c on c.id = v.item_id
join revenues_instruction i on i.id = c.instruction_id
where v."then" = 'cancel'
"""


def fill_told(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the advance notices: what is collected on which days, and what is due sooner."""
    found = models.AdvanceNotice.objects.filter(pk__in=rows)
    kept = list(found.select_related("instruction__details", "bill").order_by("pk"))
    left = _left(kept)
    days = rules.figure("advance_notice_working_days", on)
    soonest = working_days.later(on, days)

    def write(place: int, head: frame.Head) -> direct_debit.AdvanceNotice:
        notice = kept[place]
        year = notice.bill.year
        payments = left[place]
        return direct_debit.AdvanceNotice(
            head=head,
            payments=tuple(one for one in payments if _collected(one.due_on) >= soonest),
            sooner=tuple(one for one in payments if _collected(one.due_on) < soonest),
            ending=ending(notice.instruction),
            reference=notice.instruction.reference,
            notice_days=days,
            year=f"{year} to {year + 1}",
        )

    return sorts.told(
        [one.pk for one in kept], [to_payer(one.instruction, on) for one in kept], write, on=on
    )


def fill_again(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters about collections that came back and are tried once more."""
    found = models.TriedAgain.objects.filter(pk__in=rows)
    kept = list(
        found.select_related("advice", "item__instruction__details", "item__sub_account").order_by(
            "pk"
        )
    )

    def write(place: int, head: frame.Head) -> direct_debit.Returned:
        again = kept[place]
        return direct_debit.Returned(
            head=head,
            pence=again.pence,
            due_on=again.item.due_on,
            because=because(again.advice),
            ending=ending(again.item.instruction),
            again_on=again.collects_on,
        )

    to = [to_payer(one.item.instruction, on) for one in kept]
    parts = [one.item.sub_account.part for one in kept]
    return sorts.told([one.pk for one in kept], to, write, parts=parts, on=on)


def fill_over(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters about collections that came back because the instruction has ended."""
    found = models.Advice.objects.filter(pk__in=rows)
    advices = found.select_related("item__instruction__details", "item__sub_account").order_by("pk")
    kept = [(one, one.item) for one in advices if one.item is not None]

    def write(place: int, head: frame.Head) -> direct_debit.Returned:
        advice, item = kept[place]
        return direct_debit.Returned(
            head=head,
            pence=item.pence,
            due_on=item.due_on,
            because=because(advice),
            ending=ending(item.instruction),
            pay_by=on + timedelta(notices.least_days(years.Year.holding(on))),
            has_ended=True,
        )

    to = [to_payer(item.instruction, on) for _, item in kept]
    parts = [item.sub_account.part for _, item in kept]
    return sorts.told([advice.pk for advice, _ in kept], to, write, parts=parts, on=on)


TOLD = sorts.Sort(
    "advance_notice",
    "Advance notices of Direct Debits",
    ROWS_TOLD,
    "revenues.advance_notice/{}",
    fill_told,
)
AGAIN = sorts.Sort(
    "returned_again",
    "Direct Debits returned and tried once more",
    ROWS_AGAIN,
    "revenues.tried_again/{}",
    fill_again,
)
OVER = sorts.Sort(
    "returned_ended",
    "Direct Debits returned that have ended",
    ROWS_OVER,
    "revenues.advice/{}",
    fill_over,
)


def _left(kept: Sequence[models.AdvanceNotice]) -> list[list[frame.Payment]]:
    """Return what is left of each instalment of the bills, money received against the oldest."""
    ids = [one.bill.account_id for one in kept]
    references = dict(models.Account.objects.filter(pk__in=ids).values_list("pk", "reference"))
    owed = accounts.owed_of(list(references.values()))
    found: dict[int, list[frame.Payment]] = {}
    for first in sorted({one.bill.year for one in kept}):
        year = years.Year(first)
        mine = [place for place, one in enumerate(kept) if one.bill.year == first]
        newest = notices.newest(np.array([ids[place] for place in mine], np.int64), year)
        for place, asked in zip(mine, instalments.asked_for(newest), strict=True):
            held = [one for one in owed.get(references[ids[place]], ()) if one.year == year]
            charged = sum(one.charged_pence for one in held)
            received = sum(one.received_pence for one in held)
            paid = instalments.paid(asked, charged_pence=charged, received_pence=received)
            found[place] = [
                frame.Payment(due_on=one.due_on, pence=one.left_pence)
                for one in paid
                if one.due_on and one.left_pence > 0 and one.due_on >= kept[place].told_on
            ]
    return [found[place] for place in range(len(kept))]


def _collected(due_on: date) -> date:
    """Return the day on which an instalment is collected: never one on which banks do not work."""
    return working_days.on_or_after(due_on)


def to_payer(instruction: models.Instruction, on: date) -> addressing.Asked:
    """Return to whom a letter about an instruction goes: the payer alone."""
    return addressing.Asked(instruction.account_id, on, only=(instruction.details.person_id,))


def ending(instruction: models.Instruction) -> str:
    """Return the last four figures of the bank account."""
    number: str = instruction.details.account_number
    return number[-4:]


def because(advice: models.Advice) -> str:
    """Say why, as the bank does."""
    return f"Your bank says: {advice.description.strip().lower()}." if advice.description else ""
