"""A seal: one text, a random number, and the digest that binds them. No Django, no database.

``digest = SHA-256(canonical JSON in UTF-8, then the 32 bytes of the nonce)``. The digest tells
nothing of the text, for nobody can guess the nonce; and no other text has the same digest.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from borough.partnership.seats import signing

NONCE_BYTES = 32
DIGEST = re.compile(r"[0-9a-f]{64}")
_KEYS = {"nonce", "text"}


class NotSealed(ValueError):
    """The file is none that a seal was written to; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What only its side knows until all is opened; so it does not write itself out anywhere.

    Attributes:
        text: canonical JSON (``signing.canonical``).
        nonce: 32 random bytes, in hexadecimal.
    """

    text: str = field(repr=False)
    nonce: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What the others may see: the SHA-256 of both, in hexadecimal."""
        return hashlib.sha256(self.text.encode() + bytes.fromhex(self.nonce)).hexdigest()

    @property
    def content(self) -> Any:
        """What the text says."""
        return json.loads(self.text)


def seal(content: Mapping[str, Any]) -> Sealed:
    """Return a content sealed with a nonce that nobody has used before.

    Raises:
        signing.NotPlain: it holds a float, or what is no plain data.
    """
    return Sealed(signing.canonical(content), secrets.token_hex(NONCE_BYTES))


def to_file(sealed: Sealed) -> str:
    """Return what is kept until the seal is opened."""
    return signing.canonical({"nonce": sealed.nonce, "text": sealed.text})


def from_file(content: bytes) -> Sealed:
    """Read what ``to_file`` wrote.

    Raises:
        NotSealed: it is something else, or was changed.
    """
    try:
        told = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or set(told) != _KEYS:
        raise NotSealed("This is not a sealed file. Choose the one that was kept as you sealed.")
    text, nonce = told["text"], told["nonce"]
    if not isinstance(nonce, str) or not DIGEST.fullmatch(nonce) or not is_canonical(text):
        raise NotSealed("This sealed file has been changed. Choose the one that was kept.")
    return Sealed(text, nonce)


def is_canonical(text: Any) -> bool:
    """Tell whether a text is the one text of what it says."""
    if not isinstance(text, str):
        return False
    try:
        content = json.loads(text)
        return isinstance(content, dict) and signing.canonical(content) == text
    except (ValueError, TypeError, RecursionError):
        return False
