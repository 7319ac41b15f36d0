"""Templates and what they import, read from the package and kept with the letters they made."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import borough
from borough.kernel.documents import archive, models

ROOT = Path(borough.__file__).parent
_IMPORT = re.compile(r'^#(?:import|include)\s+"(/[^"]+\.typ)"', re.MULTILINE)


class UnknownTemplate(Exception):
    """No file of that name is in the package."""


def current(name: str) -> str:
    """Return the hash of the template as it stands now, having kept its text.

    Args:
        name: path from the root of the package, e.g. ``lines/revenues/letters/bill.typ``.

    Raises:
        UnknownTemplate: it, or a file that it imports, is not there.
    """
    sources = gather(f"/{name}")
    digest = fingerprint(sources)
    models.Template.objects.get_or_create(
        hash=digest, defaults={"name": f"/{name}", "sources": sources}
    )
    return digest


@cache
def gather(path: str) -> dict[str, str]:
    """Return the text of a template and of all that it imports, by path."""
    sources: dict[str, str] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in sources:
            sources[one] = _read(one)
            waiting += _IMPORT.findall(sources[one])
    return sources


def fingerprint(sources: dict[str, str]) -> str:
    """Return sha256 over the paths and texts, whatever their order."""
    return hashlib.sha256(json.dumps(sources, sort_keys=True).encode()).hexdigest()


def lay_out(template: models.Template, folder: Path) -> Path:
    """Write a kept template's files under ``folder`` for the typesetter; return their root."""
    root = folder / "templates" / template.hash
    for path, text in template.sources.items():
        file = root / path.lstrip("/")
        if not file.exists() or file.read_text() != text:
            archive.write(file, text.encode())
    return root


def _read(path: str) -> str:
    try:
        return (ROOT / path.lstrip("/")).read_text()
    except FileNotFoundError as error:
        raise UnknownTemplate(f"There is no template {path} in the package.") from error
