"""A year of the contract: what it should have cost, what it did, and whose the savings are.

Everything is read and worked out anew: volumes from counts of measures, the charge from the ledger,
claims from their rows, the sums from the rules. Where something is missing, no sum is made.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel.ledger import queries as ledger
from borough.partnership.measures import models as measures
from borough.partnership.measures import queries as counts
from borough.partnership.savings import models
from borough.partnership.savings.queries import charges, entries, terms
from borough.rules import years
from borough.rules.partnership import savings, waterfall

MOST_YEARS = 40
"""No contract is longer: a year written wrongly does not bring a thousand to work out."""


@dataclass(frozen=True, slots=True)
class Volume:
    """The quantity of a line in the year, as it was counted.

    Attributes:
        snapshot: the count; None where there is none, and for a fixed line.
        quantity: None where there is no data.
        disputed_by: the partners who dispute a count of the year.
    """

    line: models.Line
    snapshot: measures.Snapshot | None
    quantity: int | None
    disputed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, and what becomes of it.

    Attributes:
        in_baseline: the baseline of the year was drawn up with it, so it dropped out.
    """

    standing: entries.Standing
    rule: waterfall.Entry
    in_baseline: bool

    @property
    def why(self) -> str:
        """What becomes of it, in a sentence."""
        if self.in_baseline:
            return "The baseline of the year was drawn up with it, so it dropped out."
        return waterfall.WHY[self.rule.result]

    @property
    def counts(self) -> bool:
        """It is in the headline."""
        return not self.in_baseline and self.rule.result in waterfall.COUNTED


@dataclass(frozen=True, slots=True)
class Account:
    """A year as it stands on a day.

    Attributes:
        rule_set: the terms that hold for it; None where both have signed none.
        charge_pence: net of credit notes; None where nothing was charged yet.
        missing: why the year cannot be worked out, in sentences; empty when it was.
        bridge, shared: None where something is missing.
        totals: of the claims; they need no bridge.
    """

    year: years.Year
    rule_set: models.RuleSet | None
    volumes: Sequence[Volume]
    changes: Sequence[models.ScopeChange]
    charges: Sequence[ledger.Entry]
    charge_pence: int | None
    claims: Sequence[Judged]
    missing: Sequence[str]
    bridge: savings.Bridge | None
    shared: waterfall.Waterfall | None
    totals: waterfall.Totals


def account(year: years.Year, on: date) -> Account:
    """Return a year as it stands on a day, with what the years before it leave."""
    return accounts(year, on)[-1]


def accounts(year: years.Year, on: date) -> list[Account]:
    """Return the years of a contract up to one, in order; each takes over from the one before.

    The year that is asked for is there, too, when no contract holds for it.
    """
    bind = terms.binding(on)
    return _accounts(year, bind, _covered(bind, year, on), on)


def contracts(on: date) -> list[list[Account]]:
    """Return the years of each contract up to a day, the first contract first.

    Years for which no terms hold and nothing is claimed lie between two contracts: what one leaves
    is not carried to the next. The year of the day is there in any case, with the last of them.
    """
    this, bind = years.Year.holding(on), terms.binding(on)
    covered = _covered(bind, this, on) | {this}
    ends = {one for one in covered if one.following not in covered}
    return [_accounts(one, bind, covered, on) for one in sorted(ends)]


def first_of(year: years.Year, on: date) -> years.Year:
    """Return the first year of the contract of a year: the year itself where none came before."""
    return _first(year, _covered(terms.binding(on), year, on))


def _accounts(
    year: years.Year,
    bind: Sequence[models.RuleSet],
    covered: Collection[years.Year],
    on: date,
) -> list[Account]:
    found: list[Account] = []
    one = _first(year, covered)
    while one <= year:
        rule_set = terms.holding(bind, one)
        found.append(_account(one, rule_set, found[-1] if found else None, on))
        one = one.following
    return found


def _first(year: years.Year, covered: Collection[years.Year]) -> years.Year:
    while year.preceding in covered:
        year = year.preceding
    return year


def _covered(bind: Sequence[models.RuleSet], until: years.Year, on: date) -> frozenset[years.Year]:
    """Return the years up to one for which terms bind or something is claimed."""
    claimed = entries.claimed_years(on)
    within = (years.Year(one) for one in range(until.first - MOST_YEARS, until.first + 1))
    return frozenset(
        one for one in within if one in claimed or terms.holding(bind, one) is not None
    )


def _account(
    year: years.Year, rule_set: models.RuleSet | None, before: Account | None, on: date
) -> Account:
    lines = terms.lines(rule_set) if rule_set else []
    volumes = [_volume(line, year, on) for line in lines]
    changes = terms.scope_changes(rule_set, year) if rule_set else []
    charged = charges.statement(year, on)
    base_years = {line.code: line.base_year for line in lines}
    claims = [
        Judged(one, one.as_rule, one.is_in_baseline(base_years))
        for one in entries.of_year(year, on)
    ]
    counting = [one.rule for one in claims if not one.in_baseline]
    cumulative = before.totals.cumulative_pence if before else 0
    missing = [*_missing(year, rule_set, volumes, charged, on), *_not_carried(rule_set, before)]
    bridge = None
    if rule_set is not None and not missing:
        bridge = _bridge(year, rule_set, volumes, changes, charged[-1].balance_pence)
    shared = None
    if rule_set is not None and bridge is not None:
        left = waterfall.Before(_left(before), cumulative)
        shared = waterfall.run(year.first, bridge, counting, terms.sharing(rule_set), left)
    return Account(
        year=year,
        rule_set=rule_set,
        volumes=volumes,
        changes=changes,
        charges=charged,
        charge_pence=charged[-1].balance_pence if charged else None,
        claims=claims,
        missing=missing,
        bridge=bridge,
        shared=shared,
        totals=waterfall.totals(counting, cumulative),
    )


def _volume(line: models.Line, year: years.Year, on: date) -> Volume:
    if not line.driver:
        return Volume(line, None, line.base_quantity, ())
    counted = [one for one in counts.over_time(line.driver, year) if one.as_at <= on]
    newest = counted[-1] if counted else None
    disputed = measures.Dispute.objects.filter(
        snapshot__measure=line.driver, snapshot__year=year.name, starts__lte=on
    ).exclude(ends__lte=on)
    return Volume(
        line,
        newest,
        newest.numerator if newest and newest.denominator == 1 else None,
        tuple(sorted(set(disputed.values_list("party", flat=True)))),
    )


def _missing(
    year: years.Year,
    rule_set: models.RuleSet | None,
    volumes: Sequence[Volume],
    charged: Sequence[ledger.Entry],
    on: date,
) -> list[str]:
    """Return why no sum can be made, in sentences."""
    if rule_set is None:
        return [f"No terms that both partners have signed hold for {year.name}."]
    last = year.ends - timedelta(days=1)
    if on < year.ends:
        return [f"{year.name} is not over. It is worked out once all of it is counted."]
    found = []
    for slug, of_driver in sorted({one.line.driver: one for one in volumes}.items()):
        if not slug:
            continue
        if of_driver.quantity is None:
            found.append(f"No data: {title(slug)} was not counted for {year.name}.")
        elif of_driver.snapshot is not None and of_driver.snapshot.as_at < last:
            found.append(f"{title(slug)} was not counted to the end of {year.name} yet.")
    if not charged:
        found.append(f"Nothing that the partner charged for {year.name} is in the ledger.")
    return [*found, *_index_missing(year, rule_set, volumes)]


def _index_missing(
    year: years.Year, rule_set: models.RuleSet, volumes: Sequence[Volume]
) -> list[str]:
    found = set()
    for one in volumes:
        try:
            terms.as_rule(one.line, rule_set, year)
        except terms.NoIndexValue as fault:
            found.add(str(fault))
    return sorted(found)


def _not_carried(rule_set: models.RuleSet | None, before: Account | None) -> list[str]:
    """Return why it is not known what the year before carries on, if the terms carry."""
    if rule_set is None or not rule_set.carries or before is None or before.rule_set is None:
        return []
    if before.shared is None:
        return [f"{before.year.name} is not worked out, so what it carries on is not known."]
    return []


def _bridge(
    year: years.Year,
    rule_set: models.RuleSet,
    volumes: Sequence[Volume],
    changes: Sequence[models.ScopeChange],
    charge_pence: int,
) -> savings.Bridge:
    counted = {
        one.line.driver: one.quantity
        for one in volumes
        if one.line.driver and one.quantity is not None
    }
    return savings.bridge(
        [terms.as_rule(one.line, rule_set, year) for one in volumes],
        counted,
        [
            savings.ScopeChange(
                one.reference, one.amount_pence, approved=True, in_guarantee=one.in_guarantee
            )
            for one in changes
        ],
        guarantee_bp=rule_set.guarantee_bp,
        charge_pence=charge_pence,
    )


def _left(before: Account | None) -> tuple[tuple[int, int], ...]:
    """Return the shortfalls that the year before leaves, by the year in which they arose."""
    if before is None or before.shared is None or not before.shared.carried_pence:
        return ()
    clearing = before.shared.clearing
    return tuple((one.year, one.uncleared_pence) for one in clearing if one.uncleared_pence)


def title(slug: str) -> str:
    """Return what a measure is called; its slug where its service is left out."""
    found = terms.drivers().get(slug)
    return f"“{found.title}”" if found else slug
