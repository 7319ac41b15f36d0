"""Proposing terms version by version, with their baseline, and signing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger.models import LARGEST_POSTING_PENCE
from borough.partnership.savings import capabilities, holding, models
from borough.partnership.savings.queries import terms as queries
from borough.partnership.savings.queries.years import MOST_YEARS
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Signature
from borough.rules import years
from borough.rules.partnership import savings, waterfall


class NotTerms(commanding.Refusal):
    """The terms do not fit together; the sentence says what to put right."""


class SignedAlready(commanding.Refusal):
    """Somebody has signed it, so it stays as it is."""


class NothingToSign(commanding.Refusal):
    """The baseline is empty."""


@dataclass(frozen=True, slots=True)
class Index:
    """A published index as both sign it.

    Attributes:
        vintage: when the values were published: a revised index is another version of the terms.
        values: by year, all in one unit: 1286 for 128.6.
    """

    name: str
    vintage: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version says of guarantee and shares.

    Attributes:
        first_year: from which it holds, until a later version does.
        last_year: the year in which the contract ends; None while no end is agreed.
        carries: a shortfall that is not cleared goes on to the next year.
        bands: the partner's share, rising; none: no share.
    """

    first_year: years.Year
    guarantee_bp: int
    carries: bool
    bands: Sequence[waterfall.Band] = ()
    index: Index | None = None
    last_year: years.Year | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """One line of a baseline (see `models.Line`).

    Attributes:
        driver: slug of the measure that it follows; "" for a fixed line.
        steps: of a stepped line, by rising quantity, the last without limit.
    """

    code: str
    service: str
    kind: models.Line.Kind
    base_year: years.Year
    driver: str = ""
    base_quantity: int = 0
    amount_pence: int = 0
    unit_cost_pence: int = 0
    steps: Sequence[savings.Step] = ()
    is_indexed: bool = False
    in_guarantee: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """Work added or taken away in a year, at that year's prices."""

    reference: str
    title: str
    year: years.Year
    amount_pence: int
    in_guarantee: bool = field(default=True)


@commanding.command(capabilities.PROPOSE_TERMS)
def propose_terms(
    *, terms: Terms, like: models.RuleSet | None = None, by: commanding.Actor, on: date
) -> models.RuleSet:
    """Propose the next version of the terms; it binds nobody until both partners sign it.

    Args:
        terms: guarantee, shares and index.
        like: the version whose baseline and changes of scope it begins with.
        by: who proposes.
        on: the day.

    Raises:
        NotTerms: guarantee, shares or index cannot be so.
    """
    _check_terms(terms)
    if abs(terms.first_year.first - on.year) > MOST_YEARS:
        raise NotTerms(f"{terms.first_year.name} is too far away. Write a year near this one.")
    holding.one_at_a_time()
    newest = models.RuleSet.objects.order_by("-version").first()
    index = terms.index
    made = models.RuleSet.objects.create(
        version=newest.version + 1 if newest else 1,
        first_year=terms.first_year.name,
        last_year=terms.last_year.name if terms.last_year else "",
        guarantee_bp=terms.guarantee_bp,
        carries=terms.carries,
        bands=[[one.upto_pence, one.partner_bp] for one in terms.bands],
        index_name=index.name if index else "",
        index_vintage=index.vintage if index else "",
        index_values=dict(index.values) if index else {},
        by=by.reference,
        on=on,
    )
    if like is not None:
        for line in queries.lines(like):
            models.Line.objects.create(rule_set=made, **line.content)
        for change in queries.scope_changes(like):
            models.ScopeChange.objects.create(rule_set=made, **change.content)
    facts.record(
        "partnership.terms_proposed",
        thing=made.thing,
        by=by,
        on=on,
        version=made.version,
        first_year=made.first_year,
    )
    return made


@commanding.command(capabilities.PROPOSE_TERMS)
def add_line(
    *, rule_set: models.RuleSet, baseline: Baseline, by: commanding.Actor, on: date
) -> models.Line:
    """Add a line to a baseline that nobody has signed yet.

    Raises:
        SignedAlready: somebody has signed the terms.
        NotTerms: the code is there already, or the line cannot be worked out.
    """
    _hold_unsigned(rule_set)
    if rule_set.lines.filter(code=baseline.code, dropped_on=None).exists():
        raise NotTerms(f"“{baseline.code}” is in this baseline already. Leave that line out first.")
    _check_line(baseline, rule_set)
    values: dict[str, Any] = {
        name: getattr(baseline, name)
        for name in (
            "code",
            "service",
            "driver",
            "base_quantity",
            "amount_pence",
            "unit_cost_pence",
            "is_indexed",
            "in_guarantee",
        )
    }
    made = models.Line(
        rule_set=rule_set,
        kind=baseline.kind.value,
        base_year=baseline.base_year.name,
        steps=[[one.upto, one.amount_pence] for one in baseline.steps],
        **values,
    )
    made.value_pence = _worth(made, rule_set)
    if made.value_pence > LARGEST_POSTING_PENCE:
        raise NotTerms("A line cannot cost so much. Look at the amounts and the number again.")
    made.save(force_insert=True)
    facts.record(
        "partnership.terms_line_added",
        thing=rule_set.thing,
        by=by,
        on=on,
        line=made.code,
        version=rule_set.version,
    )
    return made


@commanding.command(capabilities.PROPOSE_TERMS)
def leave_line_out(*, line: models.Line, by: commanding.Actor, on: date) -> None:
    """Leave a line out of a baseline that nobody has signed yet.

    Raises:
        SignedAlready: somebody has signed the terms.
    """
    _hold_unsigned(line.rule_set)
    if models.Line.objects.filter(pk=line.pk, dropped_on=None).update(dropped_on=on):
        facts.record(
            "partnership.terms_line_left_out",
            thing=line.rule_set.thing,
            by=by,
            on=on,
            line=line.code,
            version=line.rule_set.version,
        )


@commanding.command(capabilities.PROPOSE_TERMS)
def add_scope_change(
    *, rule_set: models.RuleSet, scope: Scope, by: commanding.Actor, on: date
) -> models.ScopeChange:
    """Add a change of scope to terms that nobody has signed yet.

    Raises:
        SignedAlready: somebody has signed the terms.
        NotTerms: the change is in that year already, or comes to nothing.
    """
    _hold_unsigned(rule_set)
    same = rule_set.scope_changes.filter(reference=scope.reference, year=scope.year.name)
    if same.filter(dropped_on=None).exists():
        raise NotTerms(f"“{scope.reference}” is in {scope.year.name} already.")
    if scope.amount_pence == 0:
        raise NotTerms("A change of scope comes to some amount.")
    made = models.ScopeChange.objects.create(
        rule_set=rule_set,
        reference=scope.reference,
        title=scope.title,
        year=scope.year.name,
        amount_pence=scope.amount_pence,
        in_guarantee=scope.in_guarantee,
    )
    facts.record(
        "partnership.scope_change_added",
        thing=rule_set.thing,
        by=by,
        on=on,
        year=made.year,
        version=rule_set.version,
    )
    return made


@commanding.command(capabilities.PROPOSE_TERMS)
def leave_scope_change_out(*, change: models.ScopeChange, by: commanding.Actor, on: date) -> None:
    """Leave a change of scope out of terms that nobody has signed yet.

    Raises:
        SignedAlready: somebody has signed the terms.
    """
    _hold_unsigned(change.rule_set)
    if models.ScopeChange.objects.filter(pk=change.pk, dropped_on=None).update(dropped_on=on):
        facts.record(
            "partnership.scope_change_left_out",
            thing=change.rule_set.thing,
            by=by,
            on=on,
            year=change.year,
            version=f"version {change.rule_set.version}",
        )


@commanding.command(seat_capabilities.SIGN)
def sign_terms(
    *, rule_set: models.RuleSet, digest: str, by: commanding.Actor, on: date
) -> Signature:
    """Sign the terms, as they were read, for the partner for whom the officer sits.

    Args:
        rule_set: the version.
        digest: of the text that was read (`queries.terms.digest`).
        by: who signs.
        on: the day.

    Raises:
        NothingToSign: the baseline is empty.
        NotTerms: they have changed since they were read.
        seats.NoSeat, seats.AlreadySigned: as for everything that is signed.
    """
    holding.one_at_a_time()
    if not queries.lines(rule_set):
        raise NothingToSign("The baseline is empty. Add what the contract holds first.")
    if digest != queries.digest(rule_set):
        raise NotTerms("These terms have changed since you opened them. Read them again.")
    return seats.sign(thing=rule_set.thing, digest=digest, by=by, on=on)


def _hold_unsigned(rule_set: models.RuleSet) -> None:
    holding.one_at_a_time()
    if Signature.objects.filter(thing=rule_set.thing).exists():
        raise SignedAlready(
            f"Somebody has signed version {rule_set.version}, so it stays as it is. "
            "Propose a new version."
        )


def _check_terms(terms: Terms) -> None:
    if not 0 <= terms.guarantee_bp <= savings.WHOLE_BP:
        raise NotTerms("The guaranteed saving must be between 0 and 100 per cent.")
    limits = [one.upto_pence for one in terms.bands]
    _rising(limits, "shares")
    if not all(0 <= one.partner_bp <= savings.WHOLE_BP for one in terms.bands):
        raise NotTerms("A share must be between 0 and 100 per cent.")
    if terms.last_year is not None and terms.last_year < terms.first_year:
        raise NotTerms("The last year must not come before the first.")
    if terms.last_year is not None and terms.last_year.first - terms.first_year.first > MOST_YEARS:
        raise NotTerms(f"{terms.last_year.name} is too far away for an end. Write an earlier year.")
    if terms.index and not all(value > 0 for value in terms.index.values.values()):
        raise NotTerms("An index value must be above 0.")


def _check_line(baseline: Baseline, rule_set: models.RuleSet) -> None:
    fixed = baseline.kind == models.Line.Kind.FIXED
    if fixed == bool(baseline.driver):
        raise NotTerms("A fixed line follows no measure; every other line follows one.")
    if baseline.driver and baseline.driver not in queries.drivers():
        raise NotTerms(f"No service counts “{baseline.driver}”. Choose a measure of the list.")
    if baseline.kind == models.Line.Kind.STEPPED:
        limits = [one.upto for one in baseline.steps]
        _rising(limits, "steps")
        if not limits or limits[-1] is not None:
            raise NotTerms("The last step must have no limit, so that every number has a price.")
    if baseline.is_indexed and baseline.base_year.name not in rule_set.index_values:
        raise NotTerms(
            f"The line is indexed, but these terms hold no index value for "
            f"{baseline.base_year.name}. Propose a version with it."
        )


def _rising(limits: Sequence[int | None], what: str) -> None:
    known = [limit for limit in limits if limit is not None]
    if None in limits[:-1] or known != sorted(set(known)):
        raise NotTerms(f"Write the {what} by rising limit; only the last may have none.")


def _worth(line: models.Line, rule_set: models.RuleSet) -> int:
    """Return what the base quantity costs at base prices."""
    base = years.Year.named(line.base_year)
    return queries.as_rule(line, rule_set, base).cost_pence(line.base_quantity)
