"""From data to tagged PDF/UA-1, many letters a second. No Django here: worker processes run this.

Each process keeps one warm compiler for a template, and Typst remembers between letters what it
made of every paragraph. Two things keep that memory alive. The data arrives in the text of a tiny
main file, not by ``sys_inputs``, which are part of what everything is remembered under. And what
differs from letter to letter stays out of styles: see ``foot`` in ``letter.typ``. One letter is
one compilation, hence one PDF with its own tags.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.metadata import version
from multiprocessing import parent_process
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal, cast

import typst

from borough.kernel.documents import archive, lettering, paging

TYPST = version("typst")
NICENESS = 10  # of 19: last in the queue for a core, but never starved
_turn = Lock()
STANDARD: Literal["ua-1"] = "ua-1"


class CannotBeSet(Exception):
    """Typst refused the letter. The reason may hold a person's data: show it, never log it."""


@dataclass(frozen=True, slots=True)
class Order:
    """A letter to set: its number, the root that holds its template, its data, its day."""

    number: int
    root: Path
    template: str
    data: dict[str, Any]
    on: date


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that is in the archive now."""

    number: int
    pdf_sha256: str
    length_bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Unset:
    """A letter that could not be set."""

    number: int


Result = Made | Unset


def typeset(order: Order) -> bytes:
    """Return the PDF of one letter: the same bytes for the same order, Typst and fonts.

    Raises:
        CannotBeSet: with what Typst says.
    """
    noon = datetime.combine(order.on, time(12), UTC)
    try:
        # One at a time: two threads of the web server may open letters at once.
        with _turn:
            pdf = _compiler(order.root).compile(
                _main(order.template, order.data),
                format="pdf",
                pdf_standards=STANDARD,
                timestamp=int(noon.timestamp()),
            )
    except typst.TypstError as error:
        raise CannotBeSet(error.message) from error
    return cast(bytes, pdf)


def begin_worker() -> None:
    """Make this process set with one thread, and end with the process that started it.

    A pool's processes would otherwise wait for ever when the run is killed. They give way to
    whoever serves pages on the same machine: everybody goes on working while letters are printed.
    """
    os.nice(NICENESS)
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def typeset_into(folder: Path, orders: Sequence[Order]) -> list[Result]:
    """Set a batch of letters into the archive; one that cannot be set does not stop the others."""
    return [_into(folder, order) for order in orders]


def _into(folder: Path, order: Order) -> Result:
    try:
        pdf = typeset(order)
    except CannotBeSet:
        return Unset(order.number)
    return Made(order.number, archive.keep(folder, pdf), len(pdf), paging.pages_of(pdf))


def _main(template: str, data: dict[str, Any]) -> bytes:
    """Return the main file: the data is a string in it, so nothing in it is ever Typst code."""
    words = json.dumps(lettering.showable(data))
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "{template}": letter\n#letter(json(bytes("{quoted}")))'.encode()


@cache
def _compiler(root: Path) -> typst.Compiler:
    """Return a compiler that sees our fonts only, and no package from anywhere."""
    nowhere = root / "no-packages"
    return typst.Compiler(
        root=root, font_paths=_fonts(), package_path=nowhere, package_cache_path=nowhere
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[lettering.FONTS],
    )
