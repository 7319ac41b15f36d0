"""Whether the embedded database is migrated and furnished already: a note beside its data.

It saves the second start the two processes that would find nothing to do. The note holds a digest
of every migration, of the chart of accounts (which migrating opens), of the lock of dependencies
and of the lines; when any changes, it is void.
With ``DATABASE_URL`` there is no note: the server may be another one tomorrow.
"""

import hashlib
import os
from pathlib import Path

from borough.wiring import database

CHART = database.ROOT / "borough" / "kernel" / "ledger" / "chart.py"


def is_prepared() -> bool:
    """Tell whether this very code has migrated and furnished the embedded database."""
    note = _note()
    return database.is_embedded() and note.exists() and note.read_text() == _digest()


def remember() -> None:
    """Note that the embedded database is migrated and furnished by this code."""
    if database.is_embedded():
        _note().write_text(_digest())


def _note() -> Path:
    return database.home() / "postgres" / "borough-prepared"


def _digest() -> str:
    files = sorted((database.ROOT / "borough").rglob("migrations/*.py"))
    digest = hashlib.sha256(os.environ.get("BOROUGH_LINES", "").encode())
    for file in [*files, CHART, database.ROOT / "uv.lock"]:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
