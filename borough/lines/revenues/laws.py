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


class LawBroken(LawNotKnown):
    """The council's choice is more than the law allows, so nothing can be billed by it."""


@cache
def of(year: years.Year) -> bill.Law:
    """Return the law of a year with the council's own amounts and choices.

    Raises:
        LawNotKnown: an amount or a figure of that year is missing; the sentence says which.
        LawBroken: the council has chosen more than the law allows.
    """
    return _law(year, _overlay())


@cache
def sheet() -> dict[str, parameters.Parameter]:
    """Return every figure with all its days: for what is asked of a day, not of a year."""
    return bill.sheet(settings.COUNCIL, _overlay())


def _law(year: years.Year, overlay: dict[str, Any]) -> bill.Law:
    try:
        return bill.law(year, settings.COUNCIL, overlay=overlay)
    except (bands.AmountNotKnown, parameters.NoSuchFigure) as error:
        raise LawNotKnown(str(error)) from error
    except bill.UnlawfulChoice as error:
        raise LawBroken(str(error)) from error


@cache
def _overlay() -> dict[str, Any]:
    """Return the installation's own amounts: an invented town's are marked as invented."""
    path = settings.LOCAL_AMOUNTS
    return yaml.safe_load(Path(path).read_text()) if path else {}


def changed(year: years.Year, what_if: dict[str, Any]) -> bill.Law:
    """Return the law of the year with one local choice different: a question, never a bill.

    Args:
        year: the financial year.
        what_if: ``{"name": slug of a choice, "value": the value to try}``.

    Raises:
        LawBroken: the value is more than the law allows.
    """
    name, value = what_if["name"], what_if["value"]
    sheet = of(year).values.sheet[name].model_dump(mode="json")
    sheet["values"] = {
        year.starts.isoformat(): {"value": value, "reference": "a what-if", "verified": []}
    }
    overlay = _overlay()
    choices = {**overlay.get("choices", {}), name: sheet}
    return _law(year, {**overlay, "choices": choices})
