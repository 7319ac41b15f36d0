"""Which terms hold for a year, what exactly is signed of them, and what a line costs by them."""

from datetime import date
from fractions import Fraction

from borough.kernel import joining
from borough.partnership.measures import definitions
from borough.partnership.savings import models
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import savings, waterfall


class NoIndexValue(LookupError):
    """The terms hold no signed index value for the year; the sentence says which is missing."""


def lines(rule_set: models.RuleSet) -> list[models.Line]:
    """Return the baseline of a version, by code."""
    return list(rule_set.lines.filter(dropped_on=None).order_by("code"))


def scope_changes(
    rule_set: models.RuleSet, year: years.Year | None = None
) -> list[models.ScopeChange]:
    """Return the changes of scope of a version, of one year or of all."""
    rows = rule_set.scope_changes.filter(dropped_on=None).order_by("year", "reference")
    return list(rows.filter(year=year.name) if year else rows)


def content(rule_set: models.RuleSet) -> dict[str, object]:
    """Return what both partners sign: the terms, the whole baseline, every change of scope."""
    return {
        "version": rule_set.version,
        "first_year": rule_set.first_year,
        "guarantee_bp": rule_set.guarantee_bp,
        "rollover": "carry" if rule_set.carries else "none",
        "share_bands": rule_set.bands,
        "index": {
            "name": rule_set.index_name,
            "vintage": rule_set.index_vintage,
            "values": rule_set.index_values,
        },
        "lines": [one.content for one in lines(rule_set)],
        "scope_changes": [one.content for one in scope_changes(rule_set)],
    }


def digest(rule_set: models.RuleSet) -> str:
    """Return the SHA-256 of the one text of the terms."""
    return signing.digest(content(rule_set))


def signed(rule_set: models.RuleSet) -> seats.Signed:
    """Return who has signed the terms as they are."""
    return seats.signed(rule_set.thing, digest(rule_set))


def versions() -> list[models.RuleSet]:
    """Return every version of the terms, the newest first."""
    return list(models.RuleSet.objects.order_by("-version"))


def of_year(year: years.Year, on: date) -> models.RuleSet | None:
    """Return the newest version for a year that both partners had signed by a day."""
    rows = models.RuleSet.objects.filter(first_year__lte=year.name).order_by("-version")
    for one in rows:
        since = signed(one).since
        if since is not None and since <= on:
            return one
    return None


def first_year(on: date) -> years.Year | None:
    """Return the first year for which terms were signed by a day."""
    rows = models.RuleSet.objects.order_by("first_year", "version")
    for one in rows:
        since = signed(one).since
        if since is not None and since <= on:
            return years.Year.named(one.first_year)
    return None


def as_rule(line: models.Line, rule_set: models.RuleSet, year: years.Year) -> savings.Line:
    """Return a line as the rules read it, with its prices of a year.

    Raises:
        NoIndexValue: the line is indexed, and no value of the year is signed.
    """
    return savings.Line(
        name=line.code,
        kind=savings.Kind(line.kind),
        driver=line.driver or None,
        base_quantity=line.base_quantity,
        amount_pence=line.amount_pence,
        unit_cost_pence=line.unit_cost_pence,
        steps=tuple(savings.Step(upto, pence) for upto, pence in line.steps),
        index=_index(line, rule_set, year) if line.is_indexed else Fraction(1),
        in_guarantee=line.in_guarantee,
    )


def sharing(rule_set: models.RuleSet) -> waterfall.Terms:
    """Return what the terms say about sharing."""
    bands = tuple(waterfall.Band(upto, share) for upto, share in rule_set.bands)
    return waterfall.Terms(carries=rule_set.carries, bands=bands)


def drivers() -> dict[str, joining.Measure]:
    """Return the measures that a line can follow: those that count something."""
    return {slug: one for slug, one in definitions.measures().items() if one.unit == "count"}


def _index(line: models.Line, rule_set: models.RuleSet, year: years.Year) -> Fraction:
    values = rule_set.index_values
    for wanted in (line.base_year, year.name):
        if wanted not in values:
            raise NoIndexValue(
                f"Version {rule_set.version} holds no signed value of {rule_set.index_name} for "
                f"{wanted}. Propose a new version with it; both partners sign it."
            )
    return Fraction(values[year.name], values[line.base_year])
