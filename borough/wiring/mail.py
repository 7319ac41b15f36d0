"""Where emails go: to a mail server named by an address, or into a folder to be looked at."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


class NotAMailServer(ValueError):
    """The address is not one of a mail server."""


@dataclass(frozen=True, slots=True)
class Mail:
    """How emails are handed over. ``starts_tls``: on a plain port; ``is_tls``: from the start."""

    backend: str
    folder: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def read(url: str, folder: Path) -> Mail:
    """Return how emails are handed over.

    Args:
        url: ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://...`` (TLS); "" for none.
        folder: where emails are kept as files when there is no server.

    Raises:
        NotAMailServer: another scheme, or no host; the sentence does not repeat the address.
    """
    if not url:
        return Mail("django.core.mail.backends.filebased.EmailBackend", folder=str(folder))
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotAMailServer("EMAIL_URL must look like smtp://user:password@host:587.")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp",
        is_tls=parts.scheme == "smtps",
    )
