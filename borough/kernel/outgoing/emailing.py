"""Emails about letters: the letter attached where that was agreed, else a word that it is coming.

No subject and no text names anybody, an amount or an account. What the mail server does not take
is recorded, tried again with the next post, and goes on paper in the end. If a process dies between
handing over and recording, the same email may arrive twice: it bears the same number.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from borough.kernel.commanding import Actor
from borough.kernel.documents import printing
from borough.kernel.documents.models import Document
from borough.kernel.outgoing import models, paperless

MOST_FAILURES = 3
SUBJECT = "A letter from {council}"
ATTACHED = """Hello,

A letter from {council} is attached. It is a PDF file.

You asked for letters by email. If you would rather have them on paper, tell us.
If you are not sure that this email is from us, do not open the file. Call us on the number of your
last bill.
"""
ON_PAPER = """Hello,

A letter from {council} is on its way to you by post.

You asked us to tell you by email. There is nothing to click in this email.
"""
CONFIRM_SUBJECT = "Please confirm your email address"
CONFIRM = """Hello,

Somebody asked {council} to send letters to this email address. If it was you, open this page and
say yes:

{link}

The link works until {until}. If it was not you, do nothing.
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many emails were handed over, and how many could not be."""

    sent: int
    failed: int


def send_letters(documents: Iterable[int], *, batch: int, by: Actor, on: date) -> Sent:
    """Email letters that all of their addressees have by email; those then have left.

    Args:
        documents: ids; those that have left before are passed over.
        batch: the batch of the day's post.
        by: who sends.
        on: the day.
    """
    sent = failed = 0
    ids = list(documents)
    for document, wishes, everybody in _wishes(ids, on):
        attached = [one for one in wishes if one.attach]
        if len(attached) < everybody or models.Dispatch.objects.filter(document=document).exists():
            continue  # somebody has changed their mind: it goes on paper with the next post
        outcomes = [_send(document, wish, text=ATTACHED, on=on) for wish in attached]
        sent, failed = sent + outcomes.count(True), failed + outcomes.count(False)
        if attached and all(outcomes):
            models.Dispatch.objects.create(
                document=document,
                means=models.Dispatch.Means.EMAIL,
                on=on,
                batch_id=batch,
                by=by.reference,
            )
    return Sent(sent, failed)


def tell(documents: Iterable[int], *, on: date) -> Sent:
    """Tell those who asked for it that a letter is on its way by post."""
    outcomes = [
        _send(document, wish, text=ON_PAPER, on=on)
        for document, wishes, _ in _wishes(list(documents), on)
        for wish in wishes
    ]
    return Sent(outcomes.count(True), outcomes.count(False))


def ask_to_confirm(address: str, *, link: str, until: str) -> bool:
    """Send the link that confirms an address; tell whether the mail server took it."""
    council = settings.COUNCIL_NAME
    text = CONFIRM.format(council=council, link=link, until=until)
    return _hand_over(EmailMessage(CONFIRM_SUBJECT, text, to=[address]))


def _wishes(ids: list[int], on: date) -> Iterator[tuple[Document, list[paperless.Wish], int]]:
    """Yield each letter, who of its addressees has it by email, and how many they are in all."""
    addressed = paperless.addressees(ids)
    wishes = paperless.of({one for some in addressed.values() for one in some}, on=on)
    rows = Document.objects.select_related("template").filter(pk__in=ids)
    for document in rows.order_by("pk").iterator(chunk_size=100):
        people = addressed.get(document.pk, [])
        yield document, [wishes[one] for one in people if one in wishes], len(people)


def _send(document: Document, wish: paperless.Wish, *, text: str, on: date) -> bool:
    """Send one email about a letter unless it was sent before; return whether it is sent now."""
    with transaction.atomic():
        mine = models.Emailing.objects.filter(document=document, paperless_id=wish.paperless)
        if mine.filter(was_sent=True).exists():
            return True
        was_sent = _hand_over(_message(document, wish, text))
        models.Emailing.objects.create(
            document=document, paperless_id=wish.paperless, on=on, was_sent=was_sent
        )
        return was_sent


def _message(document: Document, wish: paperless.Wish, text: str) -> EmailMessage:
    council = settings.COUNCIL_NAME
    number = hashlib.sha256(f"{document.pk}/{wish.paperless}".encode()).hexdigest()[:32]
    message = EmailMessage(
        SUBJECT.format(council=council),
        text.format(council=council),
        to=[wish.address],
        headers={"Message-ID": f"<{number}@{settings.EMAIL_DOMAIN}>"},
    )
    if text is ATTACHED:
        message.attach("letter.pdf", printing.pdf_of(document), "application/pdf")
    return message


def _hand_over(message: EmailMessage) -> bool:
    try:
        return message.send() == 1
    except (SMTPException, OSError) as error:
        log.warning("the mail server did not take an email: %s", type(error).__name__)
        return False
