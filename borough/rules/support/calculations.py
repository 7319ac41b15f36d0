"""What `borough calculate` knows of support: one joint plan a case."""

from collections.abc import Mapping
from typing import Any

from borough.rules import cases, parameters, years
from borough.rules.support import plan


def _plan(case: cases.Case, year: years.Year, *, explain: bool) -> cases.Answer:
    figures = parameters.InForce(parameters.load_file("support/plan.yaml"), year.starts)
    debts = [_debt(one) for one in cases.of(case, "debts", list)]
    made = plan.make(cases.of(case, "surplus_p", int), debts, plan.Limits.of(figures))
    answer: cases.Answer = {
        "outcome": made.outcome.value,
        "payable_p": made.payable_pence,
        "months_to_clear": made.months_to_clear,
        "allocation_p": made.allocation,
    }
    if explain:
        answer["says"] = {share.debt.id: share.says for share in made.shares}
        answer["law"] = plan.LAW
        answer["unverified"] = sorted(plan.FIGURES & figures.unverified)
    return answer


def _debt(written: Any) -> plan.Debt:
    if not isinstance(written, Mapping):
        raise cases.BadCase("A debt is an object with id, tier, balance_p, floor_p and held.")
    optional = {
        name: cases.of(written, name, str)
        for name in ("floor_because", "held_because")
        if name in written
    }
    return plan.Debt(
        id=cases.of(written, "id", str),
        tier=cases.of(written, "tier", int),
        balance_pence=cases.of(written, "balance_p", int),
        floor_pence=cases.of(written, "floor_p", int),
        held=cases.of(written, "held", bool),
        **optional,
    )


PLAN = cases.CaseByCase(
    slug="plan-allocation",
    title="One monthly payment shared among many debts",
    fields=(
        ("surplus_p", "whole pence; nought or less makes no plan", "What is left of a month?"),
        ("debts", "a list of debts, in any order", "What is owed?"),
        ("  id", "a text that no other debt has", "What is the debt called?"),
        ("  tier", "a whole number, 1 for the gravest", "How grave is the consequence?"),
        ("  balance_p", "whole pence, 0 or more", "What is owed now?"),
        ("  floor_p", "whole pence, 0 for none", "What each month keeps the worst away?"),
        ("  held", "true or false", "May nothing be asked for?"),
        ("  floor_because", "a text; may be left out", "What does the floor do?"),
        ("  held_because", "a text; may be left out", "Why is nothing asked for?"),
    ),
    work_out=_plan,
    otherwise=years.Year(2026),
    not_modelled=(
        "Which tier and which floor a debt has: they are read as given.",
        "Interest and costs to come: none is added to a debt that is in a plan.",
        "What a resident chooses to pay towards: the agreed amounts are kept by the plan's room.",
    ),
)
