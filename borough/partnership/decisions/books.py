"""The book of a case: all that both partners may take away, and what does not agree in it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from borough.partnership.decisions import manifests, models
from borough.partnership.sealed import books, proving
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature


def book(case: models.Case) -> dict[str, Any]:
    """Return a case as plain data: its chain, every content that it names, what was opened.

    What is still sealed is not in it.
    """
    contents = [
        case.content,
        *(one.content for one in case.notes.all()),
        *(one.content for one in case.records.select_related("pack")),
        *(one.content for one in models.Withholding.objects.filter(case=case)),
    ]
    texts = [signing.canonical(one) for one in contents]
    return books.book(case.thing, [*texts, *(one.manifest for one in case.packs.all())])


def file(case: models.Case) -> bytes:
    """Return the book as both partners may take it away, to be checked anywhere."""
    return books.file(book(case))


def faults(case: models.Case, folder: Path) -> list[str]:
    """Return what is wrong with a case, in plain words; empty when not one byte was changed.

    The same check as anybody's who took the book away; and that the tables beside it, and the
    papers in ``folder``, are what the chain says.
    """
    told = book(case)
    if found := proving.faults(told):
        return found
    return [*books.differing(proving.events(told), _tables(case)), *_of_papers(case, folder)]


def _tables(case: models.Case) -> dict[str, books.Rows]:
    signatures = Signature.objects.filter(thing__in=[one.thing for one in case.records.all()])
    read = models.Acknowledgement.objects.filter(pack__case=case).select_related("pack")
    return books.rounds_of(case.thing) | {
        "partnership.record_signed": books.Rows(
            "the signatures",
            {(one.thing.rpartition("/")[2], one.party, one.digest) for one in signatures},
            ("record", "party", "signed"),
        ),
        "partnership.pack_acknowledged": books.Rows(
            "who read the information",
            {(one.pack.version, one.party, one.holds_more) for one in read},
            ("version", "party", "holds_more"),
        ),
        "partnership.pack_frozen": books.Rows(
            "the information",
            {(one.version, one.digest) for one in case.packs.all()},
            ("version", "content"),
        ),
    }


def _of_papers(case: models.Case, folder: Path) -> Iterator[str]:
    for one in case.papers.all():
        path = manifests.where(folder, one)
        if not path.exists():
            yield f"the paper {one.sha256[:8]} is not there"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != one.sha256:
            yield f"the paper {one.sha256[:8]} is not what was kept"
    kept = set(case.papers.values_list("sha256", flat=True))
    frozen = {paper["sha256"] for pack in case.packs.all() for paper in pack.told["papers"]}
    for digest in sorted(frozen - kept):
        yield f"the paper {digest[:8]} was frozen, and is not there"
