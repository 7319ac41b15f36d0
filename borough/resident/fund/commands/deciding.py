"""Deciding: one officer up to the council's limit, two above it, another on review.

Whoever keyed the bank details never decides on what goes there. The database holds all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from borough.kernel import commanding
from borough.kernel.bank.models import BankDetails
from borough.kernel.documents import commands as documents
from borough.kernel.pages import wording
from borough.resident.fund import capabilities, figures, models, money, telling
from borough.resident.fund.commands import asking
from borough.resident.fund.letters import letter
from borough.resident.fund.queries import applications


class TestFirst(commanding.Refusal):
    """Nobody has looked at need and urgency yet, or no need was found."""


class AboveLimit(commanding.Refusal):
    """It is more than one officer may give."""


class SamePerson(commanding.Refusal):
    """This officer has had a hand in it that another must have."""


class NotTheirs(commanding.Refusal):
    """The bank details are not of whom is to be paid, or may not be used."""


class NothingToLookAt(commanding.Refusal):
    """There is no decision that can be looked at again."""


@dataclass(frozen=True, slots=True)
class Award:
    """How much, where it goes, and why, as the resident reads it."""

    pence: int
    details: BankDetails
    because: str


@commanding.command(capabilities.DECIDE_AWARD)
def give(
    *,
    application: models.Application,
    award: Award,
    at: datetime,
    by: commanding.Actor,
    on: date,
) -> models.Decision:
    """Give up to the council's limit; it goes with the next file of payments.

    Raises:
        AboveLimit: a second officer has to agree: propose it to them.
        TestFirst, NotTheirs, SamePerson, asking.NotWaiting, money.NothingLeft: with what to do.
    """
    limit = figures.in_force(on)["fund_one_officer_pence"]
    if award.pence > limit:
        raise AboveLimit(
            f"One officer gives up to {wording.money(limit)}. Propose more to a second officer."
        )
    now = asking.awaited(application)
    _refuse(now, award, by)
    asked_by = f"resident/{application.person_id}"
    return _give(now, award, "", asked_by, at=at, by=by, on=on)


@commanding.command(capabilities.DECIDE_AWARD)
def propose(
    *, application: models.Application, award: Award, by: commanding.Actor, on: date
) -> models.Proposed:
    """Propose an amount to a second officer; nothing is paid before they agree.

    Raises:
        TestFirst, NotTheirs, SamePerson, asking.NotWaiting: with what to do.
    """
    now = asking.awaited(application)
    _refuse(now, award, by)
    made = models.Proposed.objects.create(
        application=application,
        pence=award.pence,
        details=award.details,
        after=now.review,
        because=award.because,
        by=by.reference,
        on=on,
    )
    telling.tell("resident.fund_proposed", application, by=by, on=on, pence=award.pence)
    return made


@commanding.command(capabilities.DECIDE_LARGE_AWARD)
def agree(
    *, proposed: models.Proposed, at: datetime, by: commanding.Actor, on: date
) -> models.Decision:
    """Give what a colleague proposed.

    Raises:
        SamePerson: the officer proposed it, or keyed its bank details.
        asking.NotWaiting: it was decided meanwhile, or something else was proposed since.
        TestFirst, NotTheirs, money.NothingLeft: with what to do.
    """
    now = asking.awaited(proposed.application)
    if now.proposed != proposed:
        raise asking.NotWaiting("Something else was proposed meanwhile. Look at it again.")
    if by.reference == proposed.by:
        raise SamePerson("You proposed this. A colleague decides on it.")
    award = Award(proposed.pence, proposed.details, proposed.because)
    _refuse(now, award, by)
    return _give(now, award, proposed.by, proposed.by, at=at, by=by, on=on)


@commanding.command(capabilities.DECIDE_AWARD)
def refuse(
    *,
    application: models.Application,
    because: str,
    at: datetime,
    by: commanding.Actor,
    on: date,
) -> models.Decision:
    """Refuse an application, with the reason that the resident reads.

    Raises:
        TestFirst: nobody has looked at need and urgency.
        SamePerson: the officer took the decision that is to be looked at again.
        asking.NotWaiting: it was decided meanwhile.
        asking.NoReason: there is no reason.
    """
    now = asking.awaited(application)
    if now.finding is None:
        raise TestFirst("Look at need and urgency first.")
    if not because.strip():
        raise asking.NoReason("Write why, for the resident to read.")
    _refuse_the_first(now, by)
    made = _decide(now, 0, because, at=at, by=by, on=on)
    telling.tell("resident.fund_refused", application, by=by, on=on)
    _write(made, [], by=by, on=on)
    return made


@commanding.command(capabilities.TAKE_APPLICATION)
def ask_review(
    *, application: models.Application, words: str = "", by: commanding.Actor, on: date
) -> models.Review:
    """Record that the resident wants the last decision looked at again, by another officer.

    Raises:
        NothingToLookAt: nothing was decided, it is being looked at, or the days for it are over.
    """
    now = applications.of_application(application.pk)
    if now is None or now.is_open or not now.decisions:
        raise NothingToLookAt("There is no decision yet, or it is being looked at again.")
    last = now.decisions[-1]
    days = figures.in_force(on)["fund_review_days"]
    if on > last.on + timedelta(days):
        raise NothingToLookAt(
            f"It was decided more than {days} days ago. Take down a new application instead."
        )
    made = models.Review.objects.create(decision=last, words=words, by=by.reference, on=on)
    telling.tell("resident.fund_review_asked", application, by=by, on=on)
    return made


def _refuse(now: applications.Standing, award: Award, by: commanding.Actor) -> None:
    """Refuse an award that the rules of the fund, or the second pair of eyes, do not allow."""
    finding = now.finding
    if finding is None or not finding.in_need:
        raise TestFirst("Nothing is given before a need was found and written down.")
    if now.application.strand == models.Strand.HOUSING and not finding.has_rent_help:
        raise TestFirst(
            "A Housing Payment is for who gets Housing Benefit, or help with the rent in Universal "
            "Credit. Consider a Crisis Payment instead."
        )
    if award.pence <= 0 or not award.because.strip():
        raise asking.NoReason("Enter an amount, and why, for the resident to read.")
    details = BankDetails.objects.get(pk=award.details.pk)
    if details.person_id != now.application.payee_id or not details.may_be_used:
        raise NotTheirs("Choose bank details of the payee that a second officer has confirmed.")
    if by.reference == details.keyed_by:
        raise SamePerson("You keyed these bank details. A colleague decides on what goes there.")
    _refuse_the_first(now, by)


def _refuse_the_first(now: applications.Standing, by: commanding.Actor) -> None:
    if now.review is not None and now.review.decision.by == by.reference:
        raise SamePerson("You took the decision. Another officer looks at it again.")


def _give(
    now: applications.Standing,
    award: Award,
    proposed_by: str,
    asked_by: str,
    *,
    at: datetime,
    by: commanding.Actor,
    on: date,
) -> models.Decision:
    keyed_by = award.details.keyed_by
    made = _decide(now, award.pence, award.because, proposed_by, keyed_by, at=at, by=by, on=on)
    money.pay(made, award.details, asked_by=asked_by, by=by, on=on)
    telling.tell("resident.fund_granted", now.application, by=by, on=on, pence=award.pence)
    _write(made, [award.details], by=by, on=on)
    return made


def _decide(
    now: applications.Standing,
    pence: int,
    because: str,
    proposed_by: str = "",
    keyed_by: str = "",
    *,
    at: datetime,
    by: commanding.Actor,
    on: date,
) -> models.Decision:
    return models.Decision.objects.create(
        application=now.application,
        after=now.review,
        pence=pence,
        limit_pence=figures.in_force(on)["fund_one_officer_pence"],
        because=because.strip(),
        proposed_by=proposed_by,
        keyed_by=keyed_by,
        first_by=now.review.decision.by if now.review else "",
        by=by.reference,
        on=on,
        decided_at=at,
    )


def _write(
    made: models.Decision, details: Sequence[BankDetails], *, by: commanding.Actor, on: date
) -> None:
    """Write to the resident; where no address is known the page says so."""
    said = letter.said(made, [one.masked for one in details], on=on)
    if said is not None:
        documents.issue(
            letter.KIND,
            template=letter.TEMPLATE,
            data=said,
            thing=made.application.thing,
            about=[made.application.person_id],
            by=by,
            on=on,
        )
