"""How good a forecast was, once what it foretold has come about.

A rule that is proper: nobody scores better by saying something else than what they think. Whole
numbers in the unit of what was forecast; the less the better, and nought is the best.
"""


def interval_score(low: int, high: int, outcome: int) -> int:
    """Return the score of an interval that should hold the outcome 8 times in 10.

    Its width, and ten times whatever lies outside it: 2 divided by the share left out (0.2).
    Source: Gneiting and Raftery, Journal of the American Statistical Association 102 (2007) 359.

    >>> interval_score(90, 100, 95), interval_score(90, 100, 103)
    (10, 40)

    Raises:
        ValueError: the lower bound is above the upper one.
    """
    if low > high:
        raise ValueError("The lower bound of a forecast must not be above the upper one.")
    return (high - low) + 10 * max(0, low - outcome) + 10 * max(0, outcome - high)
