"""What a household can spare: right to the penny, kept as told, open for help alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel import commanding, joining
from borough.kernel.facts.models import Fact
from borough.resident.plans import models
from borough.resident.plans.commands import statements as commands
from borough.resident.plans.queries import opening
from borough.resident.plans.queries import statements as queries
from borough.rules.support import surplus
from tests import makers, markup, officers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
HELP = joining.purposes()["resident.support"]


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


def test_what_is_left_is_income_less_all_that_goes_out(mary):
    plan_makers.a_statement(mary, 6_000)
    found = queries.newest(mary.pk, purpose=HELP, on=ON)
    assert (found.sum.income_pence, found.sum.ongoing_pence) == (156_000, 150_000)
    assert found.surplus_pence == 6_000
    assert found.can_carry_a_plan


def test_what_nobody_knows_is_missing_and_never_nought(mary):
    plan_makers.a_statement(mary, None)
    found = queries.newest(mary.pk, purpose=HELP, on=ON)
    assert found.surplus_pence is None
    assert found.missing == ("Rent",)
    assert not found.can_carry_a_plan


def test_an_old_figure_makes_a_statement_too_old_for_a_plan(mary):
    plan_makers.a_statement(mary)
    for days, old in ((180, False), (181, True)):
        found = queries.newest(mary.pk, purpose=HELP, on=ON + timedelta(days))
        assert (found.is_old, found.sum.age_days) == (old, days)


def test_another_statement_leaves_the_one_before_as_it_was(mary):
    first = plan_makers.a_statement(mary, 6_000)
    plan_makers.a_statement(mary, -2_500, on=ON)
    found = queries.history(mary.pk, purpose=HELP, on=ON)
    assert [one.surplus_pence for one in found] == [-2_500, 6_000]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update plans_figure set pence = 1 where statement_id = %s", [first.pk])


@pytest.mark.parametrize("slug", ["revenues.collecting", "kernel.enquiry"])
def test_no_purpose_but_helping_opens_it(mary, slug):
    plan_makers.a_statement(mary)
    with pytest.raises(opening.OpensForHelpAlone):
        queries.newest(mary.pk, purpose=joining.purposes()[slug], on=ON)
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    response = officers.a_visitor(ann, purpose=slug).get(f"/residents/{mary.pk}/budget")
    assert response.status_code == 403
    assert b"1,500.00" not in response.content


def test_what_cannot_stand_is_refused(mary):
    def record(figures, by=None):
        return commands.record_statement(
            person=mary,
            form=surplus.Form.SHORT,
            figures=figures,
            by=by or makers.everything(),
            on=ON,
        )

    [rent] = [one for one in plan_makers.figures(0) if one.heading == "rent"]
    for wrong, words in (
        ([rent, rent], "twice"),
        ([], "Nothing was answered"),
        ([replace(rent, observed=date(2025, 6, 3))], "has not come yet"),
        ([replace(rent, heading="yacht")], "no heading"),
    ):
        with pytest.raises(commands.CannotStand, match=words):
            record(wrong)
    with pytest.raises(commanding.NotAllowed):
        record([rent], by=makers.nobody())
    assert not models.Statement.objects.exists()


def test_the_fact_says_that_there_is_one_and_no_figure_of_it(mary):
    plan_makers.a_statement(mary)
    fact = Fact.objects.get(what="resident.statement_recorded")
    assert fact.detail == {"form": "short"}
    assert joining.fact_kinds()[fact.what].sensitive


def answers(at: int, go: str = "next", **changed: str) -> dict[str, str]:
    """Return all that an officer has typed by a step, as the page posts it."""
    given = {one.heading: one for one in plan_makers.figures(6_000)}
    typed = {slug: f"{one.pence // 100}.{one.pence % 100:02}" for slug, one in given.items()}
    typed |= {f"{slug}_every": "monthly" for slug in given}
    for step in ("income", "home", "living", "taken"):
        typed |= {f"{step}_source": "seen", f"{step}_observed_day": "1"}
        typed |= {f"{step}_observed_month": "6", f"{step}_observed_year": "2025"}
    return officers.posted(**typed | {"at": str(at), "go": go, "form": "short"} | changed)


def test_the_form_goes_step_by_step_and_keeps_nothing_until_it_is_confirmed(mary):
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    visitor = officers.a_visitor(ann, purpose="resident.support")
    there = f"/residents/{mary.pk}/statement"
    for at, title in ((None, "What comes in"), (0, "Home and utilities"), (1, "Living costs")):
        response = visitor.get(there) if at is None else visitor.post(there, answers(at))
        page = response.content.decode()
        assert title in page
        markup.check(page)
    wrong = visitor.post(there, answers(0, earnings="plenty")).content.decode()
    assert "must be in pounds and pence" in wrong
    assert "What comes in" in wrong
    check = visitor.post(there, answers(3)).content.decode()
    assert "Check before it is recorded" in check
    assert "£60.00" in check
    assert not models.Statement.objects.exists()
    sent = answers(4, "confirm")
    for _ in range(2):  # a second press does nothing
        assert visitor.post(there, sent).status_code == 302
    found = queries.newest(mary.pk, purpose=HELP, on=ON)
    assert found.surplus_pence == 6_000
    assert {one.source for one in found.statement.figures.all()} == {"seen"}
    budget = visitor.get(f"/residents/{mary.pk}/budget").content.decode()
    assert "1 day" in budget
    assert "Seen on paper" in budget
    assert models.Statement.objects.count() == 1
