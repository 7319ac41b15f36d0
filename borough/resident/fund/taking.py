"""Taking an application down, whoever types it: an officer, or somebody in their own account."""

from dataclasses import dataclass
from datetime import date, datetime

from borough.kernel import commanding
from borough.kernel.people.models import Person
from borough.resident.fund import figures, models, telling
from borough.resident.fund.queries import applications

HOW = models.Application.How


class NotOpen(commanding.Refusal):
    """The scheme in force has no such payment to ask for."""


class NobodyToHelp(commanding.Refusal):
    """The fund helps people who live."""


class NoConsent(commanding.Refusal):
    """Somebody asks for another without a name, or without their consent."""


class AlreadyAsked(commanding.Refusal):
    """One of the same kind waits for a decision."""


class NotTheirLandlord(commanding.Refusal):
    """Only help with housing is paid to somebody else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for.

    Attributes:
        strand: a Crisis Payment or a Housing Payment.
        is_for: what it is for.
        words: in their own words; may be empty.
        pence: how much; None where they name no amount.
        how: how it came.
        asked_for_by: who asks for them, and for which organisation; "" where they ask themselves.
        consent: the resident agrees that somebody else asks for them.
        payee: the landlord to be paid; None to pay the resident.
    """

    strand: models.Strand
    is_for: str
    words: str = ""
    pence: int | None = None
    how: str = HOW.COUNTER
    asked_for_by: str = ""
    consent: bool = False
    payee: Person | None = None


def record(
    *, person: Person, asked: Asked, at: datetime, by: commanding.Actor, on: date
) -> models.Application:
    """Record what somebody asks for; called by commands, which say who may.

    Raises:
        NotOpen, NobodyToHelp, NoConsent, AlreadyAsked, NotTheirLandlord: with what to do.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    _refuse(held, asked, on)
    made = models.Application.objects.create(
        person=held,
        payee=asked.payee or held,
        strand=asked.strand,
        is_for=asked.is_for,
        words=asked.words,
        asked_pence=asked.pence,
        how=asked.how,
        asked_for_by=asked.asked_for_by,
        consent=asked.consent,
        by=by.reference,
        on=on,
        received_at=at,
    )
    telling.tell("resident.fund_asked", made, by=by, on=on)
    return made


def _refuse(person: Person, asked: Asked, on: date) -> None:
    if asked.strand not in figures.strands(on) or asked.strand not in models.ASKED_FOR:
        raise NotOpen("The fund takes no applications of this kind on this day.")
    if person.kind != Person.Kind.PERSON or person.date_of_death:
        raise NobodyToHelp("The fund helps people. Record it for somebody of the household.")
    if asked.how == HOW.OTHERS and not asked.asked_for_by:
        raise NoConsent("Enter who asks for them, and for which organisation.")
    if asked.how == HOW.OTHERS and not asked.consent:
        raise NoConsent("Ask the resident first. Without their consent nobody can ask for them.")
    if asked.payee not in {None, person} and asked.strand != models.Strand.HOUSING:
        raise NotTheirLandlord("Only help with housing can be paid to a landlord.")
    if any(
        one.is_open and one.application.strand == asked.strand
        for one in applications.of_people([person.pk])
    ):
        raise AlreadyAsked("One of this kind waits for a decision already. Open that one.")
