"""The pages of what help comes to: who may, what is shown, what prints."""

from datetime import date, timedelta

import pytest

from borough.resident.effect import capabilities, declared, measuring, protocol
from borough.rules.support import deciding, inputs
from tests import makers, markup, officers
from tests.resident.effect import cases_made
from tests.revenues import recovering_makers

ON = makers.BILLING_DAY
HOME = "/residents/effect"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def visitor():
    return officers.a_visitor(officers.an_officer("Ann Example", *capabilities.ALL), purpose="")


def shown(visitor, address):
    text = visitor.get(address).content.decode()
    markup.check(text)
    return text


@pytest.mark.parametrize("count", ["claim", "outcomes"])
def test_a_count_is_asked_for_once_by_two_presses_and_shown_when_it_is_done(visitor, count):
    answers = officers.posted()
    address = f"{HOME}/counts/{count}"
    asked = visitor.post(address, answers)
    assert visitor.post(address, answers).status_code == 302
    [run] = measuring.Run.objects.all()
    assert asked.url == f"{HOME}/runs/{run.pk}"
    assert "parts counted" in shown(visitor, asked.url)
    assert visitor.get(f"{asked.url}/pdf").status_code == 404
    measuring.carry_out(run, by=makers.everything())
    assert "sha256 of what asks" in shown(visitor, asked.url)
    printed = visitor.get(f"{asked.url}/pdf")
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    assert shown(visitor, address).count(asked.url) == 1
    assert asked.url in shown(visitor, HOME)


def test_a_quarter_is_chosen_from_those_that_have_begun(visitor):
    page = shown(visitor, f"{HOME}/counts/fairness")
    assert "2024-25 Q4" in page
    assert "2025-26 Q1" not in page
    visitor.post(f"{HOME}/counts/fairness", officers.posted(quarter="2024-25 Q3"))
    [run] = measuring.Run.objects.all()
    assert run.key == "resident.fairness/2024-25 Q3"


def test_who_may_not_is_refused(visitor):
    nobody = officers.a_visitor(officers.an_officer("Bob Example"), purpose="")
    for address in (HOME, f"{HOME}/counts/claim", f"{HOME}/papers/dpia"):
        assert nobody.get(address).status_code == 403
    sees = officers.a_visitor(
        officers.an_officer("Cal Example", capabilities.SEE_EFFECT), purpose=""
    )
    assert sees.post(f"{HOME}/counts/claim", officers.posted()).status_code == 403
    assert visitor.get(f"{HOME}/counts/nothing").status_code == 404
    assert visitor.get(f"{HOME}/papers/nothing").status_code == 404


@pytest.mark.parametrize("paper", ["dpia", "transparency", "protocol"])
def test_a_paper_is_made_from_what_is_declared_and_says_what_is_left_to_the_council(visitor, paper):
    page = shown(visitor, f"{HOME}/papers/{paper}")
    assert "For the council to write" in page
    assert visitor.get(f"{HOME}/papers/{paper}/pdf").content.startswith(b"%PDF")


def test_the_tables_hold_all_that_is_declared_and_nothing_else():
    assert [row["code"] for row in declared.worries(ON).rows] == [f"S{n}" for n in range(1, 13)]
    assert len(declared.never().rows) == len(inputs.NEVER)
    rules = {row["code"]: row for row in declared.decisions().rows}
    assert set(rules) == {one.code for one in deciding.RULES.decisions.values()}
    assert all(row["years"] > 0 for row in declared.retention().rows)
    assert declared.precision().rows == []


def test_the_checklist_counts_what_was_done_and_knows_nothing_of_what_was_not():
    """One of two people summoned had a case three weeks before; nobody was sent to an agent."""
    on = date(2025, 9, 1)
    mary, ben = makers.a_person(), makers.a_person("Ben")
    for person in (mary, ben):
        account = recovering_makers.billed(people=[person])
        summons(account, date(2025, 7, 1))
    cases_made.a_case(mary, date(2025, 6, 10))
    cases_made.a_case(ben, date(2025, 7, 2))
    year = protocol.of_year(on)
    found = {one.asks[:12]: one.share(year) for one in protocol.CHECKS}
    assert (found["Help is offe"].hits, found["Help is offe"].of) == (1, 2)
    assert found["People who n"].of == 0
    assert found["Nothing is t"].of == 2
    rows = {row["asks"][:12]: row["found"] for row in protocol.paper(on).parts[0].sheets[0].rows}
    assert rows["People who n"] == "No data"
    assert "1 (50.0%)" in rows["Help is offe"]


def summons(account, on):
    account.steps.create(
        year=2025, number=1, kind="summons", issued=on, act_pence=1_000, balance_pence=1_000,
        level_pence=1_000, bill_version=1, hearing=on + timedelta(30),
    )  # fmt: skip
