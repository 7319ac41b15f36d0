"""How this installation keeps what is sealed: encrypted, by a key that is not in the database.

Fernet of the library ``cryptography``: AES-128 with an HMAC. All are kept as if they were about as
long, so that no length tells how much somebody had to say.
"""

import base64
import hashlib

from cryptography import fernet
from django.conf import settings

from borough.kernel import commanding
from borough.partnership.sealed import sealing

AS_LONG_AS = 16_384  # bytes: longer ones are kept in steps of it


class KeyChanged(commanding.Refusal):
    """What was sealed cannot be opened here any more."""


def lock(sealed: sealing.Sealed) -> str:
    """Return what the database may hold of it."""
    content = bytes.fromhex(sealed.nonce) + sealed.text.encode()
    content += b"\0" * (-len(content) % AS_LONG_AS)
    return _key().encrypt(content).decode()


def unlock(kept: str) -> sealing.Sealed:
    """Return what ``lock`` was given.

    Raises:
        KeyChanged: it was locked by another key, or was changed since.
    """
    try:
        content = _key().decrypt(kept.encode())
    except fernet.InvalidToken:
        raise KeyChanged(
            "What was sealed cannot be opened: the key of this installation is another one than "
            "it was. Restore the key, or ask for another round."
        ) from None
    nonce, text = content[: sealing.NONCE_BYTES], content[sealing.NONCE_BYTES :]
    return sealing.Sealed(text.rstrip(b"\0").decode(), nonce.hex())  # JSON has no NUL


def _key() -> fernet.Fernet:
    digest = hashlib.sha256(settings.SEALING_KEY.encode()).digest()
    return fernet.Fernet(base64.urlsafe_b64encode(digest))
