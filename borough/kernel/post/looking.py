"""What a file that somebody sent us really is. It is hostile until it has been looked at.

It is recognised by how it begins, and later handed out as a download that a browser may not run. A
file that is only a head is refused: of an image the parts are looked for, a PDF is
opened and must have a page; nothing of it is drawn. A PDF that names a program of its own is
refused; one that hides it inside a compressed part is not recognised: look at incoming post on a
machine that is kept up to date.
"""

import io
import re

import pikepdf

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|OpenAction)\b")
_LOCKED = re.compile(rb"/Encrypt\b")


class NotAScan(Exception):
    """The file is not a PDF, JPEG or PNG that can be kept; the sentence says what to do."""


def media(content: bytes) -> str:
    """Return what a file is.

    Raises:
        NotAScan: it is something else, is locked, holds a program, or does not open.
    """
    found = next((kind for head, kind in _BEGINNINGS.items() if content.startswith(head)), None)
    if found is None:
        raise NotAScan("This is not a PDF, JPEG or PNG, whatever its name says. Scan it anew.")
    if found == PDF and _LOCKED.search(content):
        raise NotAScan("This PDF is locked by a password. Ask for one that opens.")
    if found == PDF and _ACTIVE.search(content):
        raise NotAScan("This PDF holds a program or another file. Print it, and scan the print.")
    if not _WHOLE[found](content):
        raise NotAScan("This file does not open: it is damaged or was cut off. Scan it anew.")
    return found


def _is_whole_pdf(content: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages) > 0
    except pikepdf.PdfError:
        return False


def _is_whole_jpeg(content: bytes) -> bool:
    """Tell whether there is a frame, which tells how large the picture is, and the end."""
    return re.search(rb"\xff[\xc0-\xc2]\x00", content) is not None and b"\xff\xd9" in content


def _is_whole_png(content: bytes) -> bool:
    return content[12:16] == b"IHDR" and b"IDAT" in content and b"IEND" in content


_WHOLE = {PDF: _is_whole_pdf, JPEG: _is_whole_jpeg, PNG: _is_whole_png}
