"""What is granted to a home ends when it no longer fits how it is used, or for whom it was granted.

An exemption because somebody has died, is in hospital or studies is about them: whoever buys the
home, or moves in instead, is charged from their first day, until they ask for something of their
own. What is so of the home itself, such as a law that forbids to live there, goes on.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from borough.kernel import dated
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models, moving
from borough.lines.revenues.queries import moves as queries
from borough.rules.council_tax import exemptions

Granted = models.Exemption | models.PremiumException
LIVED_IN = [letter for letter, one in exemptions.CLASSES.items() if one.occupied]
EMPTY = [letter for letter, one in exemptions.CLASSES.items() if not one.occupied]
OF_SOMEBODY = [letter for letter, one in exemptions.CLASSES.items() if not one.of_the_home]
EXCEPTED = [letter for letter, one in exemptions.EXCEPTIONS.items() if not one.of_the_home]


def lapse(
    dwelling: Dwelling, home: moving.Home, found: Sequence[moving.Spell], before: Iterable[int]
) -> list[Granted]:
    """End exemptions and exceptions that fit no longer; return them as they were.

    Args:
        dwelling: the home.
        home: who lives in it, and who lived there just before.
        found: its spells, in order.
        before: who was liable just before the first.
    """
    if not queries.ever_exempt(dwelling):
        return []
    exempt = models.Exemption.objects.filter(dwelling=dwelling)
    excepted = models.PremiumException.objects.filter(dwelling=dwelling)
    ended: list[Granted] = []
    for spell in found:
        lived_in, days = _is_lived_in(spell), dated.touches(spell.starts, spell.ends)
        ended += _end(exempt.filter(days, letter__in=EMPTY if lived_in else LIVED_IN), spell.starts)
        ended += _end(excepted.filter(days), spell.starts) if lived_in else []
    mine = exempt.filter(letter__in=OF_SOMEBODY)
    for day in moving.new_hands(found, before):
        ended += _end(_from_before(mine.filter(letter__in=EMPTY), day), day)
        ended += _end(_from_before(excepted.filter(letter__in=EXCEPTED), day), day)
    for day in moving.new_households(home, found):
        ended += _end(_from_before(mine.filter(letter__in=LIVED_IN), day), day)
    return ended


def _is_lived_in(spell: moving.Spell) -> bool:
    return spell.state == models.Occupation.State.OCCUPIED


def _from_before(rows: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
    """Return what began earlier and goes on; what begins that day was granted to who comes."""
    return rows.filter(dated.touches(day, None), starts__lt=day)


def _end(rows: "QuerySet[Any]", day: date) -> list[Granted]:
    over = list(rows)
    dated.write_over(rows, day, None)
    return over
