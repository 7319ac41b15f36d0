"""The plan of the made-up town: which dwelling stands where, on which terms it is lived in.

Everything is drawn from (dwellings, seed) and nothing else, as columns; the same pair gives the
same town on every machine. What is counted follows Sefton: stock by band of 2025, and per band the
exemptions, discounts, empty homes and support of the taxbase return of October 2022.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import figures, shares

BANDS = tuple("ABCDEFGH")
CHARGED = ("A-", *BANDS)
TERMS = ("ordinary", *figures.read("return_2022")["terms"], "exempt")
"""On what terms a dwelling is charged; *ordinary* pays in full, or an annexe its half."""
VACANT = ("empty", "first_month", "empty_2_years", "empty_5_years", "empty_10_years")
SECOND = ("second_home", "second_home_half")
LIVED_IN = ("ordinary", "single", "one_counted", "none_counted", "annexe")
NOT_NOTED = ""
LEAST_DWELLINGS = 100


@dataclass(frozen=True)
class Plan:
    """Columns of n dwellings, sorted by ward.

    Attributes:
        ward: int64 (n,), row in the figures' list of wards.
        parish: str (n,), code or "".
        band: str (n,); charged: str (n,), one lower ("A-" .. "G") where adapted for the disabled.
        terms: str (n,), one of ``TERMS``.
        exemption: str (n,), class of exempt dwelling or "".
        disabled: bool (n,).
        support_permille: int64 (n,), of what is left to pay; pensioner: bool (n,), who gets it.
        deprived_permille: int64 (n,), of the ward.
    """

    seed: int
    ward: NDArray[np.int64]
    parish: NDArray[np.str_]
    band: NDArray[np.str_]
    charged: NDArray[np.str_]
    terms: NDArray[np.str_]
    exemption: NDArray[np.str_]
    disabled: NDArray[np.bool_]
    support_permille: NDArray[np.int64]
    pensioner: NDArray[np.bool_]
    deprived_permille: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.band)


def draw(dwellings: int, seed: int) -> Plan:
    """Return the plan of a town of so many dwellings.

    Raises:
        ValueError: fewer than 100 dwellings do not make a town.
    """
    if dwellings < LEAST_DWELLINGS:
        raise ValueError(f"A town needs at least {LEAST_DWELLINGS} dwellings.")
    ward, deprived = _wards(dwellings)
    stock = stock_of(dwellings)
    band = _bands(stock, deprived, seed)
    exempt = _exempt(band, stock, seed)
    disabled = _disabled(band, stock, exempt != NOT_NOTED, seed)
    charged = np.where(disabled, _lower(band), band).astype("<U2")
    terms = _terms(charged, disabled, exempt != NOT_NOTED, stock, deprived, seed)
    support, pensioner = _support(charged, terms, stock, deprived, seed)
    return Plan(
        seed=seed,
        ward=ward,
        parish=_parishes(ward),
        band=band,
        charged=charged,
        terms=terms,
        exemption=exempt,
        disabled=disabled,
        support_permille=support,
        pensioner=pensioner,
        deprived_permille=deprived,
    )


def stock_of(dwellings: int) -> dict[str, int]:
    """Return the dwellings by band: the published stock, shared by largest remainder."""
    published = figures.read("stock_2025")["bands"]
    shared = shares.largest_remainder(dwellings, [published[band] for band in BANDS])
    return dict(zip(BANDS, shared, strict=True))


def expected(row: dict[str, int], stock: dict[str, int]) -> list[int]:
    """Return a row of the return, by band charged, at the size of this stock."""
    of_2022 = figures.read("return_2022")["dwellings"]
    exact = []
    for band in CHARGED:
        whole = band.strip("-")
        exact.append(Fraction(row.get(band, 0) * stock[whole], of_2022[whole]))
    return shares.running(exact)


def _wards(dwellings: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    wards = figures.read("wards")["wards"]
    sizes = shares.largest_remainder(dwellings, [ward["areas"] for ward in wards])
    ward = np.repeat(np.arange(len(wards)), sizes)
    return ward, np.array([one["deprived_permille"] for one in wards])[ward]


def _parishes(ward: NDArray[np.int64]) -> NDArray[np.str_]:
    """Return each dwelling's parish: the first streets of a ward belong to its first parish."""
    parish = np.full(len(ward), "", "<U20")
    for row, one in enumerate(figures.read("wards")["wards"]):
        inside = np.flatnonzero(ward == row)
        begins = 0
        for code, percent in one.get("parishes", {}).items():
            ends = begins + percent
            parish[inside[len(inside) * begins // 100 : len(inside) * ends // 100]] = code
            begins = ends
    return parish


def _bands(stock: dict[str, int], deprived: NDArray[np.int64], seed: int) -> NDArray[np.str_]:
    """Return each dwelling's band: lower bands where a ward is more deprived, counts exact."""
    dice = furnishing.dice(seed, "bands")
    noise = figures.read("invented")["deprivation_noise_permille"]
    score = deprived + dice.integers(-noise, noise, len(deprived))
    band = np.empty(len(deprived), "<U1")
    band[np.argsort(-score, kind="stable")] = np.repeat(BANDS, [stock[one] for one in BANDS])
    return band


def _exempt(band: NDArray[np.str_], stock: dict[str, int], seed: int) -> NDArray[np.str_]:
    dice = furnishing.dice(seed, "exempt")
    published = figures.read("return_2022")
    chosen = []
    counts = expected(published["exempt"], stock)[1:]
    for one, count in zip(BANDS, counts, strict=True):
        chosen.append(_pick(dice, np.flatnonzero(band == one), count))
    homes = dice.permutation(np.concatenate(chosen))
    classes = published["exempt_classes"]
    total = sum(classes.values())
    dealt = shares.running(Fraction(n * len(homes), total) for n in classes.values())
    letters = np.full(len(band), NOT_NOTED, "<U1")
    letters[homes] = np.repeat(list(classes), dealt)
    return letters


def _disabled(
    band: NDArray[np.str_], stock: dict[str, int], exempt: NDArray[np.bool_], seed: int
) -> NDArray[np.bool_]:
    dice = furnishing.dice(seed, "disabled")
    disabled = np.zeros(len(band), np.bool_)
    counts = expected(figures.read("return_2022")["disabled"], stock)[1:]
    for one, count in zip(BANDS, counts, strict=True):
        disabled[_pick(dice, np.flatnonzero((band == one) & ~exempt), count)] = True
    return disabled


def _lower(band: NDArray[np.str_]) -> NDArray[np.str_]:
    lower: NDArray[np.str_] = np.array(CHARGED)[np.searchsorted(BANDS, band)]
    return lower


def _terms(
    charged: NDArray[np.str_],
    disabled: NDArray[np.bool_],
    exempt: NDArray[np.bool_],
    stock: dict[str, int],
    deprived: NDArray[np.int64],
    seed: int,
) -> NDArray[np.str_]:
    """Deal the terms of the return, band charged by band charged; the rest are ordinary.

    Adapted homes are lived in. Long empty homes stand rather where a ward is deprived.
    """
    dice = furnishing.dice(seed, "terms")
    terms = np.where(exempt, "exempt", "ordinary").astype("<U16")
    published = figures.read("return_2022")["terms"]
    counts = {name: expected(row, stock) for name, row in published.items()}
    order = (*VACANT, *SECOND, *(name for name in LIVED_IN if name in counts))
    for place, band in enumerate(CHARGED):
        here = (charged == band) & ~exempt
        for name in order:
            free = here & (terms == "ordinary")
            if name not in LIVED_IN:
                free &= ~disabled
            homes = np.flatnonzero(free)
            leaning = deprived[homes] + 30 if name in VACANT else np.ones(len(homes), np.int64)
            terms[_pick(dice, homes, counts[name][place], leaning)] = name
    return terms


def _support(
    charged: NDArray[np.str_],
    terms: NDArray[np.str_],
    stock: dict[str, int],
    deprived: NDArray[np.int64],
    seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return how much of what is left to pay council tax support takes off, and for whom.

    Awards are dealt until what is foregone reaches the return's band equivalents.
    """
    dice = furnishing.dice(seed, "support")
    support = np.zeros(len(charged), np.int64)
    pensioner = np.zeros(len(charged), np.bool_)
    published = figures.read("return_2022")["support_thousandths"]
    for kind, row in published.items():
        targets = expected(row, stock)
        awards = _awards(dice, figures.read("invented")["support"][kind], len(charged))
        for band, target in zip(CHARGED, targets, strict=True):
            free = (charged == band) & (support == 0)
            free &= np.isin(terms, ("ordinary", "single", "one_counted"))
            homes = np.flatnonzero(free)
            homes = _pick(dice, homes, len(homes), deprived[homes] + 60)
            left_percent = np.where(terms[homes] == "ordinary", 100, 75)
            foregone = np.cumsum(awards[homes] * left_percent)
            given = homes[: np.searchsorted(foregone, target * 100)]
            support[given] = awards[given]
            pensioner[given] = kind == "pensioner"
    return support, pensioner


def _awards(dice: np.random.Generator, mix: dict[str, int], count: int) -> NDArray[np.int64]:
    partial = dice.integers(mix["least"], mix["most"] + 1, count)
    return np.where(shares.chance(dice, mix["full_permille"], count), mix["full"], partial)


def _pick(
    dice: np.random.Generator,
    homes: NDArray[np.int64],
    count: int,
    leaning: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Return ``count`` of the homes at random, or all; those with more ``leaning`` come rather."""
    drawn = dice.integers(1, 1 << 30, len(homes))
    if leaning is not None:
        drawn = drawn * leaning
    picked: NDArray[np.int64] = homes[np.argsort(-drawn, kind="stable")[:count]]
    return picked
