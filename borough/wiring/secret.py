"""Secrets: from the environment, or made once and kept beside the data for us alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def key(home: Path) -> str:
    """Return the secret that signs sessions; made on first use, never in the repository."""
    return os.environ.get("BOROUGH_SECRET_KEY") or _kept(home / "secret-key")


def sealing_key(home: Path) -> str:
    """Return the secret under which sealed positions are kept; it is never in the database.

    Keep it apart from the backups of the database: who has both can open what is sealed.
    """
    return os.environ.get("BOROUGH_SEALING_KEY") or _kept(home / "sealing-key")


def _kept(path: Path) -> str:
    """Return what a file keeps; it is made whole, by whichever process is first."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was first
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_text()
