"""What a household can spare in a month, how old the figures are, and what was told before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import joining
from borough.resident.plans import models
from borough.resident.plans.queries import opening
from borough.rules.support import deciding, surplus


@dataclass(frozen=True, slots=True)
class Budget:
    """A statement summed up on a day.

    Attributes:
        sum: each figure brought to a month, the totals, and what is missing.
        headings: of the form, in their order.
        is_old: older than the council's rule lets it be (R6): ask anew before any plan.
        lasts_days: that rule.
    """

    statement: models.Statement
    sum: surplus.Budget
    headings: Mapping[str, surplus.Heading]
    is_old: bool
    lasts_days: int

    @property
    def surplus_pence(self) -> int | None:
        """What is left in a month; None while anything is missing."""
        return self.sum.surplus_pence

    @property
    def can_carry_a_plan(self) -> bool:
        """Whether it is complete and young enough to agree a plan on."""
        return self.surplus_pence is not None and not self.is_old

    @property
    def missing(self) -> tuple[str, ...]:
        """The titles of the headings that nobody answered."""
        return tuple(self.headings[slug].title for slug in self.sum.missing)


def newest(person_id: int, *, purpose: joining.Purpose, on: date) -> Budget | None:
    """Return what the newest statement of somebody comes to on a day; None where there is none.

    Raises:
        opening.OpensForHelpAlone: the purpose does not open it.
    """
    return next(iter(history(person_id, purpose=purpose, on=on, most=1)), None)


def history(person_id: int, *, purpose: joining.Purpose, on: date, most: int = 20) -> list[Budget]:
    """Return what the statements of somebody come to, the newest first.

    Raises:
        opening.OpensForHelpAlone: the purpose does not open it.
    """
    opening.for_help(purpose)
    rows = models.Statement.objects.filter(person=person_id, taken_on__lte=on)
    found = rows.prefetch_related("figures").order_by("-taken_on", "-pk")[:most]
    return [budget(one, on) for one in found]


def budget(statement: models.Statement, on: date) -> Budget:
    """Return what one statement comes to on a day."""
    headings = surplus.headings(statement.taken_on)
    order = {slug: place for place, slug in enumerate(headings)}
    figures = sorted(statement.figures.all(), key=lambda one: order[one.heading])
    summed = surplus.work_out(
        [
            surplus.Figure(one.heading, one.pence, one.every, one.source, one.observed)
            for one in figures
        ],
        form=surplus.Form(statement.form),
        headings=headings,
        on=on,
    )
    lasts = int(deciding.figures(on)["statement_lasts_days"])
    oldest = min((one.observed for one in figures), default=statement.taken_on)
    return Budget(statement, summed, headings, oldest < on - timedelta(lasts), lasts)
