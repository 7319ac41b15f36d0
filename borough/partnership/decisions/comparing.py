"""Two positions side by side: where they agree, for the same reasons or for others, or differ."""

from collections.abc import Mapping
from enum import Enum

from borough.partnership.decisions.positions import Position
from borough.rules.partnership import agreement

HALF = 0.5


class Verdict(Enum):
    """What two positions come to, in words."""

    AGREE = "Both take the same option, for much the same reasons"
    OTHER_REASONS = "Both take the same option, for different reasons"
    DIFFER = "They take different options"


def verdict(opened: Mapping[str, Position]) -> Verdict:
    """Compare the positions of two sides.

    The reasons are much the same when at least half of all that were named were named by both.
    """
    one, other = opened.values()
    if one.option != other.option:
        return Verdict.DIFFER
    shared = agreement.overlap(frozenset(one.reasons), frozenset(other.reasons))
    return Verdict.AGREE if shared is not None and shared >= HALF else Verdict.OTHER_REASONS
