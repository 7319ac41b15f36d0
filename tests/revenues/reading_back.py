"""Letters read back from their PDF, as a person or a reader of screens meets them."""

import io
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest

import borough
from borough.kernel.documents import typesetting
from borough.lines.revenues.letters import frame

ROOT = Path(borough.__file__).parent
Word = tuple[float, float, float, float, str]


def pdf_of(letter: frame.Letter) -> bytes:
    order = typesetting.Order(
        1, ROOT, f"/{letter.TEMPLATE}", letter.as_json(), letter.head.issued_on
    )
    return typesetting.typeset(order)


def text_of(letter: frame.Letter, *how: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("NOT PROVEN: pdftotext (poppler-utils) is not here to read the letter back")
    run = subprocess.run(["pdftotext", *how, "-", "-"], input=pdf_of(letter), capture_output=True)
    return run.stdout.decode().replace("\N{NO-BREAK SPACE}", " ")


def flat(letter: frame.Letter) -> str:
    """Return the whole text on one line, in the order in which it is read."""
    return " ".join(text_of(letter, "-raw").split())


def opened(letter: frame.Letter) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(letter)))


def words_of(letter: frame.Letter, page: int) -> list[Word]:
    """Return each word's left, top, right and bottom in millimetres, and the word."""
    found = re.findall(
        r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>',
        text_of(letter, "-bbox", "-f", str(page), "-l", str(page)),
    )
    return [(*(float(side) * 25.4 / 72 for side in box), word) for *box, word in found]


def overlaps(words: list[Word]) -> list[tuple[Word, Word]]:
    """Return the pairs of words that share paper; outer quarters of a line may touch the next."""
    return [pair for pair in combinations(words, 2) if _overlap(*pair)]


def _overlap(one: Word, other: Word) -> bool:
    (left, top, right, bottom), (left2, top2, right2, bottom2) = one[:4], other[:4]
    slack, slack2 = (bottom - top) / 4, (bottom2 - top2) / 4
    beside = right <= left2 or right2 <= left
    above = bottom - slack <= top2 + slack2 or bottom2 - slack2 <= top + slack
    return not (beside or above)
