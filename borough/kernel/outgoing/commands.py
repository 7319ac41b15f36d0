"""Making the day's post, recording what was given by hand, and who has letters by email."""

import secrets
from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.documents import commands as documents
from borough.kernel.documents.models import Document
from borough.kernel.facts import commands as facts
from borough.kernel.outgoing import capabilities, held, models, paperless, queries, routing
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

LINK_DAYS = 7
BOUNCE_DAYS = 14


class NothingToPost(commanding.Refusal):
    """No letter waits to be posted."""


class StillMaking(commanding.Refusal):
    """The post that was asked for before is not finished."""


class HasLeft(commanding.Refusal):
    """The letter has left before."""


class LeftAlone(commanding.Refusal):
    """Something stands against a letter that presses somebody."""


@commanding.command(capabilities.SEND_POST)
def ask_post(*, by: commanding.Actor, on: date) -> Run:
    """Ask for a batch of all letters that have not left, dated ``on``.

    Raises:
        NothingToPost: none would go.
        StillMaking: an earlier batch is not finished.
        runs.AlreadyAsked: two asked at the same moment; there is one batch.
    """
    last = queries.newest()
    if last is not None and not last.endings.filter(outcome="done").exists():
        raise StillMaking("The post asked for before is still being made. Watch it here.")
    stays = (routing.Way.HAND, routing.Way.HELD)
    if all(one.way in stays for one in queries.waiting(on)):
        raise NothingToPost("No letter waits that can be posted.")
    number = Run.objects.filter(kind=queries.POST).count() + 1
    return runs.ask(
        queries.POST,
        f"{queries.POST}/{number}",
        asked={"up_to": routing.newest_document()},
        parts=1,
        by=by,
        on=on,
    )


@commanding.command(capabilities.SEND_POST)
def record_given(*, document: Document, by: commanding.Actor, on: date) -> models.Dispatch:
    """Record that a letter was given in the way agreed: read out, in Braille, handed over.

    Raises:
        HasLeft: it left before, by whatever way.
        LeftAlone: something stands against it by now: it is not to be given at all.
    """
    if reason := held.back([document.pk], on=on).get(document.pk):
        raise LeftAlone(f"{reason}. Do not give it to anybody.")
    given, is_new = models.Dispatch.objects.get_or_create(
        document=document,
        defaults={"means": models.Dispatch.Means.HAND, "on": on, "by": by.reference},
    )
    if not is_new:
        raise HasLeft("That letter has left already. Nothing was recorded twice.")
    facts.record(
        "kernel.letter_given",
        thing=document.thing,
        about=list(document.addressees.values_list("person_id", flat=True)),
        by=by,
        on=on,
        document=document.pk,
        issued=document.on,
    )
    return given


class NotByEmail(commanding.Refusal):
    """They have no letters by email."""


@commanding.command(capabilities.SEND_POST)
def ask_paperless(
    *, person: Person, address: str, attach: bool, by: commanding.Actor, on: date
) -> tuple[models.Paperless, str]:
    """Record that somebody wants letters by email; return the row and the secret of its link.

    What was asked before ends. Nothing goes by email until the link, sent to that address, was
    followed and agreed to.

    Args:
        person: who wants them.
        address: the email address.
        attach: whether the letter itself may be attached: only then it replaces paper.
        by: who records it.
        on: today.
    """
    _end(person, models.PaperlessEnded.Why.CHANGED, by=by, on=on)
    secret = secrets.token_urlsafe(32)
    asked = models.Paperless.objects.create(
        person=person,
        address=address,
        attach=attach,
        token_hash=paperless.hashed(secret),
        asked_on=on,
        expires_on=on + timedelta(LINK_DAYS),
        by=by.reference,
    )
    facts.record("kernel.email_asked", about=[person.pk], by=by, on=on)
    return asked, secret


@commanding.command(capabilities.CONFIRM_EMAIL)
def confirm_paperless(*, secret: str, by: commanding.Actor, on: date) -> models.Paperless:
    """Confirm an email address by the secret that was sent to it.

    Raises:
        paperless.NotYours: as for ``paperless.find``.
    """
    found = paperless.find(secret, on=on)
    models.PaperlessConfirmed.objects.create(paperless=found, on=on)
    facts.record("kernel.email_confirmed", about=[found.person_id], by=by, on=on)
    return found


@commanding.command(capabilities.SEND_POST)
def end_paperless(*, person: Person, by: commanding.Actor, on: date) -> None:
    """Send letters on paper again, because they asked for it.

    Raises:
        NotByEmail: they had none by email.
    """
    if not _end(person, models.PaperlessEnded.Why.ASKED, by=by, on=on):
        raise NotByEmail("They have their letters on paper already.")


@commanding.command(capabilities.SEND_POST)
def record_bounce(*, person: Person, by: commanding.Actor, on: date) -> list[int]:
    """Record that an email came back: paper from now on, and what was emailed lately once more.

    Returns:
        The letters that are issued again, on paper.

    Raises:
        NotByEmail: they had none by email.
    """
    ended = _end(person, models.PaperlessEnded.Why.BOUNCED, by=by, on=on)
    if not ended:
        raise NotByEmail("They have their letters on paper already.")
    lately = Document.objects.filter(
        emailings__paperless__in=ended,
        emailings__was_sent=True,
        dispatch__means=models.Dispatch.Means.EMAIL,
        dispatch__on__gt=on - timedelta(BOUNCE_DAYS),
    )
    return [_on_paper(one, by=by, on=on) for one in lately.select_related("template").distinct()]


def _on_paper(document: Document, *, by: commanding.Actor, on: date) -> int:
    """Issue a letter that was emailed and came back once more, to be posted."""
    letter = documents.Letter(
        document.data,
        document.thing,
        list(document.addressees.values_list("person_id", flat=True)),
        source=f"documents.document/{document.pk}/paper",
        part=document.part,
    )
    template = document.template.name.lstrip("/")
    [number] = documents.issue_many(document.kind, [letter], template=template, by=by, on=on)
    return number


def _end(person: Person, why: str, *, by: commanding.Actor, on: date) -> list[models.Paperless]:
    """End all that somebody asked for and that has not ended; return it."""
    going = list(models.Paperless.objects.filter(person=person, ended=None))
    for one in going:
        models.PaperlessEnded.objects.create(paperless=one, why=why, on=on, by=by.reference)
        facts.record("kernel.email_ended", about=[person.pk], by=by, on=on, why=str(why))
    return going
