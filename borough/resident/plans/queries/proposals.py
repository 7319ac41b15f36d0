"""One plan of many debts: what could be paid each month, how it would be shared, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from borough.kernel import joining
from borough.resident.plans.queries import debts, statements
from borough.rules import parameters
from borough.rules.support import consequences, deciding
from borough.rules.support import plan as rules


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan as it would be agreed today.

    Attributes:
        monthly_pence: what is shared; None where nobody can say yet.
        plan: how it is shared; None where nobody can say yet.
        debts: by their ids, in the order in which they are shown.
        budget: what the household can spare; None where nobody was asked.
        write_off_pence: what would have to be written off, for the rest to be paid within the
            months that the council sets; nought where the plan is short enough.
        unverified: whether the tiers and months are the council's unconfirmed proposals.
    """

    monthly_pence: int | None
    plan: rules.Plan | None
    debts: Mapping[str, debts.Owing]
    budget: statements.Budget | None
    limits: rules.Limits
    write_off_pence: int
    unverified: bool

    @property
    def has_no_room(self) -> bool:
        """Whether nothing can be spared (R7): no plan is asked for, and help comes instead."""
        return self.plan is not None and self.plan.outcome is rules.Outcome.NO_PLAN

    @property
    def spare_pence(self) -> int | None:
        """What the household can spare in a month by its statement."""
        return self.budget.surplus_pence if self.budget else None


def propose(
    person_id: int,
    *,
    purpose: joining.Purpose,
    on: date,
    monthly_pence: int | None = None,
    floors: Mapping[str, int] | None = None,
    known: debts.Known | None = None,
) -> Proposal:
    """Return how a month's payment would be shared among all that somebody owes.

    Args:
        person_id: whose debts.
        purpose: for which they are shown.
        on: the day.
        monthly_pence: what is offered; by default all that the statement leaves.
        floors: by the debt's id, the least each month that keeps the worst away.
        known: what was read of the debts for the same purpose and day.

    Raises:
        opening.OpensForHelpAlone: the purpose does not open it.
    """
    budget = statements.newest(person_id, purpose=purpose, on=on)
    found = debts.of_person(person_id, purpose=purpose, known=known, on=on)
    owed = {one.id: one for one in found}
    figures = deciding.figures(on)
    limited = limits(figures)
    spare = budget.surplus_pence if budget else None
    monthly = spare if monthly_pence is None else monthly_pence
    made = None
    if monthly is not None:
        given = floors or {}
        made = rules.make(
            monthly, [one.for_a_plan(given.get(one.id, 0)) for one in owed.values()], limited
        )
    return Proposal(
        monthly_pence=monthly,
        plan=made,
        debts=owed,
        budget=budget,
        limits=limited,
        write_off_pence=_beyond(made, monthly, limited),
        unverified=consequences.law(on).unverified or bool(figures.unverified),
    )


def with_amount(found: Proposal, monthly_pence: int) -> Proposal:
    """Return the same debts with another payment shared among them; nothing is asked again."""
    made = rules.make(
        monthly_pence, [one.for_a_plan() for one in found.debts.values()], found.limits
    )
    return replace(
        found,
        monthly_pence=monthly_pence,
        plan=made,
        write_off_pence=_beyond(made, monthly_pence, found.limits),
    )


def limits(figures: parameters.InForce) -> rules.Limits:
    """Return after how many months somebody must look at a plan."""
    return rules.Limits.of({name: int(figures[name]) for name in _LIMITS})


_LIMITS = ("plan_adviser_months", "plan_write_off_months")


def _beyond(made: rules.Plan | None, monthly: int | None, limits: rules.Limits) -> int:
    if made is None or monthly is None or made.outcome is not rules.Outcome.PARTIAL_WRITE_OFF:
        return 0
    return made.payable_pence - monthly * limits.write_off_after
