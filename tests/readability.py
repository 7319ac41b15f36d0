"""How hard a text is to read: the Flesch-Kincaid grade, and the age that goes with it.

Kincaid and others, "Derivation of new readability formulas" (1975): 0.39 words a sentence and 11.8
syllables a word less 15.59; five years more is the age. Syllables are counted by groups of vowels,
which is right for most words of English and a little high for the rest.
"""

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n\s*\n")


def reading_age(text: str) -> float:
    """Return the age at which a text is read with ease; addresses and amounts do not count."""
    plain = re.sub(r"\S*(?:[@/£\d]|\.\w)\S*", " ", text)
    words = _WORD.findall(plain)
    sentences = [one for one in _SENTENCE.split(plain) if len(_WORD.findall(one)) > 1]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def _syllables(word: str) -> int:
    plain = re.sub(r"(?<=[^aeiouylr])e[sd]?$", "", word.lower())  # the e of "late" is silent
    return max(1, len(re.findall(r"[aeiouy]+", plain)))
