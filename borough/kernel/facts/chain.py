"""The chain of batches: tampering shows.

Linking happens a moment after recording, under a lock of its own, so that two commands never wait
for each other. A batch's digest is fixed when it is recorded; the link fixes the order for ever.
"""

import hashlib

from django.db import connection, transaction

from borough.kernel import clock
from borough.kernel.facts import commands, models

# What the digests cannot show, as no batch holds it.
_STRAYS = {
    "fact {} belongs to no batch": """
        select f.id from facts_fact f left join facts_batch b on b.id = f.batch_id
        where b.id is null or f.id >> 20 <> f.batch_id order by 1""",
    "a concern of fact {} speaks of nothing": """
        select distinct c.fact_id from facts_concerns c left join facts_fact f on f.id = c.fact_id
        where f.id is null order by 1""",
}
_LOCK = 0x42_4F_52_4F  # "BORO": one linker at a time


def link(limit: int = 10_000) -> int:
    """Chain the batches that are not chained yet, oldest first; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        last = models.Link.objects.order_by("-position").first()
        position, digest = (last.position, bytes(last.digest)) if last else (0, b"")
        waiting = models.Batch.objects.filter(link=None).order_by("id")[:limit]
        now = clock.now()
        links = []
        for batch in waiting:
            position += 1
            digest = hashlib.sha256(digest + bytes(batch.digest)).digest()
            links.append(models.Link(position=position, batch=batch, digest=digest, linked_at=now))
        models.Link.objects.bulk_create(links)
        return len(links)


def faults() -> list[str]:
    """Recompute every batch and every link; return what does not agree, in plain words."""
    found = []
    with connection.cursor() as cursor:
        for batch in models.Batch.objects.order_by("id").iterator():
            cursor.execute(commands.DIGEST, {"batch": batch.pk})
            (digest,) = cursor.fetchone()
            if bytes(digest) != bytes(batch.digest):
                found.append(f"facts batch {batch.pk} is not what was recorded")
        for words, strays in _STRAYS.items():
            cursor.execute(strays)
            found += [words.format(number) for (number,) in cursor.fetchall()]
    digest = b""
    links = models.Link.objects.select_related("batch").order_by("position")
    for expected, one in enumerate(links.iterator(), start=1):
        digest = hashlib.sha256(digest + bytes(one.batch.digest)).digest()
        if one.position != expected or bytes(one.digest) != digest:
            found.append(f"link {one.position} of the chain of facts is broken")
            break
    return found


def head() -> str:
    """Return the digest of the newest link, in hexadecimal; empty when there is none."""
    last = models.Link.objects.order_by("-position").first()
    return bytes(last.digest).hex() if last else ""
