"""The plan of the town: counted as published, the same from the same seed, and invented."""

import hashlib
import re
from dataclasses import fields, is_dataclass
from datetime import date

import numpy as np
import pytest

from borough.kernel import finding, furnishing
from borough.rules.council_tax import exemptions
from borough.town import addresses, figures, lives, naming, plan, shares

TODAY = date(2025, 3, 10)
FULL = 131_400


@pytest.fixture(scope="module")
def full() -> plan.Plan:
    return plan.draw(FULL, 2026)


def digest(*things: object) -> str:
    """Return a sum over every column of these dataclasses."""
    seal = hashlib.sha256()
    for thing in things:
        for field in fields(thing):
            column = getattr(thing, field.name)
            if is_dataclass(column):
                seal.update(digest(column).encode())
            elif isinstance(column, np.ndarray) and column.dtype.kind in "iubM":
                seal.update(column.astype("<i8").tobytes())
            else:
                seal.update("\n".join(map(str, np.atleast_1d(column).tolist())).encode())
    return seal.hexdigest()[:16]


def drawn(dwellings: int, seed: int) -> str:
    town = plan.draw(dwellings, seed)
    people = lives.draw(town, TODAY)
    return digest(town, people, addresses.of(town), naming.of(people, seed))


def test_the_same_seed_gives_the_same_town_on_every_machine():
    assert drawn(500, 7) == drawn(500, 7) == "abac86e5979363cf"
    assert drawn(500, 8) != drawn(500, 7)


def test_at_full_size_every_band_is_as_printed_and_so_is_the_total(full):
    stock = dict(zip(*np.unique(full.band, return_counts=True), strict=True))
    published = figures.read("stock_2025")
    assert sum(published["bands"].values()) == published["total"] + 10  # each rounded to ten
    assert len(full) == sum(stock.values()) == published["total"]
    assert {band: round(count, -1) for band, count in stock.items()} == published["bands"]


@pytest.mark.parametrize("dwellings", [500, 2_000, 40_000, FULL])
def test_the_terms_follow_the_return(dwellings):
    town = plan.draw(dwellings, 3)
    stock = plan.stock_of(dwellings)
    published = figures.read("return_2022")
    for name, row in published["terms"].items():
        total = 0.0
        for band in plan.CHARGED:
            whole = band.strip("-")
            exact = row.get(band, 0) * stock[whole] / published["dwellings"][whole]
            count = int(((town.terms == name) & (town.charged == band)).sum())
            assert abs(count - exact) <= 1, (name, band)
            total += exact
        assert abs(int((town.terms == name).sum()) - total) <= 0.5, name


def test_the_exempt_classes_and_disabled_reductions_follow_the_return(full):
    published = figures.read("return_2022")
    stock = plan.stock_of(FULL)
    for band in plan.BANDS:
        scale = stock[band] / published["dwellings"][band]
        here = full.band == band
        exempt, disabled = here & (full.exemption != ""), here & full.disabled
        assert abs(int(exempt.sum()) - published["exempt"][band] * scale) <= 1
        assert abs(int(disabled.sum()) - published["disabled"][band] * scale) <= 1
    total = int((full.exemption != "").sum())
    for letter, count in published["exempt_classes"].items():
        share = count * total / sum(published["exempt_classes"].values())
        assert abs(int((full.exemption == letter).sum()) - share) <= 1, letter
    assert set(full.exemption) - {""} <= set(exemptions.CLASSES)


def test_support_foregone_reaches_the_returns_within_one_award(full):
    published = figures.read("return_2022")
    stock = plan.stock_of(FULL)
    left = np.where(full.terms == "ordinary", 1.0, 0.75)
    for kind, row in published["support_thousandths"].items():
        given = (full.support_permille > 0) & (full.pensioner == (kind == "pensioner"))
        for band, thousandths in row.items():
            whole = band.strip("-")
            target = thousandths * stock[whole] / published["dwellings"][whole] / 1000
            here = given & (full.charged == band)
            foregone = (full.support_permille[here] * left[here]).sum() / 1000
            assert abs(foregone - target) <= 1.001, (kind, band)


def test_deprived_wards_have_lower_bands_and_more_support(full):
    poor, rich = full.deprived_permille > 250, full.deprived_permille < 90
    low = full.band == "A"
    assert low[poor].mean() > 2 * low[rich].mean()
    helped = full.support_permille > 0
    assert helped[poor].mean() > 2 * helped[rich].mean()


def test_the_town_has_about_280_000_people_and_each_home_its_adults(full):
    town = lives.draw(full, TODAY)
    spells, parts = town.spells, town.parts
    now = np.isnat(spells.ends)[parts.spell] & (parts.role != furnishing.Role.OWNER)
    assert 275_000 < len(np.unique(parts.person[now])) < 290_000
    grown = np.isin(
        parts.role, (furnishing.Role.HEAD, furnishing.Role.PARTNER, furnishing.Role.ADULT)
    )
    counted = np.bincount(parts.spell[grown], minlength=len(spells.adults))
    assert (counted == spells.adults).all()
    single = full.terms[spells.dwelling] == "single"
    assert (spells.adults[single & np.isnat(spells.ends)] == 1).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lives_make_sense(seed):
    town = lives.draw(plan.draw(3_000, seed), TODAY)
    spells, parts, born = town.spells, town.parts, town.members.born
    follows = spells.dwelling[1:] == spells.dwelling[:-1]
    assert (spells.starts[1:][follows] == spells.ends[:-1][follows]).all()
    assert not (spells.ends <= spells.starts).any()
    assert np.isnat(spells.ends).sum() == 3_000
    assert (born <= np.datetime64(TODAY)).all()
    grown = (parts.role <= furnishing.Role.ADULT) & np.isnat(spells.ends)[parts.spell]
    youngest = np.datetime64("2024-04-01") - born[parts.person[grown]]
    assert youngest.astype(int).min() >= 18 * 365.25 - 1
    children = (parts.role == furnishing.Role.CHILD) & np.isnat(spells.ends)[parts.spell]
    oldest = (np.datetime64(TODAY) - born[parts.person[children]]).astype(int).max()
    assert oldest < 18 * 365.25
    head = parts.role == furnishing.Role.HEAD
    age_on_moving_in = spells.starts[parts.spell[head]] - born[parts.person[head]]
    assert age_on_moving_in.astype(int).min() >= 18 * 365


def test_addresses_belong_to_nobody(full):
    places = addresses.of(full)
    assert all(re.fullmatch(r"L9[0-8] \d[ABD-HJLNP-UW-Z]{2}", one) for one in set(places.postcode))
    assert places.uprn.min() == 990_000_000_001
    assert places.uprn.max() < 10**12
    assert len(set(zip(places.line, places.postcode.tolist(), strict=True))) == FULL


def test_search_keys_are_those_that_the_search_box_makes():
    town = plan.draw(300, 5)
    places = addresses.of(town)
    for row in range(0, 300, 37):
        text = f"{places.line[row]} {places.town[row]} {places.postcode[row]}"
        assert places.sounds[row] == "{" + ",".join(finding.sounds(text)) + "}"


def test_shares_lose_nothing():
    assert shares.largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    assert shares.largest_remainder(131_400, [39990, 28250, 31380, 15840, 8930, 3990, 2740, 290])[
        :2
    ] == [39_987, 28_248]
    assert sum(shares.largest_remainder(777, [5, 9, 1, 0])) == 777


def test_a_hamlet_is_no_town():
    with pytest.raises(ValueError, match="at least 100"):
        plan.draw(99, 1)
