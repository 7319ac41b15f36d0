"""What is due before staff transfer, and by when (SI 2006/246)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from borough.partnership.promises import models
from borough.rules import parameters

_DAYS = "liability_information_days"
ONE = timedelta(days=1)
FIRST_DAY = date(2006, 4, 6)


@dataclass(frozen=True, slots=True)
class Step:
    """A step before a transfer.

    Attributes:
        title, law: what is done, and where it is laid down.
        is_dated: the law names a number of days before the transfer.
        is_verified: the rule was read in two places; the page says so where it was not.
    """

    title: str
    law: str
    is_dated: bool = False
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A step, the last day for it, and the day on which it was done; None: none, not done."""

    slug: str
    step: Step
    by: date | None
    done_on: date | None

    def state(self, on: date) -> str:
        """Say in a word or two how it stands on a day."""
        if self.done_on is not None:
            return "Done late" if self.by and self.done_on > self.by else "Done"
        return "Late" if self.by and on > self.by else "To be done"


STEPS: Mapping[str, Step] = {
    "representatives": Step(
        "Tell representatives that, when and why staff transfer, and what follows for them",
        "SI 2006/246 reg.13(2): long enough before to consult them",
    ),
    "measures": Step(
        "The new employer tells the old one what it plans to change",
        "SI 2006/246 reg.13(4)",
    ),
    "consultation": Step(
        "Consult about what is planned to change, with a view to agreement",
        "SI 2006/246 reg.13(6)",
    ),
    "liability": Step(
        "The old employer gives the new one the facts about each employee who transfers",
        "SI 2006/246 reg.11",
        is_dated=True,
        is_verified=True,
    ),
    "pensions": Step(
        "Secure pensions: the fund goes on, or a scheme is certified as comparable",
        "Best Value Authorities Staff Transfers (Pensions) Direction 2007",
    ),
}


def of(transfer: models.Transfer) -> list[Due]:
    """Return each step of a transfer, with its last day and when it was done."""
    done = dict(transfer.done.values_list("step", "on"))
    days = parameters.load("partnership")[_DAYS].at(transfer.day).value
    last = transfer.day - timedelta(days=days)
    return [
        Due(slug, step, last if step.is_dated else transfer.day - ONE, done.get(slug))
        for slug, step in STEPS.items()
    ]
