"""The letters about Direct Debits that ended by what a bank told us, although nothing came back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from borough.kernel.ledger.models import SubAccount
from borough.lines.revenues import models, notices, trying_again
from borough.lines.revenues.letters import direct_debit, frame
from borough.lines.revenues.letters.made_from import debits, left_to_pay, sorts
from borough.lines.revenues.queries import accounts
from borough.rules import years

# The first advice that ended the instruction, unless a letter of what came back has told of it: by
# itself, or because an officer settled it so. Nobody is written to about an account that is closed
# or pays by a newer instruction; nor about what the bank says of a death.
ROWS = """
select v.id, i.account_id, greatest(v."on", s."on") as day
from revenues_advice v
join revenues_instruction i on i.id = v.instruction_id
join revenues_account a on a.id = i.account_id and (a.ends is null or a.ends > v."on")
left join revenues_settled s on s.advice_id = v.id and s.outcome = 'over'
where ((v."then" = 'cancel' and v.pence is null and i.why_ended = 'bank')
       or (s.id is not null and v."then" <> 'deceased' and i.why_ended = 'payer'
           and i.ends = greatest(s."on", i.starts + 1)))
  and not exists (select 1 from revenues_advice o
                  left join revenues_settled p on p.advice_id = o.id and p.outcome = 'over'
                  where o.instruction_id = i.id and o.id < v.id
                    and (o."then" = 'cancel' or p.id is not null))
  and not exists (select 1 from revenues_instruction n
                  where n.account_id = i.account_id and n.id > i.id and n.ends is null)
"""


def fill(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters: who ended it, what to do, and what is to be paid instead."""
    found = models.Advice.objects.filter(pk__in=rows).select_related(
        "instruction__account", "instruction__details"
    )
    kept = [(one, one.instruction) for one in found.order_by("pk") if one.instruction is not None]
    left = _left([held.account for _, held in kept], on)

    def write(place: int, head: frame.Head) -> direct_debit.Ended:
        advice, held = kept[place]
        how, payments = left[held.account_id]
        return direct_debit.Ended(
            head=head,
            ended_by=_ended_by(advice, held),
            because=debits.because(advice),
            left=how,
            ending=debits.ending(held),
            payments=payments,
        )

    to = [debits.to_payer(held, on) for _, held in kept]
    return sorts.told([advice.pk for advice, _ in kept], to, write, on=on)


SORT = sorts.Sort(
    "debit_ended", "Direct Debits that have ended", ROWS, "revenues.advice/{}/ended", fill
)


def _ended_by(advice: models.Advice, held: models.Instruction) -> direct_debit.EndedBy:
    if held.why_ended != models.Instruction.Ended.BANK:
        return "council"
    return "never begun" if advice.kind == "AUDDIS" else "bank"


Left = tuple[direct_debit.Left, left_to_pay.Payments]


def _left(kept: Sequence[models.Account], on: date) -> dict[int, Left]:
    """Return what each account is to pay instead, of this year and later ones, by its id.

    Amounts are listed only where the notices alone ask for them and nothing stands against asking:
    who has a plan, a letter of recovery or a hold is not asked for something else besides.
    """
    owed = {
        reference: [one for one in some if one.year.ends > on and one.balance_pence > 0]
        for reference, some in accounts.owed_of([one.reference for one in kept]).items()
    }
    first = on + timedelta(notices.least_days(years.Year.holding(on)))
    days = left_to_pay.by_day(kept, owed, first)
    told = _told_otherwise(kept, [one for some in owed.values() for one in some], on)
    found: dict[int, Left] = {}
    for account in kept:
        payments = days[account.pk]
        if not payments:
            found[account.pk] = ("nothing", ())
        elif account.reference in told or min(one.pence for one in payments) <= 0:
            found[account.pk] = ("as told", ())
        else:
            found[account.pk] = ("listed", payments)
    return found


def _told_otherwise(
    kept: Sequence[models.Account], owed: Sequence[accounts.YearOwed], on: date
) -> set[str]:
    """Return the accounts of which a step was taken this year, or which are left alone."""
    stepped: Iterable[str] = models.Step.objects.filter(
        account__in=kept, year__gte=years.Year.holding(on).first
    ).values_list("account__reference", flat=True)
    subs = [one.sub_account_id for one in owed]
    held = trying_again.held(subs, on)
    alone = [sub for sub, is_held in zip(subs, held, strict=True) if is_held]
    references: Iterable[str] = SubAccount.objects.filter(pk__in=alone).values_list(
        "reference", flat=True
    )
    return {*stepped, *references}
