"""How many pages a PDF has. No Django here: worker processes run this."""

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)


def pages_of(pdf: bytes) -> int:
    """Return the number of pages of a PDF that Typst made, also inside compressed objects."""
    inside = (zlib.decompressobj().decompress(found) for found in _STREAM.findall(pdf))
    return sum(len(_PAGE.findall(part)) for part in (pdf, *inside))
