"""How a measure is counted, as its line declares it, and the digest by which a change shows."""

import hashlib
import inspect
from collections.abc import Mapping
from functools import cache

from borough.kernel import joining

WORDS = ("slug", "title", "unit", "better", "numerator", "denominator", "ties_to", "blind_to")


@cache
def measures() -> Mapping[str, joining.Measure]:
    """Return every declared measure by its slug, in the order of the cards."""
    return {one.slug: one for card in joining.cards() for one in card.measures}


@cache
def digest(slug: str) -> str:
    """Return the SHA-256 of a measure's words and of the source of the function that counts it.

    Raises:
        KeyError: no card declares it.
    """
    measure = measures()[slug]
    words = [str(getattr(measure, name)) for name in WORDS]
    text = "\n".join([*words, inspect.getsource(inspect.unwrap(measure.read))])
    return hashlib.sha256(text.encode()).hexdigest()
