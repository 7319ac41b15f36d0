"""Annual billing as officers ask for it: one prepares, another commits."""

from datetime import date
from typing import Any
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, capabilities, laws
from borough.rules import years


class NobodyToBill(commanding.Refusal):
    """No account is liable in the year."""


class NotPreviewed(commanding.Refusal):
    """The preview is not finished, or is of another year."""


class SamePerson(commanding.Refusal):
    """Whoever prepared the billing may not commit it."""


@commanding.command(capabilities.PREVIEW_BILLING)
def prepare_billing(
    *,
    year: years.Year,
    what_if: dict[str, Any] | None = None,
    by: commanding.Actor,
    on: date,
) -> Run:
    """Ask for a preview of a year's billing; it changes nothing.

    Args:
        year: the year to be billed.
        what_if: a local choice to try beside it: ``{"name": ..., "value": ...}``.
        by: who prepares.
        on: today.

    Raises:
        laws.LawNotKnown: the year's amounts are not loaded.
        NobodyToBill: nobody is liable in the year.
    """
    laws.of(year)
    parts = annual.divide(year)
    if not parts:
        raise NobodyToBill(f"Nobody is liable in {year.name}. Open accounts first.")
    asked = {"year": year.name, "parts": parts, "what_if": what_if}
    return runs.ask(
        annual.PREVIEW,
        f"{annual.PREVIEW}/{year.name}/{uuid4().hex}",
        asked=asked,
        parts=len(parts) + 1,  # and what it is compared with
        by=by,
        on=on,
    )


@commanding.command(capabilities.COMMIT_BILLING)
def commit_billing(*, preview: Run, by: commanding.Actor, on: date) -> Run:
    """Commit the billing that a colleague prepared; notices are dated ``on``.

    The figures follow the records as they are when each part is posted: officers work on.

    Raises:
        NotPreviewed: the preview has not ended.
        SamePerson: the same officer prepared it.
        runs.AlreadyAsked: the year's billing was committed before.
    """
    if preview.kind != annual.PREVIEW or not preview.endings.filter(outcome="done").exists():
        raise NotPreviewed("The preview is not finished. Wait until it is, then look at it.")
    if preview.by == by.reference:
        raise SamePerson("You prepared this billing. Ask a colleague to look at it and commit it.")
    return ask_billing(year=years.Year.named(preview.asked["year"]), by=by, on=on)


@commanding.command(capabilities.COMMIT_BILLING)
def ask_billing(*, year: years.Year, by: commanding.Actor, on: date) -> Run:
    """Make the run of a year's billing: one a year, whoever asks; parts and a sweep at the end."""
    laws.of(year)
    parts = annual.divide(year)
    if not parts:
        raise NobodyToBill(f"Nobody is liable in {year.name}. Open accounts first.")
    run = runs.ask(
        annual.BILLING,
        f"{annual.BILLING}/{year.name}",
        asked={"year": year.name, "parts": parts},
        parts=len(parts) + 1,
        by=by,
        on=on,
    )
    facts.record("revenues.billing_committed", thing=f"run/{run.pk}", by=by, on=on, year=year.name)
    return run
