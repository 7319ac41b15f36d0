"""How grave a debt is: by what may happen to the one who owes it, never by whom it is owed to.

The council's own list, dated (`parameters/support/consequences.yaml`): the first that fits counts.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pydantic

from borough.rules import parameters

SHEET = "support/consequences.yaml"


class Consequence(pydantic.BaseModel):
    """What may happen about some debts; ``kinds`` and ``stages`` None fit any."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    tier: int = pydantic.Field(ge=1)
    says: str = pydantic.Field(min_length=1)
    kinds: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None

    def fits(self, kind: str, stage: str) -> bool:
        """Tell whether it is what may happen about such a debt."""
        return (self.kinds is None or kind in self.kinds) and (
            self.stages is None or stage in self.stages
        )


@dataclass(frozen=True)
class Law:
    """The council's choice in force on a day.

    Attributes:
        consequences: in the order in which they are tried; the last fits all.
        leaves_out: the kinds of holds that leave a debt out of a plan.
        unverified: whether nobody has confirmed it.
    """

    consequences: Sequence[Consequence]
    leaves_out: frozenset[str]
    unverified: bool

    def of(self, kind: str, stage: str) -> Consequence:
        """Return what may happen about a debt of a kind, so far as its holder has gone."""
        return next(one for one in self.consequences if one.fits(kind, stage))


def law(on: datetime.date) -> Law:
    """Return the council's choice in force on a day.

    Raises:
        parameters.NoSuchFigure: there is none on that day.
        ValueError: the last consequence does not fit every debt, or a tier is out of order.
    """
    sheet = parameters.InForce(parameters.load_file(SHEET), on)
    found = [Consequence.model_validate(one) for one in sheet["plan_consequences"]]
    if not found or (found[-1].kinds, found[-1].stages) != (None, None):
        raise ValueError("The last consequence must fit every debt: give it no kinds and no stages")
    if [one.tier for one in found] != sorted(one.tier for one in found):
        raise ValueError("The consequences stand in the order of their tiers, the gravest first")
    return Law(found, frozenset(sheet["plan_leaves_out"]), bool(sheet.unverified))
