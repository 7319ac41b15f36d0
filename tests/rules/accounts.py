"""Records at random, and the same records as columns."""

import datetime
import random

import numpy as np

from borough.rules.council_tax import bill, clocks
from borough.rules.periods import DAY, Timeline
from tests.rules.by_hand import Record

EXEMPT = "BDEFGHIJKLMNOPQRSTUVW"
EXCEPT = "EFGHIJKLM"


def at_random(dice: random.Random, first: int) -> Record:
    """Return one made-up account of the year: moves, discounts, exemptions, clocks, awards."""
    april = datetime.date(first, 4, 1)

    def day(least: int = -30, most: int = 400) -> datetime.date:
        return april + datetime.timedelta(days=dice.randint(least, most))

    def perhaps(chance: float, value) -> list:
        if dice.random() >= chance:
            return []
        starts = day(-500, 364)
        ends = starts + datetime.timedelta(days=dice.randint(1, 700))
        return [(starts, None if dice.random() < 0.3 else ends, value)]

    starts = april if dice.random() < 0.7 else day(-800, 360)
    over = starts + datetime.timedelta(days=dice.randint(1, 900))
    return Record(
        liable=(starts, over if dice.random() < 0.4 else None),
        band=_chain(dice, april, "ABCDEFGH", chance=0.05),
        adults=_chain(dice, april, [1, 1, 2, 2, 3, 0], chance=0.3) if dice.random() < 0.9 else [],
        disregarded=[*perhaps(0.15, 1), *perhaps(0.08, 1), *perhaps(0.04, 1)],
        occupation=_occupation(dice, april),
        exempt=perhaps(0.08, dice.choice(EXEMPT)),
        exception=perhaps(0.25, dice.choice(EXCEPT)),
        disabled=perhaps(0.1, True),
        annexe=perhaps(0.03, True),
        reduction=perhaps(0.2, dice.randint(1, 250_000)),
        relief=perhaps(0.03, dice.randint(1, 90_000)),
    )


def _chain(dice, april, values, chance):
    starts = april - datetime.timedelta(days=dice.randint(0, 4000))
    chain = []
    while dice.random() < chance:
        ends = max(starts, april) + datetime.timedelta(days=dice.randint(1, 300))
        chain.append((starts, ends, dice.choice(values)))
        starts = ends
    return [*chain, (starts, None, dice.choice(values))]


def _occupation(dice, april):
    if dice.random() < 0.6:
        return []
    starts = april - datetime.timedelta(days=dice.choice([20, 100, 340, 700, 1800, 3600, 5000]))
    states, chain = [*clocks.WORDS], []
    for _ in range(dice.randint(1, 6)):
        long = dice.choice([10, 41, 42, 43, 44, 120, 365, 900, 1900])
        ends = starts + datetime.timedelta(days=dice.randint(max(long - 2, 1), long))
        chain.append((starts, ends, dice.choice(states)))
        starts = ends + datetime.timedelta(days=dice.choice([0, 0, 0, 30, 42, 43, 60]))
    return [*chain, (starts, None, dice.choice(states))]


def as_columns(records: list[Record], parish: str = "") -> bill.Accounts:
    """Return the records as the rules read them."""

    def line(kind: str, missing, of=None) -> Timeline:
        found = [(n, *p) for n, record in enumerate(records) for p in getattr(record, kind)]
        return Timeline.of([(n, s, e, of(v) if of else v) for n, s, e, v in found], missing=missing)

    gone = line("disregarded", 0)
    return bill.Accounts(
        count=len(records),
        parish=np.full(len(records), parish),
        liability=Timeline.of([(n, *r.liable, True) for n, r in enumerate(records)], missing=False),
        band=line("band", ""),
        adults=line("adults", -1),
        disregards=Timeline.counts(gone.owner, gone.starts.astype(DAY), gone.ends.astype(DAY)),
        occupation=line("occupation", clocks.Occupation.OCCUPIED, clocks.WORDS.get),
        exemption=line("exempt", ""),
        exception=line("exception", ""),
        disabled=line("disabled", missing=False),
        annexe=line("annexe", missing=False),
        reduction=line("reduction", 0),
        relief=line("relief", 0),
    )
