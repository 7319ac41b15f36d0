"""Ten invented years are told from what was done, once, wherever that was stopped."""

from datetime import date

import pytest

from borough.kernel.ledger import chart, checks
from borough.partnership.history import queries
from borough.partnership.savings.queries import entries
from borough.partnership.savings.queries import years as savings
from borough.partnership.seats import queries as seats
from borough.partnership.surveys.models import Answer
from borough.partnership.work.models import Item
from borough.rules import years
from borough.town import models
from borough.town.story import contract, drawing, telling, written
from tests import officers

TODAY = date(2025, 3, 10)
PENNIES = 100_00
"""Prices are rounded down to whole pence: of a year so small, less than a hundred pounds."""


@pytest.fixture
def small(monkeypatch) -> None:
    """Let the story be of two years, with one in a hundred pieces of its work."""
    whole = written.story()
    work = {kind: {**one, "base": one["base"] // 100} for kind, one in whole["work"].items()}
    survey = {**whole["survey"], "invited": 12}
    short = {**whole, "last_year": 2009, "disputed": 2009, "work": work, "survey": survey}
    monkeypatch.setattr(written, "story", lambda: short)
    monkeypatch.setattr(telling, "PARTS", 3)
    written.works.cache_clear()
    yield
    written.works.cache_clear()


@pytest.fixture
def town(db) -> None:
    chart.lay_chart()
    models.Town.objects.create(seed=1, dwellings=200, on=TODAY, furnished_at="2025-03-10T00:00Z")


class Stopped(Exception):
    """The machine was switched off."""


def test_stopped_in_the_middle_it_goes_on_and_every_pound_is_found(small, town, monkeypatch):
    run = telling.ask()

    def stop(year, credits):
        if year.first == 2009:
            raise Stopped
        claim(year, credits)

    claim = contract.claim
    with monkeypatch.context() as patched:
        patched.setattr(contract, "claim", stop)
        with pytest.raises(Stopped):
            telling.carry_out(run)
    assert not Item.objects.filter(on__gte=date(2009, 4, 1)).exists(), "half a year is no year"
    telling.carry_out(run)
    telling.carry_out(run)  # what is told is not told again

    [told] = queries.contracts(TODAY)
    assert [one.year.name for one in told.worked_out] == ["2008-09", "2009-10"]
    for one in told.worked_out:
        account = one.account
        signed = account.totals.headline_pence
        assert account.missing == []
        assert 0 <= account.bridge.beyond_pence - signed < PENNIES
        assert account.shared.beyond_unexplained_pence == account.bridge.beyond_pence - signed
        tenth = account.bridge.levels.scoped / 10
        assert abs(-account.bridge.bars.guarantee - tenth) < 1, "two levels, each rounded once"
        rows = sum(one.pence for one in account.charges)
        assert rows == account.bridge.levels.actual
        for volume in account.volumes:
            if volume.line.driver:
                within = {"on__gte": one.year.starts, "on__lt": one.year.ends}
                kind = volume.line.code
                assert volume.quantity == Item.objects.filter(kind=kind, **within).count()
    assert told.worked_out[-1].beyond_so_far_pence > 0
    assert told.satisfied.of == Answer.objects.count() > 0
    assert checks.check() == []


def test_both_partners_signed_every_claim_neither_sits_today_and_pages_lead_down(small, town):
    telling.carry_out(telling.ask())
    claims = entries.all_claims(TODAY)
    assert len(claims) == 4
    assert all(one.is_signed and not one.disputes for one in claims)
    assert {one.entry.prepared_by for one in claims} == {"council", "partner"}
    assert any(one.entry.disputes.exists() for one in claims), "one was disputed, and settled"
    assert seats.seats(TODAY) == []
    assert savings.account(years.Year(2012), TODAY).rule_set is None, "the contract is over"
    ann = officers.a_visitor(officers.an_officer("Ann", *officers.every_capability()))
    page = ann.get("/partnership/years").content.decode()
    assert "The guaranteed saving of 10% was met from the first year on" in page
    assert "/partnership/savings/years/2008-09" in page
    year = ann.get("/partnership/savings/years/2008-09").content.decode()
    assert "/partnership/measures/partnership.work_claims?year=2008-09" in year


def test_everybody_is_told_the_same_and_as_much_as_is_written():
    year = written.base_year()
    one, other = drawing.work(year), drawing.work(year)
    assert one == other
    rows = sum(len(file.splitlines()) - 1 for file in one.values())
    assert rows == sum(work.base for work in written.works())
    assert list(one) == drawing.months(year)


@pytest.mark.slow
def test_the_three_figures_come_out(town):
    telling.carry_out(telling.ask())
    [told] = queries.contracts(TODAY)
    assert (told.met, len(told.worked_out)) == (10, 10), "ten per cent, from the first day"
    assert told.worked_out[1].beyond_so_far_pence // 100_000_00 == 16, "1.6 million in two years"
    assert told.satisfied.permille == 912
    for quantities in told.volumes.values():
        assert quantities[-1] > quantities[0]
    assert checks.check() == []
