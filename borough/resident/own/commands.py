"""Sending a code, opening an account with it, signing in, and writing to us from there."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import hashers
from django.db import IntegrityError, transaction

from borough.kernel import commanding, records
from borough.kernel.documents import commands as documents
from borough.kernel.documents import templates, typesetting
from borough.kernel.facts import commands as facts
from borough.kernel.facts import queries as told
from borough.kernel.pages import wording
from borough.kernel.people.models import Person
from borough.kernel.post import capabilities as post_capabilities
from borough.kernel.post import commands as post
from borough.kernel.post.models import Item
from borough.resident.fund import models as fund
from borough.resident.fund import taking
from borough.resident.own import addressing, capabilities, codes, fact_kinds, models

CODE_LETTER = "resident.code"
PALETTE = "#0f4a5c"


class NobodyToSignIn(commanding.Refusal):
    """No human being who lives can sign in for this record."""


class NoLongerGood(commanding.Refusal):
    """The code was used while the page was open."""


class EmailTaken(commanding.Refusal):
    """Another resident signs in with that address."""


class AlreadySaid(commanding.Refusal):
    """The very same message came before."""


@commanding.command(capabilities.SEND_CODE)
def send_code(*, person: Person, now: datetime, by: commanding.Actor, on: date) -> int:
    """Write the letter with a new code, which puts older codes out of use; return its document.

    Raises:
        NobodyToSignIn: an organisation, or somebody who has died.
        addressing.NowhereToSend: no address is known at which they alone would get it.
    """
    if person.kind != Person.Kind.PERSON or person.date_of_death:
        raise NobodyToSignIn("Only a living person can have an account of their own.")
    to = addressing.written_to(person, on=on)
    words, _ = codes.make(person, now=now)
    until = on + codes.GOOD_FOR
    number = documents.issue(
        CODE_LETTER,
        template="resident/own/letters/code.typ",
        data={
            "title": "See your own record with us",
            "council": _council(),
            "issued_on": on.isoformat(),
            "addressees": [to.name],
            "address": list(to.address),
            "large_print": to.large_print,
            "invented": settings.TOWN_IS_INVENTED,
            "code": words,
            "until": until.isoformat(),
        },
        about=[person.pk],
        by=by,
        on=on,
    )
    _tell(fact_kinds.CODE_SENT, person.pk, by=by, on=on, until=until)
    return number


@commanding.command(capabilities.KEEP_OWN)
def open_account(
    *,
    code: models.Code,
    email: str,
    password: str,
    now: datetime,
    by: commanding.Actor,
    on: date,
) -> models.Account:
    """Open the account of whom a recognised code was sent to, or give it a new password.

    Raises:
        NoLongerGood: the code was used meanwhile.
        EmailTaken: another resident signs in with that address.
    """
    if not models.Code.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        raise NoLongerGood("That code has been used. Ask us for another.")
    signs_in = {"email": email.strip().lower(), "password": hashers.make_password(password)}
    try:
        with transaction.atomic():
            account, _ = models.Account.objects.update_or_create(
                person_id=code.person_id,
                defaults=signs_in,
                create_defaults={**signs_in, "opened_on": on},
            )
    except IntegrityError as error:
        raise EmailTaken("Another account uses that email address. Use one of your own.") from error
    _tell(fact_kinds.OPENED, code.person_id, by=by, on=on)
    return account


@commanding.command(capabilities.KEEP_OWN)
def sign_in(*, email: str, password: str, by: commanding.Actor, on: date) -> models.Account | None:
    """Return the account that these open, or None; it takes as long whether there is one or not."""
    account = models.Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        hashers.make_password(password)
        return None
    if not hashers.check_password(password, account.password):
        return None
    _tell(fact_kinds.SIGNED_IN, account.person_id, by=by, on=on)
    return account


@commanding.command(capabilities.KEEP_OWN)
def write_to_us(
    *,
    person: Person,
    about: str,
    words: str,
    by: commanding.Actor,
    on: date,
    contests: told.Entry | None = None,
) -> Item:
    """Put what a resident wrote among the post, filed under them, for an officer to deal with.

    Args:
        person: who writes.
        about: one of ``Item.About``.
        words: what they write, as they wrote it.
        by: the resident.
        on: today.
        contests: the happening on their own timeline that they disagree with.

    Raises:
        AlreadySaid: the same words came on the same day.
    """
    data = {
        "title": Item.About(about).label,
        "council": _council(),
        "issued_on": on.isoformat(),
        "reference": f"resident {person.pk}",
        "lines": [*_quoted(contests), *words.splitlines()],
    }
    template = "/resident/own/letters/message.typ"
    pdf = typesetting.typeset(typesetting.Order(person.pk, templates.ROOT, template, data, on))
    clerk = commanding.System(by.reference, frozenset({post_capabilities.HANDLE_POST.slug}))
    try:
        item = post.take_in(
            content=pdf,
            how=Item.How.ONLINE,
            about=about,
            received_on=on,
            folder=settings.DOCUMENTS,
            by=clerk,
            on=on,
        )
    except post.AlreadyHere as error:
        raise AlreadySaid("You have sent us this today already. We have it.") from error
    thing = f"{records.PERSON}/{person.pk}"
    post.file_under(item=item, thing=thing, people=[person.pk], by=clerk, on=on)
    if contests:
        detail = {"fact": contests.id, "item": item.pk, "of": contests.on}
        _tell(fact_kinds.CONTESTED, person.pk, by=by, on=on, **detail)
    return item


@commanding.command(capabilities.KEEP_OWN)
def ask_fund(
    *, person: Person, asked: taking.Asked, at: datetime, by: commanding.Actor, on: date
) -> fund.Application:
    """Take down what a resident asks of the hardship fund in their own account.

    Raises:
        taking.NotOpen, taking.NobodyToHelp, taking.AlreadyAsked: with what to do.
    """
    return taking.record(person=person, asked=asked, at=at, by=by, on=on)


def _quoted(contests: told.Entry | None) -> list[str]:
    """Return what they disagree with, as their timeline tells it, and who did it."""
    if contests is None:
        return []
    words = f"They disagree with this, of {wording.day(contests.on)}: {contests.sentence}"
    return [f"{words} ({contests.by}, fact {contests.id})"]


def _council() -> dict[str, str]:
    return {"name": settings.COUNCIL_NAME, "colour": PALETTE}


def _tell(what: str, person: int, *, by: commanding.Actor, on: date, **detail: object) -> None:
    facts.record(what, about=[person], thing=f"{records.PERSON}/{person}", by=by, on=on, **detail)
