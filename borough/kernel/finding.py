"""Finding people and places although the spelling is off.

Each word of a name or an address is kept as its sound (Metaphone), so that *Rimmer*, *Rymer* and
*Rhimmer* meet; the few that sound alike are then ranked by how alike they are spelt. A word with an
apostrophe is kept whole and in its parts: *O'Neill* is found as *oneill*, *o neill* and *neill*.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

import jellyfish

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans(
    "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`", "'''"
)


def sounds(text: str) -> list[str]:
    """Return the keys to keep a text under: numbers as they are, words as they sound."""
    return _keys([*_words(text), *_parts(text)])


def asked(text: str) -> list[str]:
    """Return the keys to look for: each word whole, for not everybody writes an apostrophe."""
    return _keys(_words(text))


def levels(keys: Sequence[str]) -> list[list[str]]:
    """Return what to look for, strictest first: all keys, one or two fewer, then each alone.

    Each entry is one or more keys with spaces between, all of which must be there. Asking for all
    first keeps a search quick: a name as common as Smith alone would bring thousands.
    """
    sizes = [len(keys) - left_out for left_out in (0, 1, 2) if len(keys) - left_out > 1] + [1]
    return [[" ".join(some) for some in combinations(keys, size)] for size in sizes if keys]


def likeness(asked: str, text: str) -> int:
    """Return how alike two texts are spelt, word by word, 0 to 100."""
    wanted, offered = _words(asked), [*_words(text), *_parts(text)]
    if not wanted or not offered:
        return 0
    alike = [
        max(jellyfish.jaro_winkler_similarity(word, other) for other in offered) for word in wanted
    ]
    return int(100 * sum(alike) / len(alike))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().translate(_APOSTROPHES).replace("'", ""))


def _parts(text: str) -> list[str]:
    """Return what stands before and after each apostrophe, but for the s of St Helen's."""
    names = [one for one in text.lower().translate(_APOSTROPHES).split() if "'" in one]
    return [part for one in names for part in _WORD.findall(one) if part != "s"]


def _keys(words: Iterable[str]) -> list[str]:
    return sorted({key for word in words if (key := _key(word))})


def _key(word: str) -> str:
    if any(letter.isdigit() for letter in word):
        return word
    return jellyfish.metaphone(word) or word


def best(candidates: Iterable[tuple[str, object]], asked: str, most: int = 20) -> list[object]:
    """Return the candidates (text, anything) that are most alike to what was asked."""
    ranked = sorted(candidates, key=lambda one: likeness(asked, one[0]), reverse=True)
    return [thing for _, thing in ranked[:most]]
