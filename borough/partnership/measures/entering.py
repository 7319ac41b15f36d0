"""Reading a number that somebody typed: at most two decimals, whatever its unit."""

from borough.kernel import commanding
from borough.rules import money


class NoNumber(commanding.Refusal):
    """What was typed is no number."""


def hundredths(text: str) -> int:
    """Return a number in hundredths: "97.5" is 9,750, and so is "97.5%" or "£97.50".

    Raises:
        NoNumber: it is none, or has more than two decimals.
    """
    try:
        return money.from_pounds(text.strip().removesuffix("%"))
    except ValueError:
        raise NoNumber(f"“{text}” is not a number. Write it like 97.5.") from None
