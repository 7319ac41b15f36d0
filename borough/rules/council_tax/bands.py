"""Bands and the amounts set for them (Local Government Finance Act 1992 ss.5, 30, 36 and 47).

Each body's amount for a band is its Band D amount times the band's ninths, rounded half up to
the penny; the amount set is the sum of the rounded amounts. Sefton's Band B of 2025/26 is
£1,899.93 because of it: seven ninths of the total would be £1,899.92.

"A-" is Band A with a disabled band reduction: five ninths of the amount *set* for Band D
(SI 1992/554 reg.4(3A)(b)), so of the total, not of each body's part; it is kept in ninths of a
penny so that a period is still rounded only once.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import money, parameters, years

BANDS = ("A", "B", "C", "D", "E", "F", "G", "H")
WITH_REDUCTION = ("A-", *BANDS)
UNPARISHED = ""


class AmountNotKnown(parameters.NoSuchFigure):
    """Council tax cannot be worked out where a body's amount for the year is not known."""


@dataclass(frozen=True)
class Amounts:
    """What is set for one council and one year.

    Attributes:
        bodies: the slugs of the bodies whose amounts everybody pays.
        titles: the name of each body and parish, by slug; parishes as "parish:formby".
        parishes: the codes of the parishes, the first of them "" for where there is none.
        parts: int64 (bodies, 8), pence by body and band A to H.
        parish_parts: int64 (parishes, 8), pence; -1 where the parish's amount is not known.
        ratios: int64 (9,), the ninths of A-, A .. H.
        unverified: the bodies and parishes whose amount has no second source or is invented.
    """

    year: years.Year
    bodies: tuple[str, ...]
    titles: Mapping[str, str]
    parishes: tuple[str, ...]
    parts: NDArray[np.int64]
    parish_parts: NDArray[np.int64]
    ratios: NDArray[np.int64]
    unverified: frozenset[str]

    @functools.cached_property
    def set_pence(self) -> NDArray[np.int64]:
        """The amount set by parish and band A to H, pence, (parishes, 8); -1 where not known."""
        total = self.parts.sum(axis=0) + self.parish_parts
        return np.where(self.parish_parts < 0, -1, total)

    @functools.cached_property
    def set_ninths(self) -> NDArray[np.int64]:
        """The same in ninths of a penny by parish and band A-, A .. H, (parishes, 9)."""
        reduced = self.ratios[0] * self.set_pence[:, BANDS.index("D")]
        return np.where(
            self.set_pence[:, :1] < 0, -1, np.column_stack([reduced, 9 * self.set_pence])
        )

    def rows_of(self, codes: NDArray[np.str_]) -> NDArray[np.int64]:
        """Return the row of each parish code, int64 (n,).

        Raises:
            AmountNotKnown: when a code is of no parish, or its amount is not known this year.
        """
        rows = np.zeros(len(codes), np.int64)  # the first row: no parish
        told = np.flatnonzero(codes != UNPARISHED)
        unique, back = np.unique(codes.take(told), return_inverse=True)
        rows[told] = np.array([self._row(str(code)) for code in unique], np.int64)[back]
        return rows

    def _row(self, code: str) -> int:
        if code not in self.parishes:
            raise AmountNotKnown(
                f"The council tax of {self.year} is not known for “{code}”. Add the parish and "
                "its Band D amount to the council's parishes."
            )
        row = self.parishes.index(code)
        if self.parish_parts[row, 0] < 0:
            raise AmountNotKnown(
                f"What {self.titles['parish:' + code]} asks of Band D in {self.year} is not known. "
                "Add the amount, with its source, to the council's parishes."
            )
        return row


def amounts(
    year: years.Year,
    *,
    bodies: Mapping[str, parameters.Parameter],
    parishes: Mapping[str, parameters.Parameter],
    band_ninths: Mapping[str, int],
) -> Amounts:
    """Return what is set for the year from each body's and each parish's Band D amount.

    Raises:
        AmountNotKnown: when a body everybody pays has no amount for exactly this year. A parish
            without one is kept as not known, and refused when somebody there is charged.
    """
    ratios = np.array([band_ninths[band] for band in WITH_REDUCTION], np.int64)
    of_body = {slug: _value(body, year) for slug, body in bodies.items()}
    for slug, value in of_body.items():
        if value is None:
            raise AmountNotKnown(
                f"What {bodies[slug].title} sets for Band D in {year} is not known. "
                "Add the amount, with its source, to the council's bodies."
            )
    of_parish = {slug: _value(parish, year) for slug, parish in parishes.items()}
    given = {slug: value for slug, value in of_body.items() if value}
    return Amounts(
        year=year,
        bodies=tuple(bodies),
        titles={slug: body.title for slug, body in bodies.items()}
        | {f"parish:{slug}": parish.title for slug, parish in parishes.items()},
        parishes=(UNPARISHED, *parishes),
        parts=np.array([_by_band(v.value, ratios) for v in given.values()], np.int64),
        parish_parts=np.array(
            [np.zeros(8, np.int64)]
            + [_by_band(v.value if v else None, ratios) for v in of_parish.values()],
            np.int64,
        ),
        ratios=ratios,
        unverified=frozenset(
            [slug for slug, v in given.items() if v.unverified]
            + [f"parish:{slug}" for slug, v in of_parish.items() if v and v.unverified]
        ),
    )


def _value(parameter: parameters.Parameter, year: years.Year) -> parameters.Value | None:
    """An amount is set for one year only: last year's never runs on."""
    return parameter.values.get(year.starts)


def _by_band(band_d_pence: Any, ratios: NDArray[np.int64]) -> NDArray[np.int64]:
    if band_d_pence is None:
        return np.full(len(BANDS), -1, np.int64)
    return money.pence(np.int64(band_d_pence) * ratios[1:], 9)
