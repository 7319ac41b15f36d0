"""The kinds of hold as dated data: what each forbids, for how long, and by which law."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from borough.kernel.holds import acts

FOLDER = Path(__file__).parent
ACCOUNT, PERSON = "account", "person"
# The placing page asks these first: they are told to us by law, and have their own page.
MORATORIA = ("breathing_space", "mental_health_crisis")


def _acts(given: Any) -> Any:
    return list(acts.ALL) if given == "all" else given


Acts = Annotated[tuple[str, ...], BeforeValidator(_acts)]


class Terms(BaseModel):
    """What a kind of hold means from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    forbids: Acts
    most_days: int | None = None
    runs_on_days: int = 0
    review_days: int
    law: str = Field(min_length=1)
    verified: tuple[str, ...]


class Kind(BaseModel):
    """A reason for which a debt is left alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    says: str
    owner: tuple[Literal["account", "person"], ...]
    placed_with: str
    values: dict[date, Terms]

    def on(self, day: date) -> Terms | None:
        """Return what it means on a day; None before there was such a thing."""
        begun = [start for start in self.values if start <= day]
        return self.values[max(begun)] if begun else None


class NeedFirst(BaseModel):
    """A support need that comes before an act."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    forbids: Acts
    says: str


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return the kinds of hold by slug.

    Raises:
        ValueError: a kind forbids an act that there is not.
    """
    kinds = {slug: Kind.model_validate(one) for slug, one in _read("kinds.yaml").items()}
    for slug, kind in kinds.items():
        for terms in kind.values.values():
            if unknown := set(terms.forbids) - set(acts.ALL):
                raise ValueError(f"{slug} forbids {', '.join(sorted(unknown))}, which is no act")
    return kinds


@cache
def needs_first() -> Mapping[str, NeedFirst]:
    """Return the support needs that come before an act, by their kind."""
    return {slug: NeedFirst.model_validate(one) for slug, one in _read("needs.yaml").items()}


def last_day_after(starts: date, terms: Terms) -> date | None:
    """Return the first day on which a hold of these terms holds no more, where law fixes it."""
    return starts + timedelta(terms.most_days) if terms.most_days else None


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found
