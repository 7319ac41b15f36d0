"""The collections of the last weeks, as if they had been made here: items, files, all credited.

Their receipts are posted already, a journal a day. Older collections are left to the system before.
"""

from datetime import date, timedelta

from django.db import connection

from borough.kernel import commanding, furnishing
from borough.kernel.bank import working_days
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import collecting, collections, debit_files, models, transit
from borough.lines.revenues.furnishing import paying

WEEKS = 6
_MOST_DAYS_LATER = 5  # a weekend, and the bank holidays beside it

_DAYS = """
select distinct "on" from ledger_journal
where source = 'revenues.receipts' and key like 'direct-debit/%%' and "on" >= %s and "on" < %s
order by 1
"""

# When each instalment fell due is not kept with the receipts: the day of collection stands for it.
_ITEMS = """
insert into revenues_collectionitem (collection_id, instruction_id, sub_account_id, due_on, pence,
                                     code)
select %(run)s, i.id, p.sub_account_id, %(on)s, -sum(p.pence), '17'
from ledger_journal j
join ledger_posting p on p.journal_id = j.id
join ledger_subaccount s on s.id = p.sub_account_id
join revenues_account a on a.reference = s.reference
join revenues_instruction i on i.account_id = a.id
where j.source = 'revenues.receipts' and j.key like 'direct-debit/%%' and j."on" = %(on)s
group by a.id, i.id, p.sub_account_id
order by a.id
"""


def remember(town: furnishing.Town, *, by: commanding.Actor, progress: furnishing.Progress) -> None:
    """Make the collections of the last weeks from the receipts that were posted for them."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [town.on - timedelta(weeks=WEEKS), town.on])
        days = [day for (day,) in cursor.fetchall()]
    for day in filter(_is_collection_day, days):
        with progress(f"Direct Debits of {day:%d %B %Y}", 1):
            _one(day, by)


def _is_collection_day(day: date) -> bool:
    """Tell whether a payment day is collected on a day; who paid later paid in another way."""
    due = [day - timedelta(days=back) for back in range(_MOST_DAYS_LATER)]
    usual = set(paying.figures()["direct_debit_days"])
    return any(one.day in usual and working_days.on_or_after(one) == day for one in due)


def _one(day: date, by: commanding.Actor) -> None:
    asked = collecting.days(day)
    cycle = asked.cycle
    run = _done(collections.COLLECTION, f"{collections.COLLECTION}/{day}", day, cycle.input_day, by)
    collection = models.Collection.objects.create(
        run=run,
        due_from=asked.due_from,
        input_day=cycle.input_day,
        processing_day=working_days.earlier(day, 1),
        entry_day=day,
    )
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, {"run": run.pk, "on": day})
    made = debit_files.collections(
        run, made_on=cycle.input_day, processing_day=collection.processing_day
    )
    if made is not None:
        models.Credited.objects.create(
            collection=collection, pence=made.pence, on=day, by=by.reference
        )
    _done(transit.POSTING, f"{transit.POSTING}/{run.pk}", day, day, by)


def _done(kind: str, key: str, day: date, on: date, by: commanding.Actor) -> Run:
    run = runs.ask(
        kind, key, asked={"entry_day": day.isoformat(), "parts": []}, parts=0, by=by, on=on
    )
    runs.end(run)
    return run
