"""``borough check-decisions``: every chain and seal anew, of all cases or of one file."""

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from borough.partnership.sealed import proving


def main(out: TextIO) -> int:
    """Check every case here; return 0 where all is well, 1 where something was changed."""
    from django.conf import settings  # noqa: PLC0415  a file is checked without Django

    from borough.partnership.decisions import books, models  # noqa: PLC0415

    cases = models.Case.objects.order_by("pk")
    checked = (
        (f"case {one.pk}", one.thing, books.faults(one, settings.DOCUMENTS)) for one in cases
    )
    return told("cases", checked, out)


def told(what: str, checked: Iterable[tuple[str, str, list[str]]], out: TextIO) -> int:
    """Say of each thing, with its chain, what is wrong with it; return 1 where anything is."""
    from borough.partnership.sealed import chain  # noqa: PLC0415

    count = wrong = 0
    for name, of, found in checked:
        count, wrong = count + 1, wrong + bool(found)
        print(f"{name}: {_said(found)}; head {chain.head(of)}", file=out)
    print(f"{count} {what}, {wrong} wrong", file=out)
    return 1 if wrong else 0


def of_file(path: str, head: str, out: TextIO) -> int:
    """Check the book of a case as a file; 2 where it cannot be read at all."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        print(f"borough: {path} cannot be read: {error.strerror}", file=out)
        return 2
    found = proving.faults_of_file(content, head.replace(" ", ""))
    print(_said(found), file=out)
    return 1 if found else 0


def _said(found: list[str]) -> str:
    return "; ".join(found) if found else "not one byte was changed"
