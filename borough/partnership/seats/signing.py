"""What exactly is signed: one text for one content, and its digest.

Canonical JSON: UTF-8, keys sorted, no white space that says nothing, whole numbers only. Two
programs that know the rule come to the same digest, so each partner can check it on its own.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any


class NotPlain(TypeError):
    """A value has no one way to be written: a float, or something that is no plain data."""


def canonical(content: Mapping[str, Any]) -> str:
    """Return the one text of a content. Days are written as 2026-04-01.

    Raises:
        NotPlain: for floats, whose text differs from program to program, and for other things.

    >>> canonical({"b": 1, "a": [None, "£"]})
    '{"a":[null,"£"],"b":1}'
    """
    return json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the one text of a content, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return {_key(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
    raise NotPlain(f"{type(value).__name__} cannot be signed: write it as text or whole numbers.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotPlain("The names of what is signed must be texts.")
    return key
