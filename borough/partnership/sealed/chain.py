"""What happened to a thing, link by link: each event is bound to all before it.

An event is a fact of the house, too, with the same detail. The chain is what a partner can take
away and check without the house.
"""

import hashlib
from datetime import date
from typing import Any

from django.db import connection

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.sealed import models
from borough.partnership.seats import signing

_LOCK = 0x53_45_41_4C  # "SEAL": with the chain's own number, so that two chains never wait


def hold(chain: str) -> None:
    """Wait until nobody else adds to the chain, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, chain])


def tell(chain: str, what: str, *, by: commanding.Actor, on: date, **detail: Any) -> models.Event:
    """Record a fact, and add it to the chain; inside the transaction of what it tells.

    Args:
        chain: the thing that it happened to: ``partnership.case/3``.
        what: slug of a declared kind.
        by: who did it.
        on: the day.
        detail: ids, amounts and digests: never what somebody wrote.
    """
    hold(chain)
    facts.record(what, thing=chain, by=by, on=on, **detail)
    last = models.Event.objects.filter(chain=chain).order_by("-position").first()
    position = last.position + 1 if last else 1
    text = signing.canonical(
        {
            "chain": chain,
            "position": position,
            "what": what,
            "by": by.reference,
            "on": on,
            "detail": detail,
        }
    )
    digest = link(last.digest if last else "", text)
    return models.Event.objects.create(chain=chain, position=position, text=text, digest=digest)


def link(before: str, text: str) -> str:
    """Return the digest of an event that follows a digest; the first follows the empty one."""
    return hashlib.sha256(bytes.fromhex(before) + text.encode()).hexdigest()


def head(chain: str) -> str:
    """Return the digest of the newest event, to be printed where both partners keep the paper."""
    last = models.Event.objects.filter(chain=chain).order_by("-position").first()
    return last.digest if last else ""


def told(chain: str) -> list[models.Event]:
    """Return the events of a chain, the first first."""
    return list(models.Event.objects.filter(chain=chain).order_by("position"))
