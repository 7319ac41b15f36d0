"""What is owed to a holder, in the memorandum fund: what differs from what is told is posted.

The balances of a source are what its newest feed says, by construction; and no fund of the council
can hold a penny of them, for a journal balances in each fund by itself.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays, bulk, commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.commands import posting as ledger_posting
from borough.resident.sources import accounts, known, models

SOURCE = "resident.sources"
OWED, HELD = "MEMO-OWED", "MEMO-HELD"
MOST_DEBTS = 10_000  # of a journal: its lines are numbered by two bytes


@dataclass(frozen=True, slots=True)
class Balances:
    """What is owed on each sub-account, int64 (n,) each, in order of sub-account."""

    sub_account: NDArray[np.int64]
    pence: NDArray[np.int64]


def open_debts(feed: models.Feed) -> None:
    """Open the debts that a staged feed names and that are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct s.debt_reference from sources_staged s left join sources_debt d"
            " on d.source = %s and d.reference = s.debt_reference"
            " where s.feed_id = %s and s.debt_reference <> '' and d.id is null order by 1",
            [feed.source, feed.pk],
        )
        references = [reference for (reference,) in cursor.fetchall()]
        if not references:
            return
        kind = accounts.MEMORANDUM.slug
        opening.open_sub_accounts(kind=kind, references=references, part=feed.source)
        cursor.execute(
            "insert into sources_debt (source, reference, sub_account_id)"
            " select s.part, s.reference, s.id from ledger_subaccount s"
            " left join sources_debt d on d.sub_account_id = s.id"
            " where s.kind = %s and s.part = %s and d.id is null order by s.id",
            [kind, feed.source],
        )


def told(feed: models.Feed) -> Balances:
    """Return what a staged feed says is owed; a debt of several people counts once."""
    with bulk.side_by_side():
        columns = arrays.read(
            ["sub_account_id", "pence"],
            "from (select d.sub_account_id, max(s.pence) as pence from sources_staged s"
            " join sources_debt d on d.source = %s and d.reference = s.debt_reference"
            " where s.feed_id = %s group by 1) told",
            [feed.source, feed.pk],
            in_order="order by sub_account_id",
        )
    return Balances(*columns)


def held_on(source: str, day: date | None = None) -> Balances:
    """Return what is owed to a source by the postings up to a day; None for all of them."""
    with bulk.side_by_side():
        columns = arrays.read(
            ["sub_account_id", "pence"],
            "from (select d.sub_account_id, sum(p.pence)::bigint as pence from sources_debt d"
            " join ledger_posting p on p.sub_account_id = d.sub_account_id"
            " join ledger_journal j on j.id = p.journal_id"
            ' where d.source = %s and (%s::date is null or j."on" <= %s) group by 1) held',
            [source, day, day],
            in_order="order by sub_account_id",
        )
    return Balances(*columns)


def none() -> Balances:
    """Return that nothing is owed."""
    return Balances(np.array([], np.int64), np.array([], np.int64))


def post(
    source: str, wanted: Balances, *, key: str, because: str, by: commanding.Actor, on: date
) -> int:
    """Post what makes the balances of a source those that are wanted; return how many moved.

    Args:
        source: its slug.
        wanted: what is owed; a debt that is left out is owed no more.
        key: of the journals, the same whenever the same is asked.
        because: what a statement says of it.
        by: who acts.
        on: the day on which they count.
    """
    now = held_on(source)
    moved = _differences(now, wanted)
    for number, start in enumerate(range(0, len(moved.pence), MOST_DEBTS)):
        part = slice(start, start + MOST_DEBTS)
        one = Balances(moved.sub_account[part], moved.pence[part])
        _post(one, f"{key}/{number}", because, by, on)
    return len(moved.pence)


def record_ended(source: known.Source, *, by: commanding.Actor, on: date) -> int:
    """Record of each debt that was reported until today that it is so no more; return how many.

    To be called before what is owed is posted, so that the facts can say how much it was.
    """
    with bulk.side_by_side():
        debts, subs = arrays.read(
            ["d.id", "d.sub_account_id"],
            "from sources_debt d join sources_debtstate t on t.debt_id = d.id and t.ends = %s"
            " left join sources_debtstate still on still.debt_id = d.id and still.ends is null"
            " where d.source = %s and still.id is null",
            [on, source.slug],
            in_order="order by d.id",
        )
    before = held_on(source.slug)
    pence = ledger.Sums(before.sub_account, before.pence).of(subs)
    none_at_all = np.array([], np.int64)
    if len(debts):
        facts.record_columns(
            "resident.debt_no_longer_reported",
            facts.Columns(
                thing=[f"resident.debt/{debt}" for debt in debts.tolist()],
                detail={"pence": pence, "source": source.title},
                about=(none_at_all, none_at_all),
            ),
            by=by,
            on=on,
        )
    return len(debts)


def _differences(now: Balances, wanted: Balances) -> Balances:
    """Return what is missing from each sub-account, those left out where nothing is."""
    subs = np.union1d(now.sub_account, wanted.sub_account)
    have, want = (ledger.Sums(one.sub_account, one.pence).of(subs) for one in (now, wanted))
    moves = want != have
    return Balances(subs[moves], (want - have)[moves])


def _post(moved: Balances, key: str, narrative: str, by: commanding.Actor, on: date) -> None:
    ids = ledger.account_ids()
    n, total = len(moved.pence), int(moved.pence.sum())
    contra = [ids[HELD]] if total else []
    ledger_posting.post_batch(
        source=SOURCE,
        journals=payload.Journals([key], on, narrative),
        postings=payload.Postings(
            journal=np.zeros(n + len(contra), np.int64),
            account=np.array([ids[OWED]] * n + contra, np.int64),
            sub_account=np.append(moved.sub_account, [payload.NONE] * len(contra)).astype(np.int64),
            pence=np.append(moved.pence, [-total] * len(contra)).astype(np.int64),
        ),
        by=by,
    )
