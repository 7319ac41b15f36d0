"""The classes of exempt dwelling, and the classes that a premium may not reach, as data.

Sources: Council Tax (Exempt Dwellings) Order 1992 (SI 1992/558) art.3; Council Tax (Prescribed
Classes of Dwellings) (England) Regulations 2003 (SI 2003/3011) as amended by SI 2024/1007.
Grounds are put in plain words; the Order and the Regulations decide.
"""

import datetime

import numpy as np
import pydantic
import yaml

from borough.rules import parameters, periods, years


class ExemptClass(pydantic.BaseModel):
    """A class of dwelling for which no council tax is payable.

    Attributes:
        occupied: True for a dwelling that is lived in.
        of_the_home: True where the ground is so of the dwelling itself; else it is so of somebody
            who owns it or lives there, and ends with them.
        months: the time limit in months, and `runs_from` what it is counted from.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    title: str
    ground: str
    occupied: bool
    reference: str
    of_the_home: bool = False
    months: int | None = None
    runs_from: str = pydantic.Field(default="", alias="from")


class PremiumException(pydantic.BaseModel):
    """A class of dwelling that a determination of a premium may not reach.

    Attributes:
        long_term_empty_from, second_home_from: since when it spares the dwelling which premium.
        of_the_home: as of an exempt class.
        months: the time limit in months, and `runs_from` what it is counted from.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    title: str
    ground: str
    reference: str
    of_the_home: bool = False
    long_term_empty_from: datetime.date | None = None
    second_home_from: datetime.date | None = None
    months: int | None = None
    runs_from: str = pydantic.Field(default="", alias="from")


FOLDER = parameters.FOLDER / "council_tax" / "classes"
CLASSES = pydantic.TypeAdapter(dict[str, ExemptClass]).validate_python(
    yaml.safe_load((FOLDER / "exempt_dwellings.yaml").read_text(encoding="utf-8"))
)
EXCEPTIONS = pydantic.TypeAdapter(dict[str, PremiumException]).validate_python(
    yaml.safe_load((FOLDER / "premium_exceptions.yaml").read_text(encoding="utf-8"))
)
LIMITS = {letter: one.months for letter, one in EXCEPTIONS.items() if one.months}
"""The exceptions with a time limit, in months from the day their condition first held."""


def spares_long_term_empty(year: years.Year) -> tuple[str, ...]:
    """Return the classes that the premium on long-term empty dwellings may not reach."""
    return tuple(
        letter
        for letter, one in EXCEPTIONS.items()
        if one.long_term_empty_from and one.long_term_empty_from <= year.starts
    )


def spares_second_homes(year: years.Year) -> tuple[str, ...]:
    """Return the classes that the premium on second homes may not reach."""
    return tuple(
        letter
        for letter, one in EXCEPTIONS.items()
        if one.second_home_from and one.second_home_from <= year.starts
    )


def latest_end(letter: str, runs_from: datetime.date | None) -> datetime.date | None:
    """Return the first day on which an exemption can no longer hold; None when it has no limit.

    Args:
        letter: the class.
        runs_from: for Class B the day after the last occupation day; for Class F the day of the
            grant, or None while there is none.

    Raises:
        KeyError: when there is no such class.
    """
    months = CLASSES[letter].months
    if months is None or runs_from is None:
        return None
    over: datetime.date = periods.after_months(np.array([runs_from], periods.DAY), months)[0].item()
    return over
