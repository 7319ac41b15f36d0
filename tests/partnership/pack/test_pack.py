"""The board pack: what it says, that it says it to both, and what binds it."""

import io
import json
from datetime import date

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from borough.kernel.facts import chain
from borough.partnership.next_year import furnishing as next_year
from borough.partnership.pack import capabilities, commands, models, printing, reading
from borough.partnership.savings.commands import disputes
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from tests import makers, markup, officers
from tests.partnership.decisions import decision_makers
from tests.partnership.next_year import review_makers as of
from tests.partnership.promises import promise_makers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
ON = make.TODAY
HERE = "/partnership/pack"


@pytest.fixture
def a_year(monkeypatch):
    """A contract year that can be worked out, with a claim that the council disputes."""
    make.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()
    council, partner = make.both()
    make.a_contract(council, partner)
    make.count()
    make.charge("INV-1", 700_000_00)
    return council, partner


def made(on=ON) -> models.Pack:
    return commands.make(by=makers.everything(), on=on)


def test_it_says_what_the_pages_say(a_year):
    promise_makers.promised(on=ON)
    said = reading.said(ON)
    bars = {one["name"]: one["pence"] for one in said["money"]["bars"]}
    worked = make.worked_example()
    assert bars["More or fewer cases"] == worked.volume
    assert bars["Guaranteed saving"] == worked.guarantee
    assert bars["Charged"] == 700_000_00
    assert said["money"]["finding"].endswith("£52,558.85 below what it allows.")
    assert [one["status"] for one in said["promises"]] == ["Cannot be told"]
    assert {one["value"] for one in said["measures"]} >= {"No data"}
    assert said["question"]["note"] is None


def test_while_next_year_is_asked_about_the_pack_says_what_came_of_the_last_answers():
    of.four(on=date(2023, 4, 1))
    next_year.lay(ON)
    told = reading.said(ON)["question"]
    assert "Waiting for the partner and the residents’ panel to seal" in told["stands"]
    last = told["note"]["last"]
    assert (last["year"], len(last["answers"]), told["note"]["answers"]) == ("2024-25", 4, [])
    assert len(pikepdf.open(io.BytesIO(printing.pdf(made()))).pages) > 0


def test_both_find_the_same_paper_and_it_binds_what_it_says(a_year):
    pack = made()
    assert signing.digest(json.loads(pack.told)) == pack.digest
    assert pack.head == chain.head(), "all that was recorded before is chained, and bound by it"
    assert printing.pdf(pack) == printing.pdf(models.Pack.objects.get())
    with pikepdf.open(io.BytesIO(printing.pdf(pack))) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.docinfo.Title) == "Joint board pack, 10 March 2025"


def test_the_same_is_not_drawn_up_twice_and_something_new_is(a_year):
    made()
    with pytest.raises(commands.NothingNew, match="it still holds"):
        made()
    promise_makers.promised(on=ON)
    assert made().digest != models.Pack.objects.earliest("pk").digest


def test_a_pack_stays_as_it_was(a_year):
    made()
    for change in (models.Pack.objects.all().delete, lambda: models.Pack.objects.update(told="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_one_click_draws_it_up_and_who_may_not_is_refused(a_year, monkeypatch):
    monkeypatch.setattr("borough.kernel.clock.today", lambda: ON)
    council, partner = (officers.a_visitor(make.officer_of(one)) for one in a_year)
    done = council.post(f"{HERE}/new", officers.posted(), follow=True)
    markup.check(done.content.decode())
    [pack] = models.Pack.objects.all()
    address = f"{HERE}/{pack.pk}"
    assert address in done.content.decode()
    assert council.get(address).content == partner.get(address).content
    again = partner.post(f"{HERE}/new", officers.posted())
    assert "it still holds" in again.content.decode()
    looks_on = officers.a_visitor(officers.an_officer("Lou", capabilities.SEE_PACKS))
    assert looks_on.post(f"{HERE}/new", officers.posted()).status_code == 403
    assert officers.a_visitor(officers.an_officer("Nora")).get(address).status_code == 403


def test_a_dispute_stands_on_it_with_the_money_and_for_how_long(a_year):
    council, partner = a_year
    entry = make.claimed(partner, line="contacts")
    disputes.dispute(entry=entry, why="method", by=council, on=ON)
    [row] = reading.said(ON)["money"]["disputed"]
    assert row == ["A lower price of contacts", "£10,000.00", "disputed by the council for 0 days"]


def test_both_partners_are_parties_of_each_decision_due(a_year):
    table = decision_makers.a_table(council="Carl Council", partner="Petra Partner")
    decision_makers.a_read_pack(table)
    due = reading.said(decision_makers.TODAY)["decisions"]
    assert [set(Party.values) <= one.keys() for one in due] == [True]
    assert due[0]["council"] == due[0]["partner"] == "Seal what you think"
