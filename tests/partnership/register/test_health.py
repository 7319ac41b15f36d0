"""How the contract is looked after: each sentence counted from records, and silence said aloud."""

from datetime import date, timedelta

import pytest

from borough.kernel.facts import commands as facts
from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.partnership.measures import commands as measures
from borough.partnership.measures import models as counts
from borough.partnership.register import capabilities, hearing, models
from borough.partnership.register.health import areas
from borough.partnership.savings.commands import disputes
from borough.rules import years
from borough.rules.partnership import waterfall
from tests import makers, markup, officers
from tests.partnership.promises import promise_makers
from tests.partnership.register import register_makers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
HERE = "/partnership/health"


def area(number: int, on: date = TODAY) -> areas.Finding:
    return areas.findings(on)[number - 1]


def says(number: int, on: date = TODAY) -> list[str]:
    return [one.says for one in area(number, on).evidence]


@pytest.fixture
def a_contract(monkeypatch):
    """A contract that both signed, counted and charged for in its first year."""
    make.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()
    council, partner = make.both()
    make.a_contract(council, partner)
    make.charge("INV-1", 700_000_00)
    return council, partner


def test_where_nothing_is_held_it_says_so_and_nothing_is_called_good():
    found = areas.findings(TODAY)
    assert [one.area.number for one in found] == list(range(1, 12))
    silent = [one.area.title for one in found if not one.evidence]
    assert silent == [
        *("Risk", "Contract development", "Supplier development"),
        *("Supplier relationship management", "Market management"),
    ]
    assert says(5)[0] == "Both have signed no baseline for this year."
    late = [one.area.number for one in found if one.attend]
    assert late == [1, 2, 3, 5]


def test_it_tells_what_both_signed_and_what_was_charged(a_contract):
    assert says(5)[0] == "Both signed this year’s baseline on 1 March 2023: 2 lines in version 1."
    assert "Version 1 of the terms holds for 2024-25." in says(1)
    assert "1 officer sits for the council." in says(2)
    assert says(6) == [
        "1 charge is in the ledger for 2023-24: £700,000.00 net.",
        "Nothing charged for 2024-25 is in the ledger.",
    ]
    assert not area(2).attend


def test_a_saving_of_a_contract_before_is_none_of_this_one(a_contract):
    _, partner = a_contract
    avoided = {"kind": waterfall.Class.COST_AVOIDED, "line": "", "budget_code": ""}
    for year in (2015, 2023):
        told = {"year": years.Year(year), "budget_changed": False, **avoided}
        make.claimed(partner, **told)
    assert says(6)[-1] == "1 saving is claimed; both have signed 0."


def test_a_measure_counted_this_month_is_told_and_not_one_of_last_month(a_contract):
    assert says(5)[1].startswith("0 of ")
    year = years.Year.holding(TODAY)
    for day in (date(2025, 2, 28), TODAY):
        told = {"year": year, "by": makers.everything(), "on": TODAY}
        measures.count(measure="revenues.accounts", as_at=day, **told)
    assert says(5)[1].startswith("1 of ")
    assert counts.Snapshot.objects.count() == 2


def test_a_dispute_left_lying_for_more_than_thirty_days_is_looked_at(a_contract):
    council, partner = a_contract
    entry = make.claimed(partner)
    disputes.dispute(entry=entry, why="method", by=council, on=TODAY)
    assert says(4)[0] == "1 dispute of a claim is open, the oldest since today."
    later = TODAY + timedelta(days=30)
    assert not area(4, later).attend
    later += timedelta(days=1)
    assert says(4, later)[0] == "1 dispute of a claim is open, the oldest for 31 days."
    assert area(4, later).attend


def test_changes_and_risks_are_heard_once_and_told_by_how_long_they_wait():
    told = {"by": makers.everything(), "on": TODAY}
    for number in (1, 2):
        facts.record("change.requested", thing=f"change.request/{number}", request=number, **told)
    facts.record("change.decided", request=2, outcome="approved", **told)
    facts.record("change.risk_raised", risk=5, initiative=1, likelihood=2, impact=3, **told)
    delivering.deliver()
    assert models.Heard.objects.count() == 4
    hearing.hear(list(_facts()))
    assert models.Heard.objects.count() == 4, "told again, kept once"
    later = TODAY + timedelta(days=31)
    waits = "1 change waits to be decided, 1 for more than 30 days, the oldest for 31 days."
    assert says(8, later) == [waits]
    assert area(8, later).attend
    assert not area(8, TODAY + timedelta(days=30)).attend
    assert says(7) == ["1 risk of an initiative is open, the oldest since today."]


def _facts():
    return Fact.objects.filter(what__in=hearing.NUMBERS)


def test_promises_and_the_register_stand_in_their_areas():
    promise_makers.promised(on=TODAY)
    assert says(9)[0].startswith("1 promise: 1 ")
    register_makers.amended(is_partnership=True)
    assert says(3)[0] == "The contract of the partnership ends on 31 March 2027."
    assert says(8) == ["1 amendment is on the register."]
    late = date(2025, 10, 1)
    assert "1 review date is past." in says(3, late)


def test_the_page_leads_to_where_each_sentence_stands(a_contract, monkeypatch):
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY)
    register_makers.amended(is_partnership=True)
    visitor = officers.a_visitor(make.officer_of(a_contract[0]))
    text = visitor.get(HERE).content.decode()
    markup.check(text)
    assert text.count("Borough holds nothing of this.") == 4
    for one in areas.findings(TODAY):
        for each in one.evidence:
            assert each.says in text
    addresses = {line.split('"')[0] for line in text.split('href="/partnership/')[1:]}
    assert {"savings/years/2023-24", "savings/terms", "seats"} & addresses
    for address in addresses - {"public/savings"}:
        assert visitor.get(f"/partnership/{address}").status_code == 200, address


def test_who_may_not_see_it_does_not():
    assert capabilities.SEE_HEALTH.slug == "partnership.see_health"
    nobody = officers.a_visitor(officers.an_officer("Nora Example"))
    assert nobody.get(HERE).status_code == 403
