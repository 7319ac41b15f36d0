"""The book of a case: all that both partners may take away, and what does not agree in it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from borough.partnership.decisions import manifests, models
from borough.partnership.sealed import chain, proving
from borough.partnership.sealed import models as sealed
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
    texts += [one.manifest for one in case.packs.all()]
    openings = sealed.Opening.objects.filter(commitment__round__chain=case.thing)
    return {
        "chain": case.thing,
        "events": [{"text": one.text, "digest": one.digest} for one in chain.told(case.thing)],
        "contents": {_sha256(text): text for text in texts},
        "openings": {
            one.commitment.digest: {"text": one.text, "nonce": one.nonce}
            for one in openings.select_related("commitment")
        },
    }


def file(case: models.Case) -> bytes:
    """Return the book as both partners may take it away, to be checked anywhere."""
    return signing.canonical(book(case)).encode()


def faults(case: models.Case, folder: Path) -> list[str]:
    """Return what is wrong with a case, in plain words; empty when not one byte was changed.

    The same check as anybody's who took the book away; and that the tables beside it, and the
    papers in ``folder``, are what the chain says.
    """
    told = book(case)
    found = proving.faults(told)
    return found or [*_of_rows(case, proving.events(told)), *_of_papers(case, folder)]


def _of_rows(case: models.Case, events: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what the tables hold otherwise than the chain tells."""
    commitments = sealed.Commitment.objects.filter(round__chain=case.thing)
    signatures = Signature.objects.filter(thing__in=[one.thing for one in case.records.all()])
    read = models.Acknowledgement.objects.filter(pack__case=case)
    tables = {
        "partnership.sealed": (
            "what was sealed",
            {(one.round_id, one.side, one.digest) for one in commitments},
            ("round", "side", "commitment"),
        ),
        "partnership.record_signed": (
            "the signatures",
            {(one.thing.rpartition("/")[2], one.party, one.digest) for one in signatures},
            ("record", "party", "signed"),
        ),
        "partnership.pack_acknowledged": (
            "who read the information",
            {(one.pack.version, one.party, one.holds_more) for one in read.select_related("pack")},
            ("version", "party", "holds_more"),
        ),
        "partnership.round_asked": (
            "the rounds",
            {
                (one.pk, one.thing, one.closes.isoformat(), one.mode)
                for one in sealed.Round.objects.filter(chain=case.thing)
            },
            ("round", "asked_of", "closes", "mode"),
        ),
        "partnership.pack_frozen": (
            "the information",
            {(one.version, one.digest) for one in case.packs.all()},
            ("version", "content"),
        ),
    }
    for what, (words, rows, keys) in tables.items():
        recorded = {
            tuple(one["detail"][key] for key in keys) for one in events if one["what"] == what
        }
        if rows != recorded:
            yield f"{words}: not what the chain says"


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


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
