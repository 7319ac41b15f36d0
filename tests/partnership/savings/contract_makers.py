"""A small contract with both its parties, and a measure that both can read: all of it invented."""

from datetime import date

import pytest

from borough.kernel import joining
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import posting
from borough.kernel.officers.models import Officer
from borough.kernel.officers.queries import OfficerAtWork
from borough.partnership.measures import commands as measures
from borough.partnership.measures import definitions
from borough.partnership.savings import models
from borough.partnership.savings.commands import charges, entries, evidence, terms
from borough.partnership.savings.queries import entries as claims
from borough.partnership.savings.queries import terms as signed
from borough.partnership.seats import commands as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.rules import years
from borough.rules.partnership import savings, waterfall
from tests import makers, officers

YEAR, BASE = years.Year(2023), years.Year(2022)
TODAY = date(2025, 3, 10)
SIGNED_ON = date(2023, 3, 1)
CONTACTS = "tests.contacts"
INDEX = terms.Index("An invented index", "as of 1 March 2023", {"2022-23": 1000, "2023-24": 1035})
BANDS = (waterfall.Band(100_000_00, 0), waterfall.Band(None, 3000))


def counts(monkeypatch: pytest.MonkeyPatch, numbers: dict[str, int], slug: str = CONTACTS) -> None:
    """Declare a measure that counts these numbers by year; other years have no data."""
    measure = joining.Measure(
        slug,
        "Contacts answered",
        unit="count",
        better="neither",
        read=lambda year, on: (numbers[year.name], 1) if year.name in numbers else None,
        blind_to="Whoever gave up.",
    )
    known = {**definitions.measures(), slug: measure}
    monkeypatch.setattr(definitions, "measures", lambda: known)
    monkeypatch.setattr(definitions, "digest", lambda slug: "0" * 64)


def sits(party: Party, name: str) -> OfficerAtWork:
    """Return somebody who sits for a partner, and may do all that a card knows."""
    officer = officers.an_officer(name, *officers.every_capability())
    on = SIGNED_ON
    seats.give_seat(officer=officer, party=party, starts=on, by=makers.everything(), on=on)
    return makers.an_officer(officer.pk)


def both() -> tuple[OfficerAtWork, OfficerAtWork]:
    """Return one who sits for the council and one who sits for the partner."""
    return sits(Party.COUNCIL, "Cleo Council"), sits(Party.PARTNER, "Pat Partner")


def officer_of(actor: OfficerAtWork) -> Officer:
    return Officer.objects.get(pk=int(actor.reference.partition("/")[2]))


def a_contract(*parties: OfficerAtWork, carries: bool = False) -> models.RuleSet:
    """Propose a contract of a core team and contacts; let these parties sign it."""
    by, on = makers.everything(), SIGNED_ON
    proposed = terms.Terms(YEAR, 1000, carries, BANDS, INDEX)
    rule_set = terms.propose_terms(terms=proposed, by=by, on=on)
    add_lines(rule_set)
    for one in parties:
        sign(rule_set, one)
    return rule_set


def a_fixed_contract() -> models.RuleSet:
    """Propose a contract of a core team alone, which needs no count."""
    by, on = makers.everything(), SIGNED_ON
    proposed = terms.Terms(YEAR, 1000, carries=False, bands=BANDS)
    rule_set = terms.propose_terms(terms=proposed, by=by, on=on)
    kind = models.Line.Kind.FIXED
    team = terms.Baseline("core", "Core team", kind, BASE, amount_pence=600_000_00)
    terms.add_line(rule_set=rule_set, baseline=team, by=by, on=on)
    return rule_set


def add_lines(rule_set: models.RuleSet) -> None:
    by, on = makers.everything(), SIGNED_ON
    kinds = models.Line.Kind
    team = terms.Baseline(
        "core", "Core team", kinds.FIXED, BASE, amount_pence=600_000_00, is_indexed=True
    )
    contacts = terms.Baseline(
        "contacts",
        "Contacts",
        kinds.VARIABLE,
        BASE,
        driver=CONTACTS,
        base_quantity=42_000,
        unit_cost_pence=4_50,
        is_indexed=True,
    )
    for one in (team, contacts):
        terms.add_line(rule_set=rule_set, baseline=one, by=by, on=on)


def sign(rule_set: models.RuleSet, by: OfficerAtWork, on: date = SIGNED_ON) -> None:
    terms.sign_terms(rule_set=rule_set, digest=signed.digest(rule_set), by=by, on=on)


def count(year: years.Year = YEAR, slug: str = CONTACTS) -> None:
    last = date(year.first + 1, 3, 31)
    measures.count(measure=slug, year=year, as_at=last, by=makers.everything(), on=TODAY)


def charge(reference: str, pence: int, *, is_credit: bool = False, year: years.Year = YEAR):
    return charges.record_charge(
        year=year,
        reference=reference,
        pence=pence,
        is_credit=is_credit,
        by=makers.everything(),
        on=date(year.first + 1, 3, 20),
    )


def a_claim(**changed: object) -> entries.Claim:
    said: dict[str, object] = {
        "year": YEAR,
        "title": "A lower price of contacts",
        "how": "The credit note of March",
        "kind": waterfall.Class.PRICE,
        "recurrence": waterfall.Recurrence.RECURRING,
        "gross_pence": 10_000_00,
        "full_year_pence": 20_000_00,
        "line": "contacts",
        "budget_code": "R1001",
        "budget_changed": True,
    }
    return entries.Claim(**{**said, **changed})  # type: ignore[arg-type]


def claimed(by: OfficerAtWork, on: date = TODAY, **changed: object) -> models.Entry:
    return entries.claim(claim=a_claim(**changed), by=by, on=on)


def credit_row(pence: int, key: str = "CN-1", on: date = date(2024, 3, 20)) -> evidence.Row:
    """Post a credit of a council budget; return the row that shows a saving of as much."""
    lines = [payload.Line("BANK", pence), payload.Line("CT-COSTS-INCOME", -pence)]
    journal = posting.post(
        source="tests", key=key, on=on, narrative=key, lines=lines, by=makers.everything()
    )
    return evidence.Row(journal.pk, 2, -pence)


def sign_claim(entry: models.Entry, by: OfficerAtWork, on: date = TODAY) -> None:
    digest = signing.digest(claims.claim_content(entry))
    entries.sign_claim(entry=entry, digest=digest, by=by, on=on)


def signed_claim(
    council: OfficerAtWork, partner: OfficerAtWork, reference: str = "CN-1", **changed: object
) -> models.Entry:
    """Return a claim that the partner made, traced to a credit note and signed by both."""
    entry = claimed(partner, **changed)
    entries.agree_method(entry=entry, by=council, on=TODAY)
    row = credit_row(entry.gross_pence, reference)
    evidence.trace(entry=entry, rows=[row], by=partner, on=TODAY)
    for one in (council, partner):
        sign_claim(entry, one)
    return entry


def worked_example() -> savings.Bars:
    """Return the bars of the year, worked out by hand, with 46,200 contacts and £700,000 charged.

    600,000 + 42,000 x 4.50 = 789,000; + 4,200 x 4.50 = 18,900; 807,900 x 3.5% = 28,276.50;
    836,176.50 x 10% = 83,617.65; 700,000 - 752,558.85 = -52,558.85.
    """
    return savings.Bars(
        volume=18_900_00,
        inflation=28_276_50,
        scope=0,
        guarantee=-83_617_65,
        additional=-52_558_85,
    )
