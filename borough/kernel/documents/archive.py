"""Files kept for ever under the name of their content: ``ab/cd/<sha256>.pdf``. No Django here."""

import hashlib
import os
from pathlib import Path
from threading import get_ident


class Missing(Exception):
    """The archive does not hold the file."""


class Spoiled(Exception):
    """The file is there, but it is not what was archived."""


def keep(folder: Path, pdf: bytes) -> str:
    """Write the file unless it is there already; return its sha256 in hexadecimal.

    It appears whole or not at all, and is on the disk when this returns.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    path = where(folder, digest)
    if path.exists():
        return digest
    write(path, pdf)
    return digest


def write(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, whoever else is writing the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync(path.parent)


def read(folder: Path, digest: str) -> bytes:
    """Return an archived file.

    Raises:
        Missing: there is no such file.
        Spoiled: its content has changed since it was archived.
    """
    try:
        pdf = where(folder, digest).read_bytes()
    except FileNotFoundError as error:
        raise Missing(f"The archive of letters lacks {digest}.") from error
    if hashlib.sha256(pdf).hexdigest() != digest:
        raise Spoiled(f"The archived letter {digest} has changed. Restore it from a backup.")
    return pdf


def where(folder: Path, digest: str) -> Path:
    """Return the path of a file in the archive."""
    return folder / digest[:2] / digest[2:4] / f"{digest}.pdf"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
