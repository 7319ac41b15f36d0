"""What a stranger at the table is told to do next; and the contract of the made-up town."""

import pytest
from django.urls import reverse

from borough.partnership.savings import furnishing, models, waiting
from borough.partnership.savings.commands import entries, evidence
from borough.partnership.savings.queries import entries as claims
from borough.partnership.savings.queries import years as reckoning
from borough.rules.partnership import waterfall
from tests import makers, officers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
ON = make.TODAY


def told(party) -> list[str]:
    return [one.text.rpartition(": ")[2] for one in waiting.of_party(party, ON)]


def test_each_partner_is_told_what_is_theirs_to_do(monkeypatch):
    make.counts(monkeypatch, {})
    makers.an_open_ledger()
    council, partner = make.both()
    rule_set = make.a_contract(council)
    assert (told(council), told(partner)) == ([], ["Version 1 of the terms is to be signed"])
    make.sign(rule_set, partner)
    entry = make.claimed(partner)
    assert (told(council), told(partner)) == (["agree how it is counted"], [])
    entries.agree_method(entry=entry, by=council, on=ON)
    assert (told(council), told(partner)) == ([], ["bring what shows it"])
    row = make.credit_row(entry.gross_pence)
    evidence.trace(entry=entry, rows=[row], by=partner, on=ON)
    make.sign_claim(entry, partner)
    assert (told(council), told(partner)) == (["sign it"], [])
    make.sign_claim(entry, council)
    evidence.bring_record(entry=entry, level=4, reference="Budget", by=council, on=ON)
    assert told(partner) == ["sign its evidence"]
    entries.reverse(entry=entry, by=council, on=ON)
    assert "takes it back" in waiting.of_party(partner, ON)[0].text
    client = officers.a_visitor(make.officer_of(partner))
    assert "1 thing waits for your partner" in client.get("/").content.decode()
    assert "What waits for you" in client.get(reverse("partnership:savings")).content.decode()
    assert waiting.waits(makers.everything(), ON) == []


def test_the_contract_of_the_town_is_worked_out_from_its_own_accounts():
    makers.an_open_ledger()
    make.both()
    for _ in range(4):
        makers.an_account(starts=make.BASE.starts)
    makers.an_account(starts=make.YEAR.starts)
    furnishing.lay(ON)
    year = reckoning.account(make.YEAR, ON)
    assert [(one.line.base_quantity, one.quantity) for one in year.volumes] == [(4, 5), (0, 0)]
    assert year.bridge is not None
    assert year.bridge.levels.base == 4 * 49_00
    assert year.bridge.bars.volume == 28_00
    states = [one.standing.state for one in year.claims]
    assert states == [waterfall.State.SIGNED, waterfall.State.DISPUTED, waterfall.State.PROPOSED]
    [first, *_] = models.Entry.objects.order_by("pk")
    assert claims.standing(first, ON).level == 3
    assert year.totals.headline_pence == first.gross_pence
