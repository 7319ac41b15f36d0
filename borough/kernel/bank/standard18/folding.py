"""Text as Bacs takes it: capital letters, figures, and ``. & / -`` and blank.

Nothing is changed in secret: what was lost and what was cut off stands beside the result.
"""

import re
import unicodedata
from dataclasses import dataclass

ALLOWED = re.compile(r"[A-Z0-9.&/ -]*")
_SPELT = {"Æ": "AE", "Œ": "OE", "Ø": "O", "ß": "SS", "ẞ": "SS", "Ł": "L", "Đ": "D", "Þ": "TH"}
_DROPPED = "'’‘`ʼ"  # noqa: RUF001  apostrophes as people type them
_DASHES = "‐‑‒–—−"  # noqa: RUF001  these are what people type


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is sent.

    Attributes:
        text: as it is sent, without the blanks that fill the field.
        lost: the characters that have no place in a Bacs file, each replaced by a blank.
        cut: what did not fit.
    """

    text: str
    lost: str
    cut: str

    @property
    def is_whole(self) -> bool:
        """Tell whether all of it is sent."""
        return not self.lost and not self.cut


def fold(text: str, most: int = 18) -> Folded:
    """Return a text in the characters of Bacs, at most ``most`` of them."""
    kept, lost = [], []
    for one in _decomposed(text):
        if ALLOWED.fullmatch(one):
            kept.append(one)
        elif one not in _DROPPED:
            lost.append(one)
            kept.append(" ")
    whole = " ".join("".join(kept).split())
    return Folded(whole[:most].rstrip(), "".join(lost), whole[most:])


def _decomposed(text: str) -> str:
    dashes = str.maketrans(dict.fromkeys(_DASHES, "-"))
    upper = "".join(_SPELT.get(one, one) for one in text.translate(dashes).upper())
    apart = unicodedata.normalize("NFKD", upper)
    return "".join(one for one in apart if not unicodedata.combining(one)).upper()
