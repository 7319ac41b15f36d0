"""Closing a period, and opening it again: the only way in which its state moves."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import capabilities, chart, models, refusals

STATE = models.Period.State


@commanding.command(capabilities.CLOSE_PERIOD)
def close_period(
    *,
    month: int,
    because: str,
    by: commanding.Actor,
    on: date,
    book: str = chart.MAIN,
    soft: bool = False,
) -> models.Period:
    """Close a month of a book. Waits for whoever is posting into it.

    Args:
        month: as yyyymm.
        because: why, as the auditor will read it.
        by: who acts.
        on: the day.
        book: code of the book.
        soft: still open to those who may post late entries.

    Raises:
        refusals.NoSuchPeriod: the book has no such month.
        refusals.PeriodAlreadySo: it is closed so already.
    """
    period = _period(book, month)
    state = STATE.SOFT if soft else STATE.CLOSED
    _move(period, state, because=because, by=by, on=on)
    facts.record(
        "kernel.period_closed",
        thing=f"ledger.period/{period.pk}",
        by=by,
        on=on,
        period=str(period),
        book=book,
        state=state.label,
    )
    return period


@commanding.command(capabilities.REOPEN_PERIOD)
def reopen_period(
    *, month: int, because: str, by: commanding.Actor, on: date, book: str = chart.MAIN
) -> models.Period:
    """Open a closed month of a book again.

    Args:
        month: as yyyymm.
        because: why, as the auditor will read it.
        by: who acts.
        on: the day.
        book: code of the book.

    Raises:
        refusals.NoSuchPeriod: the book has no such month.
        refusals.PeriodAlreadySo: it is open.
    """
    period = _period(book, month)
    _move(period, STATE.OPEN, because=because, by=by, on=on)
    facts.record(
        "kernel.period_reopened",
        thing=f"ledger.period/{period.pk}",
        by=by,
        on=on,
        period=str(period),
        book=book,
    )
    return period


def _period(book: str, month: int) -> models.Period:
    period = models.Period.objects.filter(book__code=book, month=month).first()
    if period is None:
        raise refusals.NoSuchPeriod(
            f"The book {book} has no period {month // 100}-{month % 100:02}."
        )
    return period


def _move(
    period: models.Period,
    state: models.Period.State,
    *,
    because: str,
    by: commanding.Actor,
    on: date,
) -> None:
    if period.state == state:
        raise refusals.PeriodAlreadySo(f"The period {period} is {state.label.lower()} already.")
    with refusals.in_words():
        models.PeriodChange.objects.create(
            period=period, state=state, because=because, by=by.reference, on=on
        )
    period.refresh_from_db()
