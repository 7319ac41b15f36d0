"""What is so of the dwelling: its band, whether it is lived in, exemptions, premium exceptions.

Each change bills again every account of the dwelling whose days it touches.
"""

from datetime import date
from typing import Any

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing


class NoSuchClass(commanding.Refusal):
    """The letter names no class, or no band."""


class AlreadyExempt(commanding.Refusal):
    """The dwelling is exempt on one of those days already."""


class AlreadyExcepted(commanding.Refusal):
    """An exception to the premium holds on one of those days already."""


@commanding.command(capabilities.CHANGE_BAND)
def change_band(
    *, dwelling: Dwelling, letter: str, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record the band of the valuation list from its effective day; return the change in pence."""
    if letter not in set("ABCDEFGH"):
        raise NoSuchClass("Choose a band from A to H.")
    rows = models.Band.objects.filter(dwelling=dwelling)
    dated.write_over(rows, starts, None, dwelling=dwelling, letter=letter)
    return _bill_again(
        "revenues.band_changed",
        dwelling,
        (starts, None),
        because=f"band {letter}",
        by=by,
        on=on,
        letter=letter,
        starts=starts,
    )


@commanding.command(capabilities.CHANGE_OCCUPATION)
def record_occupation(
    *, dwelling: Dwelling, state: str, starts: date, by: commanding.Actor, on: date
) -> int:
    """Record that the dwelling is lived in, furnished or empty from ``starts``."""
    if state not in models.Occupation.State.values:
        raise NoSuchClass("Choose whether the home is lived in, furnished or empty.")
    rows = models.Occupation.objects.filter(dwelling=dwelling)
    dated.write_over(rows, starts, None, dwelling=dwelling, state=state)
    words = models.Occupation.State(state).label
    return _bill_again(
        "revenues.occupation_recorded",
        dwelling,
        (starts, None),
        because=f"the home is {words}",
        by=by,
        on=on,
        state=words,
        starts=starts,
    )


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
    _refuse_end(starts, ends)
    if letter not in set("BDEFGHIJKLMNOPQRSTUVW"):
        raise NoSuchClass("Choose a class of exemption that is in force.")
    rows = models.Exemption.objects.filter(dwelling=dwelling)
    if rows.filter(dated.touches(starts, ends)).exists():
        raise AlreadyExempt("The dwelling is exempt on one of those days already. End that first.")
    models.Exemption.objects.create(dwelling=dwelling, letter=letter, starts=starts, ends=ends)
    return _bill_again(
        "revenues.exemption_applied",
        dwelling,
        (starts, ends),
        because=f"exempt, class {letter}",
        by=by,
        on=on,
        letter=letter,
        starts=starts,
    )


@commanding.command(capabilities.CHANGE_EXEMPTION)
def end_exemption(
    *, exemption: models.Exemption, ends: date, by: commanding.Actor, on: date
) -> int:
    """End an exemption: from ``ends`` the dwelling is charged again."""
    _refuse_end(exemption.starts, ends)
    before = exemption.ends
    exemption.ends = ends
    exemption.save(update_fields=["ends"])
    return _bill_again(
        "revenues.exemption_ended",
        exemption.dwelling,
        (min(ends, before or ends), None),
        because=f"exemption class {exemption.letter} ended",
        by=by,
        on=on,
        letter=exemption.letter,
        ends=ends,
    )


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
    _refuse_end(starts, ends)
    if letter not in set("EFGHIJKLM"):
        raise NoSuchClass("Choose a class of exception to the premium.")
    rows = models.PremiumException.objects.filter(dwelling=dwelling)
    if rows.filter(dated.touches(starts, ends)).exists():
        raise AlreadyExcepted("An exception holds on one of those days already. End that first.")
    models.PremiumException.objects.create(
        dwelling=dwelling, letter=letter, starts=starts, ends=ends
    )
    return _bill_again(
        "revenues.exception_applied",
        dwelling,
        (starts, ends),
        because=f"exception to the premium, class {letter}",
        by=by,
        on=on,
        letter=letter,
        starts=starts,
    )


@commanding.command(capabilities.CHANGE_PREMIUM)
def end_exception(
    *, exception: models.PremiumException, ends: date, by: commanding.Actor, on: date
) -> int:
    """End an exception to a premium."""
    _refuse_end(exception.starts, ends)
    before = exception.ends
    exception.ends = ends
    exception.save(update_fields=["ends"])
    return _bill_again(
        "revenues.exception_ended",
        exception.dwelling,
        (min(ends, before or ends), None),
        because=f"exception to the premium, class {exception.letter}, ended",
        by=by,
        on=on,
        letter=exception.letter,
        ends=ends,
    )


def _refuse_end(starts: date, ends: date | None) -> None:
    if ends is not None and ends <= starts:
        raise changing.NotADay("The last day must be on or after the first.")


def _bill_again(
    what: str,
    dwelling: Dwelling,
    touched: tuple[date, date | None],
    *,
    because: str,
    by: commanding.Actor,
    on: date,
    **detail: Any,
) -> int:
    """Bill every account that the days touch; record one fact an account; return the change.

    A home that nobody is billed for on those days leaves a fact of its own.
    """
    total = 0
    touching = changing.accounts_of(dwelling.pk, *touched)
    if not touching:
        facts.record(
            "revenues.home_changed",
            thing=f"revenues.dwelling/{dwelling.uprn}",
            by=by,
            on=on,
            uprn=dwelling.uprn,
            because=because,
            starts=touched[0],
        )
    for account in touching:
        change = changing.bill_again(account, on=on, by=by, because=because)
        changing.record(what, account, on=on, by=by, change_pence=change, **detail)
        total += change
    return total
