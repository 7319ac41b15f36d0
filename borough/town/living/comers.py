"""People who come from outside the borough, invented as they arrive."""

from datetime import date

import numpy as np
from faker.providers.person.en_GB import Provider

from borough.kernel import finding
from borough.kernel.people.models import Person
from borough.town import figures, models

YOUNGEST_DAYS, AGES_DAYS = 20 * 366, 45 * 365


def arrive(dice: np.random.Generator, town: models.Town, on: date) -> list[int]:
    """Invent one or two adults; return their ids."""
    alone = dice.integers(0, 1000) < figures.read("invented")["living"]["alone_permille"]
    family = str(dice.choice(list(Provider.last_names)))
    first = _adult(dice, family, woman=bool(dice.integers(0, 2)), on=on)
    if alone:
        return [first]
    return [first, _adult(dice, family, woman=bool(dice.integers(0, 2)), on=on)]


def _adult(dice: np.random.Generator, family: str, *, woman: bool, on: date) -> int:
    names = Provider.first_names_female if woman else Provider.first_names_male
    given = str(dice.choice(list(names)))
    born = np.datetime64(on) - YOUNGEST_DAYS - int(dice.integers(0, AGES_DAYS))
    return Person.objects.create(
        title="Ms" if woman else "Mr",
        given_names=given,
        family_name=family,
        date_of_birth=born.item(),
        sounds=finding.sounds(f"{given} {family}"),
    ).pk
