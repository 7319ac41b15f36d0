"""The book of a chain: all of it that both partners may take away, and where tables tell otherwise.

What is checked from a book alone stands in ``proving``; here what its rows in the database add.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from borough.partnership.sealed import chain, models
from borough.partnership.seats import signing


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table holds of a chain, to be held against its events of one kind.

    Attributes:
        called: what the rows are, in words.
        rows: a tuple of each.
        keys: the names under which an event tells each part of such a tuple.
    """

    called: str
    rows: Collection[tuple[Any, ...]]
    keys: tuple[str, ...]


def book(of: str, texts: Iterable[str]) -> dict[str, Any]:
    """Return a chain as plain data: its events, contents, and what was opened; nothing sealed.

    Args:
        of: the chain.
        texts: the canonical text of every content that an event of it names.
    """
    openings = models.Opening.objects.filter(commitment__round__chain=of)
    return {
        "chain": of,
        "events": [{"text": one.text, "digest": one.digest} for one in chain.told(of)],
        "contents": {hashlib.sha256(text.encode()).hexdigest(): text for text in texts},
        "openings": {
            one.commitment.digest: {"text": one.text, "nonce": one.nonce}
            for one in openings.select_related("commitment")
        },
    }


def file(told: Mapping[str, Any]) -> bytes:
    """Return a book as it is taken away, to be checked anywhere."""
    return signing.canonical(told).encode()


def rounds_of(of: str) -> dict[str, Rows]:
    """Return what the tables hold of the sealed rounds of a chain, by the kind of their events."""
    commitments = models.Commitment.objects.filter(round__chain=of)
    rounds = models.Round.objects.filter(chain=of)
    return {
        "partnership.sealed": Rows(
            "what was sealed",
            {(one.round_id, one.side, one.digest) for one in commitments},
            ("round", "side", "commitment"),
        ),
        "partnership.round_asked": Rows(
            "the rounds",
            {(one.pk, one.thing, one.closes.isoformat(), one.mode) for one in rounds},
            ("round", "asked_of", "closes", "mode"),
        ),
    }


def differing(events: Iterable[Mapping[str, Any]], tables: Mapping[str, Rows]) -> Iterator[str]:
    """Yield what tables hold otherwise than the events of a chain tell."""
    told = list(events)
    for what, table in tables.items():
        recorded = {
            tuple(one["detail"][key] for key in table.keys) for one in told if one["what"] == what
        }
        if set(table.rows) != recorded:
            yield f"{table.called}: not what the chain says"
