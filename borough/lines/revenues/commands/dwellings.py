"""What is so of the dwelling: its band, whether it is lived in, exemptions, premium exceptions.

Each change bills again every account of the dwelling whose days it touches.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from borough.kernel import commanding, dated
from borough.kernel.joining import Capability
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import capabilities, keeping, models, settling
from borough.lines.revenues.commands import changing
from borough.rules.council_tax import exemptions


class NoSuchClass(commanding.Refusal):
    """The letter names no class, or no band."""


class AlreadyExempt(commanding.Refusal):
    """The dwelling is exempt on one of those days already."""


class AlreadyExcepted(commanding.Refusal):
    """An exception to the premium holds on one of those days already."""


Granted = models.Exemption | models.PremiumException


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is granted to a dwelling by a class of the law, and how it is called."""

    name: str
    words: str
    model: Any
    capability: Capability
    letters: frozenset[str]
    unknown: str
    held: commanding.Refusal


EXEMPTION = _Kind(
    "exemption",
    "exempt",
    models.Exemption,
    capabilities.CHANGE_EXEMPTION,
    frozenset(exemptions.CLASSES),
    "Choose a class of exemption that is in force.",
    AlreadyExempt("The dwelling is exempt on one of those days already. End that first."),
)
EXCEPTION = _Kind(
    "exception",
    "exception to the premium",
    models.PremiumException,
    capabilities.CHANGE_PREMIUM,
    frozenset(exemptions.EXCEPTIONS),
    "Choose a class of exception to the premium.",
    AlreadyExcepted("An exception holds on one of those days already. End that first."),
)


@commanding.command(capabilities.CHANGE_BAND)
def change_band(
    *, dwelling: Dwelling, letter: str, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record the band of the valuation list from its effective day; return the change in pence."""
    if letter not in set("ABCDEFGH"):
        raise NoSuchClass("Choose a band from A to H.")
    done = _Done("revenues.band_changed", capabilities.CHANGE_BAND, f"band {letter}", by, on)
    with _kept(done, dwelling):
        rows = models.Band.objects.filter(dwelling=dwelling)
        dated.write_over(rows, starts, None, dwelling=dwelling, letter=letter)
    return _bill_again(done, dwelling, (starts, None), letter=letter, starts=starts)


@commanding.command(capabilities.CHANGE_OCCUPATION)
def record_occupation(
    *, dwelling: Dwelling, state: str, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record that the dwelling is lived in, furnished or empty from ``starts``."""
    if state not in models.Occupation.State.values:
        raise NoSuchClass("Choose whether the home is lived in, furnished or empty.")
    words = models.Occupation.State(state).label
    what = "revenues.occupation_recorded"
    done = _Done(what, capabilities.CHANGE_OCCUPATION, f"the home is {words}", by, on)
    with _kept(done, dwelling):
        rows = models.Occupation.objects.filter(dwelling=dwelling)
        dated.write_over(rows, starts, None, dwelling=dwelling, state=state)
    return _bill_again(done, dwelling, (starts, None), state=words, starts=starts)


@commanding.command(capabilities.CHANGE_EXEMPTION)
def apply_exemption(
    *,
    dwelling: Dwelling,
    letter: str,
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Exempt the dwelling under a class of SI 1992/558; return the change in pence.

    Raises:
        NoSuchClass: the class is not in force.
        AlreadyExempt: another exemption holds on one of those days.
    """
    return _apply(EXEMPTION, dwelling, letter, (starts, ends), by=by, on=on)


@commanding.command(capabilities.CHANGE_EXEMPTION)
def end_exemption(
    *, exemption: models.Exemption, ends: date, by: commanding.Actor, on: date
) -> int:
    """End an exemption, or correct its end: from ``ends`` the dwelling is charged again."""
    return _end(EXEMPTION, exemption, ends, by=by, on=on)


@commanding.command(capabilities.CHANGE_PREMIUM)
def apply_exception(
    *,
    dwelling: Dwelling,
    letter: str,
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Except the dwelling from a premium, from the day on which the condition *first* held.

    The twelve months of the classes that have a limit run from that day, whenever the premium
    began; the rules cut them, so that no row here can outlast the law.
    """
    return _apply(EXCEPTION, dwelling, letter, (starts, ends), by=by, on=on)


@commanding.command(capabilities.CHANGE_PREMIUM)
def end_exception(
    *, exception: models.PremiumException, ends: date, by: commanding.Actor, on: date
) -> int:
    """End an exception to a premium, or correct its end."""
    return _end(EXCEPTION, exception, ends, by=by, on=on)


@dataclass(frozen=True, slots=True)
class _Done:
    """What is done: the fact that it leaves, and why the bill changes."""

    what: str
    capability: Capability
    because: str
    by: commanding.Actor
    on: date


def _apply(
    kind: _Kind,
    dwelling: Dwelling,
    letter: str,
    days: tuple[date, date | None],
    *,
    by: commanding.Actor,
    on: date,
) -> int:
    starts, ends = days
    changing.refuse_order(starts, ends)
    if letter not in kind.letters:
        raise NoSuchClass(kind.unknown)
    done = _Done(
        f"revenues.{kind.name}_applied", kind.capability, f"{kind.words}, class {letter}", by, on
    )
    with _kept(done, dwelling):
        if kind.model.objects.filter(dated.touches(starts, ends), dwelling=dwelling).exists():
            raise kind.held
        kind.model.objects.create(dwelling=dwelling, letter=letter, starts=starts, ends=ends)
    return _bill_again(done, dwelling, days, letter=letter, starts=starts)


def _end(kind: _Kind, granted: Granted, ends: date, *, by: commanding.Actor, on: date) -> int:
    changing.refuse_order(granted.starts, ends)
    done = _Done(
        f"revenues.{kind.name}_ended",
        kind.capability,
        f"{kind.words}, class {granted.letter}, ended",
        by,
        on,
    )
    before = granted.ends
    with _kept(done, granted.dwelling):
        granted.ends = ends
        granted.save(update_fields=["ends"])
    touched = (min(ends, before or ends), None)
    return _bill_again(done, granted.dwelling, touched, letter=granted.letter, ends=ends)


@contextmanager
def _kept(done: _Done, dwelling: Dwelling) -> Iterator[None]:
    with keeping.kept(done.what, done.capability, [dwelling], by=done.by, on=done.on):
        yield


def _bill_again(
    done: _Done, dwelling: Dwelling, touched: tuple[date, date | None], **detail: Any
) -> int:
    """Bill every account that the days touch; record one fact an account; return the change.

    A home that nobody is billed for on those days leaves a fact of its own.
    """
    by, on = done.by, done.on
    total = 0
    touching = settling.accounts_of(dwelling.pk, *touched)
    if not touching:
        changing.record_home([dwelling], because=done.because, starts=touched[0], by=by, on=on)
    for account in touching:
        change = changing.bill_again(account, on=on, by=by, because=done.because)
        changing.record(done.what, account, on=on, by=by, change_pence=change, **detail)
        total += change
    return total
