"""Records made comparable: one spelling of case, spaces, streets and postcodes; nothing guessed.

A table is what one system knows; ``tidy`` gives the columns that are compared. What is not known
stays null, and is neither for nor against anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import yaml

HELD = ("key", "given_names", "family_name", "date_of_birth", "nino", "postcode", "address", "uprn")
"""The columns that a table brings, each text but for the date and the whole number last."""
STREETS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane",
    "cl": "close", "dr": "drive", "gr": "grove", "gro": "grove", "cres": "crescent",
    "cr": "crescent", "gdns": "gardens", "gdn": "gardens", "ter": "terrace", "terr": "terrace",
    "pl": "place", "sq": "square", "ct": "court", "crt": "court", "apt": "flat",
    "apartment": "flat",
}  # fmt: skip
DISTRICT_LETTERS = 3
"""What of a postcode, from its end, is not its district."""


@dataclass(frozen=True)
class Table:
    """What one system knows of people.

    Attributes:
        source: the system's slug.
        rows: the columns ``HELD``: key (unique), given_names, family_name, date_of_birth (date32),
            nino, postcode, address (its first line) and uprn (int64); null or "" where unknown.
    """

    source: str
    rows: pa.Table


def tidy(table: Table) -> pa.Table:
    """Return the columns that are compared, one row a record, null where nothing is known."""
    held = {name: table.rows.column(name).to_pylist() for name in HELD}
    given = [_words(name) for name in held["given_names"]]
    first = [names[0] if names else None for names in given]
    address = [_address(line) for line in held["address"]]
    born = [None if day is None else day.isoformat() for day in held["date_of_birth"]]
    postcode = [_close(code) or None for code in held["postcode"]]
    family = ["".join(_words(name)) or None for name in held["family_name"]]
    return pa.table(
        {
            "source_dataset": pa.array([table.source] * len(first), pa.string()),
            "unique_id": pa.array([str(key) for key in held["key"]], pa.string()),
            "given": pa.array(first, pa.string()),
            "initial": pa.array([name and name[0] for name in first], pa.string()),
            "start": pa.array([name and name[:3] for name in first], pa.string()),
            "kin": pa.array([_in_full(name) for name in first], pa.list_(pa.string())),
            "second": pa.array([_second(names) for names in given], pa.string()),
            "family": pa.array(family, pa.string()),
            "parts": pa.array([_words(name) for name in held["family_name"]], PARTS),
            "born": pa.array(born, pa.string()),
            "turned": pa.array([_turned(day) for day in born], pa.string()),
            "nino": pa.array([_close(number) or None for number in held["nino"]], pa.string()),
            "postcode": pa.array(postcode, pa.string()),
            "district": pa.array([code and code[:-DISTRICT_LETTERS] for code in postcode]),
            "number": pa.array([number for number, _ in address], pa.string()),
            "street": pa.array([street for _, street in address], pa.string()),
            "uprn": pa.array([one or None for one in held["uprn"]], pa.int64()),
        }
    )


PARTS = pa.list_(pa.string())


def known(tables: Sequence[pa.Table], column: str) -> int:
    """Return how many rows of these tidy tables hold something in a column."""
    return sum(len(table) - table.column(column).null_count for table in tables)


@cache
def _words(text: str | None) -> list[str]:
    """Return the words of a name, in small letters; an apostrophe joins, a hyphen parts."""
    plain = re.sub(r"[’'`.]", "", (text or "").casefold())
    return re.findall(r"[^\W\d_]+", plain)


def _close(text: str | None) -> str:
    return re.sub(r"[^0-9A-Z]", "", (text or "").upper())


def _second(names: list[str]) -> str | None:
    """Return the first letter of the second name."""
    return names[1][0] if len(names) > 1 else None


def _turned(born: str | None) -> str | None:
    """Return the date with day and month the other way round, where that is a date."""
    if born is None or int(born[8:]) > 12:
        return None
    return f"{born[:4]}-{born[8:]}-{born[5:7]}"


@cache
def _address(line: str | None) -> tuple[str | None, str | None]:
    """Return the numbers of an address ("2 14", flat before house) and its street."""
    words = re.findall(r"[0-9]+[a-z]?|[^\W\d_]+", re.sub(r"[’']", "", (line or "").casefold()))
    words = [STREETS.get(word, word) for word in words]
    numbers = [word for word in words if word[0].isdigit()]
    street = [word for word in words if not word[0].isdigit() and word != "flat"]
    return " ".join(numbers) or None, " ".join(street) or None


@cache
def _in_full(name: str | None) -> list[str]:
    """Return the names in full that this may stand for, itself among them."""
    return [] if name is None else sorted({name, *_long_forms().get(name, ())})


@cache
def _long_forms() -> dict[str, set[str]]:
    longer: dict[str, set[str]] = {}
    file = Path(__file__).parent / "short_forms.yaml"
    for full, shorts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        for short in shorts:
            longer.setdefault(short, set()).add(full)
    return longer
