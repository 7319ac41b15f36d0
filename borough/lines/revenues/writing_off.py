"""What the council lays down about write-offs: reasons, limits by role, and when two decide."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from borough.kernel import commanding
from borough.kernel.pages import wording
from borough.lines.revenues import capabilities, models
from borough.rules import parameters, years

LEVELS = {
    "write_off": capabilities.WRITE_OFF,
    "write_off_more": capabilities.WRITE_OFF_MORE,
    "write_off_most": capabilities.WRITE_OFF_MOST,
}


def in_force(on: date) -> parameters.InForce:
    """Return the council's figures about write-offs on a day; unverified ones say so."""
    sheet = parameters.load_file(f"local/{settings.COUNCIL}/write_offs.yaml")
    return parameters.InForce(sheet, on)


def reasons(on: date) -> Mapping[str, Mapping[str, str]]:
    """Return the reasons by their code, each with its words and its law."""
    found: Mapping[str, Mapping[str, str]] = in_force(on)["write_off_reasons"]
    return found


def limit_pence(actor: commanding.Actor, on: date) -> int:
    """Return the most that an officer may write off by the highest of their roles."""
    limits = in_force(on)["write_off_limits"]
    held = [limits[level] for level, one in LEVELS.items() if one.slug in actor.capabilities]
    return int(max(held, default=0))


def given_up(sub_account_id: int, **only: bool) -> int:
    """Return what of a debt is written off and not taken up again, in pence.

    Args:
        sub_account_id: of the year's debt.
        only: a further question, such as ``needs_another=False``.
    """
    rows = models.WriteOff.objects.filter(
        sub_account=sub_account_id, decision__granted=True, write_back=None, **only
    )
    return sum(rows.values_list("pence", flat=True))


def is_theirs(write_off: models.WriteOff, officer: commanding.Actor) -> bool:
    """Tell whether an officer asked for a write-off that another has to decide on."""
    return write_off.needs_another and officer.reference == write_off.asked_by


def why_not(write_off: models.WriteOff, officer: commanding.Actor, on: date) -> str:
    """Say why an officer may not grant a write-off; "" where nothing stands against it."""
    if is_theirs(write_off, officer):
        return "You asked for this write-off. A colleague decides on it."
    limit, before = limit_pence(officer, on), given_up(write_off.sub_account_id)
    if before + write_off.pence > limit:
        so_far = f", and {wording.money(before)} of this debt is given up already" if before else ""
        return (
            f"Your roles reach to {wording.money(limit)}{so_far}. Somebody whose roles reach "
            "further decides on this."
        )
    return ""


def barred_on(year: years.Year, on: date) -> bool:
    """Tell whether all of a year fell due so long ago that no liability order can be asked for.

    The last instalment of a year is due before the year ends, so years are counted from its end.
    """
    count = int(in_force(on)["statute_barred_years"])
    return on >= year.ends.replace(year=year.ends.year + count)
