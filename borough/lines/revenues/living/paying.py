"""Who pays by bank transfer, card or cash on a day: the day's files from the bank.

Some transfers bear no reference: they come in a file of their own, with the payer's name and bank
account as the bank knows them, and wait in suspense.

How somebody pays follows from how they paid before: who owes for an earlier year is more likely to
pay late, to stop or never to pay. It is drawn from the account's number, so that it stays the same.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays, dated, furnishing
from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing
from borough.kernel.ledger import queries as ledger
from borough.kernel.living import Counts, Day
from borough.lines.revenues import billing, models, notices
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import answering, officers
from borough.lines.revenues.queries import accounts
from borough.rules import money

MEMORY = "revenues payers"
READS_ON = 0  # Monday: the ledger is read; what changes meanwhile is seen a week later
LAYOUT, NAMED_LAYOUT = "bank-receipts", "statement"
NO_BANK, FIRST_PAYER = "000000", 20_000_000  # no bank has this sort code: nobody's account

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

# What came without a reference and has not been placed: whoever sent it does not send it again.
_WAITS = """
from bank_entry e
join bank_statementfile f on f.id = e.file_id and f.layout = %(layout)s
left join lateral (select sum(p.pence) as pence from bank_placed p where p.entry_id = e.id) p
  on true
where e.payer_sort_code = %(no_bank)s
"""


@dataclass
class Payers:
    """Who pays by other means than Direct Debit, as the ledger had it on a day: columns (n,).

    Attributes:
        ids: int64, of the accounts; forgets: bool, pays without a reference.
        reference: str; habit: str; lag: int64, days from the due day to the payment.
        due: datetime64[D] (n, 12), NaT after the last; asked: int64 (n, 12) pence.
        earlier: int64, what notices before the newest had asked for.
        paid: int64, received so far; what they pay meanwhile is added here.
        stops_after: int64, how many instalments somebody who stops pays.
    """

    ids: NDArray[np.int64]
    forgets: NDArray[np.bool_]
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
    named = np.flatnonzero((pence > 0) & payers.forgets)
    chosen = np.flatnonzero((pence > 0) & ~payers.forgets)
    for reference, amount in zip(
        payers.reference[chosen].tolist(), pence[chosen].tolist(), strict=True
    ):
        pays[reference] = max(pays[reference], amount)  # nobody pays the same twice on a day
    counts: Counter[str] = Counter()
    if pays:
        counts.update(_load(_file(day, pays), LAYOUT, day.on))
    if len(named):
        content = _named_file(day, payers.ids[named].tolist(), pence[named].tolist())
        counts.update(_load(content, NAMED_LAYOUT, day.on))
    return counts


def _load(content: bytes, layout: str, on: date) -> Counts:
    clerk = officers.preparer()
    run = bank.load_statement(content=content, layout=layout, by=clerk, on=on)
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


def _named_file(day: Day, ids: Sequence[int], pence: Sequence[int]) -> bytes:
    """Return transfers as a statement tells them: by the name and bank account of the payer."""
    liable = accounts.liable_of(ids)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("Date", "Paid in", "Description", "Name", "Sort code", "Account number"))
    for account, amount in zip(ids, pence, strict=True):
        cells = ("BANK TRANSFER", liable[account][0].name, NO_BANK, FIRST_PAYER + account)
        rows.writerow((f"{day.on:%d/%m/%Y}", money.in_pounds(amount), *cells))
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
    forgets = _drawn(day.seed, "reference", ids) % 1_000
    return Payers(
        ids=ids,
        forgets=forgets < habits.figures()["living"]["without_reference_permille"],
        reference=np.array([row[1] for row in rows], np.str_),
        **_habits(day.seed, ids, owes),
        due=newest.due_days(),
        asked=newest.amounts(),
        earlier=newest.earlier_pence,
        paid=charged - balance + _waits(ids),
    )


def _waits(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each account's payer has sent that waits in suspense, int64 (n,) pence."""
    payer, pence = arrays.read(
        ["e.payer_account::bigint", "e.pence - coalesce(p.pence, 0)"],
        _WAITS,
        {"layout": NAMED_LAYOUT, "no_bank": NO_BANK},
    )
    found = np.zeros(len(ids), np.int64)
    place = np.searchsorted(ids, payer - FIRST_PAYER)
    there = place < len(ids)
    there[there] = ids[place[there]] == payer[there] - FIRST_PAYER
    np.add.at(found, place[there], pence[there])
    return found


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
