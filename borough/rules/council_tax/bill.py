"""From the dated facts of many accounts to what each has to pay for the year.

One account and 131,400 are the same call. A *period* is a run of days on the same terms: a change
that makes no difference to the charge (a third adult moves in) makes no new period, so it cannot
move a penny. Each period is charged on its own by :mod:`borough.rules.council_tax.charge`.
"""

import dataclasses
import functools
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
        facts: by name, what the charge of each period is worked out from, (p,).
        due_pence: what each account has to pay for the year, int64 (count,).
    """

    law: Law
    owner: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    facts: engine.Columns
    due_pence: NDArray[np.int64]

    @functools.cached_property
    def columns(self) -> engine.Columns:
        """Every fact and every result of the charge by name, (p,); `due` is payable.

        Worked out when first asked for: most of it is for telling, and billing a town tells none.
        """
        return charge.SCHEME.run(self.facts, self.law.figures)

    def explain(self, account: int) -> list[engine.Line]:
        """Return the sentences behind one account's bill, period by period.

        The same rules are run on the same periods, so it cannot disagree with the bill.
        """
        mine = slice(*np.searchsorted(self.owner, [account, account + 1]))
        facts = {name: column[mine] for name, column in self.facts.items()}
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
    values = parameters.InForce(sheet(council, overlay), year.starts)
    _refuse_beyond_the_maximum(values)
    amounts = bands.amounts(year, **charges, band_ninths=values["band_ninths"])
    return Law(year, council, _figures(year, values, amounts), amounts, values)


def sheet(
    council: str = "sefton", overlay: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, parameters.Parameter]:
    """Return every figure with all its days, the council's own choices among them.

    It asks for no year: recovery needs a figure of today for a debt of any age.
    """
    added = parameters.checked((overlay or {}).get("choices", {}))
    choices = parameters.overlaid(parameters.load(f"local/{council}"), added)
    return {**parameters.load("council_tax"), **choices}


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
    slices = _joined(slices, parish, law)
    facts = _facts(slices, parish)
    ran = charge.SCHEME.run(facts, law.figures, only=["due"])
    due = np.zeros(accounts.count, np.int64)
    np.add.at(due, slices.owner, ran["due"])
    return Bill(law, slices.owner, slices.starts, slices.ends, facts, due)


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


def _facts(slices: periods.Slices, parish: NDArray[np.int64]) -> engine.Columns:
    lies_in = parish.take(slices.owner)
    return {**slices.columns, "starts": slices.starts, "ends": slices.ends, "parish": lies_in}


TERMS = (
    "charged_place",
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


def _joined(slices: periods.Slices, parish: NDArray[np.int64], law: Law) -> periods.Slices:
    """Return the slices, joined where an account goes on from one to the next on the same terms.

    Most accounts have one slice a year, so the terms are asked of neighbouring slices only.
    """
    goes_on = _goes_on(slices)
    beside = np.flatnonzero(np.append(goes_on, False) | np.append(False, goes_on))
    some = slices.where(beside)
    terms = charge.SCHEME.run(_facts(some, parish), law.figures, only=TERMS)
    same = _goes_on(some)
    for name in TERMS:
        same &= terms[name][1:] == terms[name][:-1]
    anew = np.ones(len(slices.owner), np.bool_)
    anew[beside[1:]] = ~same
    first = np.flatnonzero(anew)
    ends = slices.ends[np.append(anew[1:], True)[: len(anew)]]
    return dataclasses.replace(slices.where(first), ends=ends)


def _goes_on(slices: periods.Slices) -> NDArray[np.bool_]:
    """Return whether each slice but the first begins where its owner's last one ended, (p - 1,)."""
    same = slices.owner[1:] == slices.owner[:-1]
    goes_on: NDArray[np.bool_] = same & (slices.starts[1:] == slices.ends[:-1])
    return goes_on
