"""The contract of the story: its terms year by year, what was charged, and what was claimed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from borough.kernel import commanding
from borough.partnership.measures import models as measures
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import charges, disputes, entries, evidence, terms
from borough.partnership.savings.queries import entries as claims
from borough.partnership.savings.queries import terms as queries
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.partnership.work import measures as work_measures
from borough.partnership.work.models import Kind
from borough.rules import years
from borough.rules.partnership import savings, waterfall
from borough.town.story import people, written

BY = commanding.system("town", capabilities.PROPOSE_TERMS, capabilities.RECORD_CHARGE)
TEAM = "team"
AGREED, CLAIMED, LOOKED_AT = timedelta(days=14), timedelta(days=20), timedelta(days=60)


def agree(year: years.Year) -> models.RuleSet:
    """Let both sign the terms of a year: the baseline as before, and a value more of the index."""
    on, said = year.starts + AGREED, written.story()
    base = written.base_year()
    signed = range(base.first, year.first + 1)
    values = {
        years.Year(first).name: value
        for first, value in zip(signed, said["index"]["values"], strict=False)
    }
    before = queries.of_year(year.preceding, on)
    rule_set = terms.propose_terms(
        terms=terms.Terms(
            first_year=year,
            last_year=written.contract_years()[-1],
            guarantee_bp=said["guarantee_bp"],
            carries=True,
            bands=[waterfall.Band(upto, share) for upto, share in said["bands"]],
            index=terms.Index(said["index"]["name"], said["index"]["vintage"], values),
        ),
        like=before,
        by=BY,
        on=on,
    )
    if before is None:
        _draw_up(rule_set, on)
    for by in people.parties(on).values():
        terms.sign_terms(rule_set=rule_set, digest=queries.digest(rule_set), by=by, on=on)
    return rule_set


def charge(rule_set: models.RuleSet, month: date, on: date, counts: Mapping[Kind, int]) -> int:
    """Record the invoice of a month: so many of each kind at the prices of the year; return it."""
    year = years.Year.holding(month)
    price = prices(rule_set, year)
    pence = price[TEAM] // 12 + sum(counts[kind] * price[kind.value] for kind in counts)
    charges.record_charge(year=year, reference=f"S-INV-{month:%Y-%m}", pence=pence, by=BY, on=on)
    return pence


def prices(rule_set: models.RuleSet, year: years.Year) -> dict[str, int]:
    """Return what the partner charges by line: the base price, indexed, less the guarantee.

    Rounded down to whole pence, so that the guarantee holds to the penny.
    """
    kept = Fraction(savings.WHOLE_BP - rule_set.guarantee_bp, savings.WHOLE_BP)
    found = {}
    for line in queries.lines(rule_set):
        rule = queries.as_rule(line, rule_set, year)
        found[line.code] = int((line.amount_pence or line.unit_cost_pence) * rule.index * kept)
    return found


def credit(
    year: years.Year, quarter: int, invoiced_pence: int, on: date
) -> dict[str, evidence.Row]:
    """Record a credit note of a quarter for each thing done better; return its row by title."""
    found = {}
    for number, one in enumerate(written.improvements(year), start=1):
        pence = invoiced_pence * one.share_bp[year.first] // savings.WHOLE_BP
        note = charges.record_charge(
            year=year,
            reference=f"S-CN-{year.first}-{quarter}-{number}",
            pence=pence,
            is_credit=True,
            by=BY,
            on=on,
        )
        found[one.title] = evidence.Row(note.pk, 1, -pence)
    return found


def claim(year: years.Year, credits: Mapping[str, Sequence[evidence.Row]]) -> None:
    """Claim what the credit notes of a year come to; the other partner agrees, and both sign."""
    parties = people.parties(year.ends + CLAIMED)
    council, partner = parties[Party.COUNCIL], parties[Party.PARTNER]
    preparing, agreeing = (partner, council) if year.first % 2 else (council, partner)
    for one in written.improvements(year):
        rows = credits[one.title]
        _claim(year, one, rows, preparing=preparing, agreeing=agreeing)


def _draw_up(rule_set: models.RuleSet, on: date) -> None:
    """Draw up the baseline, from what was counted of the base year."""
    base, kinds = written.base_year(), models.Line.Kind
    lines = [
        terms.Baseline(
            TEAM,
            "The team that every service needs",
            kinds.FIXED,
            base,
            amount_pence=written.story()["team_pence"],
            is_indexed=True,
        )
    ]
    for one in written.works():
        slug = work_measures.slug(one.kind)
        counted = measures.Snapshot.objects.filter(measure=slug, year=base.name).latest("as_at")
        lines.append(
            terms.Baseline(
                one.kind.value,
                str(one.kind.label),
                kinds.VARIABLE,
                base,
                driver=slug,
                base_quantity=counted.numerator or 0,
                unit_cost_pence=one.unit_pence,
                is_indexed=True,
            )
        )
    for line in lines:
        terms.add_line(rule_set=rule_set, baseline=line, by=BY, on=on)


def _claim(
    year: years.Year,
    improvement: written.Improvement,
    rows: Sequence[evidence.Row],
    *,
    preparing: commanding.Actor,
    agreeing: commanding.Actor,
) -> None:
    pence, on = -sum(row.pence for row in rows), year.ends + CLAIMED
    said = entries.Claim(
        year=year,
        title=f"{improvement.title} (invented)",
        how="The credit notes of the four quarters, against the invoices of the year.",
        kind=waterfall.Class.PRICE,
        recurrence=waterfall.Recurrence.ONE_OFF,
        gross_pence=pence,
        full_year_pence=pence,
        line=improvement.line,
        budget_code=improvement.budget,
        budget_changed=True,
        in_charge=True,
    )
    made = entries.claim(claim=said, by=preparing, on=on)
    entries.agree_method(entry=made, by=agreeing, on=on)
    evidence.trace(entry=made, rows=rows, by=preparing, on=on)
    if year.first == written.story()["disputed"]:
        doubt = disputes.dispute(entry=made, why=models.Dispute.Why.METHOD, by=agreeing, on=on)
        on += LOOKED_AT
        disputes.settle(dispute=doubt, by=agreeing, on=on)
    for by in (preparing, agreeing):
        digest = signing.digest(claims.claim_content(made))
        entries.sign_claim(entry=made, digest=digest, by=by, on=on)
