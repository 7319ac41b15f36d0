"""How a service writes people down: its habits, and the slips of those who typed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import addresses, figures, shares
from borough.town.silos import books, people

NOBODY = furnishing.NOBODY
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))
DIGITS = np.array(list("0123456789"))
NEVER = np.datetime64("NaT", "D")
Words = NDArray[np.object_]


@dataclass(frozen=True)
class Records:
    """Columns of n records as one service holds them; "" or NaT is what it does not know.

    Attributes:
        title, given, family, nino, line, town, postcode: object (n,), of str.
        born: datetime64[D] (n,). uprn: int64 (n,), 0 where unknown.
    """

    title: Words
    given: Words
    family: Words
    born: NDArray[np.datetime64]
    nino: Words
    line: Words
    town: Words
    postcode: Words
    uprn: NDArray[np.int64]


@dataclass(frozen=True)
class Clerk:
    """Whoever typed the records of one service: its dice, how often it slips, how many records."""

    dice: np.random.Generator
    habits: Mapping[str, int]
    count: int

    def slips(self, habit: str) -> NDArray[np.bool_]:
        """Return of which records this is so, bool (n,)."""
        return shares.chance(self.dice, self.habits[habit], self.count)


def written(
    book: books.Book, folk: people.People, places: addresses.Addresses, seed: int
) -> Records:
    """Return the records of a book as its service holds them."""
    clerk = Clerk(
        furnishing.dice(seed, f"silos slips {book.source}"),
        figures.read("silos")["habits"][book.source],
        len(book.person),
    )
    given, family = _names(clerk, folk, book.person)
    line, town, postcode, uprn = _address(clerk, folk, places, book)
    title = folk.title[book.person].astype(object)
    if clerk.habits["capitals"]:
        loud = clerk.slips("capitals")
        for column in (title, given, family, line, town):
            column[loud] = [word.upper() for word in column[loud]]
    return Records(
        title=title,
        given=given,
        family=family,
        born=_born(clerk, folk.born[book.person]),
        nino=_nino(clerk, folk.nino[book.person].astype(object)),
        line=line,
        town=town,
        postcode=postcode,
        uprn=uprn,
    )


def _names(clerk: Clerk, folk: people.People, person: NDArray[np.int64]) -> tuple[Words, Words]:
    given = folk.given[person].astype(object)
    family = folk.family[person].astype(object)
    former, second = folk.former[person].astype(object), folk.second[person].astype(object)
    married = former != ""
    old, hyphen = clerk.slips("former") & married, clerk.slips("hyphen") & married
    family[old] = former[old]
    family[hyphen] = former[hyphen] + "-" + family[hyphen]
    short = figures.read("silos")["short_forms"]
    called = clerk.slips("short")
    given[called] = [short.get(name, name) for name in given[called]]
    typed = clerk.slips("given_typo")
    given[typed] = _typos(clerk.dice, given[typed], LETTERS)
    typed = clerk.slips("family_typo")
    family[typed] = _typos(clerk.dice, family[typed], LETTERS)
    _second_names(clerk, given, second)
    swapped = clerk.slips("swapped")
    given[swapped], family[swapped] = family[swapped], given[swapped]
    return given, family


def _second_names(clerk: Clerk, given: Words, second: Words) -> None:
    """Write second names where the service does: whole, or their first letter; or initials only."""
    shown = clerk.slips("second") & (second != "")
    whole = shares.chance(clerk.dice, 400, clerk.count)
    initial = clerk.slips("initial")
    given[initial] = [name[:1] for name in given[initial]]
    added = np.where(whole & ~initial, second, np.array([name[:1] for name in second], object))
    given[shown] = given[shown] + " " + added[shown]


def _typos(dice: np.random.Generator, words: Words, letters: NDArray[np.str_]) -> list[str]:
    """Return the words with one slip each: two letters swapped, one lost, doubled or wrong."""
    drawn = dice.integers(0, 1 << 30, (len(words), 3)).tolist()
    return [
        _typo(word, kind, place, str(letters[letter % len(letters)]))
        for word, (kind, place, letter) in zip(words.tolist(), drawn, strict=True)
    ]


def _typo(word: str, kind: int, place: int, other: str) -> str:
    if len(word) < 3:
        return word
    at = 1 + place % (len(word) - 2)  # people seldom mistake the first letter
    slipped = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + other + word[at + 1 :],
    )
    return slipped[kind % len(slipped)]


def _born(clerk: Clerk, born: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return dates of birth as held: day and month the wrong way round, or a digit wrong."""
    year = born.astype("datetime64[Y]").astype(int) + 1970
    month = born.astype("datetime64[M]").astype(int) % 12 + 1
    day = (born - born.astype("datetime64[M]")).astype(int) + 1
    swap = clerk.slips("birth_swap") & (day <= 12)
    month, day = np.where(swap, day, month), np.where(swap, month, day)
    wrong = clerk.slips("birth_digit") & ~swap
    kind = clerk.dice.integers(0, 3, clerk.count)
    by = np.where(clerk.dice.integers(0, 2, clerk.count) == 1, 1, -1)
    year = np.where(wrong & (kind == 0), year + by, year)
    year = np.where(wrong & (kind == 1), year + 10 * by, year)
    day = np.where(wrong & (kind == 2), (day + 9) % 28 + 1, day)
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int)
    held = first.astype("datetime64[D]") + np.minimum(day, length) - 1
    return np.where(clerk.slips("birth"), held, NEVER)


def _nino(clerk: Clerk, nino: Words) -> Words:
    typed = clerk.slips("nino_typo") & (nino != "")
    digits = np.array([number[2:8] for number in nino[typed]], object)
    slipped = _typos(clerk.dice, digits, DIGITS)
    nino[typed] = [
        number[:2] + new[:6].ljust(6, "0") + number[8:]
        for number, new in zip(nino[typed].tolist(), slipped, strict=True)
    ]
    nino[~clerk.slips("nino")] = ""
    return nino


def _address(
    clerk: Clerk, folk: people.People, places: addresses.Addresses, book: books.Book
) -> tuple[Words, Words, Words, NDArray[np.int64]]:
    """Return line, town, postcode and UPRN: some out of date, abbreviated, or with a slip."""
    moved = folk.moved[book.person]
    stale = np.where(moved, clerk.slips("stale_mover"), clerk.slips("stale"))
    stale &= book.dwelling != NOBODY
    dwelling = np.where(stale, folk.before[book.person], book.dwelling)
    away = dwelling == NOBODY
    at = np.where(away, 0, dwelling)
    elsewhere = np.array(
        [line.split("\n") for line in folk.away_line[book.person].tolist()], object
    )
    line = np.array(places.line, object)[at]
    town = places.town[at].astype(object)
    postcode = places.postcode[at].astype(object)
    line[away] = [one[0] for one in elsewhere[away]]
    town[away] = [one[-1] for one in elsewhere[away]]
    postcode[away] = folk.away_postcode[book.person][away]
    shorter = clerk.slips("abbreviated")
    line[shorter] = [_shortened(one) for one in line[shorter]]
    typed = clerk.slips("postcode_typo")
    # The district stays, so that no slip makes a postcode that is somebody's.
    inward = np.array([code[4:] for code in postcode[typed]], object)
    district = np.array([code[:4] for code in postcode[typed]], object)
    postcode[typed] = district + np.array(_typos(clerk.dice, inward, DIGITS), object)
    postcode[clerk.slips("no_postcode")] = ""
    known = clerk.slips("uprn") & ~away
    return line, town, postcode, np.where(known, places.uprn[at], 0)


def _shortened(line: str) -> str:
    words = line.replace(",", "").split()
    short = figures.read("silos")["abbreviations"]
    return " ".join([*words[:-1], short.get(words[-1], words[-1])])
