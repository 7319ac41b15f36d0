"""What banks send back: files of advices, indemnity claims, and settling what waits."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.bank import advices, service_user
from borough.kernel.facts import commands as facts
from borough.lines.revenues import (
    capabilities,
    consequences,
    instructing,
    models,
    returning,
)
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import returned as queries
from borough.rules import direct_debit

_THEN = models.Advice.Then
CLAIM = "DDICA"

SPOKEN, OVER, DONE = "spoken", "over", "done"
OUTCOMES = {
    SPOKEN: "Agreed with the payer: collecting goes on",
    OVER: "The Direct Debit is over",
    DONE: "Put right, or nothing more to do",
}


class AlreadyLoaded(commanding.Refusal):
    """The same file was loaded before."""


class NotOurs(commanding.Refusal):
    """The file is addressed to another service user."""


class NotAClaim(commanding.Refusal):
    """The claim is of no amount that was collected, or for no known reason."""


class NotPlaced(commanding.Refusal):
    """Money waits for the account that owes it again."""


@commanding.command(capabilities.LOAD_ADVICES)
def load_advices(
    *, content: bytes, said: str = "", by: commanding.Actor, on: date
) -> models.AdviceFile:
    """Load a file of ARUDD, ADDACS or AUDDIS advices: post what came back, act on each, once.

    Args:
        content: the file.
        said: ``ADDACS`` or ``AUDDIS`` where the officer knows it; the file does not always tell.
        by: who loads it.
        on: today.

    Raises:
        hostile_xml.UnreadableXml, advices.UnknownAdvice, advices.TotalsDiffer: not to be trusted.
        NotOurs: for another service user.
        AlreadyLoaded: loaded before; nothing is done a second time.
        returning.NotPosted: it returns a collection that is not posted yet.
    """
    read = advices.read(content, on=on, said=said)
    ours = service_user.ours().service_user_number
    if read.service_user_number not in {"", ours}:
        raise NotOurs("This file is addressed to another service user. Nothing was loaded.")
    file = _remember(content, read, by=by, on=on)
    returning.alone()
    found = returning.find(read.returned)
    backs = [
        returning.Back(
            found.items.get(one.position), one.pence, returning.key(read.sha256, one.position)
        )
        for one in read.returned
        if one.position not in found.before
    ]
    returning.take_back(backs, value_on=read.made_on, by=by, on=on)
    made = [*_returned(file, read, found), *_changed(file, read)]
    models.Advice.objects.bulk_create(made)
    kept = list(
        file.lines.select_related(
            "item__collection", "instruction__account", "instruction__details__person"
        ).order_by("position")
    )
    news = [one for one in kept if one.item is not None or one.pence is None]
    consequences.draw(news, by=by, on=on)  # what came back before has had its consequences
    _record(file, kept, by=by, on=on)
    return file


@commanding.command(capabilities.LOAD_ADVICES)
def record_claim(
    *,
    item: models.CollectionItem,
    code: str,
    pence: int,
    by: commanding.Actor,
    on: date,
) -> models.Advice:
    """Record that the payer's bank has paid a collection back under the Guarantee.

    The debt stands again; somebody looks at what went wrong before anything else is collected.

    Args:
        item: the collection.
        code: of the claim, 1 to 8.
        pence: what was paid back.
        by: who records it.
        on: today.

    Raises:
        NotAClaim: the code is none of them, or it is more than was collected, or came back before.
    """
    reasons = direct_debit.SHEET["indemnity_reasons"].at(on).value
    if code not in reasons:
        raise NotAClaim("Choose the reason that the claim gives, 1 to 8.")
    if not 0 < pence <= item.pence:
        raise NotAClaim("Enter what was paid back: more than nothing, at most what was collected.")
    returning.alone()
    if item.advices.exists():
        raise NotAClaim("This collection came back before. Nothing is posted a second time.")
    back = returning.Back(item, pence, f"returned/claim/{item.pk}")
    returning.take_back([back], value_on=None, by=by, on=on)
    advice: models.Advice = models.Advice.objects.create(
        position=0,
        kind=CLAIM,
        code=code,
        description=reasons[code],
        reference=item.instruction.reference,
        pence=pence,
        on=on,
        item=item,
        instruction=item.instruction,
        then=_THEN.CLAIMED,
        waits=True,
        by=by.reference,
    )
    consequences.draw([advice], by=by, on=on)
    _tell("revenues.indemnity_claimed", advice, by=by, on=on)
    return advice


@commanding.command(capabilities.LOAD_ADVICES)
def settle(*, advice: models.Advice, outcome: str, by: commanding.Actor, on: date) -> None:
    """Say what came of an advice that waited; collecting goes on or ends accordingly.

    The hold that a dispute was left alone by ends with it, from tomorrow.

    Args:
        advice: which.
        outcome: one of ``OUTCOMES``.
        by: who settled it.
        on: today.

    Raises:
        returning.AlreadySettled: somebody did.
        NotPlaced: it took money back, and nobody has said yet whose.
    """
    if queries.unplaced([advice]):
        raise NotPlaced("Say first whose money it was: place it on the account that owes it again.")
    returning.settle_once(advice, outcome=outcome, by=by, on=on)
    consequences.settled(advice, on)
    instruction = advice.instruction
    if instruction is not None and instruction.ends is None:
        if outcome == SPOKEN:
            instructing.go_on(instruction, by=by, on=on)
        elif outcome == OVER:
            instructing.end(instruction, why=models.Instruction.Ended.PAYER, by=by, on=on)
    facts.record(
        "revenues.advice_settled",
        about=_people(instruction),
        thing=instruction.account.thing if instruction else "",
        by=by,
        on=on,
        reference=advice.reference,
        outcome=OUTCOMES[outcome],
    )


def _remember(
    content: bytes, read: advices.Advice, *, by: commanding.Actor, on: date
) -> models.AdviceFile:
    try:
        with transaction.atomic():
            file: models.AdviceFile = models.AdviceFile.objects.create(
                sha256=read.sha256,
                kind=read.kind,
                content=content,
                advices=len(read.returned) + len(read.changes),
                pence=read.pence if read.returned else None,
                loaded_on=on,
                by=by.reference,
            )
    except IntegrityError as error:
        raise AlreadyLoaded(
            "This file was loaded before. Nothing was done a second time."
        ) from error
    return file


def _returned(
    file: models.AdviceFile,
    read: advices.Advice,
    found: returning.Found,
) -> list[models.Advice]:
    again = [one.reference for one in read.returned if one.position in found.before]
    known = models.Instruction.objects.in_bulk(again, field_name="reference")
    return [
        _advice(
            file,
            one.position,
            one.reason,
            one.reference,
            pence=one.pence,
            item=(item := found.items.get(one.position)),
            instruction=item.instruction if item else known.get(one.reference),
        )
        for one in read.returned
    ]


def _changed(file: models.AdviceFile, read: advices.Advice) -> list[models.Advice]:
    known = models.Instruction.objects.in_bulk(
        {one.reference for one in read.changes}, field_name="reference"
    )
    return [
        _advice(
            file,
            one.position,
            one.reason,
            one.reference,
            instruction=known.get(one.reference),
        )
        for one in read.changes
    ]


def _advice(
    file: models.AdviceFile,
    position: int,
    reason: advices.Reason,
    reference: str,
    *,
    pence: int | None = None,
    item: models.CollectionItem | None = None,
    instruction: models.Instruction | None = None,
) -> models.Advice:
    """Return the row of an advice; what is not certain, or of nobody known, waits for a person."""
    then = _THEN(reason.then.value) if reason.is_certain else _THEN.ASK
    return models.Advice(
        file=file,
        position=position,
        kind=file.kind,
        code=reason.code[:8],
        description=reason.words[:120],
        reference=reference[:18],
        pence=pence,
        on=file.loaded_on,
        item=item,
        instruction=instruction,
        then=then,
        waits=(item is None and pence is not None)
        or instruction is None
        or then in consequences.FOR_A_PERSON,
        by=file.by,
    )


def _record(
    file: models.AdviceFile, kept: Sequence[models.Advice], *, by: commanding.Actor, on: date
) -> None:
    for one in kept:
        if one.item is not None:
            _tell("revenues.payment_returned", one, by=by, on=on)
    facts.record(
        "revenues.advices_loaded",
        thing=f"revenues.advices/{file.pk}",
        by=by,
        on=on,
        kind=file.kind,
        advices=file.advices,
        waiting=sum(one.waits for one in kept),
    )


def _tell(what: str, advice: models.Advice, *, by: commanding.Actor, on: date) -> None:
    instruction = advice.instruction
    if instruction is None:
        return
    changing.record(
        what,
        instruction.account,
        on=on,
        by=by,
        also_about=(instruction.details.person_id,),
        pence=advice.pence,
        code=advice.code,
    )


def _people(instruction: models.Instruction | None) -> list[int]:
    if instruction is None:
        return []
    liable = instruction.account.liabilities.values_list("person_id", flat=True)
    return [*liable, instruction.details.person_id]
