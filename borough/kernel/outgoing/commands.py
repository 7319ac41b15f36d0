"""Making the day's post, and recording what was given by hand."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.documents.models import Document
from borough.kernel.facts import commands as facts
from borough.kernel.outgoing import capabilities, models, queries, routing
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run


class NothingToPost(commanding.Refusal):
    """No letter waits to be posted."""


class StillMaking(commanding.Refusal):
    """The post that was asked for before is not finished."""


class HasLeft(commanding.Refusal):
    """The letter has left before."""


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
    """
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
