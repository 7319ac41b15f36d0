"""Which terms hold for a year, what exactly is signed of them, and what a line costs by them."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

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
        **({"last_year": rule_set.last_year} if rule_set.last_year else {}),
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
    """Return every version of the terms, those of the latest years first."""
    return list(models.RuleSet.objects.order_by("-first_year", "-version"))


def newest(on: date) -> models.RuleSet | None:
    """Return the newest version of a contract that is not over, whoever has signed it."""
    year = years.Year.holding(on).name
    newer: list[models.RuleSet] = []
    for one in models.RuleSet.objects.order_by("-version"):
        if not _is_over(one, year) and not any(_ends(each, one, year) for each in newer):
            return one
        if signed(one).both:
            newer.append(one)
    return None


def binding(on: date) -> list[models.RuleSet]:
    """Return the versions that both partners had signed by a day, the newest first."""
    return list(_binding(models.RuleSet.objects.all(), on))


def holding(bind: Iterable[models.RuleSet], year: years.Year) -> models.RuleSet | None:
    """Return which of the versions that bind, the newest first, holds for a year.

    The end that a version says is the end of those before it, too, which held until then.
    """
    newer: list[models.RuleSet] = []
    for one in bind:
        holds = one.first_year <= year.name and not _is_over(one, year.name)
        if holds and not any(_ends(each, one, year.name) for each in newer):
            return one
        newer.append(one)
    return None


def of_year(year: years.Year, on: date) -> models.RuleSet | None:
    """Return the newest version for a year that both partners had signed by a day."""
    return holding(_binding(models.RuleSet.objects.filter(first_year__lte=year.name), on), year)


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


def _binding(rows: QuerySet[models.RuleSet], on: date) -> Iterator[models.RuleSet]:
    for one in rows.order_by("-version"):
        since = signed(one).since
        if since is not None and since <= on:
            yield one


def _is_over(rule_set: models.RuleSet, year: str) -> bool:
    return bool(rule_set.last_year) and rule_set.last_year < year


def _ends(newer: models.RuleSet, older: models.RuleSet, year: str) -> bool:
    """Return whether a version has ended the contract of an older one before a year."""
    return _is_over(newer, year) and older.first_year <= newer.last_year


def _index(line: models.Line, rule_set: models.RuleSet, year: years.Year) -> Fraction:
    values = rule_set.index_values
    for wanted in (line.base_year, year.name):
        if wanted not in values:
            raise NoIndexValue(
                f"Version {rule_set.version} holds no signed value of {rule_set.index_name} for "
                f"{wanted}. Propose a new version with it; both partners sign it."
            )
    return Fraction(values[year.name], values[line.base_year])
