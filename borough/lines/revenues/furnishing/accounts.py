"""Accounts and the dated rows about them, from the spells of the town: one account a spell."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Model
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.lines.revenues import laws, models
from borough.lines.revenues.furnishing import paying, staging
from borough.rules import years
from borough.rules.council_tax import bands

FIRST_REFERENCE = 100_001
LIST_BEGAN = date(1993, 4, 1)
Role = furnishing.Role
_STATE = models.Occupation.State
STATES = np.array([one.value for one in (_STATE.OCCUPIED, _STATE.FURNISHED, _STATE.UNFURNISHED)])
NO_DAY = np.datetime64("NaT", "D")
ONE_ADULT_PERCENT = 25
TITLES: dict[type[Model], str] = {
    models.Account: "Accounts",
    models.Liability: "Who is liable",
    models.Occupation: "Lived in or empty",
    models.Exemption: "Exemptions",
    models.Household: "Adults declared",
    models.Disregard: "Adults not counted",
    models.DisabledReduction: "Disabled band reductions",
    models.AnnexeDiscount: "Family annexes",
    models.Reduction: "Council Tax Reduction awards",
    models.Plan: "Instalment plans",
}


@dataclass(frozen=True)
class Opened:
    """The accounts of the town.

    Attributes:
        ids: int64 (s,), of the account of each spell; references: str (s,).
        rows: what is true about them, staged.
        bills_go_out: the day of issue of the year's bills.
    """

    ids: NDArray[np.int64]
    references: NDArray[np.str_]
    rows: list[staging.Rows]
    bills_go_out: date


def open_all(
    town: furnishing.Town, payers: paying.Payers, year: years.Year, progress: furnishing.Progress
) -> Opened:
    """Open the accounts as they stood when the year's bills went out."""
    spells = town.spells
    count = len(spells.dwelling)
    with progress("Bands of the valuation list", len(town.dwellings.id)):
        _bands(town.dwellings)
    oldest_first = np.argsort(spells.starts, kind="stable")
    ids = furnishing.numbers(models.Account, count)
    numbered = np.empty(count, np.int64)
    numbered[oldest_first] = np.arange(count)
    ids = ids[numbered]
    references = (FIRST_REFERENCE + numbered).astype(np.str_)
    bills_go_out = date(year.first, 3, 14)
    all_rows = [
        _accounts(town, ids, references),
        _liabilities(town, ids),
        *_of_dwellings(town),
        *_of_households(town, ids, year),
        *_reductions(town, ids, year),
        _rows(models.Plan, town, np.arange(count), **paying.plans(payers, ids)),
    ]
    staged = [rows.numbered for rows in all_rows]
    for rows in staged:
        with progress(TITLES[rows.model], len(rows.spell)):
            staging.before(rows, spells, bills_go_out)
    return Opened(ids, references, staged, bills_go_out)


def liable(town: furnishing.Town) -> NDArray[np.bool_]:
    """Return which parts make a person liable, bool (p,): heads and partners, students who share
    a home with students only, and owners where no resident of 18 or over is.
    """
    role, exemption = town.parts.role, town.spells.exemption[town.parts.spell]
    resident = (role == Role.HEAD) | (role == Role.PARTNER)
    sharer = (role == Role.ADULT) & (exemption == "N")
    chosen: NDArray[np.bool_] = resident | sharer | (role == Role.OWNER)
    return chosen


def _bands(dwellings: furnishing.Dwellings) -> None:
    furnishing.copy(
        models.Band,
        {
            "dwelling_id": dwellings.id,
            "letter": dwellings.band,
            "starts": np.full(len(dwellings.id), np.datetime64(LIST_BEGAN)),
        },
    )


def _accounts(
    town: furnishing.Town, ids: NDArray[np.int64], references: NDArray[np.str_]
) -> staging.Rows:
    spells = town.spells
    columns = {
        "id": ids,
        "reference": references,
        "dwelling_id": town.dwellings.id[spells.dwelling],
        "starts": spells.starts,
        "ends": spells.ends,
    }
    return staging.Rows(models.Account, np.arange(len(ids)), columns)


def _liabilities(town: furnishing.Town, ids: NDArray[np.int64]) -> staging.Rows:
    parts = np.flatnonzero(liable(town))
    spell, role = town.parts.spell[parts], town.parts.role[parts]
    basis = models.Liability.Basis
    dice = furnishing.dice(town.seed, "revenues tenure")
    mix = paying.figures()
    deprived = town.dwellings.deprived_permille[town.spells.dwelling[spell]]
    drawn = dice.integers(0, 1000, len(parts))
    tenant = drawn < mix["tenant_permille"] + 2 * deprived
    lease = drawn >= 1000 - mix["leaseholder_permille"]
    kind = np.where(tenant, basis.TENANT, np.where(lease, basis.LEASEHOLDER, basis.FREEHOLDER))
    kind = np.where(town.spells.exemption[spell] == "N", basis.TENANT, kind)
    kind = np.where(role == Role.PARTNER, basis.PARTNER, kind)
    hall = np.isin(town.spells.exemption[spell], ("M", "O"))
    kind = np.where(role == Role.OWNER, np.where(hall, basis.PRESCRIBED_OWNER, basis.OWNER), kind)
    return _rows(
        models.Liability,
        town,
        spell,
        account_id=ids[spell],
        person_id=town.person_id[town.parts.person[parts]],
        basis=kind,
    )


def _of_dwellings(town: furnishing.Town) -> list[staging.Rows]:
    spells = town.spells
    everywhere = np.arange(len(spells.dwelling))
    exempt = np.flatnonzero(spells.exemption != "")
    dwelling = town.dwellings.id[spells.dwelling]
    occupations = _rows(
        models.Occupation, town, everywhere, dwelling_id=dwelling, state=STATES[spells.state]
    )
    exemptions = _rows(
        models.Exemption,
        town,
        exempt,
        dwelling_id=dwelling[exempt],
        letter=spells.exemption[exempt],
    )
    return [occupations, exemptions]


def _of_households(
    town: furnishing.Town, ids: NDArray[np.int64], year: years.Year
) -> list[staging.Rows]:
    """The households as last declared, in the review of the first day of the year."""
    spells, parts = town.spells, town.parts
    lived_in = np.flatnonzero(spells.adults > 0)
    not_counted = np.flatnonzero(parts.ground != "")
    adapted, annexes = np.flatnonzero(spells.disabled), np.flatnonzero(spells.annexe)
    review = np.datetime64(year.starts)
    households = _rows(
        models.Household,
        town,
        lived_in,
        since=review,
        account_id=ids[lived_in],
        adults=spells.adults[lived_in],
    )
    disregards = _rows(
        models.Disregard,
        town,
        parts.spell[not_counted],
        since=review,
        account_id=ids[parts.spell[not_counted]],
        person_id=town.person_id[parts.person[not_counted]],
        ground=parts.ground[not_counted],
    )
    return [
        households,
        disregards,
        _rows(models.DisabledReduction, town, adapted, account_id=ids[adapted]),
        _rows(models.AnnexeDiscount, town, annexes, account_id=ids[annexes]),
    ]


def _reductions(
    town: furnishing.Town, ids: NDArray[np.int64], year: years.Year
) -> list[staging.Rows]:
    """The awards of the year, and those notified for the next at its charges."""
    spells = town.spells
    awarded = np.flatnonzero(spells.support_permille > 0)
    now, then = np.datetime64(year.starts), np.datetime64(year.ends)
    return [
        staging.Rows(
            models.Reduction,
            awarded,
            {
                "account_id": ids[awarded],
                "kind": np.full(len(awarded), int(models.Reduction.Kind.SCHEME)),
                "pensioner": spells.pensioner[awarded],
                "year_pence": _award(town, awarded, one),
                "starts": np.maximum(spells.starts[awarded], first),
                "ends": np.full(len(awarded), ends),
            },
        )
        for one, first, ends in ((year, now, then), (year.following, then, NO_DAY))
    ]


def _award(
    town: furnishing.Town, awarded: NDArray[np.int64], year: years.Year
) -> NDArray[np.int64]:
    """Return a year's award: so much of what is left after the discount for who lives there."""
    amounts = laws.of(year).amounts
    dwelling = town.spells.dwelling[awarded]
    parish = amounts.rows_of(town.dwellings.parish[dwelling])
    column = np.searchsorted(bands.BANDS, town.dwellings.band[dwelling]) + 1
    set_ninths = amounts.set_ninths[parish, column - town.spells.disabled[awarded]]
    not_counted = np.bincount(
        town.parts.spell[town.parts.ground != ""], minlength=len(town.spells.dwelling)
    )
    counted = (town.spells.adults - not_counted)[awarded]
    left_percent = np.where(counted == 1, 100 - ONE_ADULT_PERCENT, 100)
    pence: NDArray[np.int64] = (
        set_ninths * left_percent * town.spells.support_permille[awarded] // (9 * 100_000)
    )
    return pence


def _rows(
    model: type[Model],
    town: furnishing.Town,
    spell: NDArray[np.int64],
    since: np.datetime64 = NO_DAY,
    **columns: object,
) -> staging.Rows:
    """Return rows that hold for their spells, or from ``since`` where the spell is older."""
    starts, ends = town.spells.starts[spell], town.spells.ends[spell]
    starts = np.where(ends <= since, starts, np.fmax(starts, since))
    return staging.Rows(model, spell, {**columns, "starts": starts, "ends": ends})
