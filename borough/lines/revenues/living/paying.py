"""Who pays by bank transfer, card or cash on a day: the day's file from the bank.

How somebody pays follows from how they paid before: who owes for an earlier year is more likely to
pay late, to stop or never to pay. It is drawn from the account's number, so that it stays the same.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import dated, furnishing
from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing
from borough.kernel.ledger import queries as ledger
from borough.kernel.living import Counts, Day
from borough.lines.revenues import billing, models, notices
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import answering, officers
from borough.rules import money

MEMORY = "revenues payers"
READS_ON = 0  # Monday: the ledger is read; what changes meanwhile is seen a week later
LAYOUT = "bank-receipts"

_PAYERS = """
select a.id, a.reference, s.id, coalesce(p.method = 'direct_debit', false),
       exists (select 1 from ledger_subaccount o
               where o.kind = %(kind)s and o.reference = a.reference and o.part < %(part)s
                 and (select sum(pence) from ledger_posting where sub_account_id = o.id) > 0)
from ledger_subaccount s
join revenues_account a on a.reference = s.reference
left join revenues_plan p on p.account_id = a.id and p.starts <= %(on)s
                          and (p.ends is null or p.ends > %(on)s)
where s.kind = %(kind)s and s.part = %(part)s
order by a.id
"""


@dataclass
class Payers:
    """Who pays by other means than Direct Debit, as the ledger had it on a day: columns (n,).

    Attributes:
        reference: str; habit: str; lag: int64, days from the due day to the payment.
        due: datetime64[D] (n, 12), NaT after the last; asked: int64 (n, 12) pence.
        earlier: int64, what notices before the newest had asked for.
        paid: int64, received so far; what they pay meanwhile is added here.
        stops_after: int64, how many instalments somebody who stops pays.
    """

    reference: NDArray[np.str_]
    habit: NDArray[np.str_]
    lag: NDArray[np.int64]
    due: NDArray[np.datetime64]
    asked: NDArray[np.int64]
    earlier: NDArray[np.int64]
    paid: NDArray[np.int64]
    stops_after: NDArray[np.int64]

    def pay(self, on: date) -> NDArray[np.int64]:
        """Return what each pays on a day, int64 (n,) pence, and remember it as paid."""
        fallen = self.due <= (np.datetime64(on) - self.lag)[:, None]
        nth = np.arange(self.due.shape[1])
        fallen &= nth < np.where(self.habit == "stops", self.stops_after, 99)[:, None]
        wanted = np.where(fallen, self.asked, 0).sum(axis=1) + self.earlier
        wanted = np.where((self.habit == "never") | ~fallen.any(axis=1), 0, wanted)
        pays = np.maximum(wanted - self.paid, 0)
        self.paid += pays
        return pays


def receive(day: Day) -> Counts:
    """Load the bank's file of the day."""
    payers = day.memory.get(MEMORY)
    if payers is None or day.on.weekday() == READS_ON:
        payers = day.memory[MEMORY] = _read(day)
    pays = Counter(_moved_by_a_notice(day)) + Counter(_as_arranged(day))
    pence = payers.pay(day.on)
    chosen = np.flatnonzero(pence)
    for reference, amount in zip(
        payers.reference[chosen].tolist(), pence[chosen].tolist(), strict=True
    ):
        pays[reference] = max(pays[reference], amount)  # nobody pays the same twice on a day
    if not pays:
        return {}
    content = _file(day, pays)
    clerk = officers.preparer()
    run = bank.load_statement(content=content, layout=LAYOUT, by=clerk, on=day.on)
    importing.carry_out(run, by=clerk)
    sums = importing.totals(run)
    return {"payments received": sums["received"], "payments in suspense": sums["suspense"]}


def _moved_by_a_notice(day: Day) -> dict[str, int]:
    """Return what is paid because a notice came some days ago: what it asked for."""
    pays: dict[str, int] = {}
    for step, what in answering.drawn(day, day.on - answering.ANSWERS_AFTER):
        if what == "pays" and step.year == day.year.first:
            pays[step.account.reference] = step.act_pence
    return pays


def _as_arranged(day: Day) -> dict[str, int]:
    """Return what is paid today of arrangements; some stop after a while."""
    kept = habits.figures()["living"]["arrangements_kept_percent"]
    pays: dict[str, int] = {}
    held = models.Arrangement.objects.filter(
        dated.holds_on(day.on), payment_day=day.on.day, first_due__lte=day.on
    ).select_related("account")
    for one in held:
        nth = (day.on.year - one.first_due.year) * 12 + day.on.month - one.first_due.month
        keeps = furnishing.dice(day.seed, f"kept {one.account_id} {one.starts}").integers(0, 100)
        if nth < one.number and (keeps < kept or nth < keeps % 4):
            pays[one.account.reference] = one.other_pence if nth else one.first_pence
    return pays


def _file(day: Day, pays: Mapping[str, int]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("Account", "Amount", "Paid on", "Year"))
    paid_on = f"{day.on:%d/%m/%Y}"
    for reference, amount in sorted(pays.items()):
        rows.writerow((reference, money.in_pounds(amount), paid_on, day.year.name))
    return text.getvalue().encode()


def _read(day: Day) -> Payers:
    with connection.cursor() as cursor:
        cursor.execute(_PAYERS, {"kind": billing.KIND, "part": day.year.name, "on": day.on})
        rows = [row for row in cursor.fetchall() if not row[3]]
    ids = np.array([row[0] for row in rows], np.int64)
    subs = np.array([row[2] for row in rows], np.int64)
    owes = np.array([row[4] for row in rows], np.bool_)
    newest = notices.newest(ids, day.year)
    charged = ledger.charged_to(billing.SOURCE, subs).of(subs)
    balance = ledger.all_balances(billing.KIND, day.year.name).of(subs)
    return Payers(
        reference=np.array([row[1] for row in rows], np.str_),
        **_habits(day.seed, ids, owes),
        due=newest.due_days(),
        asked=newest.amounts(),
        earlier=newest.earlier_pence,
        paid=charged - balance,
    )


def _habits(seed: int, ids: NDArray[np.int64], owes: NDArray[np.bool_]) -> dict[str, NDArray]:  # type: ignore[type-arg]
    """Return how each account pays: drawn from its number, harder for who owes from before."""
    mix = habits.figures()["living"]
    drawn, other = (_drawn(seed, name, ids) for name in ("habit", "lag"))
    habit = np.where(owes, _dealt(drawn, mix["owing"]), _dealt(drawn, mix["clear"]))
    early, late = habits.figures()["early_days"], habits.figures()["late_days"]
    on_time = -(early[0] + other % (early[1] - early[0] + 1))
    behind = late[0] + other % (late[1] - late[0] + 1)
    return {
        "habit": habit,
        "lag": np.where(habit == "late", behind, on_time),
        "stops_after": 1 + other % 7,
    }


def _dealt(drawn: NDArray[np.int64], mix: dict[str, int]) -> NDArray[np.str_]:
    upto = np.cumsum([mix[habit] for habit in habits.HABITS])
    dealt: NDArray[np.str_] = np.array(habits.HABITS)[
        np.searchsorted(upto, drawn % upto[-1], "right")
    ]
    return dealt


def _drawn(seed: int, stage: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a whole number below 100,000 for each id: the same for ever, whoever else is there."""
    most = int(ids.max()) + 1 if len(ids) else 0
    column = furnishing.dice(seed, f"revenues living {stage}").integers(0, 100_000, most)
    drawn: NDArray[np.int64] = column[ids]
    return drawn
