"""Years beside one another: what is met, what falls short, and what nobody counted."""

from datetime import date

import pytest

from borough.partnership.history import queries
from borough.partnership.measures import commands as measures
from borough.partnership.surveys import commands as surveys
from borough.rules import years
from tests import makers, officers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


def heard(*ratings: int) -> None:
    """Load an answer of 2023-24 for each rating, and count them at its end."""
    rows = "\n".join(
        f"A-{place},revenues,2023-06-01,{rating},letter" for place, rating in enumerate(ratings)
    )
    said = {"title": "Invented survey", "source": "Invented", "by": makers.everything()}
    text = f"Reference,Service,Day,Rating,Asked by\n{rows}\n"
    surveys.load_answers(content=text.encode(), **said, on=TODAY)
    measures.count(
        measure="partnership.satisfied",
        year=make.YEAR,
        as_at=date(2024, 3, 31),
        by=makers.everything(),
        on=TODAY,
    )


def shown() -> str:
    ann = officers.a_visitor(officers.an_officer("Ann", *officers.every_capability()))
    return ann.get("/partnership/years").content.decode()


def test_without_terms_there_is_no_contract_to_follow():
    assert queries.contracts(TODAY) == []
    assert "signed no terms yet" in shown()


def test_a_year_that_is_not_over_has_no_sum_and_adds_nothing(monkeypatch):
    makers.an_open_ledger()
    make.counts(monkeypatch, {"2023-24": 46_200})
    make.a_contract(*make.both())
    make.count()
    make.charge("INV-1", 700_000_00)
    [contract] = queries.contracts(TODAY)
    first, second = contract.years
    assert (first.year, second.year) == (make.YEAR, years.Year(2024))
    assert first.beyond_so_far_pence == first.account.bridge.beyond_pence
    assert second.beyond_so_far_pence is None, "what is not worked out is not nought"
    assert contract.volumes == {make.CONTACTS: [46_200, None]}
    assert contract.base_of(make.CONTACTS) == 42_000
    assert "Year by year, 2023-24 to 2024-25" in shown(), "tables are told apart by their names"


def test_a_guarantee_that_was_not_met_is_said_so(monkeypatch):
    makers.an_open_ledger()
    make.counts(monkeypatch, {"2023-24": 46_200})
    make.a_contract(*make.both())
    make.count()
    make.charge("INV-1", 2_000_000_00)
    [contract] = queries.contracts(TODAY)
    assert (contract.met, len(contract.worked_out)) == (0, 1)
    assert contract.worked_out[0].beyond_so_far_pence < 0
    assert "The guaranteed saving of 10% was met in 0 of 1 years worked out." in shown()


def test_satisfied_is_of_all_who_answered_and_only_of_years_counted_to_their_end():
    makers.an_open_ledger()
    make.a_fixed_contract()
    rule_set = make.a_fixed_contract()
    for one in make.both():
        make.sign(rule_set, one)
    heard(5, 4, 4, 1)
    [contract] = queries.contracts(TODAY)
    assert (contract.satisfied.hits, contract.satisfied.of) == (3, 4)
    assert contract.years[1].satisfied is None
    assert "75.0% of the 4 who answered were satisfied" in shown()


def test_half_a_year_is_no_fall_and_a_first_year_without_data_is_not_claimed(monkeypatch):
    makers.an_open_ledger(2022, 2023, 2024)
    make.counts(monkeypatch, {"2023-24": 46_200, "2024-25": 20_000})
    make.a_contract(*make.both())
    make.count()
    make.charge("INV-1", 700_000_00)
    year = years.Year(2024)
    measures.count(measure=make.CONTACTS, year=year, as_at=TODAY, by=makers.everything(), on=TODAY)
    [contract] = queries.contracts(TODAY)
    so_far = [one.quantity for one in contract.years[1].account.volumes]
    assert 20_000 in so_far, "the year itself shows it so far"
    assert contract.volumes == {make.CONTACTS: [46_200, None]}
    assert "10% more than in the base year" in shown()
    assert contract.begins_with(1)
    assert not contract.begins_with(2)
    later = queries.Contract(contract.years[::-1])  # as if the first year had no data
    assert not later.begins_with(1)
