"""A position written in any editor, and sealed on one's own machine: ``borough seal FILE``.

No database and no network: what is sealed leaves the machine only when its side hands it in.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import yaml

from borough.partnership.decisions import positions
from borough.partnership.sealed import sealing

_BLANK = """\
# What you think of this case. Write after each colon, save, and run on your own machine:
#     borough seal {name}
# It writes the sealed file beside this one, and prints the seal to be typed in. Keep the sealed
# file well, and show it to nobody until both have sealed.

option:         # the number of one of the options below
sure:           # how sure you are, 50 to 100 per cent
reasons: []     # one or more of: {reasons}
why: |

change_mind: |

risks: |

vulnerable: |

staff: |

# One to three: 8 times in 10 it would come to something between low and high.
forecasts:
  - measure:    # one of the measures below
    low:
    median:
    high:
    due:        # a day, like 2026-03-31

# One more, if you like: how likely it is that a measure comes to at least or at most a value.
chance:
  measure:      # one of the measures below; left empty, you give none
  reach:        # at_least or at_most
  value:
  percent:      # 0 to 100
  due:          # a day, like 2026-03-31

# What follows stays as it is.
"""


class NotFilledIn(ValueError):
    """The file is no form of a position, or something in it is missing or wrong."""


def blank(
    place: positions.Place,
    options: Sequence[str],
    measures: Mapping[str, tuple[str, str]],
    *,
    on: date,
) -> str:
    """Return the empty form of a position as YAML.

    Args:
        place: what it is bound to.
        options: in words, by their numbers.
        measures: titles and units by slug.
        on: the day on which both were asked.
    """
    fixed = {
        "place": {name: getattr(place, name) for name in place.__slots__},
        "asked": on,
        "options": dict(enumerate(options)),
        "measures": {slug: list(told) for slug, told in measures.items()},
    }
    head = _BLANK.format(name="THIS-FILE", reasons=", ".join(positions.REASONS))
    return head + yaml.safe_dump(fixed, allow_unicode=True, sort_keys=False)


def read(text: str) -> dict[str, Any]:
    """Return the content to be sealed of a form that was filled in.

    Raises:
        NotFilledIn: it is no such form, or something in it is missing or wrong.
    """
    try:
        told = yaml.load(text, yaml.BaseLoader)  # noqa: S506  texts alone: nothing is made of them
        given = told["place"]
        place = positions.Place(given["case"], given["pack"], int(given["round"]), given["side"])
        units = {slug: unit for slug, (_, unit) in told["measures"].items()}
        forecasts = tuple(
            _forecast(one, units) for one in told["forecasts"] or () if one["measure"]
        )
        position = positions.Position(
            option=int(told["option"]),
            sure=int(told["sure"]),
            forecasts=forecasts,
            reasons=tuple(told["reasons"]),
            **{name: told[name].strip() for name in positions.WORDS},
            chance=_chance(told["chance"], units),
        )
        asked_on = date.fromisoformat(told["asked"])
        asked = positions.Asked(len(told["options"]), units, on=asked_on)
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NotFilledIn(
            f"Something is missing or cannot be read ({fault}). Fill in each line of the form."
        ) from None
    if found := list(positions.faults(position, asked)):
        raise NotFilledIn(" ".join(found))
    return positions.content(position, place)


def main(path: str, out: TextIO) -> int:
    """Seal a form that was filled in: write the sealed file beside it, and print the seal."""
    form = Path(path)
    kept = form.with_suffix(".sealed.json")
    try:
        sealed = sealing.seal(read(form.read_text(encoding="utf-8")))
        kept.touch(mode=0o600, exist_ok=False)  # nobody else on the machine opens it
        kept.write_text(sealing.to_file(sealed), encoding="utf-8")
    except FileExistsError:
        print(f"borough: {kept} is there already: sealed again, its seal would be lost.", file=out)
        return 2
    except (OSError, UnicodeDecodeError, NotFilledIn) as fault:
        print(f"borough: {fault}", file=out)
        return 2
    print(f"Keep {kept} well. The seal:\n{sealed.digest}", file=out)
    return 0


def _chance(told: Mapping[str, str], units: Mapping[str, str]) -> positions.Chance | None:
    if not told["measure"]:
        return None
    return positions.Chance(
        measure=told["measure"],
        reach=told["reach"],
        value=positions.hundredths(told["value"], units[told["measure"]]),
        percent=int(told["percent"]),
        due=date.fromisoformat(told["due"]),
    )


def _forecast(told: Mapping[str, str], units: Mapping[str, str]) -> positions.Forecast:
    unit = units[told["measure"]]
    low, median, high = (
        positions.hundredths(told[name], unit) for name in ("low", "median", "high")
    )
    return positions.Forecast(told["measure"], low, median, high, date.fromisoformat(told["due"]))
