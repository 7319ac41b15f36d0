"""Terms bind when both have signed every word of them, and then stay."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.kernel import commanding
from borough.kernel.ledger import refusals
from borough.partnership.savings import models
from borough.partnership.savings.commands import charges, terms
from borough.partnership.savings.queries import charges as charged
from borough.partnership.savings.queries import terms as queries
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import commands as seats
from borough.rules import years
from borough.rules.partnership import savings, waterfall
from tests import makers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
BY, ON = makers.everything(), make.SIGNED_ON


@pytest.fixture(autouse=True)
def contacts(monkeypatch):
    make.counts(monkeypatch, {"2023-24": 46_200})


def test_terms_bind_when_both_have_signed_them():
    council, partner = make.both()
    rule_set = make.a_contract(council)
    assert queries.of_year(make.YEAR, make.TODAY) is None
    make.sign(rule_set, partner)
    assert queries.of_year(make.YEAR, make.TODAY) == rule_set
    assert queries.of_year(make.BASE, make.TODAY) is None, "a year before they begin"
    assert queries.of_year(make.YEAR, ON.replace(day=1, month=2)) is None, "not before that day"


def test_what_somebody_has_signed_stays_whoever_asks():
    council, _ = make.both()
    rule_set = make.a_contract(council)
    line = rule_set.lines.get(code="contacts")
    with pytest.raises(terms.SignedAlready):
        terms.leave_line_out(line=line, by=BY, on=ON)
    change = terms.Scope("CR-1", "Another office", make.YEAR, 5_000_00)
    with pytest.raises(terms.SignedAlready):
        terms.add_scope_change(rule_set=rule_set, scope=change, by=BY, on=ON)
    content = {**line.content, "code": "more"}
    attacks = (
        lambda: models.Line.objects.create(rule_set=rule_set, **content),
        lambda: models.Line.objects.filter(pk=line.pk).update(dropped_on=ON),
    )
    for attack in attacks:
        with pytest.raises(DatabaseError, match="signed stays"), transaction.atomic():
            attack()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.RuleSet.objects.update(guarantee_bp=0)


def test_who_read_another_text_signs_nothing():
    council, _ = make.both()
    rule_set = make.a_contract()
    read = queries.digest(rule_set)
    terms.leave_line_out(line=rule_set.lines.get(code="core"), by=BY, on=ON)
    with pytest.raises(terms.NotTerms, match="have changed"):
        terms.sign_terms(rule_set=rule_set, digest=read, by=council, on=ON)


def test_nobody_signs_an_empty_baseline_nor_for_both():
    council, _ = make.both()
    empty = terms.propose_terms(terms=terms.Terms(make.YEAR, 1000, carries=False), by=BY, on=ON)
    with pytest.raises(terms.NothingToSign):
        make.sign(empty, council)
    rule_set = make.a_contract(council)
    with pytest.raises(seats.AlreadySigned):
        make.sign(rule_set, council)
    with pytest.raises(seats.NoSeat):
        make.sign(rule_set, makers.an_officer(make.officer_of(council).pk + 1000))


def test_a_revised_index_is_another_version_and_restates_openly():
    council, partner = make.both()
    first = make.a_contract(council, partner)
    revised = terms.Index("An invented index", "revised", {"2022-23": 1000, "2023-24": 1040})
    second = terms.propose_terms(
        terms=terms.Terms(make.YEAR, 1000, False, make.BANDS, revised), like=first, by=BY, on=ON
    )
    assert [one.code for one in queries.lines(second)] == ["contacts", "core"]
    assert queries.of_year(make.YEAR, make.TODAY) == first
    for one in (council, partner):
        make.sign(second, one)
    assert queries.of_year(make.YEAR, make.TODAY) == second
    assert queries.digest(first) != queries.digest(second)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"driver": ""}, "follows no measure"),
        ({"driver": "tests.wishes"}, "No service counts"),
        ({"driver": "revenues.collected_in_year"}, "No service counts"),
        ({"base_year": years.Year(2020)}, "no index value"),
        ({"code": "core"}, "already"),
    ],
)
def test_a_line_that_cannot_be_worked_out_is_refused(wrong, why):
    rule_set = make.a_contract()
    said = {
        "code": "letters",
        "service": "Letters",
        "kind": models.Line.Kind.VARIABLE,
        "base_year": make.BASE,
        "driver": make.CONTACTS,
        "base_quantity": 1,
        "unit_cost_pence": 1,
        "is_indexed": True,
    }
    baseline = terms.Baseline(**{**said, **wrong})
    with pytest.raises(terms.NotTerms, match=why):
        terms.add_line(rule_set=rule_set, baseline=baseline, by=BY, on=ON)


def test_a_stepped_line_has_a_price_for_every_number():
    rule_set = make.a_contract()
    steps = [savings.Step(100, 5_00)]
    said = ("desk", "A desk", models.Line.Kind.STEPPED, make.BASE, make.CONTACTS, 120)
    with pytest.raises(terms.NotTerms, match="no limit"):
        terms.add_line(rule_set=rule_set, baseline=terms.Baseline(*said, steps=steps), by=BY, on=ON)
    steps.append(savings.Step(None, 8_00))
    line = terms.add_line(
        rule_set=rule_set, baseline=terms.Baseline(*said, steps=steps), by=BY, on=ON
    )
    assert line.value_pence == 8_00


def test_shares_and_guarantee_are_shares():
    for bands in ((waterfall.Band(None, 1), waterfall.Band(5, 1)), (waterfall.Band(None, 10_001),)):
        with pytest.raises(terms.NotTerms):
            terms.propose_terms(terms=terms.Terms(make.YEAR, 0, False, bands), by=BY, on=ON)
    with pytest.raises(terms.NotTerms):
        terms.propose_terms(terms=terms.Terms(make.YEAR, 10_001, carries=False), by=BY, on=ON)


def test_the_year_is_worked_out_from_counts_and_the_ledger_alone():
    makers.an_open_ledger()
    make.a_contract(*make.both())
    year = reckoning.account(make.YEAR, make.TODAY)
    assert year.bridge is None
    assert year.missing[0].startswith("No data")
    make.count()
    make.charge("INV-1", 720_000_00)
    make.charge("CN-1", 20_000_00, is_credit=True)
    year = reckoning.account(make.YEAR, make.TODAY)
    assert (year.missing, year.charge_pence) == ([], 700_000_00)
    assert year.bridge is not None
    assert year.bridge.bars == make.worked_example()
    assert year.bridge.naive_saving_pence == 89_000_00


def test_a_contract_that_ended_holds_for_no_later_year_and_carries_nothing_over():
    makers.an_open_ledger(2021, 2022, 2023, 2024)
    parties = make.both()
    old, new = years.Year(2021), years.Year(2024)
    for first, last in ((new, None), (old, old)):  # the older contract is the newer version
        proposed = terms.Terms(first, 1000, carries=True, last_year=last)
        rule_set = terms.propose_terms(terms=proposed, by=BY, on=ON)
        line = terms.Baseline("team", "Team", models.Line.Kind.FIXED, old, amount_pence=100_00)
        terms.add_line(rule_set=rule_set, baseline=line, by=BY, on=ON)
        for one in parties:
            make.sign(rule_set, one)
    make.charge("INV-1", 95_00, year=old)  # five pounds more than the guarantee allows
    make.charge("INV-2", 90_00, year=new)
    later = date(2025, 6, 1)
    assert queries.of_year(old, later).last_year == "2021-22"
    assert queries.of_year(years.Year(2022), later) is None
    assert queries.newest(later) == queries.of_year(new, later)
    first, second = reckoning.contracts(later)
    assert [one.year.name for one in first] == ["2021-22"]
    assert first[0].shared.carried_pence == 5_00
    assert [one.year.name for one in second] == ["2024-25", "2025-26"]
    assert (second[0].missing, second[0].shared.carried_pence) == ([], 0)
    assert reckoning.first_of(years.Year(2025), later) == new


def test_an_end_that_both_sign_later_ends_the_contract_that_had_none():
    makers.an_open_ledger()
    parties = make.both()
    first, last, after = (years.Year(one) for one in (2021, 2022, 2023))
    for ends in (None, last):
        proposed = terms.Terms(first, 1000, carries=True, last_year=ends)
        rule_set = terms.propose_terms(terms=proposed, by=BY, on=ON)
        line = terms.Baseline("team", "Team", models.Line.Kind.FIXED, first, amount_pence=100_00)
        terms.add_line(rule_set=rule_set, baseline=line, by=BY, on=ON)
        assert queries.of_year(after, ON) is not None or ends is None, "until both have signed"
        for one in parties:
            make.sign(rule_set, one)
    assert queries.of_year(last, ON) == rule_set
    assert queries.of_year(after, ON) is None, "the version without an end holds no more"
    assert queries.newest(date(2023, 6, 1)) is None
    [accounts] = reckoning.contracts(date(2023, 6, 1))
    assert [one.year for one in accounts] == [first, last, after], "each year once"
    assert [one.rule_set for one in accounts] == [rule_set, rule_set, None]


def test_a_contract_does_not_end_before_it_begins():
    before = terms.Terms(make.YEAR, 0, carries=False, last_year=make.BASE)
    with pytest.raises(terms.NotTerms, match="last year"):
        terms.propose_terms(terms=before, by=BY, on=ON)


def test_an_end_that_is_centuries_away_was_written_wrongly():
    far = terms.Terms(make.YEAR, 0, carries=False, last_year=years.Year(2304))
    with pytest.raises(terms.NotTerms, match="2304-05 is too far"):
        terms.propose_terms(terms=far, by=BY, on=ON)


def test_a_year_that_is_not_over_is_not_worked_out():
    make.a_contract(*make.both())
    this = reckoning.account(years.Year(2024), make.TODAY)
    assert (this.bridge, this.shared) == (None, None)
    assert "not over" in this.missing[0]


def test_a_year_without_a_signed_index_value_says_so(monkeypatch):
    makers.an_open_ledger()
    make.counts(monkeypatch, {"2023-24": 1, "2024-25": 1})
    make.a_contract(*make.both())
    next_year = years.Year(2024)
    make.charge("INV-2", 1_00, year=next_year)
    later = make.TODAY.replace(year=2026)
    year = reckoning.account(next_year, later)
    assert any("no signed value" in one for one in year.missing)


def test_the_same_invoice_is_charged_once_and_can_be_taken_back():
    makers.an_open_ledger()
    journal = make.charge("INV-1", 5_00)
    assert make.charge("INV-1", 5_00) == journal
    with pytest.raises(refusals.KeyReused):
        make.charge("INV-1", 6_00)
    assert charged.charged_pence(make.YEAR, make.TODAY) == 5_00
    charges.reverse_charge(journal=journal, by=BY, on=make.TODAY)
    assert charged.charged_pence(make.YEAR, make.TODAY) == 0
    with pytest.raises(charges.ReversedBefore):
        charges.reverse_charge(journal=journal, by=BY, on=make.TODAY)


def test_only_who_may_proposes():
    with pytest.raises(commanding.NotAllowed):
        terms.propose_terms(
            terms=terms.Terms(make.YEAR, 0, carries=False), by=makers.nobody(), on=ON
        )
