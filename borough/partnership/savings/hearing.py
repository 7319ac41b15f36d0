"""Benefits that the register of changes reports: each is kept as a proposal for a partner.

Known by the slugs of its facts alone. A proposal heard counts nothing: it has no party until one
says in full how it is counted, and out of which budget it comes.
"""

from collections.abc import Sequence
from datetime import date

from borough.kernel.facts.models import Fact
from borough.partnership.savings import holding, models
from borough.partnership.savings.queries import terms
from borough.rules import years
from borough.rules.partnership import claims, waterfall


def hear(facts: Sequence[Fact]) -> None:
    """Keep each benefit once as a proposal; hearing it again changes nothing."""
    holding.one_at_a_time()
    numbers = [one.pk for one in facts]
    rows = models.Entry.objects.filter(heard__in=numbers)
    known = set(rows.values_list("heard", flat=True))
    for fact in facts:
        if fact.pk not in known and fact.detail["amount_pence"]:
            _propose(fact)


def hear_withdrawal(facts: Sequence[Fact]) -> None:
    """Keep that a benefit was taken back; a claim that completed the proposal says so."""
    holding.one_at_a_time()
    for fact in facts:
        entry = models.Entry.objects.filter(heard_of=_thing(fact)).first()
        if entry is not None:
            models.Withdrawn.objects.get_or_create(
                entry=entry, defaults={"heard": fact.pk, "on": fact.on}
            )


def _propose(fact: Fact) -> None:
    said = fact.detail
    year = years.Year.named(said["year"])
    recurs = said["full_year_pence"] != 0
    made = models.Entry.objects.create(
        year=year.name,
        kind=waterfall.Class(said["class"]).value,
        recurrence=(
            waterfall.Recurrence.RECURRING if recurs else waterfall.Recurrence.ONE_OFF
        ).value,
        since=year.name,
        gross_pence=said["amount_pence"],
        full_year_pence=said["full_year_pence"],
        deadweight_bp=said["deadweight_bp"],
        line=_line(said.get("baseline_line", ""), year, fact.on),
        heard=fact.pk,
        heard_of=_thing(fact),
        by=fact.by,
        on=fact.on,
    )
    models.Share.objects.create(entry=made, initiative=fact.thing, share_bp=claims.WHOLE_BP)


def _thing(fact: Fact) -> str:
    return f"change.realised/{fact.detail['realised']}"


def _line(code: str, year: years.Year, on: date) -> models.Line | None:
    rule_set = terms.of_year(year, on) if code else None
    if rule_set is None:
        return None
    return next((one for one in terms.lines(rule_set) if one.code == code), None)
