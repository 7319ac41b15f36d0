"""Officers who are residents, too: said by one officer, agreed to by another.

Nobody opens their own record as an officer, and looks at their home or their colleagues stand out.
So nobody says this of themselves, and nobody alone of anybody: neither to shut a record nor to open
one.
"""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.officers import capabilities, models


class Yourself(commanding.Refusal):
    """Nobody says who they are themselves."""


class SaidAlready(commanding.Refusal):
    """Something was said of this officer that waits for another to agree."""


class KnownAlready(commanding.Refusal):
    """It is what holds already."""


class SecondOfficerNeeded(commanding.Refusal):
    """Who said it cannot agree to it."""


class Decided(commanding.Refusal):
    """Another officer decided it meanwhile."""


@commanding.command(capabilities.RECOGNISE_OFFICERS)
def say(
    *, officer: models.Officer, person_id: int | None, by: commanding.Actor, on: date
) -> models.SamePerson:
    """Say which resident an officer is; it counts once another officer agrees.

    Args:
        officer: whom it is about.
        person_id: the resident; None: no resident of ours, or no more.
        by: who says it.
        on: today.

    Raises:
        Yourself: it is about whoever says it.
        SaidAlready: something waits to be agreed to.
        KnownAlready: it is so already.
    """
    if officer.reference == by.reference:
        raise Yourself("Another officer says which resident you are.")
    models.Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
    if officer.same_person.filter(agreed_on=None).exists():
        raise SaidAlready("Something was said of this officer already. Another officer decides it.")
    agreed = officer.same_person.filter(agreed_on__isnull=False).order_by("-pk").first()
    if (agreed.person_id if agreed else None) == person_id:
        raise KnownAlready("That is known already.")
    said = officer.same_person.create(person_id=person_id, said_by=by.reference, said_on=on)
    _tell("kernel.same_person_said", said, by=by, on=on)
    return said


@commanding.command(capabilities.RECOGNISE_OFFICERS)
def agree(*, said: models.SamePerson, by: commanding.Actor, on: date) -> None:
    """Agree to what another officer said; it holds from now on.

    Raises:
        Yourself: it is about whoever would agree.
        SecondOfficerNeeded: they said it themselves.
        Decided: it was decided meanwhile.
    """
    _decide(said, by)
    models.SamePerson.objects.filter(pk=said.pk).update(agreed_by=by.reference, agreed_on=on)
    _tell("kernel.same_person_agreed", said, by=by, on=on)


@commanding.command(capabilities.RECOGNISE_OFFICERS)
def decline(*, said: models.SamePerson, by: commanding.Actor, on: date) -> None:
    """Let go of what was said; who said it may take it back. The facts remember it.

    Raises:
        Yourself: it is about whoever declines.
        Decided: it was decided meanwhile.
    """
    _decide(said, by, alone=True)
    _tell("kernel.same_person_declined", said, by=by, on=on)
    models.SamePerson.objects.filter(pk=said.pk).delete()


def _decide(said: models.SamePerson, by: commanding.Actor, *, alone: bool = False) -> None:
    """Hold what was said, or refuse."""
    rows = models.SamePerson.objects.select_for_update().filter(pk=said.pk, agreed_on=None)
    if not rows.exists():
        raise Decided("Another officer has decided it meanwhile.")
    if said.officer.reference == by.reference:
        raise Yourself("Other officers decide which resident you are.")
    if said.said_by == by.reference and not alone:
        raise SecondOfficerNeeded("You said it yourself. Another officer has to agree.")


def _tell(what: str, said: models.SamePerson, *, by: commanding.Actor, on: date) -> None:
    officer = said.officer.reference
    facts.record(what, thing=officer, by=by, on=on, officer=officer, resident=said.person_id)
