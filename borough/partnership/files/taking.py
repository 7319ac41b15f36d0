"""Taking a file in: every row is read and looked at; good ones are kept, bad ones set aside."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.partnership.files import models

_TAKING = 0x46_49_4C  # "FIL": the number of the lock, so that it meets no other
_AT_ONCE = 5_000
_LONGEST = 200


class TakenAlready(commanding.Refusal):
    """The very same file was taken in before."""


class NothingNew(commanding.Refusal):
    """Not one row of the file can be taken."""


class NotNamed(commanding.Refusal):
    """Nobody said what it is, or who published it."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What the rows of a file become.

    Attributes:
        slug: of what they are: ``peers.figures``.
        layout: its columns.
        check: says of each row, in the order of the file, why it cannot be taken, or "".
        keep: writes down the rows that can.
    """

    slug: str
    layout: feeds.Layout
    check: Callable[[Sequence[feeds.Row]], Iterable[str]]
    keep: Callable[[models.File, Sequence[feeds.Row]], None]


def take(
    sort: Sort, content: bytes, *, title: str, source: str, by: commanding.Actor, on: date
) -> models.File:
    """Take a file in, within the transaction of a command.

    Raises:
        feeds.UnreadableFile: it cannot be read as a whole.
        NotNamed: it has no title, or no source.
        TakenAlready: the same bytes were taken in before.
        NothingNew: no row of it can be taken; the sentence says why the first could not.
    """
    if not (title.strip() and source.strip()):
        raise NotNamed("Say what the file is called, and who made it and when.")
    _one_at_a_time()
    _refuse_known(sort.slug, hashlib.sha256(content).hexdigest())
    read = feeds.read(content, sort.layout)
    bad, good = list(read.bad), []
    for row, reason in zip(read.rows, sort.check(read.rows), strict=True):
        if reason:
            bad.append(feeds.Bad(row.line, reason, {}))
        else:
            good.append(row)
    bad.sort(key=lambda one: one.line)
    if not good:
        raise NothingNew(f"No row can be taken. Line {bad[0].line}: {bad[0].reason}.")
    file = models.File.objects.create(
        kind=sort.slug,
        sha256=read.sha256,
        title=title.strip(),
        source=source.strip(),
        rows=len(good),
        set_aside=len(bad),
        by=by.reference,
        on=on,
    )
    models.Aside.objects.bulk_create(
        [models.Aside(file=file, line=one.line, reason=one.reason[:_LONGEST]) for one in bad],
        batch_size=_AT_ONCE,
    )
    sort.keep(file, good)
    facts.record(
        "partnership.file_taken",
        thing=file.thing,
        by=by,
        on=on,
        kind=sort.slug,
        rows=len(good),
        set_aside=len(bad),
    )
    return file


def _refuse_known(kind: str, sha256: str) -> None:
    before = models.File.objects.filter(kind=kind, sha256=sha256).first()
    if before is not None:
        raise TakenAlready(f"This very file was taken in on {wording.day(before.on)}.")


def _one_at_a_time() -> None:
    """Wait until nobody else takes a file in, so that no row is taken twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TAKING])
