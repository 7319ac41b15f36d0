"""Linking a made-up town whose truth is known, and households planted among it."""

import shutil
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pytest

from borough.resident.identity import engines, judging, likeness, tidying
from borough.town import silos
from borough.town.silos import writing

TODAY = date(2025, 3, 10)
TAX, RENTS, BENEFITS = "other-council-tax", "northway-rents", "other-benefits"


class Planted(NamedTuple):
    """A record of a household of ours: who it truly is, and what the system wrote."""

    source: str
    who: str
    given: str
    family: str
    born: date | None = None
    nino: str = ""
    house: int = 1


FATHER, SON = date(1955, 6, 1), date(1984, 2, 9)
TWINS = date(1990, 7, 7)
HOUSEHOLDS = [
    # A father and a son of the same name; only the benefits know when who was born.
    Planted(TAX, "father", "Walter", "Quillfeather", house=1),
    Planted(RENTS, "father", "Walter", "Quillfeather", FATHER, house=1),
    Planted(BENEFITS, "son", "Walter", "Quillfeather", SON, "XX999901A", house=1),
    # Twins, and a system that has swapped nothing but knows one of them.
    Planted(RENTS, "ann", "Annabel", "Thistlewood", TWINS, "XX999902A", house=2),
    Planted(BENEFITS, "bea", "Beatrix", "Thistlewood", TWINS, "XX999903A", house=2),
    # A couple: the tax knows him, the landlord her, neither knows a birth.
    Planted(TAX, "him", "Bernard", "Marchbanks", house=3),
    Planted(RENTS, "her", "Rosalind", "Marchbanks", house=3),
    # Brothers-in-law of one initial.
    Planted(TAX, "jim", "J", "Oakapple", house=4),
    Planted(RENTS, "joe", "Joseph", "Oakapple", date(1970, 1, 2), house=4),
    # The mother's number was typed into her daughter's record.
    Planted(RENTS, "mother", "Philippa", "Wavecrest", date(1960, 3, 3), "XX999904A", house=5),
    Planted(BENEFITS, "daughter", "Georgina", "Wavecrest", None, "XX999904A", house=5),
    # Twins again: one by an initial that fits both, and two whose names are spelt alike.
    Planted(RENTS, "sal", "S", "Applewood", TWINS, house=7),
    Planted(BENEFITS, "sue", "Susanna", "Applewood", TWINS, house=7),
    Planted(RENTS, "marian", "Marian", "Hollybush", TWINS, house=8),
    Planted(BENEFITS, "mariana", "Mariana", "Hollybush", TWINS, house=8),
    # One person, whose landlord does not know that she married.
    Planted(RENTS, "wed", "Clementine", "Foxglove", date(1988, 9, 4), house=9),
    Planted(BENEFITS, "wed", "Clementine", "Foxglove-Hart", date(1988, 9, 4), house=9),
    # One person, under one number, whom all systems know alike.
    Planted(RENTS, "sure", "Cordelia", "Lanternjaw", date(1971, 5, 6), "XX999905A", house=6),
    Planted(BENEFITS, "sure", "Cordelia", "Lanternjaw", date(1971, 5, 6), "XX999905A", house=6),
]


def planted(source: str) -> tidying.Table:
    rows = [
        {
            "key": f"planted-{one.who}",
            "given_names": one.given,
            "family_name": one.family,
            "date_of_birth": one.born,
            "nino": one.nino,
            "postcode": "L98 9ZZ",
            "address": f"{one.house} Planted Lane",
            "uprn": None,
        }
        for one in HOUSEHOLDS
        if one.source == source
    ]
    types = {"date_of_birth": pa.date32(), "uprn": pa.int64()}
    return pa.table(
        {
            name: pa.array([row[name] for row in rows], types.get(name, pa.string()))
            for name in tidying.HELD
        }
    )


@pytest.fixture(scope="module")
def town() -> list[silos.Silo]:
    return silos.draw(5_000, 21, TODAY)


@pytest.fixture(scope="module")
def linked(town) -> likeness.Likeness:
    tables = []
    for silo in town:
        table = writing.table(silo)
        rows = table.rows.cast(planted(TAX).schema)
        tables.append(tidying.Table(table.source, pa.concat_tables([rows, planted(table.source)])))
    return likeness.link(tables)


@pytest.fixture(scope="module")
def same(town, linked) -> np.ndarray:
    truth = {
        (silo.book.source, key): person
        for silo in town
        for key, person in zip(silo.keys, silo.book.person.tolist(), strict=True)
    }

    def who(source: str, key: str) -> object:
        return truth.get((source, key), key)

    left = zip(linked.left_source, linked.left_key, strict=True)
    right = zip(linked.right_source, linked.right_key, strict=True)
    return np.array([who(*a) == who(*b) for a, b in zip(left, right, strict=True)])


def ours(linked: likeness.Likeness, one: str, other: str) -> list[int]:
    """Return the rows of the pairs of these two of the planted."""
    wanted = {f"planted-{one}", f"planted-{other}"}
    pairs = zip(linked.left_key, linked.right_key, strict=True)
    return [row for row, pair in enumerate(pairs) if set(pair) == wanted]


def test_the_town_is_linked_as_well_as_is_promised(town, linked, same):
    held = [silo.book.person for silo in town]
    true = sum(
        int(np.isin(one, other).sum()) for place, one in enumerate(held) for other in held[:place]
    )
    proposed = (linked.probability >= judging.choice(TODAY).likely) & linked.best
    proposed &= np.array([not key.startswith("planted") for key in linked.left_key])
    assert same[proposed].mean() >= 0.997
    assert same[proposed].sum() / true >= 0.95


def test_nobody_is_joined_wrongly_without_a_person(linked, same):
    certain = judging.bands(linked, judging.choice(TODAY)) == judging.Band.CERTAIN
    assert certain.sum() > 1_000
    assert same[certain].all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("father", "son"),
        ("ann", "bea"),
        ("him", "her"),
        ("jim", "joe"),
        ("mother", "daughter"),
        ("sal", "sue"),
        ("marian", "mariana"),
    ],
)
def test_members_of_a_household_are_never_joined_by_themselves(linked, one, other):
    bands = judging.bands(linked, judging.choice(TODAY))
    assert all(bands[row] != judging.Band.CERTAIN for row in ours(linked, one, other))


def test_who_married_is_joined_by_first_name_birth_and_home(linked):
    bands = judging.bands(linked, judging.choice(TODAY))
    [row] = ours(linked, "wed", "wed")
    assert bands[row] == judging.Band.CERTAIN


def test_one_person_whom_all_know_alike_is_joined(linked):
    bands = judging.bands(linked, judging.choice(TODAY))
    [row] = ours(linked, "sure", "sure")
    assert bands[row] == judging.Band.CERTAIN
    words = [reason.words for reason in linked.because(row)]
    assert "Same National Insurance number" in words
    assert "Same home, same family name" in words


def test_linking_twice_gives_the_same(town, linked):
    tables = [writing.table(silo) for silo in town[:2]]
    first, second = likeness.link(tables), likeness.link(tables)
    assert first.left_key.tolist() == second.left_key.tolist()
    assert np.abs(first.weight - second.weight).max() < 1e-9


def test_one_system_alone_is_refused(town):
    with pytest.raises(likeness.TooFew, match="Records of two systems"):
        likeness.link([writing.table(town[0])])


def test_an_installation_without_the_extra_says_what_to_do(monkeypatch):
    monkeypatch.setattr(engines.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(engines.NotInstalled, match="bin/prepare run"):
        engines.needs("splink", extra="link")


@pytest.mark.slow
def test_spark_finds_the_pairs_that_duckdb_finds():
    pytest.importorskip("pyspark", reason="the extra “spark” is not installed: bin/prepare spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java, and there is none: on Debian, apt-get install default-jre")
    books = [
        silo for silo in silos.draw(150, 5, TODAY) if silo.book.source in (RENTS, BENEFITS, TAX)
    ]
    tables = [writing.table(silo) for silo in books]
    here, there = (pairs(likeness.link(tables, engine)) for engine in ("duckdb", "spark"))
    assert len(here) > 50
    assert here.keys() == there.keys()
    for ends, (weight, best) in here.items():
        assert there[ends] == (pytest.approx(weight, abs=0.001), best)


def pairs(found: likeness.Likeness) -> dict[tuple[str, ...], tuple[float, bool]]:
    ends = (found.left_source, found.left_key, found.right_source, found.right_key)
    rows = zip(*ends, found.weight.tolist(), found.best.tolist(), strict=True)
    return {tuple(row[:4]): (row[4], row[5]) for row in rows}
