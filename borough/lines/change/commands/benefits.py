"""What an initiative is hoped to bring, and what it brought: said once, and told to the table.

``change.benefit_realised`` bears all that another needs to put it into its own books: ids and
amounts. Nothing is counted as saved here; that takes both partners, and evidence.
"""

import re
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding, joining
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, locking, models, owners
from borough.lines.change.models.benefits import CODE, FULL_BP
from borough.rules import years

NEEDS_DEADWEIGHT = {models.Class.A3, models.Class.A6}
"""Where some of it would have come anyway, somebody has to say how much."""


@dataclass(frozen=True, slots=True)
class Hope:
    """A benefit that is hoped for: the forecast in pence a year, at the least first."""

    title: str
    benefit_class: models.Class
    low_pence: int
    mid_pence: int
    high_pence: int
    starts: date
    ends: date | None = None
    measure: str = ""
    baseline_line: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it in a year.

    Attributes:
        amount_pence: in that year; below zero for what it cost.
        full_year_pence: what a whole year brings; 0 for what happens once.
        deadweight_bp: how much of it would have come anyway; None where nobody has said.
        year: the financial year.
        evidence: where it can be seen: the number of a document, a journal or an invoice.
    """

    amount_pence: int
    full_year_pence: int
    deadweight_bp: int | None
    year: years.Year
    evidence: str


class NotInOrder(commanding.Refusal):
    """A forecast or a period goes backwards."""


class NoSuchMeasure(commanding.Refusal):
    """No service declares the measure."""


class NoCode(commanding.Refusal):
    """That is not how a line of the baseline is called."""


class NoDeadweight(commanding.Refusal):
    """Nobody said how much would have come anyway, or it is no share."""


class YearToCome(commanding.Refusal):
    """The year has not begun."""


class SaidAlready(commanding.Refusal):
    """It was recorded for that year by that evidence."""


class AlreadyTakenBack(commanding.Refusal):
    """It was taken back, or takes something back itself."""


@commanding.command(capabilities.OWN_INITIATIVE)
def expect(
    *, initiative: models.Initiative, hope: Hope, by: commanding.Actor, on: date
) -> models.Hypothesis:
    """Say what an initiative is hoped to bring, and which figures would show it.

    Raises:
        owners.NotAnOwner: the officer is none of its two owners.
        NotInOrder: the forecast is out of order, or ends before it starts.
        NoSuchMeasure: no service declares the measure.
        NoCode: that is not how a line of the baseline is called.
    """
    owners.refuse_others(initiative, by, on)
    _check(hope)
    made = initiative.hypotheses.create(
        title=hope.title,
        benefit_class=hope.benefit_class,
        measure=hope.measure,
        baseline_line=hope.baseline_line,
        low_pence=hope.low_pence,
        mid_pence=hope.mid_pence,
        high_pence=hope.high_pence,
        starts=hope.starts,
        ends=hope.ends,
        by=by.reference,
        on=on,
    )
    detail = {
        "benefit": made.pk,
        "initiative": initiative.pk,
        "class": hope.benefit_class.value,
        "mid_pence": hope.mid_pence,
    }
    told = facts.Happening(thing=initiative.thing, detail=detail)
    facts.record_many("change.benefit_expected", [told], by=by, on=on)
    return made


@commanding.command(capabilities.OWN_INITIATIVE)
def realise(
    *, hypothesis: models.Hypothesis, brought: Brought, by: commanding.Actor, on: date
) -> models.Realised:
    """Record what a benefit brought in a year.

    Raises:
        owners.NotAnOwner: the officer is none of the initiative's two owners.
        NoDeadweight: classes A3 and A6 need it, and it is a share.
        YearToCome: the year has not begun.
        SaidAlready: it was recorded for that year by that evidence.
    """
    locking.one_at_a_time()
    owners.refuse_others(hypothesis.initiative, by, on)
    bp = _deadweight(hypothesis, brought)
    if brought.year.starts > on:
        raise YearToCome(f"{brought.year.name} has not begun.")
    same = hypothesis.realised.filter(year=brought.year.name, evidence=brought.evidence)
    if same.filter(takes_back=None, taken_back_by=None).exists():
        raise SaidAlready("It was recorded for that year by that evidence already.")
    made = hypothesis.realised.create(
        amount_pence=brought.amount_pence,
        full_year_pence=brought.full_year_pence,
        deadweight_bp=bp,
        year=brought.year.name,
        evidence=brought.evidence,
        by=by.reference,
        on=on,
    )
    _tell("change.benefit_realised", made, by=by, on=on)
    return made


@commanding.command(capabilities.OWN_INITIATIVE)
def take_back(*, realised: models.Realised, by: commanding.Actor, on: date) -> models.Realised:
    """Take back what was recorded wrongly, to the penny; what was recorded stays.

    Raises:
        owners.NotAnOwner: the officer is none of the initiative's two owners.
        AlreadyTakenBack: it was taken back, or takes something back itself.
    """
    locking.one_at_a_time()
    owners.refuse_others(realised.hypothesis.initiative, by, on)
    if realised.takes_back_id or models.Realised.objects.filter(takes_back=realised).exists():
        raise AlreadyTakenBack("It was taken back already.")
    made = realised.hypothesis.realised.create(
        amount_pence=-realised.amount_pence,
        full_year_pence=-realised.full_year_pence,
        deadweight_bp=realised.deadweight_bp,
        year=realised.year,
        evidence=realised.evidence,
        takes_back=realised,
        by=by.reference,
        on=on,
    )
    _tell("change.benefit_taken_back", realised, by=by, on=on)
    return made


def _check(hope: Hope) -> None:
    if not hope.low_pence <= hope.mid_pence <= hope.high_pence:
        raise NotInOrder("The forecast goes from the least to the most: look at the three again.")
    if hope.ends is not None and hope.ends <= hope.starts:
        raise NotInOrder("It must end after it starts.")
    measures = {one.slug for card in joining.cards() for one in card.measures}
    if hope.measure and hope.measure not in measures:
        raise NoSuchMeasure("No service declares this measure. Choose one of the list.")
    if hope.baseline_line and not re.fullmatch(CODE, hope.baseline_line):
        raise NoCode(
            "A line of the baseline is called by letters, digits and - . / _ , at most 40 of them."
        )


def _deadweight(hypothesis: models.Hypothesis, brought: Brought) -> int:
    needed = hypothesis.benefit_class in NEEDS_DEADWEIGHT
    if brought.deadweight_bp is None and needed:
        raise NoDeadweight("Say how much of it would have come anyway: none is 0.")
    bp = brought.deadweight_bp or 0
    if not 0 <= bp <= FULL_BP:
        raise NoDeadweight("How much would have come anyway is from 0 to 100 per cent.")
    return bp


def _tell(what: str, realised: models.Realised, *, by: commanding.Actor, on: date) -> None:
    hypothesis = realised.hypothesis
    detail = {
        "realised": realised.pk,
        "initiative": hypothesis.initiative_id,
        "class": hypothesis.benefit_class,
        "amount_pence": realised.amount_pence,
        "full_year_pence": realised.full_year_pence,
        "deadweight_bp": realised.deadweight_bp,
        "year": realised.year,
        "baseline_line": hypothesis.baseline_line,
    }
    told = facts.Happening(thing=hypothesis.initiative.thing, detail=detail)
    facts.record_many(what, [told], by=by, on=on)
