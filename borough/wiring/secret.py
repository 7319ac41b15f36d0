"""The secret key: from the environment, or made once and kept beside the data for us alone."""

import os
import secrets
from pathlib import Path


def key(home: Path) -> str:
    """Return the secret that signs sessions; made on first use, never in the repository."""
    if given := os.environ.get("BOROUGH_SECRET_KEY"):
        return given
    kept = home / "secret-key"
    try:
        return kept.read_text()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        try:
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return kept.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(made)
        return made
