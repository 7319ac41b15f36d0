"""Writing a business case, adding options to it, and deciding for one of them."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, locking, models, owners

FEWEST = 2  # doing nothing, and something


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: what it costs once and a year, in pence, what it brings and what may go wrong."""

    title: str
    once_pence: int
    yearly_pence: int
    benefits: str
    risks: str


class AlreadyDecided(commanding.Refusal):
    """The case was decided, or a newer one holds."""


class TooFewOptions(commanding.Refusal):
    """There is nothing to choose from."""


class SecondOfficerNeeded(commanding.Refusal):
    """Who wrote the case does not decide on it."""


class AnotherCase(commanding.Refusal):
    """The option is of another case."""


@commanding.command(capabilities.OWN_INITIATIVE)
def write(
    *,
    initiative: models.Initiative,
    why: str,
    nothing: Choice,
    by: commanding.Actor,
    on: date,
) -> models.Case:
    """Write a business case; it begins with what doing nothing costs and brings.

    Raises:
        owners.NotAnOwner: the officer is none of the initiative's two owners.
    """
    owners.refuse_others(initiative, by, on)
    case = initiative.cases.create(why=why, by=by.reference, on=on)
    _add(case, nothing, does_nothing=True, by=by, on=on)
    facts.record(
        "change.case_written",
        thing=initiative.thing,
        by=by,
        on=on,
        case=case.pk,
        initiative=initiative.pk,
    )
    return case


@commanding.command(capabilities.OWN_INITIATIVE)
def add_option(
    *, case: models.Case, choice: Choice, by: commanding.Actor, on: date
) -> models.Option:
    """Add an option to a case that is not decided.

    Raises:
        owners.NotAnOwner: the officer is none of the initiative's two owners.
        AlreadyDecided: the case was decided, or a newer one holds.
    """
    locking.one_at_a_time()
    owners.refuse_others(case.initiative, by, on)
    _refuse_closed(case)
    option = _add(case, choice, does_nothing=False, by=by, on=on)
    facts.record(
        "change.option_added",
        thing=case.initiative.thing,
        by=by,
        on=on,
        option=option.pk,
        case=case.pk,
    )
    return option


@commanding.command(capabilities.DECIDE_CHANGE)
def decide(
    *, case: models.Case, option: models.Option, because: str, by: commanding.Actor, on: date
) -> models.CaseDecision:
    """Decide for an option; doing nothing is one.

    Raises:
        AlreadyDecided: the case was decided, or a newer one holds.
        AnotherCase: the option is of another case.
        TooFewOptions: there is nothing to choose from.
        SecondOfficerNeeded: the officer wrote the case.
    """
    locking.one_at_a_time()
    _refuse_closed(case)
    if option.case_id != case.pk:
        raise AnotherCase("That option belongs to another case.")
    if case.options.count() < FEWEST:
        raise TooFewOptions("Add an option besides doing nothing before anybody decides.")
    if case.by == by.reference:
        raise SecondOfficerNeeded("You wrote this case. Another officer decides on it.")
    made = models.CaseDecision.objects.create(
        case=case, option=option, because=because, by=by.reference, on=on
    )
    facts.record(
        "change.case_decided",
        thing=case.initiative.thing,
        by=by,
        on=on,
        case=case.pk,
        option=option.pk,
    )
    return made


def _refuse_closed(case: models.Case) -> None:
    newer = models.Case.objects.filter(initiative=case.initiative_id, pk__gt=case.pk)
    if models.CaseDecision.objects.filter(case=case).exists() or newer.exists():
        raise AlreadyDecided("This case was decided already, or a newer one stands in its place.")


def _add(
    case: models.Case, choice: Choice, *, does_nothing: bool, by: commanding.Actor, on: date
) -> models.Option:
    return case.options.create(
        title=choice.title,
        does_nothing=does_nothing,
        once_pence=choice.once_pence,
        yearly_pence=choice.yearly_pence,
        benefits=choice.benefits,
        risks=choice.risks,
        by=by.reference,
        on=on,
    )
