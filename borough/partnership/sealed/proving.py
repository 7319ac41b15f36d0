"""Checking a chain and its seals from a file alone: no Django, no database, no trust in the host.

A book is what both partners may take away at any time, as canonical JSON:

* ``events``: text and digest of each, in order;
* ``contents``: by its digest, the one text of every content that an event names (``content``);
* ``openings``: by its commitment, text and nonce of what was opened.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from borough.partnership.sealed import sealing
from borough.partnership.seats import signing

KEYS = {"chain", "events", "contents", "openings"}
_EVENT = {"chain", "position", "what", "by", "on", "detail"}


def faults_of_file(content: bytes, head: str = "") -> list[str]:
    """Return what is wrong with a book as a file; empty when not one byte was changed.

    Args:
        content: the file.
        head: the digest of the newest event as it was printed, or "" to go by the file alone.
    """
    try:
        book = json.loads(content)
        if signing.canonical(book).encode() != content:
            return ["the file is not written as it was handed out"]
    except (ValueError, TypeError, RecursionError):
        return ["the file cannot be read: it was changed, or is another file"]
    if not isinstance(book, dict) or not _is_a_book(book):
        return ["the file is no book of a case"]
    found = faults(book)
    if head and head not in {one["digest"] for one in book["events"]}:
        found.append("the head that was printed is not in the chain")
    return found


def faults(book: Mapping[str, Any]) -> list[str]:
    """Return what does not agree in a book, in plain words; empty when all is well."""
    if found := list(_of_chain(book)):
        return found
    told = events(book)
    return [*_of_contents(book, told), *_of_openings(book, told)]


def events(book: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the events of a book whose chain is sound."""
    return [json.loads(one["text"]) for one in book["events"]]


def _is_a_book(book: Mapping[str, Any]) -> bool:
    if set(book) != KEYS or not isinstance(book["events"], list):
        return False
    values = [one for name in ("contents", "openings") for one in _values(book[name])]
    sound = all(
        isinstance(one, dict)
        and set(one) == {"text", "digest"}
        and all(isinstance(word, str) for word in one.values())
        for one in book["events"]
    )
    return sound and isinstance(book["chain"], str) and None not in values


def _values(part: Any) -> Iterator[Any]:
    """Yield what a part of a book holds; None for what it should not."""
    if not isinstance(part, dict):
        yield None
        return
    for one in part.values():
        opening = isinstance(one, dict) and set(one) == {"text", "nonce"}
        sound = isinstance(one, str) or (
            opening and isinstance(one["text"], str) and _is_digest(one["nonce"])
        )
        yield one if sound else None


def _is_digest(word: Any) -> bool:
    return isinstance(word, str) and bool(sealing.DIGEST.fullmatch(word))


def _is_event(text: str) -> bool:
    return sealing.is_canonical(text) and set(json.loads(text)) == _EVENT


def _of_chain(book: Mapping[str, Any]) -> Iterator[str]:
    before = b""
    for position, one in enumerate(book["events"], start=1):
        digest = hashlib.sha256(before + one["text"].encode())
        if one["digest"] != digest.hexdigest():
            yield f"event {position} is not what was recorded"
            return
        before = digest.digest()
        event = json.loads(one["text"]) if _is_event(one["text"]) else {}
        if (event.get("position"), event.get("chain")) != (position, book["chain"]):
            yield f"event {position} is out of its place"
            return
    if not book["events"]:
        yield "there is no event"


def _of_contents(book: Mapping[str, Any], told: list[dict[str, Any]]) -> Iterator[str]:
    named = {one["detail"]["content"] for one in told if "content" in one["detail"]}
    for digest, text in book["contents"].items():
        if not isinstance(text, str) or _sha256(text) != digest:
            yield f"the content {digest[:8]} is not what was recorded"
        elif digest not in named:
            yield f"the content {digest[:8]} belongs to no event"
    for digest in sorted(named - set(book["contents"])):
        yield f"the content {digest[:8]} is not there"


def _of_openings(book: Mapping[str, Any], told: list[dict[str, Any]]) -> Iterator[str]:
    opened = {one["detail"]["round"] for one in told if one["what"] == "partnership.opened"}
    due = {
        one["detail"]["commitment"]
        for one in told
        if one["what"] == "partnership.sealed" and one["detail"]["round"] in opened
    }
    for commitment, one in book["openings"].items():
        if not isinstance(one, dict):
            yield f"what was sealed as {commitment[:8]} cannot be read"
        elif sealing.Sealed(one["text"], one["nonce"]).digest != commitment:
            yield f"what was opened is not what was sealed as {commitment[:8]}"
        elif commitment not in due:
            yield f"what was sealed as {commitment[:8]} was never opened by all"
    for commitment in sorted(due - set(book["openings"])):
        yield f"what was sealed as {commitment[:8]} is not there"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
