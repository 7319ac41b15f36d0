"""The parts as one ZIP with a manifest: path, length and SHA-256 of each file in it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from borough.partnership.register.leaving.parts import PARTS, File

MANIFEST, README = "manifest.json", "README.txt"
NOT_IN_IT = (
    "What is sealed and not opened: nobody has it but who sealed it.",
    "Papers of decisions: their digests are in the books; each is downloaded from its case.",
    "Answers of residents and rows behind the counts: the measures hold what they came to.",
    "Records of residents, accounts and cases: they belong to the council’s own services.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A pack: the ZIP, and the SHA-256 of its manifest, which binds every file in it."""

    content: bytes
    digest: str
    files: int


def make(on: date, *, capabilities: frozenset[str], council: str, uri: str, head: str) -> Made:
    """Return the pack of a day.

    Args:
        on: the day.
        capabilities: of whom takes it; a part that they may not see is left out, and said to be.
        council: its name.
        uri: where the open contracting data is published.
        head: of the chain of facts, which binds all that was recorded until now.
    """
    may = [one for one in PARTS if one.needs.slug in capabilities]
    found = [
        (f"{part.folder}/{path}", content) for part in may for path, content in part.write(on, uri)
    ]
    manifest = {
        "council": council,
        "day": on.isoformat(),
        "head_of_the_chain_of_facts": head,
        "parts": {one.folder: one.holds for one in may},
        "left_out": {
            one.folder: f"Left out: your roles do not let you {one.needs.title}."
            for one in PARTS
            if one not in may
        },
        "not_in_it": NOT_IN_IT,
        "files": [
            {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in found
        ],
    }
    told = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    everything = [(README, _readme(manifest)), (MANIFEST, told), *found]
    digest = hashlib.sha256(told).hexdigest()
    return Made(_zip(everything, on), digest, len(found))


def faults(content: bytes) -> Iterator[str]:
    """Yield what in a pack is not as its manifest says, in plain words."""
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        told = {one["path"]: one["sha256"] for one in json.loads(pack.read(MANIFEST))["files"]}
        there = set(pack.namelist()) - {MANIFEST, README}
        yield from (f"{path} is not there" for path in sorted(set(told) - there))
        yield from (f"{path} is not in the manifest" for path in sorted(there - set(told)))
        for path in sorted(there & set(told)):
            if hashlib.sha256(pack.read(path)).hexdigest() != told[path]:
                yield f"{path} is not what was given out"


def _zip(files: list[File], on: date) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as pack:
        for path, content in files:  # the day alone, so that the same content is the same file
            made = zipfile.ZipInfo(path, (on.year, on.month, on.day, 0, 0, 0))
            made.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(made, content)
    return kept.getvalue()


def _readme(manifest: Mapping[str, Any]) -> bytes:
    lines = [
        f"All that the partnership of {manifest['council']} holds, as of {manifest['day']}.",
        "",
        *(f"{folder}/  {holds}" for folder, holds in manifest["parts"].items()),
        *(f"{folder}/  {why}" for folder, why in manifest["left_out"].items()),
        "",
        "Not in it:",
        *(f"- {one}" for one in manifest["not_in_it"]),
        "",
        "manifest.json says the length and the SHA-256 of each file. Sums are in pence where a",
        "name ends so. Terms, claims, targets, promises and their records are written exactly as",
        "they are signed: the SHA-256 of such a file is the digest in signatures/signatures.csv.",
        "",
    ]
    return "\n".join(lines).encode()
