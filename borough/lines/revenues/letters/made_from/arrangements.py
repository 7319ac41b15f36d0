"""The letters of arrangements: made from the agreement, from a warning, and from its end."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from borough.lines.revenues import models
from borough.lines.revenues.letters import addressing, arrangement, frame
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.queries import arrangements as queries
from borough.rules import arrangements as rules

ROWS_AGREED = """
select id, account_id, starts as day from revenues_arrangement where ends is null
"""
ROWS_WARNED = """
select w.id, a.account_id, w.issued as day
from revenues_arrangementwarning w join revenues_arrangement a on a.id = w.arrangement_id
where a.ends is null
"""
ROWS_ENDED = """
select id, account_id, ends as day from revenues_arrangement where why_ended = 'not_kept'
"""


def fill_agreed(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters that confirm these arrangements."""
    kept = list(models.Arrangement.objects.filter(pk__in=rows).order_by("pk"))
    payments = _payments(kept)

    def write(place: int, head: frame.Head) -> arrangement.Arrangement:
        mine = kept[place]
        return arrangement.Arrangement(
            head=head,
            kind="agreed",
            agreed_on=mine.starts,
            debts=(frame.Sum(words=_debts(mine), pence=mine.debt_pence),),
            payments=payments[place],
        )

    return sorts.told([one.pk for one in kept], [_to(one) for one in kept], write, on=on)


def fill_warned(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters of these warnings: what is missing, and by when to put it right."""
    warnings = models.ArrangementWarning.objects.filter(pk__in=rows).select_related("arrangement")
    kept = list(warnings.order_by("pk"))
    stand = queries.standings([one.arrangement_id for one in kept], on)
    since, owed = stand.standing.late_since.tolist(), stand.owed_pence.tolist()

    def write(place: int, head: frame.Head) -> arrangement.Arrangement:
        warning = kept[place]
        return arrangement.Arrangement(
            head=head,
            kind="worry",
            agreed_on=warning.arrangement.starts,
            debts=(frame.Sum(words=_debts(warning.arrangement), pence=owed[place]),),
            payments=_missing(since[place] or warning.issued, warning.short_pence),
            pay_by=warning.put_right_by,
        )

    to = [_to(one.arrangement) for one in kept]
    return sorts.told([one.pk for one in kept], to, write, on=on)


def fill_ended(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters that tell the end of these arrangements, and what is left."""
    kept = list(models.Arrangement.objects.filter(pk__in=rows).order_by("pk"))
    stand = queries.standings([one.pk for one in kept], on)
    since, short = stand.standing.late_since.tolist(), stand.standing.short_pence.tolist()
    owed = stand.owed_pence.tolist()
    days = queries.figures(on).days_to_put_right

    def write(place: int, head: frame.Head) -> arrangement.Arrangement:
        mine = kept[place]
        return arrangement.Arrangement(
            head=head,
            kind="broken",
            agreed_on=mine.starts,
            debts=(frame.Sum(words=_debts(mine), pence=owed[place]),),
            payments=_missing(since[place], short[place]) if since[place] else (),
            pay_by=on + timedelta(days),
            ended_on=mine.ends,
        )

    return sorts.told([one.pk for one in kept], [_to(one) for one in kept], write, on=on)


AGREED = sorts.Sort(
    "arrangement_agreed",
    "Arrangements agreed",
    ROWS_AGREED,
    "revenues.arrangement/{}/agreed",
    fill_agreed,
)
WARNED = sorts.Sort(
    "arrangement_worry",
    "Arrangements that seem late",
    ROWS_WARNED,
    "revenues.arrangement_warning/{}",
    fill_warned,
)
ENDED = sorts.Sort(
    "arrangement_broken",
    "Arrangements ended",
    ROWS_ENDED,
    "revenues.arrangement/{}/ended",
    fill_ended,
)


def _to(mine: models.Arrangement) -> addressing.Asked:
    """Address all who were liable in the years that it covers."""
    covered = mine.covered_years
    return addressing.Asked(mine.account_id, covered[0].starts, covered[-1].ends)


def _debts(mine: models.Arrangement) -> str:
    said = " and ".join(f"{year.first} to {year.first + 1}" for year in mine.covered_years)
    costs = any(part.endswith(models.arrangements.COSTS) for part in mine.parts)
    return f"{said}, with costs" if costs else said


def _missing(since: date, pence: int) -> tuple[frame.Payment, ...]:
    return (frame.Payment(due_on=since, pence=pence),)


def _payments(kept: Sequence[models.Arrangement]) -> list[tuple[frame.Payment, ...]]:
    """Return the payments of each arrangement, worked out once for all of them."""
    terms = rules.Terms(
        np.array([one.number for one in kept], np.int64),
        np.array([one.first_pence for one in kept], np.int64),
        np.array([one.other_pence for one in kept], np.int64),
        np.array([one.first_due for one in kept], "datetime64[D]"),
        np.array([rules.EVERY_DAYS[one.every] for one in kept], np.int64),
        np.array([one.payment_day for one in kept], np.int64),
    )
    most = max((one.number for one in kept), default=0)
    days = [terms.due_on(np.full(len(kept), nth, np.int64)).tolist() for nth in range(most)]
    return [
        tuple(
            frame.Payment(
                due_on=days[nth][place], pence=one.other_pence if nth else one.first_pence
            )
            for nth in range(one.number)
        )
        for place, one in enumerate(kept)
    ]
