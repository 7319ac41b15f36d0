"""From the dated facts of many accounts to what each has to pay for the year.

One account and 131,400 are the same call. A *period* is a run of days on the same terms: a change
that makes no difference to the charge (a third adult moves in) makes no new period, so it cannot
move a penny. Each period is charged on its own by :mod:`borough.rules.council_tax.charge`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import engine, parameters, periods, years
from borough.rules.council_tax import bands, charge, clocks, exemptions

Timeline = periods.Timeline


class UnlawfulChoice(ValueError):
    """A council's choice goes beyond what the Act lets it choose."""


@dataclass(frozen=True)
class Law:
    """Everything that is laid down for one council and one year.

    Attributes:
        figures: what the charge reads, by name.
        amounts: what is set, by body, parish and band.
        values: every national and local parameter in force on 1 April, with its sources.
    """

    year: years.Year
    council: str
    figures: parameters.Figures
    amounts: bands.Amounts
    values: parameters.InForce


@dataclass(frozen=True)
class Accounts:
    """N accounts of one year, each for one dwelling, as columns.

    The owner in every timeline is the account's row number, 0 to `count` - 1.

    Attributes:
        count: how many accounts.
        parish: the parish code of each account's dwelling, str (count,); "" where there is none.
        liability: the days for which the account is liable; its values are not read.
        band: "A" to "H"; a liable day without a band is refused.
        occupation: values of `clocks.Occupation`, the *dwelling's* whole known history, also from
            before the account began: the empty clock runs on the dwelling. None = lived in.
        adults: how many adults live there, as declared. None = not known, so no discount.
        disregards: one row a disregarded person, as `Timeline.counts` makes them.
        exemption: class letters, for the days for which an exemption is granted.
        exception: class letters, from the day on which the condition *first* held; time limits
            are applied here.
        disabled: True for the days with a disabled band reduction.
        annexe: True for the days with the family annexe reduction.
        reduction: Council Tax Reduction awarded, pence a year, spread by days.
        relief: discretionary relief (s.13A(1)(c)), pence a year, spread by days.
    """

    count: int
    parish: NDArray[np.str_]
    liability: Timeline
    band: Timeline
    occupation: Timeline = field(default_factory=lambda: Timeline.none(0))
    adults: Timeline = field(default_factory=lambda: Timeline.none(charge.UNKNOWN))
    disregards: Timeline = field(default_factory=lambda: Timeline.none(0))
    exemption: Timeline = field(default_factory=lambda: Timeline.none(""))
    exception: Timeline = field(default_factory=lambda: Timeline.none(""))
    disabled: Timeline = field(default_factory=lambda: Timeline.none(missing=False))
    annexe: Timeline = field(default_factory=lambda: Timeline.none(missing=False))
    reduction: Timeline = field(default_factory=lambda: Timeline.none(0))
    relief: Timeline = field(default_factory=lambda: Timeline.none(0))


@dataclass(frozen=True)
class Bill:
    """What N accounts have to pay for one year.

    Attributes:
        owner: the account of each period, int64 (p,), rising.
        starts, ends: the periods, datetime64[D] (p,), half open.
        columns: by name, every fact and every result of the charge, (p,); `due` is payable.
        due_pence: what each account has to pay for the year, int64 (count,).
    """

    law: Law
    owner: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    columns: engine.Columns
    due_pence: NDArray[np.int64]

    def explain(self, account: int) -> list[engine.Line]:
        """Return the sentences behind one account's bill, period by period.

        The same rules are run on the same periods, so it cannot disagree with the bill.
        """
        mine = slice(*np.searchsorted(self.owner, [account, account + 1]))
        facts = {name: self.columns[name][mine] for name in charge.SCHEME.facts}
        parishes = {self.law.amounts.parishes[row] for row in facts["parish"]}
        doubtful = self.law.figures.unverified
        if self.law.amounts.unverified & {f"parish:{code}" for code in parishes}:
            doubtful |= {"amounts_ninths"}
        return charge.SCHEME.explain(facts, parameters.Figures(self.law.figures, doubtful))


def law(
    year: years.Year,
    council: str = "sefton",
    overlay: Mapping[str, Mapping[str, Any]] | None = None,
) -> Law:
    """Return what is laid down for the council and the year.

    Args:
        year: the financial year.
        council: the folder under `parameters/local`.
        overlay: amounts and choices to add, such as those of a made-up borough: the keys
            `bodies`, `parishes` and `choices`, each shaped as the YAML file of that name.

    Raises:
        bands.AmountNotKnown: when a body has no amount for the year.
        parameters.NoSuchFigure: when a national or local figure is not known for the year.
        UnlawfulChoice: when the council adds a higher premium than the Act allows.
    """
    added = {key: parameters.checked(sheet) for key, sheet in (overlay or {}).items()}
    files = {key: f"local/{council}/charges/{key}.yaml" for key in ("bodies", "parishes")}
    charges = {
        key: parameters.overlaid(parameters.load_file(file), added.get(key, {}))
        for key, file in files.items()
    }
    choices = parameters.overlaid(parameters.load(f"local/{council}"), added.get("choices", {}))
    values = parameters.InForce({**parameters.load("council_tax"), **choices}, year.starts)
    _refuse_beyond_the_maximum(values)
    amounts = bands.amounts(year, **charges, band_ninths=values["band_ninths"])
    return Law(year, council, _figures(year, values, amounts), amounts, values)


def _refuse_beyond_the_maximum(values: parameters.InForce) -> None:
    """A council may add a premium, but no more than s.11B and s.11C allow."""
    most = values["long_term_empty_maximum_percent"]
    for age, percent in values["long_term_empty_premium_percent"].items():
        allowed = max((most[least] for least in most if least <= age), default=0)
        if percent > allowed:
            raise UnlawfulChoice(
                f"A premium of {percent} per cent from {age} years empty is more than the "
                f"{allowed} per cent that s.11B allows."
            )
    added, allowed = values["second_home_premium_percent"], values["second_home_maximum_percent"]
    if added > allowed:
        raise UnlawfulChoice(
            f"A premium of {added} per cent on second homes is more than the {allowed} per cent "
            "that s.11C allows."
        )


def _figures(
    year: years.Year, values: parameters.InForce, amounts: bands.Amounts
) -> parameters.Figures:
    figures = {
        "amounts_ninths": amounts.set_ninths,
        "year_days": year.days,
        "long_term_exceptions": exemptions.spares_long_term_empty(year),
        "second_home_exceptions": exemptions.spares_second_homes(year),
    }
    figures |= {name: values[name] for name in charge.PARAMETERS if name not in figures}
    doubtful = set(values.unverified) & charge.PARAMETERS.keys()
    if amounts.unverified & set(amounts.bodies):
        doubtful.add("amounts_ninths")
    return parameters.Figures(figures, doubtful)


def work_out(accounts: Accounts, law: Law) -> Bill:
    """Return what every account has to pay for the law's year, from the start.

    Raises:
        periods.OverlappingPeriods: when one account has two values of one thing on a day.
        bands.AmountNotKnown: when an account lies in a parish whose amount is not known.
        engine.BadFacts: when a fact is out of its range, such as a liable day without a band.
    """
    timelines = _timelines(accounts, law)
    slices = periods.slice_year(law.year, accounts.count, timelines, within="liability")
    parish = law.amounts.rows_of(accounts.parish)
    ran = charge.SCHEME.run(_facts(parish, slices), law.figures)
    slices, ran = _in_periods(parish, law, slices, ran)
    due = np.zeros(accounts.count, np.int64)
    np.add.at(due, slices.owner, ran["due"])
    return Bill(law, slices.owner, slices.starts, slices.ends, ran, due)


def _timelines(accounts: Accounts, law: Law) -> dict[str, Timeline]:
    """Return every dated fact, with the days on which a clock strikes as further cuts."""
    grace = law.values["disregarded_reoccupation_days"]
    months = [*law.figures["class_c_discount_percent"]]
    months += [12 * age for age in law.figures["long_term_empty_premium_percent"]]
    return {
        "liability": accounts.liability,
        "band": accounts.band,
        "occupation": accounts.occupation,
        "empty_since": clocks.empty_since(
            accounts.occupation, disregarded_days=grace, months=months
        ),
        "works_since": clocks.works_since(
            accounts.occupation, disregarded_days=grace, months=[law.figures["class_d_months"]]
        ),
        "adults": accounts.adults,
        "disregarded": accounts.disregards,
        "exempt_class": accounts.exemption,
        "exception": clocks.limited(accounts.exception, exemptions.LIMITS),
        "disabled": accounts.disabled,
        "annexe": accounts.annexe,
        "reduction_year": accounts.reduction,
        "relief_year": accounts.relief,
    }


def _facts(parish: NDArray[np.int64], slices: periods.Slices) -> engine.Columns:
    lies_in = parish[slices.owner]
    return {**slices.columns, "starts": slices.starts, "ends": slices.ends, "parish": lies_in}


TERMS = (
    "charged_band",
    "exempt_class",
    "resident_discount_percent",
    "empty_discount_percent",
    "long_term_premium_percent",
    "furnished_premium_percent",
    "annexe",
    "reduction_year",
    "relief_year",
)
"""What the charge of a day depends on. Days that share it are one period."""


def _new_terms(slices: periods.Slices, ran: engine.Columns) -> NDArray[np.bool_]:
    """Return True for each slice that is not a mere continuation of the one before it, (p,)."""
    anew = np.ones(len(slices.owner), np.bool_)
    same = (slices.owner[1:] == slices.owner[:-1]) & (slices.starts[1:] == slices.ends[:-1])
    for name in TERMS:
        same &= ran[name][1:] == ran[name][:-1]
    anew[1:] = ~same
    return anew


def _in_periods(
    parish: NDArray[np.int64], law: Law, slices: periods.Slices, ran: engine.Columns
) -> tuple[periods.Slices, engine.Columns]:
    """Return the slices joined where the terms go on, the joined ones charged anew."""
    anew = _new_terms(slices, ran)
    if anew.all():
        return slices, ran
    first = np.flatnonzero(anew)
    last = np.append(first[1:], len(anew)) - 1
    kept = slices.where(first)
    joined = periods.Slices(kept.owner, kept.starts, slices.ends[last], kept.columns)
    longer = np.flatnonzero(first != last)
    again = charge.SCHEME.run(_facts(parish, joined.where(longer)), law.figures)
    columns = {name: column.take(first) for name, column in ran.items()}
    for name, column in again.items():
        columns[name][longer] = column
    return joined, columns
