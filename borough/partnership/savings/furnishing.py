"""A small invented contract of the town: signed, counted from the town's own records, charged.

No figure of it is of any real contract: prices, index, guarantee and shares are made up here. How
many accounts there were is counted from the town, as everywhere.
"""

from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.measures import commands as measures
from borough.partnership.measures import definitions
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import charges, disputes, entries, evidence, terms
from borough.partnership.savings.queries import entries as claims
from borough.partnership.savings.queries import terms as signed
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party, Seat
from borough.rules import years
from borough.rules.partnership import waterfall

DRIVER = "revenues.accounts"
BY = commanding.system(
    "town",
    capabilities.PROPOSE_TERMS,
    capabilities.RECORD_CHARGE,
    measure_capabilities.COUNT_MEASURES,
)
GUARANTEE_BP = 1000
UNIT_PENCE, TEAM_PENCE = 28_00, 21_00  # for each account of the base year
BANDS = (waterfall.Band(10_000_00, 2000), waterfall.Band(None, 3000))


def lay(on: date) -> None:
    """Let both partners sign a contract, and tell its first year; nothing where nobody sits."""
    if DRIVER not in definitions.measures():
        return  # the service that counts accounts is left out
    seats = {one.party: one for one in Seat.objects.select_related("officer").order_by("-pk")}
    if set(seats) != set(Party.values):
        return
    parties = {name: officers.at_work(one.officer, on=on) for name, one in seats.items()}
    year = years.Year.holding(on).preceding
    accounts = _count(year.preceding, on)
    _count(year, on)
    if not accounts:
        return  # a town so new that it had no accounts in the base year
    rule_set = _propose(year, accounts, on)
    for by in parties.values():
        terms.sign_terms(rule_set=rule_set, digest=signed.digest(rule_set), by=by, on=on)
    saved = accounts * (UNIT_PENCE + TEAM_PENCE) // 50
    credit = _charge(year, accounts, saved)
    _claim(year, saved, credit, parties[Party.COUNCIL], parties[Party.PARTNER], on)


def _count(year: years.Year, on: date) -> int:
    """Count the accounts at the end of a year."""
    last = year.ends - timedelta(days=1)
    return measures.count(measure=DRIVER, year=year, as_at=last, by=BY, on=on).numerator or 0


def _propose(year: years.Year, accounts: int, on: date) -> models.RuleSet:
    base = year.preceding
    values = {base.name: 100_00, year.name: 103_50, year.following.name: 106_00}
    index = terms.Index("Invented index of the town", "invented", values)
    rule_set = terms.propose_terms(
        terms=terms.Terms(year, GUARANTEE_BP, carries=True, bands=BANDS, index=index),
        by=BY,
        on=on,
    )
    kinds = models.Line.Kind
    lines = (
        terms.Baseline(
            "team", "Team", kinds.FIXED, base, amount_pence=accounts * TEAM_PENCE, is_indexed=True
        ),
        terms.Baseline(
            "accounts",
            "Council Tax accounts",
            kinds.VARIABLE,
            base,
            driver=DRIVER,
            base_quantity=accounts,
            unit_cost_pence=UNIT_PENCE,
            is_indexed=True,
        ),
    )
    for line in lines:
        terms.add_line(rule_set=rule_set, baseline=line, by=BY, on=on)
    return rule_set


def _charge(year: years.Year, accounts: int, saved_pence: int) -> evidence.Row:
    """Record four invoices and a credit note; return the row of the credit note."""
    quarter = accounts * (UNIT_PENCE + TEAM_PENCE) * 94 // 400
    for number, month in enumerate((6, 9, 12, 3), start=1):
        day = date(year.first + (month < 4), month, 20)
        reference = f"INV-{year.first}-{number}"
        charges.record_charge(year=year, reference=reference, pence=quarter, by=BY, on=day)
    note = charges.record_charge(
        year=year,
        reference=f"CN-{year.first}-1",
        pence=saved_pence,
        is_credit=True,
        by=BY,
        on=date(year.first + 1, 3, 25),
    )
    return evidence.Row(note.pk, 1, -saved_pence)


def _claim(
    year: years.Year,
    saved_pence: int,
    credit: evidence.Row,
    council: commanding.Actor,
    partner: commanding.Actor,
    on: date,
) -> None:
    """Claim a saving that both sign, one that is disputed, and one that only begins."""
    price = entries.Claim(
        year=year,
        title="A lower price for letters (invented)",
        how="The credit note of March, against the invoices of the year.",
        kind=waterfall.Class.PRICE,
        recurrence=waterfall.Recurrence.RECURRING,
        gross_pence=saved_pence,
        full_year_pence=saved_pence,
        line="team",
        budget_code="R1001",
        budget_changed=True,
        in_charge=True,
    )
    first = entries.claim(claim=price, by=partner, on=on)
    entries.agree_method(entry=first, by=council, on=on)
    evidence.trace(entry=first, rows=[credit], by=partner, on=on)
    for by in (partner, council):
        digest = signing.digest(claims.claim_content(first))
        entries.sign_claim(entry=first, digest=digest, by=by, on=on)
    desk = entries.Claim(
        year=year,
        title="One desk less at the town hall (invented)",
        how="The cost of the desk in the budget, before and after.",
        kind=waterfall.Class.COST_REMOVED,
        recurrence=waterfall.Recurrence.RECURRING,
        gross_pence=saved_pence // 2,
        full_year_pence=saved_pence,
        line="team",
        budget_code="R1002",
    )
    second = entries.claim(claim=desk, by=council, on=on)
    disputes.dispute(entry=second, why=models.Dispute.Why.BUDGET, by=partner, on=on)
    hours = entries.Claim(
        year=year,
        title="Hours freed by moves on one page (invented)",
        how="Minutes for each move, timed before and after.",
        kind=waterfall.Class.NOT_CASH,
        recurrence=waterfall.Recurrence.ONE_OFF,
        gross_pence=saved_pence // 4,
        full_year_pence=saved_pence // 4,
        deadweight_bp=2500,
    )
    entries.claim(claim=hours, by=partner, on=on)
