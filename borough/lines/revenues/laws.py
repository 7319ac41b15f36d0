"""What is laid down for this council and a year, read once a process."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from borough.kernel import commanding
from borough.rules import parameters, years
from borough.rules.council_tax import bands, bill


class LawNotKnown(commanding.Refusal):
    """The amounts or figures of a year are not loaded, so nothing can be billed for it."""


@cache
def of(year: years.Year) -> bill.Law:
    """Return the law of a year with the council's own amounts and choices.

    Raises:
        LawNotKnown: an amount or a figure of that year is missing; the sentence says which.
    """
    try:
        return bill.law(year, settings.COUNCIL, overlay=_overlay())
    except (bands.AmountNotKnown, parameters.NoSuchFigure) as error:
        raise LawNotKnown(str(error)) from error


@cache
def _overlay() -> dict[str, Any]:
    """Return the installation's own amounts: an invented town's are marked as invented."""
    path = settings.LOCAL_AMOUNTS
    return yaml.safe_load(Path(path).read_text()) if path else {}
