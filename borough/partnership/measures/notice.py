"""The text of a contract performance notice (UK9), from counts and targets that both signed.

It holds what is known here. What else the notice must hold is named at its end, to be filled in on
the government's platform; nothing of it is guessed.

Source: Procurement Act 2023 ss.52 and 71; Procurement Regulations 2024 (SI 2024/692) reg.39(4) and
(5), which binds contracts that were procured under the Act. Older ones may use the same words.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from borough.kernel.pages import wording as words
from borough.partnership.measures import queries, wording
from borough.rules import years
from borough.rules.partnership import rating

LEAST_INDICATORS = 3
TO_FILL_IN = (
    "the title of the procurement",
    "the unique identifiers of the procurement and of the contract",
    "the supplier's name, postal address, email address and unique identifier",
    "the contracting authority's own identifier and address",
)


def text(council: str, year: years.Year, on: date) -> str:
    """Return the notice of a year, up to a day of it or to its end."""
    until = min(on, year.ends - timedelta(days=1))
    rated = [one for one in queries.readings(year, until) if queries.target_of(*_of(one, until))]
    lines = [
        "CONTRACT PERFORMANCE NOTICE",
        "",
        (
            "This notice sets out the contracting authority's assessment of performance against "
            "the key performance indicators (Procurement Act 2023 s.71(2)(b))."
        ),
        "",
        f"Contracting authority: {council}",
        f"Period assessed: {words.day(year.starts)} to {words.day(until)}",
        "",
        *_indicators(rated, until),
        "To be filled in before it is published:",
        *(f"- {one}" for one in TO_FILL_IN),
    ]
    if len(rated) < LEAST_INDICATORS:
        lines += [
            "",
            (
                f"Only {len(rated)} measures have a target that both partners signed. A contract "
                f"above the threshold of s.52 has at least {LEAST_INDICATORS} indicators."
            ),
        ]
    return "\n".join(lines) + "\n"


def _of(reading: queries.Reading, until: date) -> tuple[str, date]:
    return reading.measure.slug, until


def _indicators(rated: Iterable[queries.Reading], until: date) -> list[str]:
    lines = []
    for place, one in enumerate(rated, start=1):
        target = queries.target_of(*_of(one, until))
        given = one.rating or rating.Rating.OTHER
        lines += [
            f"Key performance indicator {place}: {one.measure.title}",
            f"Counted: {one.measure.numerator or one.measure.title}",
            f"Target: {wording.value(one.measure, target.good if target else None)}",
            f"Performance: {wording.value(one.measure, one.value_hundredths)}{_as_at(one)}",
            f"Rating: {given.value}. {rating.MEANINGS[given]}.",
            *_caveats(one),
            "",
        ]
    return lines


def _as_at(reading: queries.Reading) -> str:
    return f", as at {words.day(reading.snapshot.as_at)}" if reading.snapshot else ""


def _caveats(reading: queries.Reading) -> list[str]:
    said = [f"What this figure cannot see: {reading.measure.blind_to}"]
    if reading.disputed_by:
        said.append(f"This figure is disputed by the {' and the '.join(reading.disputed_by)}.")
    if reading.restated:
        said.append("This figure was restated after later records came in.")
    return said
