"""Arrangements that run late, for a friendly call before anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borough.lines.revenues import models
from borough.lines.revenues.queries import arrangements
from borough.rules.arrangements import State


@dataclass(frozen=True, slots=True)
class Worry:
    """An arrangement of which an instalment is late.

    Attributes:
        called_on: the newest call or visit since it ran late, None where there was none.
        put_right_by: the last day that a letter gives, None where none was sent.
        is_broken: whether that day is over.
        all_died: whether nobody who is liable is alive.
    """

    account: str
    short_pence: int
    late_since: date
    called_on: date | None
    put_right_by: date | None
    is_broken: bool
    all_died: bool

    @property
    def next_step(self) -> str:
        """What is to be done next, for the officer."""
        if self.all_died:
            return "They have died: settle that first"
        if self.called_on is None:
            return "Ring and ask how things are"
        if self.put_right_by is None:
            return "Agree something else, or write"
        return "Decide with them" if self.is_broken else "Wait for the letter’s days"


def worries(on: date) -> list[Worry]:
    """Return every arrangement that is late, warned about or broken, longest late first."""
    rows = {row.pk: row for row in arrangements.open_on(on).select_related("account")}
    found = arrangements.standings(list(rows), on)
    states = found.standing.state
    late = [n for n, state in enumerate(states.tolist()) if state >= State.LATE]
    ids = [int(found.ids[n]) for n in late]
    called = _newest(models.ArrangementContact, "on", ids)
    warned = _newest(models.ArrangementWarning, "put_right_by", ids)
    alive = _alive([rows[number].account_id for number in ids])
    several = [
        Worry(
            account=rows[number].account.reference,
            short_pence=int(found.standing.short_pence[n]),
            late_since=(since := found.standing.late_since[n].item()),
            called_on=_since(called.get(number), since),
            put_right_by=warned.get(number) if states[n] > State.LATE else None,
            is_broken=bool(states[n] == State.BROKEN),
            all_died=rows[number].account_id not in alive,
        )
        for n, number in zip(late, ids, strict=True)
    ]
    return sorted(several, key=lambda one: (one.late_since, one.account))


@dataclass(frozen=True, slots=True)
class Grown:
    """An arrangement that asks for less than is owed, because a new bill made the debt larger.

    ``last_due`` is the day of its last payment: after it nothing would be asked for.
    """

    account: str
    grown_pence: int
    last_due: date


def grown(on: date) -> list[Grown]:
    """Return every arrangement in force whose debt grew, the soonest to run out first."""
    rows = {row.pk: row for row in arrangements.open_on(on).select_related("account")}
    found = arrangements.standings(list(rows), on)
    larger = (found.grown_pence > 0) & found.is_kept
    last_due = found.terms.last_due
    several = [
        Grown(
            account=rows[int(found.ids[n])].account.reference,
            grown_pence=int(found.grown_pence[n]),
            last_due=last_due[n].item(),
        )
        for n in larger.nonzero()[0].tolist()
    ]
    return sorted(several, key=lambda one: (one.last_due, one.account))


def _alive(accounts: Sequence[int]) -> set[int]:
    """Return the accounts of which somebody who was or is liable is alive."""
    rows = models.Liability.objects.filter(account__in=accounts, person__date_of_death=None)
    return set(rows.values_list("account_id", flat=True))


def _newest(
    model: type[models.ArrangementContact] | type[models.ArrangementWarning],
    column: str,
    ids: Sequence[int],
) -> dict[int, date]:
    rows = model.objects.filter(arrangement_id__in=ids).order_by(column)
    return dict(rows.values_list("arrangement_id", column))


def _since(called_on: date | None, late_since: date) -> date | None:
    return called_on if called_on is not None and called_on >= late_since else None
