"""What a file that somebody sent us really is. It is hostile until it has been looked at.

It is never opened here, only recognised by how it begins, and later handed out as a download that
a browser may not run. A PDF that names a program of its own is refused; one that hides it inside a
compressed part is not recognised: look at incoming post on a machine that is kept up to date.
"""

import re

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
        NotAScan: it is something else, is locked, or holds a program.
    """
    found = next((kind for head, kind in _BEGINNINGS.items() if content.startswith(head)), None)
    if found is None:
        raise NotAScan("This is not a PDF, JPEG or PNG, whatever its name says. Scan it anew.")
    if found == PDF and _LOCKED.search(content):
        raise NotAScan("This PDF is locked by a password. Ask for one that opens.")
    if found == PDF and _ACTIVE.search(content):
        raise NotAScan("This PDF holds a program or another file. Print it, and scan the print.")
    return found
