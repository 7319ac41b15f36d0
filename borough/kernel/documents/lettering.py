"""Which characters our two fonts can show, and how the others are written.

Letters are set with the fonts in ``fonts/`` alone, so that a bill looks the same on a machine
without any. PDF/UA refuses a letter with a character that no font can show: each such character
becomes an open square. What the letter's data holds is untouched. No Django here.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
SQUARE = "\N{WHITE SQUARE}"


def showable(value: Any) -> Any:
    """Return ``value`` (JSON) with every string as it can be printed.

    Control characters become spaces; characters that steer the direction of text are left out,
    because one in a name would turn round the lines after it.
    """
    if isinstance(value, str):
        return _showable(value)
    if isinstance(value, dict):
        return {name: showable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [showable(one) for one in value]
    return value


def _showable(words: str) -> str:
    if words.isascii() and words.isprintable():
        return words
    return "".join(map(_shown, unicodedata.normalize("NFC", words)))


@cache
def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cf":
        return ""
    return character if ord(character) in _held() else SQUARE


@cache
def _held() -> frozenset[int]:
    """Return the characters that our text has in both weights, in one font or the other."""
    regular = _characters("AtkinsonHyperlegible-Regular") | _characters("DejaVuSans")
    bold = _characters("AtkinsonHyperlegible-Bold") | _characters("DejaVuSans-Bold")
    return regular & bold


def _characters(font: str) -> frozenset[int]:
    """Return the characters in a TrueType font's own table of them (OpenType 1.9, ``cmap``)."""
    data = (FONTS / f"{font}.ttf").read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">L", data, start + 4 + 8 * index + 4)
        (layout,) = struct.unpack_from(">H", data, start + offset)
        read = {4: _segments, 12: _groups}.get(layout)
        found.update(read(data, start + offset) if read else ())
    return frozenset(found)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a format 4 table: ranges up to U+FFFF."""
    double, *_ = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{double // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a format 12 table: ranges over all of Unicode."""
    (count,) = struct.unpack_from(">L", data, at + 12)
    for index in range(count):
        first, last, _ = struct.unpack_from(">LLL", data, at + 16 + 12 * index)
        yield from range(first, last + 1)
